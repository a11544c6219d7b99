"""The figures of a place and school year: sums of whole `Figure` rows, and nothing else (docs/decisions/0014).

Every page, chart, filter and download reads this face. It asks three questions of the database, however large the
place; the country reads a small table of its own.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from communities.choices import Theme
from core.statements import Statement
from core.time import today
from organisations.choices import HoursKind
from organisations.models import Board, School
from participation import months

LABELS = {**dict(HoursKind.choices), **dict(Theme.choices)}
STEP = 5  # per cent


@dataclass(frozen=True)
class Place:
    """A school, board, network, or the nation."""

    kind: str
    pk: int
    name: str


@dataclass(frozen=True)
class Month:
    """By its first day; nothing is known of one that has not closed."""

    first: date
    minutes: int
    last_year: int
    closed: bool


@dataclass(frozen=True)
class Subject:
    """A theme, or a kind of hours without a PLG; the key "" stands for small ones together."""

    key: str
    label: str
    months: dict
    minutes: int
    last_year: int


@dataclass(frozen=True)
class Part:
    """A school of a board or a board of a network; its place in the list says nothing."""

    pk: int
    name: str
    minutes: int
    last_year: int


@dataclass(frozen=True)
class YearFigures:
    """`minutes` is more than its months add up to where figures were made of several months together."""

    months: list
    subjects: list
    minutes: int = 0
    last_year: int = 0
    in_timetable: int = 0
    attendance: str = ""
    attendance_last_year: str = ""
    parts: list = field(default_factory=list)
    waiting: bool = False


@dataclass
class _Sum:
    minutes: int = 0
    in_timetable: int = 0
    asked: int = 0
    were: int = 0
    most: int = 0

    def add(self, numbers):
        """A row of sums, in the order of these fields."""
        for name, number in zip(vars(self), numbers, strict=True):
            setattr(self, name, getattr(self, name) + int(number))


_SUMS = "sum(minutes), coalesce(sum(minutes) FILTER (WHERE in_timetable), 0), sum(asked), sum(were), sum(most)"
# What went up into a place keeps its figures, and they are seen there.
_SQL = """
WITH RECURSIVE span AS (SELECT %s::date AS first, %s::date AS this, %s::date AS last), here AS (
    {start} UNION SELECT merged.id FROM organisations_{table} merged JOIN here ON merged.merged_into_id = here.id
)
SELECT its.now, month, subject, spread, part, {sums} FROM (
    SELECT f.*, {part} AS part, f.month >= (SELECT this FROM span) AS now FROM participation_figure f
    WHERE ({column} IN (SELECT id FROM here) {more})
    AND f.month BETWEEN (SELECT first FROM span) AND (SELECT last FROM span)
) AS its GROUP BY GROUPING SETS ((its.now, month, subject, spread), (its.now, part))
"""
_NATION = f"""
WITH span AS (SELECT %s::date AS first, %s::date AS this, %s::date AS last)
SELECT month >= this, month, subject, spread, NULL, {_SUMS} FROM participation_nationalfigure, span
WHERE month BETWEEN first AND last GROUP BY this, month, subject, spread
"""  # noqa: S608 - our own words
_ALONE = "OR f.school_id IN (SELECT school_id FROM organisations_network_schools WHERE network_id = %s)"


def _of(table, part, start="SELECT %s::bigint AS id", more=""):
    """(statement, how often it wants the place's key)."""
    sql = _SQL.format(sums=_SUMS, start=start, table=table, part=part, column=f"f.{table}_id", more=more)
    return Statement(sql, sql.count("%s")), sql.count("%s") - 3


_STATEMENTS = {
    "school": _of("school", "0"),
    "board": _of("board", "coalesce(f.school_id, 0)"),
    "network": _of(
        "board",
        "coalesce(f.board_id, 0)",
        "SELECT board_id AS id FROM organisations_network_boards WHERE network_id = %s",
        _ALONE,
    ),
    "nation": (Statement(_NATION, 3), 0),
}


def of(place, year):
    """The figures of this place in a school year, with those of the year before beside them."""
    these, before = months.of_school_year(year), months.of_school_year(year - 1)
    statement, keys = _STATEMENTS[place.kind]
    by_month, by_subject, by_part, sums = defaultdict(int), {}, {}, {True: _Sum(), False: _Sum()}
    for now, month, subject, spread, part, *numbers in statement.rows(
        [before[0], these[0], these[-1], *[place.pk] * keys]
    ):
        minutes = int(numbers[0])
        if subject is None:
            by_part[part, now] = minutes
            continue
        sums[now].add(numbers)
        by_subject.setdefault((subject, now), defaultdict(int))[None if spread else month] += minutes
        if not spread:
            by_month[month] += minutes
    last = months.last_closed(today() - timedelta(days=1))  # the night of that day makes the figures
    each = [
        Month(month, by_month.get(month, 0), by_month.get(then, 0), month <= last)
        for month, then in zip(these, before, strict=True)
    ]
    return YearFigures(
        months=each,
        subjects=_subjects(by_subject),
        minutes=sums[True].minutes,
        last_year=sums[False].minutes,
        in_timetable=sums[True].in_timetable,
        attendance=share(sums[True]),
        attendance_last_year=share(sums[False]),
        parts=_parts(place, by_part),
        waiting=any(month.closed and not month.minutes for month in each),
    )


def _subjects(found):
    """Each with its months, by the alphabet; small ones together at the end."""
    subjects = [
        Subject(
            key=key,
            label=str(LABELS.get(key) or _("other themes, together")),
            months={month: minutes for month, minutes in found.get((key, True), {}).items() if month},
            minutes=sum(found.get((key, True), {}).values()),
            last_year=sum(found.get((key, False), {}).values()),
        )
        for key in {key for key, _now in found}
    ]
    return sorted(subjects, key=lambda subject: (subject.key == "", subject.label))


def _parts(place, found):
    """The schools of a board, the boards of a network: those of today, and any that has figures."""
    known = {part for part, _now in found} - {0, None}
    if place.kind == "board":
        rows = School.objects.filter(board=place.pk, gone_at=None) | School.objects.filter(pk__in=known)
    elif place.kind == "network":
        rows = Board.objects.filter(networks=place.pk) | Board.objects.filter(pk__in=known)
    else:
        return []
    return [
        Part(pk, name, found.get((pk, True), 0), found.get((pk, False), 0))
        for pk, name, _sort_name in rows.order_by("sort_name", "pk").values_list("pk", "name", "sort_name").distinct()
    ]


def share(sums):
    """Which part of those who were expected came, in words or steps; never that everybody came.

    The highest step leaves room for one whole person who was never there; so does the lowest for one who always was.
    """
    if not sums.asked:
        return ""
    top = min(95, (100 * (sums.asked - sums.most) // sums.asked) // STEP * STEP)
    came = (100 * sums.were // sums.asked) // STEP * STEP
    if top < 50:
        return ""
    if came >= top:
        return _("%(share)s %% or more") % {"share": top}
    if came < 50:
        return _("less than half")
    return _("%(low)s to %(high)s %%") % {"low": came, "high": came + STEP}
