import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Model
from organisations import rules
from organisations.choices import HoursKind
from organisations.models.places import Board, School


def ledger_triggers():
    """The days in which a statement changed the ledger, whoever wrote it: also what the database itself took away.

    Plain rows, the same day as often as it comes: nobody waits for anybody to write them.
    """
    said = "held_on, person_id, minutes, school_id, board_id, community_id, kind"
    differ = f"(SELECT {said} FROM was EXCEPT ALL SELECT {said} FROM becomes)"  # noqa: S608 - our own names
    differ += f" UNION ALL (SELECT {said} FROM becomes EXCEPT ALL SELECT {said} FROM was)"  # noqa: S608
    ways = {
        "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="becomes"), "becomes"),
        "update": (pgtrigger.Update, pgtrigger.Referencing(old="was", new="becomes"), f"({differ}) AS differ"),
        "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="was"), "was"),
    }
    return [
        pgtrigger.Trigger(
            name=f"changed_day_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func="INSERT INTO organisations_changedday (day) SELECT DISTINCT held_on FROM "  # noqa: S608
            f"{rows}; RETURN NULL;",
        )
        for name, (operation, referencing, rows) in ways.items()
    ]


class Hours(Model):
    """The ledger: minutes that somebody learned with others, with her school and board of that day.

    `source` names what it was written for ("meeting:12"); writing it again replaces. `counted_minutes` are those that
    stand in a figure which leaders saw (`figure_id` is the last); what differs from `minutes` waits for a later one.
    """

    # null: of somebody who was erased; what a school did together stands, without her
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="hours")
    kind = models.CharField(_("kind"), max_length=10, choices=HoursKind)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    held_on = models.DateField(_("date"))
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    board = models.ForeignKey(Board, models.SET_NULL, null=True, related_name="+")
    community_id = models.PositiveBigIntegerField(null=True)
    source = models.CharField(max_length=60)
    written_at = models.DateTimeField(auto_now=True)
    counted_minutes = models.SmallIntegerField(db_default=0, editable=False)
    figure_id = models.PositiveBigIntegerField(null=True, editable=False)

    rules = {"view": rules.own_hours}

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        ordering = ["-held_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="hours_once")]
        indexes = [
            models.Index(fields=["school", "held_on"], name="hours_of_school"),
            models.Index(fields=["board", "held_on"], name="hours_of_board"),
            models.Index(
                fields=["board", "held_on"], name="hours_not_counted", condition=~Q(counted_minutes=models.F("minutes"))
            ),
        ]
        triggers = ledger_triggers()

    def __str__(self):
        return f"{self.source}: {self.minutes}"


class ChangedDay(models.Model):
    """A day in whose hours something changed: what was summed of it is summed anew, and then the row goes."""

    day = models.DateField()

    class Meta:
        verbose_name = _("changed day")
        verbose_name_plural = _("changed days")

    def __str__(self):
        return str(self.day)
