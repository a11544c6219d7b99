"""Two school years of learning together beside the meetings: visits, training, events; and the figures made of them.

These kinds have no pages of their own yet, so their sources name nothing.
"""

from collections import defaultdict
from datetime import timedelta

from communities.choices import State, Theme
from communities.models import Membership
from core.text import sort_key
from organisations import hours
from organisations.choices import HoursKind
from organisations.models import Affiliation
from participation import closing, months, rollups
from people import calendar

HOLIDAY_MONTHS = {7, 8}
EVENTS = {11: 150, 3: 180}  # month -> minutes: the network's work conferences
TRAINING = {9, 10, 1, 2, 5}


def fill(builder):
    """Write the ledger until today, then close the months that are over."""
    hours.write_all(entry for entry in _entries(builder) if entry.held_on < builder.today)


def close(builder):
    """Make the figures; nothing may be written to the ledger of past months afterwards."""
    closing.close_due(builder.today)
    rollups.rebuild()


def _entries(builder):
    staff, themes = _staff(), _plgs()
    first = calendar.days_of_school_year(calendar.school_year(builder.today) - 1)[0]
    for month in months.between(first, months.first_of(builder.today)):
        if month.month in HOLIDAY_MONTHS:
            continue
        for school, people in staff.items():
            yield from _visits(builder, month, school, people, themes.get(school.pk, ()))
            yield from _together(builder, month, school, people)


def _staff():
    """School -> who works there."""
    found = defaultdict(list)
    rows = Affiliation.objects.current().exclude(school=None).select_related("school").order_by("pk")
    for row in rows:
        found[row.school].append(row.person_id)
    return dict(sorted(found.items(), key=lambda pair: sort_key(pair[0].name)))


def _plgs():
    """School -> PLGs in which its people take part, its own first."""
    found = defaultdict(set)
    rows = Membership.objects.active().exclude(school=None).exclude(community__state=State.CONCEPT)
    for row in rows.select_related("community"):
        found[row.school_id].add(row.community)
    return {
        school: sorted(plgs, key=lambda plg: (plg.owner_school_id != school, plg.theme != Theme.MATHS, plg.sort_name))
        for school, plgs in found.items()
    }


def _visits(builder, month, school, people, plgs):
    """Colleagues look at each other's lessons, for a PLG or just so; more in a school that did so before."""
    chance = builder.chance
    grown = 1 if month >= calendar.days_of_school_year(calendar.school_year(builder.today))[0] else 0.7
    for plg in plgs[:3]:  # maths, of which the demo tells most, is among them
        its = plg.pk if plg.started_on and plg.started_on <= month else None
        for person in chance.sample(people, min(len(people), round(len(people) * 0.35 * grown))):
            yield _entry(builder, person, HoursKind.VISIT, 60, month=month, school=school, community=its)
    for person in chance.sample(people, min(2, len(people))):
        yield _entry(builder, person, HoursKind.COACHING, 45, month=month, school=school)


def _together(builder, month, school, people):
    """Training for a good part of a team, and who went to a conference."""
    chance = builder.chance
    if month.month in TRAINING:
        for person in chance.sample(people, round(len(people) * chance.choice([0.3, 0.5, 0.7]))):
            yield _entry(builder, person, HoursKind.TRAINING, chance.choice([90, 120, 180]), month=month, school=school)
    if month.month in EVENTS:
        for person in chance.sample(people, round(len(people) * 0.4)):
            yield _entry(builder, person, HoursKind.EVENT, EVENTS[month.month], month=month, school=school)


def _entry(builder, person, kind, minutes, *, month, school, community=None):
    day = month + timedelta(days=builder.chance.randrange(27))
    while not calendar.is_working_day(day, school.region) and day < months.last_day(month):
        day += timedelta(days=1)
    return hours.Entry(
        person_id=person,
        kind=kind,
        minutes=minutes,
        held_on=day,
        source=f"demo-{kind}:{month:%y%m}-{school.pk}-{community or 0}-{day.day}",
        community_id=community,
        school_id=school.pk,
    )
