from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.models.community import Community
from core.models import Model
from organisations.models import School


class SchoolPair(Model):
    """A school that takes part in a learning network as a pair; its leader promises time and means."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="pairs")
    school = models.ForeignKey(School, models.PROTECT, related_name="pairs")
    first = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    promised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    promised_at = models.DateTimeField(null=True)

    rules = {"view": rules.in_communities_i_lead}

    class Meta:
        verbose_name = _("school pair")
        verbose_name_plural = _("school pairs")
        constraints = [models.UniqueConstraint(fields=["community", "school"], name="one_pair_a_school")]

    def __str__(self):
        return f"{self.school_id} in {self.community_id}"

    def get_absolute_url(self):
        return reverse("communities:pairs", args=[self.community_id])


class Proposal(Model):
    """Members of a PLG without a facilitator propose one; the owner's administrator appoints."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="proposals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(fields=["community", "by"], name="one_proposal_each", condition=Q(settled_at=None))
        ]

    def __str__(self):
        return f"{self.person_id} for {self.community_id}"


class Complaint(Model):
    """A complaint about a facilitator, seen by one confidant only."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="complaints")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confidant = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="complaints")
    text = models.TextField(_("what happened"), max_length=4000)
    at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)

    rules = {"view": rules.view_complaint, "handle": rules.handle_complaint}

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["handled_at", "-at"]

    def __str__(self):
        return f"#{self.pk}"

    def get_absolute_url(self):
        return reverse("communities:complaint", args=[self.pk])
