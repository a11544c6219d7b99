"""Agreed facts of schools, as their leader plans with them: who takes part in which PLG, with whom, and when.

Whoever joins a PLG is told that her leader sees this; a teacher finds the rows of her
own PLGs on "what my school leader sees", made by the same function.
"""

from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from communities.meetings.models import Meeting
from communities.models import Community, Membership, Memberships
from core.prepared import prepared
from organisations.models import Affiliation
from participation.facts import Facts

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
            .select_related("person", "school")
            .order_by("community", "person__sort_name")
        )


@dataclass(frozen=True)
class Agreed:
    """What is agreed at these schools: a row a PLG, the next meetings, and how many take part."""

    rows: list
    meetings: list
    facts: Facts
    in_more: int
    of_school: dict = field(default_factory=dict)


def of(schools, only_of=None):
    """The agreed facts of these schools; `only_of` a person: only the PLGs in which she takes part."""
    ours = {school.pk for school in schools}
    members = list(Members(Membership).beside(ours))
    if only_of:
        hers = {row.community_id for row in members if row.person_id == only_of.pk}
        members = [row for row in members if row.community_id in hers]
    by_community = {pk: list(group) for pk, group in groupby(members, attrgetter("community_id"))}
    theirs = list(by_community)
    meetings = list(
        Meeting.objects.upcoming().filter(community__in=theirs).select_related("community", "school")[:MOST_DATES]
    )
    rows = [
        _row(community, by_community[community.pk], ours, [m for m in meetings if m.community_id == community.pk])
        for community in Community.objects.filter(pk__in=theirs).order_by("sort_name")
    ]
    staff = set()
    if not only_of:
        staff = set(Affiliation.objects.current().filter(school__in=ours).values_list("person_id", "school"))
    people = {person for person, _school in staff}
    places = [(row.person_id, row.school_id, row.community_id) for row in members if row.school_id in ours]
    taking_part = {person for person, _school, _plg in places if person in people}
    return Agreed(
        rows=rows,
        meetings=meetings[:ON_A_CARD],
        facts=Facts(len(people), len(taking_part), len(theirs)),
        in_more=sum(sum(person == each for each, _school, _plg in places) > 1 for person in taking_part),
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
