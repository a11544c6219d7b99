"""What somebody is qualified for, as those who work with her may see it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import EVERYBODY, NOBODY, Model, QuerySet
from core.time import today

FACILITATOR = "facilitator"


class Qualifications(QuerySet):
    def current(self):
        """Those that count today."""
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=today()), ended_at=None)

    def facilitators(self, people):
        """The ids of those among these people who are qualified as facilitators: one query."""
        return set(self.current().filter(kind=FACILITATOR, person__in=people).values_list("person", flat=True))

    def facilitating(self, person):
        """Whether this one is, as part of another query: `person` is an expression, as `OuterRef("person")`."""
        return Exists(self.current().filter(kind=FACILITATOR, person=person))


def view(user):
    """It says who may lead a PLG well: whoever is signed in may know it."""
    return EVERYBODY if user.is_authenticated else NOBODY


class Qualification(Model):
    """A certificate, as the rest of the platform knows it: `source` names the credential that it stands for."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="qualifications")
    kind = models.SlugField(max_length=40)
    title = models.CharField(_("title"), max_length=160)
    source = models.CharField(max_length=60, unique=True, editable=False)
    issued_on = models.DateField(_("issued on"), default=today)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    written_at = models.DateTimeField(default=now, editable=False)

    objects = Qualifications.as_manager()
    rules = {"view": view}

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["-issued_on", "pk"]
        indexes = [models.Index(fields=["person", "kind"], name="qualified_for")]

    def __str__(self):
        return self.title
