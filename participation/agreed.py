"""Agreed facts of schools, as their leader plans with them: who takes part in which PLG, with whom, and when.

Whoever joins a PLG is told that her leader sees this; a teacher finds the rows of her
own PLGs on "what my school leader sees", made by the same function.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import FilteredRelation, Q

from communities.meetings.models import Meeting
from communities.models import Community, Membership, Memberships
from core.prepared import prepared
from core.time import today
from organisations.models import School, Schools
from participation.facts import Facts
from participation.figures import Place

MOST_DATES = 60
ON_A_CARD = 5


class Members(Memberships):
    @prepared
    def beside(self, schools):
        """Everybody in a living PLG in which somebody of these schools takes part."""
        with_us = Membership.objects.seated().filter(school__in=schools).values("community")
        return (
            self.seated()
            .filter(community__in=Community.objects.living().filter(pk__in=with_us))
            .select_related("person", "school", "community")
            .order_by("community__sort_name", "community", "person__sort_name")
        )


class Staff(Schools):
    @prepared
    def with_people(self, schools, day):
        """A line for each of these schools and each person who works there on this day; one with None where nobody."""
        here = Q(affiliations__from_on__lte=day) & (Q(affiliations__until_on=None) | Q(affiliations__until_on__gte=day))
        return (
            self.filter(pk__in=schools)
            .alias(now=FilteredRelation("affiliations", condition=here))
            .order_by("sort_name", "pk")
            .values_list("pk", "name", "now__person")
        )


@dataclass(frozen=True)
class Agreed:
    """What is agreed at these schools: a row a PLG, the next meetings, and how many take part."""

    schools: list
    rows: list
    meetings: list
    facts: Facts
    in_more: int
    of_school: dict


def of(schools):
    """The agreed facts of these schools (ids), as their leader plans with them."""
    staff = list(Staff(School).with_people(schools, today()))
    places = [Place("school", pk, name) for pk, name in dict.fromkeys((pk, name) for pk, name, _person in staff)]
    people = {(person, pk) for pk, _name, person in staff if person}
    return _of(places, people, list(Members(Membership).beside(schools)))


def of_person(school, person):
    """Of the same facts those of the PLGs in which this person takes part herself."""
    members = list(Members(Membership).beside([school.pk]))
    hers = {row.community_id for row in members if row.person_id == person.pk}
    return _of([school], set(), [row for row in members if row.community_id in hers])


def _of(schools, staff, members):
    ours = {school.pk for school in schools}
    by_community = {community: list(group) for community, group in groupby(members, attrgetter("community"))}
    meetings = list(
        Meeting.objects.upcoming().filter(community__in=by_community).select_related("community", "school")[:MOST_DATES]
    )
    people = {person for person, _school in staff}
    places = [(row.person_id, row.school_id, row.community_id) for row in members if row.school_id in ours]
    taking_part = {person for person, _school, _plg in places if person in people}
    return Agreed(
        schools=schools,
        rows=[
            _row(community, rows, ours, [meeting for meeting in meetings if meeting.community_id == community.pk])
            for community, rows in by_community.items()
        ],
        meetings=meetings[:ON_A_CARD],
        facts=Facts(len(people), len(taking_part), len(by_community)),
        in_more=sum(count > 1 for count in Counter(person for person, _s, _p in places if person in people).values()),
        of_school={pk: _facts(pk, staff, places) for pk in ours},
    )


def _facts(school, staff, places):
    """The same, of one school."""
    people = {person for person, at in staff if at == school}
    here = [(person, plg) for person, at, plg in places if at == school]
    return Facts(len(people), len({person for person, _plg in here} & people), len({plg for _person, plg in here}))


def _row(community, members, ours, meetings):
    """The agreed facts of one PLG, as its school's leader may know them: the teachers were told so on joining."""
    from_us = [member.person.first_name for member in members if member.school_id in ours and member.person_id]
    others = sorted({str(member.school) for member in members if member.school_id and member.school_id not in ours})
    return {
        "community": community,
        "facilitators": [member.called for member in members if member.leads],
        "from_us": ", ".join(from_us),
        "from_us_count": len(from_us),
        "others": ", ".join(others),
        "others_count": len(members) - len(from_us),
        "next": meetings[:2],
    }
