"""Innovation time of two school years, the room that was given for meetings, and what waits for an answer now.

The numbers are what an invented board agreed; they stand in no agreement of ours.
"""

from datetime import time, timedelta
from decimal import Decimal

from communities.meetings import ledger
from communities.meetings.models import Attendance, Meeting
from organisations import budgets
from organisations.choices import RoleKind, RoomFor, RoomState
from organisations.models import Affiliation, Role, RoomRequest, TimeBudget, TimeRule
from people import calendar
from plg_platform.demo import texts

FACTORS = ["1", "0.8", "0.6", "1", "0.7", "0.5", "0.9"]
AGREED = {"De Brug": [("PLG-tijd", 26), ("Bij elkaar kijken", 6)], "Rijnoevers": [("Samen leren", 30)]}
IN_THE_TIMETABLE = 0.8  # of the times that somebody was at a meeting

#: Who asks, when (days from now, from, until), what for, who takes the class, and a word for the leader.
ASKED = [
    ("Sanne Bakker", 9, (10, 45), (12, 0), RoomFor.VISIT, "Ans Peters", "Ik kijk in groep 5."),
    ("Mark de Wit", 11, (13, 0), (14, 15), RoomFor.OTHER, "ruilen met Yasmin, groep 6", "Ik geef de les nog een keer."),
    ("Fatima El Idrissi", 17, (8, 30), (10, 0), RoomFor.VISIT, "", "Joost en ik kijken bij elkaar."),
]
SCHOOL = "De Regenboog"


def fill(builder):
    """Agreements, budgets, room behind us and before us."""
    year = calendar.school_year(builder.today)
    for each in (year - 1, year):
        _agree(builder, each)
    _behind(builder)
    _before(builder)


def _agree(builder, year):
    for name, rules in AGREED.items():
        board = next(board for board in builder.places.boards if name in board.name)
        TimeRule.objects.bulk_create(
            TimeRule(board=board, year=year, name=called, minutes=hours * 60, functions=["teacher", "care", "support"])
            for called, hours in rules
        )
        schools = [school.pk for school in builder.places.schools.values() if school.board_id == board.pk]
        there = Affiliation.objects.filter(school__in=schools).values_list("person", "school").distinct()
        factors = {pair: Decimal(FACTORS[pair[0] % len(FACTORS)]) for pair in there}
        TimeBudget.objects.bulk_create(
            TimeBudget(
                person=line.person, school_id=line.school_id, rule=rule, factor=line.factor, first=line.bounds[0],
                last=line.bounds[1], minutes=minutes,
            )
            for line in budgets.lines_of(schools, board.pk, year, factors)
            for rule, minutes in line.due.items()
        )  # fmt: skip


def _behind(builder):
    """Most meetings were held in room that had been given."""
    rows = Attendance.objects.filter(was_there=True, person__isnull=False, meeting__held_on__lt=builder.today)
    works = dict(Affiliation.objects.exclude(school=None).order_by("-pk").values_list("person", "school"))
    RoomRequest.objects.bulk_create(
        [
            _room(row.person_id, works[row.person_id], row.meeting)
            for row in rows.select_related("meeting").order_by("pk")
            if row.person_id in works and builder.chance.random() < IN_THE_TIMETABLE
        ],
        ignore_conflicts=True,
    )


def _room(person, school, meeting, **fields):
    asked = {"state": RoomState.GRANTED, "needs_cover": False} | fields
    return RoomRequest(
        person_id=person, school_id=school, held_on=meeting.held_on, starts=meeting.starts, ends=meeting.ends,
        purpose=RoomFor.PLG, community_id=meeting.community_id, source=ledger.source(meeting.pk), **asked,
    )  # fmt: skip


def _before(builder):
    """Three requests that wait, and what was given for the next meetings."""
    school = builder.places.schools[SCHOOL]
    leader = Role.objects.current().get(kind=RoleKind.SCHOOL_LEADER, school=school).person
    maths = builder.communities[texts.REKENEN.name]
    for name, days, starts, ends, purpose, cover, what in ASKED:
        day = builder.today + timedelta(days=days)
        while not calendar.is_working_day(day, school.region):
            day += timedelta(days=1)
        RoomRequest.objects.create(
            person=builder.people[name], school=school, held_on=day, starts=time(*starts), ends=time(*ends),
            purpose=purpose, community_id=maths.pk, cover=cover, what=what,
            asked_at=builder.moment - timedelta(hours=20),
        )  # fmt: skip
    for plg, most in ((texts.SPELEND, 3), (texts.LEZEN, 4)):
        community = builder.communities[plg.name]
        meeting = Meeting.objects.filter(community=community).upcoming().first()
        if meeting is None:
            continue
        ours = community.memberships.active().filter(school=school, person__isnull=False).order_by("pk")[:most]
        decided = {"decided_by": leader, "decided_at": builder.moment - timedelta(days=1)}
        for n, row in enumerate(ours):
            who = {"needs_cover": True} | ({"cover": "invaller Joke"} if n else {})
            _room(row.person_id, school.pk, meeting, **who, **decided).save()
