"""What the demo's people plan: a date poll that most of them answered, and the study days of some schools."""

from datetime import time, timedelta

from communities.meetings import polls
from communities.meetings.choices import Fits, Place
from communities.meetings.models import Poll, PollOption, Vote
from organisations.models import StudyDay
from people import calendar

PLG = "Lezen met plezier"
TITLE = "Samen voorlezen in de bibliotheek"
#: Days from now, from when until when, online or not.
OPTIONS = [(38, 15, 17, Place.ONSITE), (45, 15, 17, Place.ONSITE), (47, 19, 21, Place.ONLINE)]
SAID = [
    (Fits.YES, Fits.YES, Fits.NO),
    (Fits.YES, Fits.IF_NEED_BE, Fits.NO),
    (Fits.NO, Fits.YES, Fits.IF_NEED_BE),
    (Fits.IF_NEED_BE, Fits.YES, Fits.YES),
]
STUDY_DAYS = {
    "De Regenboog": [(30, 0, "studiedag rekenen"), (75, 4, "rapportweek"), (140, 0, "studiedag")],
    "De Wissel": [(33, 0, "studiedag"), (110, 1, "teamdagen")],
}


def fill(builder):
    """Open the poll, let some vote, and enter the study days."""
    _poll(builder)
    StudyDay.objects.bulk_create(
        StudyDay(
            school=builder.places.schools[school],
            first=(first := _school_day(builder.today + timedelta(days=days))),
            last=first + timedelta(days=more),
            name=name,
        )
        for school, rows in STUDY_DAYS.items()
        for days, more, name in rows
    )


def _poll(builder):
    community = next(row for name, row in builder.communities.items() if PLG in name)
    poll = Poll.objects.create(
        community=community,
        title=TITLE,
        deadline=builder.today + timedelta(days=9),
        created_by=community.memberships.leading().select_related("person").first().person,
        created_at=builder.moment - timedelta(days=2),
    )
    options = PollOption.objects.bulk_create(
        PollOption(
            poll=poll,
            held_on=_school_day(builder.today + timedelta(days=days)),
            starts=time(starts, 30),
            ends=time(ends),
            place=place,
            school=community.owner_school if place == Place.ONSITE else None,
        )
        for days, starts, ends, place in OPTIONS
    )
    voters = [row for row in polls.voters(poll) if row.person_id and row.person_id != poll.created_by_id]
    Vote.objects.bulk_create(
        Vote(option=option, person=row.person, fits=fits)
        for row, said in zip(voters, SAID, strict=False)
        for option, fits in zip(options, said, strict=True)
    )
    polls.renew(poll)


def _school_day(day):
    """The first day from here on, on which people are at school."""
    while not calendar.is_working_day(day, "Midden"):
        day += timedelta(days=1)
    return day
