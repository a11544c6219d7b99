"""One deed for many people at once: first said row by row, then carried out, for seven days taken back."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.models import Model
from organisations import rules
from organisations.choices import BulkVerb

UNDO_DAYS = 7


class BulkDeed(Model):
    """What an administrator does with the places of work of several people, or with their invitations.

    `affiliations` are the ids that were chosen, `wishes` what the form said; `undo` holds how it was before.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    verb = models.CharField(_("what"), max_length=12, choices=BulkVerb)
    affiliations = models.JSONField(default=list)
    wishes = models.JSONField(default=dict)
    outcome = models.JSONField(default=list)
    undo = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    rules = {"view": rules.own_deed}

    class Meta:
        verbose_name = _("deed for many people")
        verbose_name_plural = _("deeds for many people")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_verb_display()} ({len(self.affiliations)})"

    def get_absolute_url(self):
        return reverse("organisations:bulk", args=[self.pk])

    @property
    def why_not_undo(self):
        if not self.done_at:
            return _now("Nothing was changed yet. There is nothing to take back.")
        if self.undone_at:
            return _now("This was taken back already.")
        if self.verb == BulkVerb.INVITE:
            return _now("Letters that went out stay out. Withdraw invitations on their own page.")
        if self.done_at < now() - timedelta(days=UNDO_DAYS):
            return _now("Taking back works for seven days. Change people one by one from now on.")
        return ""
