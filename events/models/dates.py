from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model
from events import rules
from events.choices import DatesState
from events.models.coming import Registration
from events.models.programme import Session


class Dates(Model):
    """The speed-dates of a session: so many rounds, at tables of two to four."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="dates")
    size = models.PositiveSmallIntegerField(_("people at a table"), default=2)
    rounds = models.PositiveSmallIntegerField(_("rounds"), default=8)
    minutes = models.PositiveSmallIntegerField(_("minutes each"), default=6)
    break_s = models.PositiveSmallIntegerField(_("seconds in between"), default=60)
    other_school = models.BooleanField(_("from another school"), default=True)
    other_plg = models.BooleanField(_("from another PLG"), default=True)
    other_board = models.BooleanField(_("from another board"), default=False)
    seed = models.PositiveBigIntegerField(default=1)
    state = models.CharField(max_length=8, choices=DatesState, default=DatesState.CONCEPT, editable=False)
    figures = models.JSONField(default=dict, blank=True, help_text="Score beside the upper bound, who sits out.")

    rules = {"view": lambda user: rules.view(user, "session__event__"),
             "organise": lambda user: rules.organise(user, "session__event__")}  # fmt: skip

    class Meta:
        verbose_name = _("speed-dates")
        verbose_name_plural = _("speed-dates")
        constraints = [
            models.CheckConstraint(name="dates_size", condition=Q(size__range=(2, 4))),
            models.CheckConstraint(name="dates_rounds", condition=Q(rounds__range=(1, 20))),
        ]

    def __str__(self):
        return f"of {self.session_id}"


class Round(Model):
    dates = models.ForeignKey(Dates, models.CASCADE, related_name="all_rounds")
    number = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    rules = {"view": lambda user: rules.view(user, "dates__session__event__")}

    class Meta:
        verbose_name = _("round of speed-dates")
        verbose_name_plural = _("rounds of speed-dates")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["dates", "number"], name="round_number")]

    def __str__(self):
        return f"{self.number}"


class TableSeat(Model):
    """Who sits at which table in a round; table 0: sits this one out."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="seats")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="tables")
    table = models.PositiveSmallIntegerField(default=0)
    shares = models.JSONField(default=list, blank=True, help_text="Themes that they have in common.")

    rules = {"view": lambda user: Q(registration__person=user.pk) | rules.receive(user, "registration__event__")}

    class Meta:
        verbose_name = _("seat at a table")
        verbose_name_plural = _("seats at tables")
        constraints = [models.UniqueConstraint(fields=["round", "registration"], name="one_table_a_round")]
        indexes = [models.Index(fields=["round", "table"], name="people_at_table")]

    def __str__(self):
        return f"{self.registration_id} at {self.table}"


class Block(Model):
    """Somebody does not want to be put at a table with somebody else. Only she knows."""

    by = models.ForeignKey(Registration, models.CASCADE, related_name="blocks")
    other = models.ForeignKey(Registration, models.CASCADE, related_name="+")

    rules = {"view": lambda user: Q(by__person=user.pk)}

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["by", "other"], name="blocked_once"),
            models.CheckConstraint(name="blocks_another", condition=~Q(by=F("other"))),
        ]

    def __str__(self):
        return f"{self.pk}"


class Wish(Model):
    """ "Let us talk on": only when both say so do they get each other's address."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="wishes")
    by = models.ForeignKey(Registration, models.CASCADE, related_name="wishes")
    other = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    rules = {"view": lambda user: Q(by__person=user.pk)}

    class Meta:
        verbose_name = _("wish to talk on")
        verbose_name_plural = _("wishes to talk on")
        constraints = [models.UniqueConstraint(fields=["by", "other"], name="wished_to_talk_once")]

    def __str__(self):
        return f"{self.pk}"
