from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.meetings import rules
from communities.meetings.choices import MinutesState
from communities.meetings.models.meeting import Meeting
from core.models import Model, QuerySet


class ManyMinutes(QuerySet):
    def for_detail(self, user):
        """The minutes of one meeting with every power."""
        return self.for_page(user, "write", "approve").select_related("meeting__community", "proposed_by")


class Minutes(Model):
    """What a meeting came to: grown from its notes, proposed by one, approved by the members."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="report")
    state = models.CharField(_("state"), max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    number = models.PositiveSmallIntegerField(default=1, editable=False, help_text="Of the version that counts.")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ManyMinutes.as_manager()
    rules = {"view": rules.view_minutes, "write": rules.write_minutes, "approve": rules.approve_minutes}

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self):
        return f"{self.meeting_id}: {self.state}"

    def get_absolute_url(self):
        return reverse("meetings:minutes", args=[self.meeting_id])


class MinutesVersion(Model):
    """One wording of the minutes; a correction is a new one, the earlier ones stay."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sections = models.JSONField(default=list, help_text="Each with title and text.")
    edits = models.PositiveIntegerField(default=0, editable=False, help_text="How often it was written in by hand.")
    because = models.CharField(_("what was corrected"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="one_version_a_number")]

    def __str__(self):
        return f"{self.minutes_id}.{self.number}"


class Approval(Model):
    """A member's yes to one version."""

    version = models.ForeignKey(MinutesVersion, models.CASCADE, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="one_approval_each")]

    def __str__(self):
        return f"{self.version_id}: {self.person_id}"
