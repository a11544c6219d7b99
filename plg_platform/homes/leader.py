"""The home of a school leader: agreed facts only. Behaviour is counted elsewhere, over closed months."""

from itertools import groupby
from operator import attrgetter

from activity import asks
from communities.meetings.models import Meeting
from communities.models import Community, Membership, Memberships
from core.prepared import prepared
from organisations.models import Affiliation, School
from organisations.rules import standing


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


def context(user):
    """What the page shows of the schools she leads: who takes part, where, and when."""
    schools = list(School.objects.filter(pk__in=standing(user).schools_led).order_by("sort_name"))
    staff = set(Affiliation.objects.current().filter(school__in=schools).values_list("person_id", flat=True))
    ours = {school.pk for school in schools}
    members = list(Members(Membership).beside(ours))
    taking_part = {row.person_id for row in members if row.school_id in ours and row.person_id in staff}
    by_community = {pk: list(group) for pk, group in groupby(members, attrgetter("community_id"))}
    theirs = list(by_community)
    meetings = list(Meeting.objects.upcoming().filter(community__in=theirs).select_related("community", "school")[:60])
    plgs = [
        row(community, by_community[community.pk], ours, [m for m in meetings if m.community_id == community.pk])
        for community in Community.objects.filter(pk__in=theirs).order_by("sort_name")
    ]
    return {
        "schools": schools,
        "staff": len(staff),
        "taking_part": len(taking_part),
        "in_more": sum(1 for person in taking_part if sum(r.person_id == person for r in members) > 1),
        "plgs": plgs,
        "meetings": meetings[:5],
        "asks": asks.for_today(user, limit=3),
    }


def row(community, members, ours, meetings):
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
