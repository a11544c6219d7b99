"""Proposes dates for a series: a plain calculation that changes nothing.

What no date may fall on: a public holiday, a school holiday of any member's region, a study day of any
member's school, a day on which the PLG meets already. What a date had better not fall on: members' fixed
days off. A date for which no day fits well is left over, for a date poll.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.meetings.choices import Place
from communities.meetings.models import Meeting
from communities.models import Membership
from core.templatetags import ui
from core.time import today
from organisations.models import School, StudyDay
from people import calendar

LONGEST_SEARCH_WEEKS = 80
MOST_DATES = 20  # planned at once
#: A date at which more than this share of the members has a day off fits nobody well.
MOST_AWAY = 1 / 3
MOST_OPTIONS = 6
#: Who plans from June on means the school year to come, too.
NEXT_YEAR_IS_NEAR = timedelta(days=61)


class Slot(NamedTuple):
    """A weekday and hours that would do."""

    weekday: int
    starts: time = time(15, 30)
    ends: time = time(17, 0)


class Closed(NamedTuple):
    """Days on which a school has something else: its name, the first and last day, what it is."""

    school: str
    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Company:
    """Who is to meet: what the planner must know of the members of a PLG."""

    regions: tuple = ()
    days_off: tuple = ()
    hosts: tuple = ()
    closed: tuple = ()
    taken: frozenset = frozenset()
    size: int = 0
    last_host: int | None = None

    def away_on(self, weekday):
        """The names of those who never work on this weekday."""
        return [name for name, days in self.days_off if weekday in days]

    @cached_property
    def _study_days(self):
        found = {}
        for row in self.closed:
            for n in range(min((row.last - row.first).days, 366) + 1):
                found.setdefault(row.first + timedelta(days=n), []).append(row)
        return found

    def study_days(self, day):
        """The schools that have something else on this day, in words."""
        rows = self._study_days.get(day, ())
        return [_("%(school)s: %(name)s") % {"school": row.school, "name": row.name} for row in rows]

    def holiday(self, day):
        """Why nobody plans on this day, with the regions where not all have that holiday; or ""."""
        if name := calendar.public_holiday(day):
            return name
        found = {region: calendar.school_holiday(day, region) for region in self.regions}
        free = {region: name for region, name in found.items() if name}
        if not free:
            return ""
        name = next(iter(free.values()))
        if len(free) == len(self.regions):
            return name
        return _("%(holiday)s in region %(regions)s") % {"holiday": name, "regions": ", ".join(sorted(free))}

    def blocked(self, day):
        """Why no date may fall on this day, or ""."""
        if reason := self.holiday(day):
            return reason
        if names := self.study_days(day):
            return ", ".join(names)
        return _("This PLG meets that day already") if day in self.taken else ""

    def unknown_years(self, days):
        """Calendar years among these days for which some region's school holidays are not known yet."""
        years = {day.year: day for day in days}
        return sorted(
            year
            for year, day in years.items()
            if any(not calendar.knows_school_year(day, region) for region in self.regions)
        )

    def without_study_days(self, until):
        """The schools of the members that brought in no study day from now to this day."""
        known = {row.school for row in self.closed if row.first <= until}
        return [school for school in self.hosts if school.name not in known]


def company(community):
    """The members of this PLG as the planner sees them, in three queries."""
    rows = list(
        Membership.objects.seated()
        .filter(community=community)
        .select_related("person", "school")
        .order_by("person__sort_name", "pk")
    )
    regions, days_off, hosts = set(), [], {}
    for row in rows:
        if row.region:
            regions.add(row.region)
        if row.person and row.person.days_off:
            days_off.append((str(row.person), tuple(row.person.days_off)))
        if row.school:
            hosts[row.school_id] = row.school
    schools = sorted(hosts.values(), key=lambda school: (school.pk != community.owner_school_id, school.sort_name))
    study_days = StudyDay.objects.filter(school__in=hosts, last__gte=today()).order_by("first", "pk")
    closed = [Closed(hosts[row.school_id].name, row.first, row.last, row.name) for row in study_days]
    planned = list(
        Meeting.objects.planned().filter(community=community).order_by("starts_at").values_list("held_on", "school_id")
    )
    held = [school for _day, school in planned if school in hosts]
    return Company(
        regions=tuple(sorted(regions)),
        days_off=tuple(days_off),
        hosts=tuple(schools),
        closed=tuple(closed),
        taken=frozenset(day for day, _school in planned if day >= today()),
        size=len(rows),
        last_host=held[-1] if held else None,
    )


@dataclass
class Proposed:
    """One proposed date, and which school would be host."""

    held_on: date
    school: School | None = None
    starts: time | None = None
    ends: time | None = None
    away: list = field(default_factory=list)  # who has a fixed day off, by name


@dataclass
class Leftover:
    """A date that could not be proposed: why, and the days that would do best, for a date poll."""

    reason: str
    options: list


@dataclass
class Proposal:
    """What the planner proposes, what it passed over and why, and what it does not know."""

    dates: list
    skipped: list
    unknown_years: list
    away: list  # who has a fixed day off on every weekday that was asked for, by name
    leftovers: list = field(default_factory=list)

    @property
    def options(self):
        """All days that the leftovers offer, each once, in their order."""
        return sorted({option for leftover in self.leftovers for option in leftover.options})


def school_year_end(day):
    """The last day of the school year in which this day lies."""
    return calendar.days_of_school_year(calendar.school_year(day))[1]


def horizon(first):
    """Until when dates are proposed from this day on: the end of its school year, or of the next when that is near."""
    return school_year_end(first + NEXT_YEAR_IS_NEAR)


def propose(who, *, first, count, cadence_weeks, slots, place=Place.ONSITE, host=None, until=None):
    """Propose `count` dates, `cadence_weeks` weeks apart, on these weekdays (the first is liked best) from `first` on.

    Of the days of a week that fit, the one comes first on which fewest have a day off. A week without any moves the
    date to the first week that has one, and the rhythm goes on from there. What does not fit before `until`, or
    only on days off of many, is left over. Without a fixed `host` the schools of the members take turns.
    """
    search = _Search(who, slots, first, until)
    monday = first - timedelta(days=first.weekday())
    if all(monday + timedelta(days=slot.weekday) < first for slot in slots):
        monday += timedelta(weeks=1)
    dates, leftovers, hosts = [], [], _hosts(who, place, host)
    while len(dates) + len(leftovers) < count:
        monday, found = search.from_week(monday)
        if found is None:
            leftovers += search.beyond(dates, count - len(dates) - len(leftovers))
            break
        if who.size and len(found.away) > who.size * MOST_AWAY:
            leftovers.append(search.instead_of(found, monday))
        else:
            found.school = next(hosts)
            dates.append(found)
        monday += timedelta(weeks=cadence_weeks)
    away = set.intersection(*(set(who.away_on(slot.weekday)) for slot in slots))
    names = [name for name, _days in who.days_off if name in away]
    return Proposal(dates, search.skipped, who.unknown_years(search.seen), names, leftovers)


class _Search:
    """Looks for days that fit, and remembers what it saw and passed over."""

    def __init__(self, who, slots, first, until):
        self.who, self.slots, self.first, self.until = who, slots, first, until
        self.seen, self.skipped = [], []

    def from_week(self, monday):
        """The first week from here on with a day that fits, and the best day of it; None when there is none."""
        for _week in range(LONGEST_SEARCH_WEEKS):
            if self.until and monday > self.until:
                break
            passed, fitting = [], []
            for place, slot in enumerate(self.slots):
                day = monday + timedelta(days=slot.weekday)
                if day < self.first or (self.until and day > self.until):
                    continue
                self.seen.append(day)
                if reason := self.who.blocked(day):
                    passed.append((day, reason))
                else:
                    fitting.append((len(self.who.away_on(slot.weekday)), place, day, slot))
            self.skipped += [row for row in passed if row not in self.skipped]
            if fitting:
                _away, _place, day, slot = min(fitting)
                found = Proposed(day, None, slot.starts, slot.ends, self.who.away_on(slot.weekday))
                return monday, found
            monday += timedelta(weeks=1)
        return monday, None

    def instead_of(self, found, monday):
        """The leftover of a week in which too many are away on every day that was asked for."""
        reason = ngettext(
            "Around %(day)s, %(count)d person has a fixed day off: %(names)s.",
            "Around %(day)s, %(count)d people have a fixed day off: %(names)s.",
            len(found.away),
        ) % {"day": ui.day(found.held_on), "count": len(found.away), "names": ", ".join(found.away)}
        return Leftover(reason, self._options(monday, monday + timedelta(days=11)))

    def beyond(self, dates, count):
        """The leftovers of what does not fit before the end any more."""
        after = max([self.first, *(row.held_on + timedelta(days=7) for row in dates[-1:])])
        reason = _("This date does not fit before %(day)s any more.") % {"day": ui.day(self.until or self.seen[-1])}
        options = self._options(after, self.until) if self.until else []
        return [Leftover(reason, options) for _turn in range(count)]

    def _options(self, first, last):
        """The working days in between on which fewest are away, at the hours that were liked best."""
        best, day = [], max(first, self.first)
        while day <= min(last, self.until or last):
            if day.weekday() < 5 and not self.who.blocked(day):
                best.append((len(self.who.away_on(day.weekday())), day))
            day += timedelta(days=1)
        slot = self.slots[0]
        return sorted((day, slot.starts, slot.ends) for _away, day in sorted(best)[:MOST_OPTIONS])


def _hosts(who, place, host):
    """Whose turn it is, without end: the schools one after the other, going on after the last host."""
    schools = [host] if host else list(who.hosts)
    if place == Place.ONLINE or not schools:
        schools = [None]
    pks = [school and school.pk for school in schools]
    turn = pks.index(who.last_host) + 1 if who.last_host in pks else 0
    while True:
        yield schools[turn % len(schools)]
        turn += 1


def facing(who, held_on):
    """What stands in the way of one date: sentences, none when it is free."""
    found = []
    if reason := who.holiday(held_on):
        found.append(_("This falls in: %(holiday)s.") % {"holiday": reason})
    found += [_("Study day of %(what)s.") % {"what": what} for what in who.study_days(held_on)]
    if away := who.away_on(held_on.weekday()):
        found.append(_("Has a fixed day off then: %(names)s.") % {"names": ", ".join(away)})
    return found


def rolled_over(series):
    """What the planner is asked to plan the last school year of this series once more; {} for one without dates."""
    meetings = list(series.meetings.planned().order_by("held_on", "starts"))
    if not meetings:
        return {}
    over = school_year_end(meetings[-1].held_on)
    meetings = [row for row in meetings if school_year_end(row.held_on) == over][:MOST_DATES]
    liked = Counter((row.held_on.weekday(), row.starts, row.ends) for row in meetings).most_common(3)
    first = meetings[0].held_on
    while first <= over:
        first += timedelta(weeks=52)
    first = max(first, today() + timedelta(days=7))
    schools = {row.school_id for row in meetings}
    last = meetings[-1]
    asked = {
        "first": first,
        "count": len(meetings),
        "cadence_weeks": series.cadence_weeks,
        "place": last.place,
        "room": last.room,
        "link": last.link,
        "host": (last.school_id or "") if len(schools) == 1 else "",
    }
    for ((weekday, starts, ends), _times), suffix in zip(liked, ("", "_2", "_3"), strict=False):
        asked |= {f"weekday{suffix}": weekday, f"starts{suffix}": f"{starts:%H:%M}", f"ends{suffix}": f"{ends:%H:%M}"}
    return asked


@lru_cache(maxsize=4096)
def holidays_between(after, until, regions):
    """The names of the school holidays of these regions between two dates, each once, in their order."""
    names, day = {}, after + timedelta(days=1)
    while day < until:
        for region in regions:
            if name := calendar.school_holiday(day, region):
                names[name] = None
        day += timedelta(days=1)
    return tuple(names)
