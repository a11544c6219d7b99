"""Proposes dates for a series: a plain calculation that changes nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from communities.meetings.choices import Place
from communities.models import Membership
from organisations.models import School
from people import calendar

LONGEST_SEARCH_WEEKS = 80


@dataclass(frozen=True)
class Company:
    """Who is to meet: what the planner must know of the members of a PLG."""

    regions: tuple = ()
    days_off: tuple = ()
    hosts: tuple = ()

    def away_on(self, weekday):
        """The names of those who never work on this weekday."""
        return [name for name, days in self.days_off if weekday in days]

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

    def unknown_years(self, days):
        """Calendar years among these days for which some region's school holidays are not known yet."""
        years = {day.year: day for day in days}
        return sorted(
            year
            for year, day in years.items()
            if any(not calendar.knows_school_year(day, region) for region in self.regions)
        )


def company(community):
    """The members of this PLG as the planner sees them, in one query."""
    rows = (
        Membership.objects.seated()
        .filter(community=community)
        .select_related("person", "school")
        .order_by("person__sort_name", "pk")
    )
    regions, days_off, hosts = set(), [], {}
    for row in rows:
        region = (row.school and row.school.region) or (row.person and row.person.region)
        if region:
            regions.add(region)
        if row.person and row.person.days_off:
            days_off.append((str(row.person), tuple(row.person.days_off)))
        if row.school:
            hosts[row.school_id] = row.school
    schools = sorted(hosts.values(), key=lambda school: (school.pk != community.owner_school_id, school.sort_name))
    return Company(tuple(sorted(regions)), tuple(days_off), tuple(schools))


@dataclass
class Proposed:
    """One proposed date, and which school would be host."""

    held_on: date
    school: School | None = None


@dataclass
class Proposal:
    """What the planner proposes, what it passed over and why, and what it does not know."""

    dates: list
    skipped: list
    unknown_years: list
    away: list  # who has a fixed day off on this weekday, by name


def propose(who, *, first, count, cadence_weeks, weekday, place=Place.ONSITE, host=None):
    """Propose `count` dates, `cadence_weeks` weeks apart, on this weekday from `first` on.

    A date in a holiday moves to the first free week after it, and the rhythm
    goes on from there. Without a fixed `host` the schools of the members take turns.
    """
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    dates, skipped, seen = [], [], []
    for turn in range(count):
        for _week in range(LONGEST_SEARCH_WEEKS):
            seen.append(day)
            reason = who.holiday(day)
            if not reason:
                break
            skipped.append((day, reason))
            day += timedelta(weeks=1)
        dates.append(Proposed(day, _host(who, turn, place, host)))
        day += timedelta(weeks=cadence_weeks)
    return Proposal(dates, skipped, who.unknown_years(seen), who.away_on(weekday))


def _host(who, turn, place, host):
    if place == Place.ONLINE:
        return None
    if host:
        return host
    return who.hosts[turn % len(who.hosts)] if who.hosts else None


def facing(who, held_on):
    """What stands in the way of one date: sentences, none when it is free."""
    found = []
    if reason := who.holiday(held_on):
        found.append(_("This falls in: %(holiday)s.") % {"holiday": reason})
    if away := who.away_on(held_on.weekday()):
        found.append(_("Has a fixed day off then: %(names)s.") % {"names": ", ".join(away)})
    return found


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
