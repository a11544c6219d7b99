"""A month closes: rows of the ledger become figures that others may see, each about enough people. Never changed again.

A figure is made of rows that no other figure has. So whatever is added or subtracted, of siblings, months, levels,
years and files, nothing smaller comes out than one figure (docs/decisions/0014). What is too small waits.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

from django.db import connection, transaction
from django.db.models import F, Max, Min

from communities.meetings import ledger
from communities.meetings.choices import State
from communities.meetings.models import Attendance, Meeting
from communities.models import Community
from core.night import each_by_itself
from organisations import hours
from organisations.models import Affiliation, Hours, Role
from organisations.room import RoomRequest
from participation import months, rollups
from participation.floor import FEWEST, LOOKING
from participation.models import Closing, Figure


@dataclass
class Row:
    """What is not counted yet of a row of the ledger; or, without a key, somebody who was asked and did not come."""

    pk: int | None
    person: int | None
    minutes: int = 0
    planned: int = 0  # of the meeting it was at, of this month; 0 where that is not known or was counted before
    early: bool = False
    at_meeting: bool = False
    in_timetable: bool = False


@dataclass
class Pool:
    """Rows that may become one figure. `looking` are people who may see it: they do not count, for they know theirs."""

    looking: set
    rows: list = field(default_factory=list)

    def __add__(self, other):
        return Pool(self.looking, self.rows + other.rows)

    def others(self):
        """The rows of people who do not look."""
        return [row for row in self.rows if row.person and row.person not in self.looking]

    @property
    def people(self):
        """Those of whom something waits."""
        found = defaultdict(int)
        for row in self.others():
            found[row.person] += row.minutes
        return {person for person, minutes in found.items() if minutes}

    @property
    def enough(self):
        """Enough people, besides who looks and knows herself; and somebody more who might have been one of them.

        Else that there is a figure would tell that each of them did something.
        """
        asked = {row.person for row in self.others() if row.planned}
        return len(self.people) > FEWEST and len(self.people | asked) > FEWEST + 1

    @property
    def counted(self):
        return sum(row.minutes for row in self.rows)

    @property
    def shown(self):
        """The same, but of meetings not more than leaves room for one whole person who was never there."""
        possible, came = defaultdict(int), 0
        for row in self.others():
            if row.planned or row.at_meeting:
                possible[row.person] += max(row.planned, row.minutes)
                came += row.minutes
        most = sum(possible.values()) - max(possible.values(), default=0)
        return self.counted - max(0, came - most) if possible else self.counted

    def figure(self, **where):
        """The figure of these rows, unsaved."""
        asked = defaultdict(int)
        for row in self.others():
            if row.planned:
                asked[row.person] += 1
        if len(asked) <= FEWEST:  # the others did something else: nothing is said of who was at meetings
            asked = {}
        early = sum(abs(row.minutes) for row in self.rows if row.early)
        return Figure(
            minutes=self.shown,
            counted=self.counted,
            people=len(self.people),
            in_timetable=bool(self.rows) and all(row.in_timetable for row in self.rows),
            spread=2 * early > sum(abs(row.minutes) for row in self.rows),
            asked=sum(asked.values()),
            were=sum(1 for row in self.others() if row.planned and row.minutes > 0 and asked),
            most=max(asked.values(), default=0),
            **where,
        )

    def parts(self):
        """What fell within the timetable and what did not, where each is enough by itself; else all together."""
        inside = Pool(self.looking, [row for row in self.rows if row.in_timetable])
        outside = Pool(self.looking, [row for row in self.rows if not row.in_timetable])
        return [inside, outside] if inside.enough and outside.enough else [self]


def close_due(day=None):
    """Close every month that is over for every board in which something waits, the oldest first."""
    last = months.last_closed(day)
    rows = waiting().filter(held_on__lte=months.last_day(last))
    since = dict(rows.order_by().values_list("board").annotate(Min("held_on")))
    done = dict(Closing.objects.order_by().values_list("board").annotate(Max("month")))
    steps = []
    for board in sorted(since, key=lambda pk: (pk is None, pk)):
        first = months.after(done[board]) if board in done else months.first_of(since[board])
        steps += [partial(close, board, month) for month in months.between(first, last)]
    each_by_itself(*steps, rollups.refresh_nation)
    return len(steps)


def waiting():
    """Rows of which something is not counted yet."""
    return Hours.objects.exclude(counted_minutes=F("minutes"))


@transaction.atomic
def close(board, month):
    """Make the figures of this month of a board (None: of schools without one), once. Returns how many."""
    _closing, is_new = Closing.objects.get_or_create(board_id=board, month=month)
    if not is_new:
        return 0
    pools = _pools(board, month)
    figures = list(_figures(pools, board, month))
    Figure.objects.bulk_create(figure for figure, _pool in figures)
    _mark([(row.pk, figure.pk) for figure, pool in figures for row in pool.rows if row.pk])
    return len(figures)


def _figures(pools, board, month):
    """(figure, its pool): of each school by subject, then small subjects together; in July small schools together."""
    left = []
    for school in sorted({school for school, _subject in pools}, key=lambda pk: (pk is None, pk)):
        where = {"board_id": board, "school_id": school, "month": month}
        subjects = {subject: pool for (at, subject), pool in pools.items() if at == school}
        small = [pool for pool in subjects.values() if not pool.enough]
        found = [(subject, pool) for subject, pool in sorted(subjects.items()) if pool.enough]
        if small:
            together = sum(small[1:], small[0])
            if together.enough:
                found.append(("", together))
            else:
                left.append(together)
        for subject, pool in found:
            yield from ((part.figure(subject=subject, **where), part) for part in pool.parts())
    if left and months.ends_school_year(month):
        together = sum(left[1:], left[0])
        if together.enough:
            yield together.figure(subject="", board_id=board, month=month), together


def _mark(counted):
    """Of these (row, figure) all minutes are counted now."""
    if counted:
        rows, figures = map(list, zip(*counted, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE organisations_hours h SET counted_minutes = h.minutes, figure_id = f.figure"
                " FROM unnest(%s::bigint[], %s::bigint[]) AS f (id, figure) WHERE h.id = f.id",
                [rows, figures],
            )


# What waits -------------------------------------------------------------------------------------


def _pools(board, month):
    """(school, subject) -> everything that waits there until the end of this month, and who was missing in it."""
    rows = waiting().filter(board=board, held_on__lte=months.last_day(month)).select_for_update().order_by("pk")
    rows, absent = list(rows), _absent(board, month)
    planned = _planned({row.source for row in (*rows, *absent)}, month)
    people = {row.person_id for row in (*rows, *absent)} - {None}
    looking = set(Role.objects.filter(kind__in=LOOKING, person__in=people).values_list("person", flat=True))
    granted = set(
        RoomRequest.objects.granted().filter(person__in=people).exclude(source="").values_list("person", "source")
    )
    themes = dict(
        Community.objects.filter(pk__in={row.community_id for row in (*rows, *absent)}).values_list("pk", "theme")
    )
    pools = defaultdict(lambda: Pool(looking))
    for row in (*rows, *absent):
        pools[row.school_id, themes.get(row.community_id, row.kind)].rows.append(
            Row(
                pk=row.pk,
                person=row.person_id,
                minutes=row.minutes - row.counted_minutes if row.pk else 0,
                planned=planned.get(row.source, 0),
                early=row.held_on < month,
                at_meeting=row.source.startswith(ledger.source("")),
                in_timetable=(row.person_id, row.source) in granted,
            )
        )
    return {key: pool for key, pool in pools.items() if any(row.pk for row in pool.rows)}


def _absent(board, month):
    """Who was asked for a meeting of this month and was not there, as rows of the ledger without a key."""
    here = Affiliation.objects.filter(school__board=board) | Affiliation.objects.filter(board=board)
    if board is None:
        here = Affiliation.objects.filter(school__board=None, school__isnull=False)
    missed = Attendance.objects.filter(
        was_there=False,
        meeting__held_on__range=(month, months.last_day(month)),
        person__in=here.order_by().values("person"),
    ).exclude(meeting__state=State.CANCELLED)
    return [row for row in hours.rows_of(ledger.entries(missed)) if row.board_id == board]


def _planned(sources, month):
    """source -> minutes of these meetings, those of this month."""
    ids = [int(source.removeprefix(ledger.source(""))) for source in sources if source.startswith(ledger.source(""))]
    held = Meeting.objects.filter(pk__in=ids, held_on__range=(month, months.last_day(month)))
    return {ledger.source(meeting.pk): meeting.minutes for meeting in held.only("pk", "starts", "ends", "state")}
