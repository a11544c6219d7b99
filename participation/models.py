"""What is made of the ledger of hours: the exact sums of each day, and the figures that others may see.

Nobody above a person sees DailyParticipation. Everything that is shown of what people did is a sum of whole `Figure`
rows, each about enough people and never changed once it was made (docs/decisions/0014).
"""

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from organisations.choices import HoursKind


class DailyParticipation(models.Model):
    """The ledger summed by day, place, PLG and kind. It is exact, and therefore shown to nobody."""

    day = models.DateField()
    board = models.ForeignKey("organisations.Board", models.SET_NULL, null=True, related_name="+")
    school = models.ForeignKey("organisations.School", models.SET_NULL, null=True, related_name="+")
    community_id = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=HoursKind)
    minutes = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("participation of a day")
        verbose_name_plural = _("participation by day")
        indexes = [models.Index(fields=["day"], name="participation_of_day")]

    def __str__(self):
        return f"{self.day}: {self.minutes}"


class Figure(models.Model):
    """A set of ledger rows as others see it: of one place, in a month that has closed; of no row twice.

    `school` is empty where schools of a board with too few people were taken together, `subject` where subjects were.
    """

    month = models.DateField(help_text="The first day of the month in which it was made.")
    board = models.ForeignKey("organisations.Board", models.SET_NULL, null=True, related_name="+")
    school = models.ForeignKey("organisations.School", models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(max_length=20, blank=True)
    minutes = models.IntegerField(help_text="As shown: one person's part fewer where nearly everybody was there.")
    counted = models.IntegerField(help_text="What the rows of the ledger add up to; shown to nobody.")
    people = models.PositiveIntegerField()
    in_timetable = models.BooleanField(default=False, help_text="Room was given in the timetable for all of it.")
    spread = models.BooleanField(default=False, help_text="More than half of it is of earlier months.")
    asked = models.PositiveIntegerField(default=0, help_text="How often somebody was expected at a meeting.")
    were = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(default=0, help_text="How often one person was expected, at most.")
    made_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        indexes = [
            models.Index(fields=["board", "month"], name="figures_of_board"),
            models.Index(fields=["school", "month"], name="figures_of_school", condition=Q(school__isnull=False)),
            models.Index(fields=["month"], name="figures_of_month"),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.subject}: {self.minutes}"


class Closing(models.Model):
    """A month of a board whose figures were made; what comes in later goes along with a later month."""

    board = models.ForeignKey("organisations.Board", models.CASCADE, null=True, related_name="+")
    month = models.DateField()
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        constraints = [models.UniqueConstraint(fields=["board", "month"], name="closed_once", nulls_distinct=False)]

    def __str__(self):
        return f"{self.month:%Y-%m}"


class NationalFigure(models.Model):
    """All figures of a month and subject together, so that the national view reads a small table."""

    month = models.DateField()
    subject = models.CharField(max_length=20, blank=True)
    in_timetable = models.BooleanField()
    spread = models.BooleanField()
    minutes = models.BigIntegerField()
    asked = models.PositiveBigIntegerField()
    were = models.PositiveBigIntegerField()
    most = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("national figure")
        verbose_name_plural = _("national figures")
        constraints = [
            models.UniqueConstraint(fields=["month", "subject", "in_timetable", "spread"], name="national_figure_once")
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.subject}: {self.minutes}"
