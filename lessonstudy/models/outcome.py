from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.links import address
from core.models import Model
from knowledgehub.models import Resource
from lessonstudy import rules
from lessonstudy.choices import Answer, Audience
from lessonstudy.models.cycle import Cycle, CycleMember


class Outcome(Model):
    """What pupils and teachers learned, and how far that holds. It stays when the notes on pupils are gone."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="outcome")
    pupils_learned = models.TextField(_("what pupils learned"), max_length=4000, blank=True)
    teachers_learned = models.TextField(_("what we learned"), max_length=4000, blank=True)
    limits = models.TextField(_("what we do not know yet"), max_length=2000, blank=True)
    headline = models.CharField(_("in one sentence"), max_length=200, blank=True)
    audience = models.CharField(_("how far it goes"), max_length=4, choices=Audience, default=Audience.HUB)
    checked = models.JSONField(default=dict, blank=True, help_text="Key of each line that was ticked: by whom, when.")
    version = models.PositiveIntegerField(default=0, help_text="Raised by every change: who is second, is told so.")
    asked_at = models.DateTimeField(null=True, editable=False, help_text="Since when the team is asked to agree.")
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, editable=False, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now, editable=False)

    rules = {
        "view": lambda user: rules.view(user, "cycle__"),
        "edit": lambda user: rules.edit(user, "cycle__"),
        "guide": lambda user: rules.guide(user, "cycle__"),
    }

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")

    def __str__(self):
        return f"of {self.cycle_id}"

    def get_absolute_url(self):
        return address("lessonstudy:outcome", self.cycle_id)


class Approval(Model):
    """A team member's word on the outcome; silence is yes after ten working days, but not of who is named or shown."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="approvals")
    member = models.ForeignKey(CycleMember, models.CASCADE, related_name="approvals")
    answer = models.CharField(_("answer"), max_length=6, choices=Answer, blank=True)
    why = models.CharField(_("what should be different"), max_length=500, blank=True)
    is_shown = models.BooleanField(_("is named or can be seen in it"), default=False)
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": lambda user: rules.view(user, "outcome__cycle__"),
        "answer": lambda user: Q(member__person=user.pk, member__left_at=None),
    }

    class Meta:
        verbose_name = _("approval of an outcome")
        verbose_name_plural = _("approvals of outcomes")
        constraints = [models.UniqueConstraint(fields=["outcome", "member"], name="asked_once_of_outcome")]

    def __str__(self):
        return f"{self.member_id} on {self.outcome_id}"

    def get_absolute_url(self):
        return address("lessonstudy:outcome", self.outcome.cycle_id)


class PurgeReceipt(Model):
    """What was thrown away of a cycle, and when; it says how much, never what."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="receipt")
    at = models.DateTimeField(default=now)
    counts = models.JSONField(default=dict)

    rules = {"view": lambda user: rules.view(user, "cycle__")}

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self):
        return f"of {self.cycle_id}"
