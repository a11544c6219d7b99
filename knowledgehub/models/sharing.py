from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.held import HeldLink
from core.links import address
from core.models import Model
from knowledgehub import rules
from knowledgehub.choices import Wrong
from knowledgehub.models.resource import Resource


class ShareLink(HeldLink):
    """A link by which anybody who holds it sees a resource."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    rules = {
        "view": lambda user: rules.made(user, "resource__"),
        "revoke": lambda user: rules.made(user, "resource__"),
    }

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-made_at", "-pk"]


class AudienceChange(Model):
    """Who could see it before, and who since: kept, for whoever asks later how far it went."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="audience_changes")
    was = models.CharField(max_length=8)
    became = models.CharField(max_length=8)
    said = models.CharField(max_length=300, help_text="What was said before it was saved: for how many schools.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    rules = {"view": lambda user: rules.made(user, "resource__")}

    class Meta:
        verbose_name = _("change of audience")
        verbose_name_plural = _("changes of audience")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.was} → {self.became}"


class Objection(Model):
    """Somebody thinks that something is wrong with a resource."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="objections")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    address = models.EmailField(_("mail address"), blank=True, default="", db_default="")  # of who has no account
    what = models.CharField(_("What is wrong?"), max_length=10, choices=Wrong)
    reason = models.TextField(_("Tell it"), max_length=2000)
    at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(_("What did you decide?"), max_length=500, blank=True)

    rules = {
        "view": lambda user: rules.moderate(user, "resource__"),
        "settle": lambda user: rules.moderate(user, "resource__"),
    }

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.UniqueConstraint(fields=["resource", "by"], name="objected_once", condition=Q(settled_at=None))
        ]

    def __str__(self):
        return f"about {self.resource_id}"

    def get_absolute_url(self):
        return address("knowledgehub:objection", self.pk)


class DayCount(models.Model):
    """How often a resource was opened and taken along on one day; of nobody in particular."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="days")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts of days")
        constraints = [models.UniqueConstraint(fields=["resource", "day"], name="counted_once_a_day")]

    def __str__(self):
        return f"{self.resource_id} on {self.day}"

    @classmethod
    def add(cls, resource_id, day, *, views=0, downloads=0):
        """Count what happened on this day, in one statement that two hands can do at once."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO knowledgehub_daycount (resource_id, day, views, downloads) VALUES (%s, %s, %s, %s)
                ON CONFLICT (resource_id, day) DO UPDATE SET views = knowledgehub_daycount.views + EXCLUDED.views,
                downloads = knowledgehub_daycount.downloads + EXCLUDED.downloads""",
                [resource_id, day, views, downloads],
            )
