import secrets

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import NOBODY, Model
from events import rules
from events.models.coming import Registration
from events.models.event import Event
from events.models.programme import Session


def new_token():
    return secrets.token_urlsafe(18)


class EvaluationToken(Model):
    """That somebody may answer, once; that she did, but never what."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="token")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    used_on = models.DateField(null=True, editable=False)

    rules = {"view": lambda user: NOBODY}

    class Meta:
        verbose_name = _("token of an evaluation")
        verbose_name_plural = _("tokens of evaluations")

    def __str__(self):
        return f"{self.pk}"


class Answer(models.Model):
    """What somebody thought of an event, or of one session; of nobody in particular. Read from five answers on."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="evaluations")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="evaluations")
    worth = models.PositiveSmallIntegerField(_("Was it worth your time?"), null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    takes_along = models.CharField(_("What do you take along?"), max_length=500, blank=True)
    better = models.CharField(_("What could be better?"), max_length=500, blank=True)
    on = models.DateField(help_text="A day, no moment: the order says nothing.")
    place = models.UUIDField(help_text="By which answers are ordered: at random.")

    class Meta:
        verbose_name = _("answer to an evaluation")
        verbose_name_plural = _("answers to evaluations")
        ordering = ["place"]

    def __str__(self):
        return f"{self.pk}"


class Certificate(Model):
    """That somebody was there, from real check-ins, as it was told to her."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="certificate")
    minutes = models.PositiveIntegerField()
    content = models.JSONField(help_text="Event, sessions and hours, as they were.")
    at = models.DateTimeField(default=now)

    rules = {"view": lambda user: Q(registration__person=user.pk) | rules.receive(user, "registration__event__")}

    class Meta:
        verbose_name = _("certificate of attendance")
        verbose_name_plural = _("certificates of attendance")

    def __str__(self):
        return f"{self.registration_id}: {self.minutes}"
