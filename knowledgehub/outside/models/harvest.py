from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.links import address
from core.models import Model, QuerySet
from knowledgehub import rules
from knowledgehub.models import Collection, Resource


class Sources(QuerySet):
    def for_list(self, user):
        """All that the list of sources shows."""
        rows = self.for_page(user, "edit").select_related("collection__network")
        counted = models.Count("records", filter=models.Q(records__is_deleted=False))
        return rows.annotate(kept=counted).order_by("name", "pk")


class HarvestSource(Model):
    """Another library, of which we lay what it shows the world into a collection of a network."""

    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"), max_length=500, help_text=_("The address at which it answers OAI-PMH."))
    set_spec = models.CharField(
        _("set"), max_length=120, blank=True, help_text=_("Only this part of it. Empty: everything.")
    )
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    paused_at = models.DateTimeField(null=True, editable=False)
    running_since = models.DateTimeField(null=True, editable=False)
    told_until = models.CharField(max_length=20, blank=True, editable=False, help_text="By its own clock.")
    last_run_at = models.DateTimeField(null=True, editable=False)
    last_counts = models.JSONField(default=dict, editable=False)
    last_wrong = models.CharField(max_length=300, blank=True, editable=False)

    objects = Sources.as_manager()
    rules = {"view": rules.platform, "edit": rules.platform}

    class Meta:
        verbose_name = _("harvested library")
        verbose_name_plural = _("harvested libraries")
        constraints = [models.UniqueConstraint(fields=["url", "set_spec"], name="harvested_once")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("outside:source", self.pk)


class HarvestedRecord(models.Model):
    """Which resource is a copy of which record there, and what it said last."""

    source = models.ForeignKey(HarvestSource, models.CASCADE, related_name="records")
    identifier = models.CharField(max_length=500)
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    is_deleted = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("harvested record")
        verbose_name_plural = _("harvested records")
        constraints = [models.UniqueConstraint(fields=["source", "identifier"], name="harvested_record_once")]

    def __str__(self):
        return self.identifier
