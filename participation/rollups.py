"""The ledger summed by day, and figures summed for the country: kept by the worker, rebuilt and proved by command."""

from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F, Sum

from organisations.models import ChangedDay, Hours
from participation.models import DailyParticipation, Figure, NationalFigure

AT_ONCE = 5000  # changed days; the same one stands there as often as it changed
LOCK = 5_001_014

_DAILY = """
INSERT INTO participation_dailyparticipation (day, board_id, school_id, community_id, kind, minutes, people)
SELECT held_on, board_id, school_id, community_id, kind, sum(minutes), count(DISTINCT person_id)
FROM organisations_hours WHERE minutes > 0 {days} GROUP BY held_on, board_id, school_id, community_id, kind
"""
_NATION = """
INSERT INTO participation_nationalfigure (month, subject, in_timetable, spread, minutes, asked, were, most)
SELECT month, subject, in_timetable, spread, sum(minutes), sum(asked), sum(were), sum(most)
FROM participation_figure GROUP BY month, subject, in_timetable, spread
"""


@transaction.atomic
def refresh():
    """Sum the days anew in which the ledger changed; returns how many."""
    _one_at_a_time()
    changed = dict(ChangedDay.objects.order_by("pk").values_list("pk", "day")[:AT_ONCE])
    days = sorted(set(changed.values()))
    if days:
        DailyParticipation.objects.filter(day__in=days).delete()
        _execute(_DAILY.format(days="AND held_on = ANY(%s)"), [days])
        ChangedDay.objects.filter(pk__in=changed).delete()
    return len(days)


@transaction.atomic
def refresh_nation():
    """Sum all figures by month and subject."""
    _one_at_a_time()
    NationalFigure.objects.all().delete()
    _execute(_NATION)


@transaction.atomic
def rebuild():
    """Make all sums anew from the ledger and the figures, whatever stood there."""
    _one_at_a_time()
    ChangedDay.objects.all().delete()
    DailyParticipation.objects.all().delete()
    _execute(_DAILY.format(days=""))
    NationalFigure.objects.all().delete()
    _execute(_NATION)


def _one_at_a_time():
    _execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _execute(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


# Proof ------------------------------------------------------------------------------------------


@dataclass
class Proof:
    """Minutes of the ledger against what was made of it, and what is wrong in words."""

    ledger: int = 0
    daily: int = 0
    counted: int = 0
    waiting: int = 0
    not_shown: int = 0
    figures: int = 0
    no_more: int = 0  # counted in figures, of rows whose term is over
    wrong: list = field(default_factory=list)


def prove():
    """Compare the sums with the ledger, each day and place, and the figures with what was counted of it.

    Figures outlive their rows: of those whose term is over only the sum is known.
    """
    found = Proof(
        ledger=_sum(Hours, "minutes"),
        daily=_sum(DailyParticipation, "minutes"),
        counted=_sum(Hours, "counted_minutes"),
        waiting=_sum(Hours, F("minutes") - F("counted_minutes")),
        not_shown=_sum(Figure, F("counted") - F("minutes")),
        figures=_sum(Figure, "counted"),
    )
    for what, sql in _DIFFERENCES.items():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            found.wrong += [(what, *row) for row in cursor.fetchmany(20)]
    found.no_more = found.figures - found.counted
    if found.no_more < 0:
        found.wrong.append(("rows were counted that stand in no figure", -found.no_more))
    return found


def _sum(model, what):
    return model.objects.aggregate(total=Sum(what))["total"] or 0


_DAYS = "held_on, board_id, school_id, community_id, kind, sum(minutes), count(DISTINCT person_id)"
_KEPT = "day, board_id, school_id, community_id, kind, minutes, people"
_MADE = "month, subject, in_timetable, spread, sum(minutes), sum(asked), sum(were), sum(most)"
_TABLE = "month, subject, in_timetable, spread, minutes, asked, were, most"
_SETTLED = "NOT IN (SELECT day FROM organisations_changedday)"  # the others are summed at the next turn
_SUMMED = (
    f"SELECT {_DAYS} FROM organisations_hours WHERE minutes > 0 AND held_on {_SETTLED}"  # noqa: S608 - our own words
    " GROUP BY 1, 2, 3, 4, 5"
)
_DAILY_SUMS = f"SELECT {_KEPT} FROM participation_dailyparticipation WHERE day {_SETTLED}"  # noqa: S608
_NATIONAL = f"SELECT {_MADE} FROM participation_figure GROUP BY 1, 2, 3, 4"  # noqa: S608
_NATIONAL_SUMS = f"SELECT {_TABLE} FROM participation_nationalfigure"  # noqa: S608
_DIFFERENCES = {
    "a day in the ledger that was not summed so": f"({_SUMMED}) EXCEPT {_DAILY_SUMS}",
    "a sum of a day that is not in the ledger": f"{_DAILY_SUMS} EXCEPT ({_SUMMED})",
    "a national sum that is missing": f"({_NATIONAL}) EXCEPT {_NATIONAL_SUMS}",
    "a national sum that is wrong": f"{_NATIONAL_SUMS} EXCEPT ({_NATIONAL})",
}
