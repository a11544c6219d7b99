"""The home of a facilitator: the next meeting she leads, one row a PLG, what waits for her."""

from itertools import groupby
from operator import attrgetter

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity import asks
from communities.choices import State
from communities.meetings import agenda, running
from communities.meetings.choices import Coming
from communities.meetings.models import Answer, Meeting
from communities.models import Community, Membership, Memberships
from communities.rules import standing
from core.prepared import prepared
from lessonstudy.rules import standing as cycles
from training import home as training

MOST_COLUMNS = 6


def context(user):
    """What the page shows, in a number of queries that does not grow with her PLGs."""
    leads = standing(user).leads
    meetings = Meeting.objects.for_list(user).filter(community__in=leads)
    upcoming = list(meetings.upcoming())
    meeting = upcoming[0] if upcoming else None
    return {
        "meeting": meeting,
        "session": running.door_on_the_day(meeting),
        "who": who_comes(meeting) if meeting else None,
        "agenda": agenda.items_of(meeting, user) if meeting else None,
        "rows": rows(leads, upcoming),
        "asks": asks.for_today(user, limit=3),
        "has_cycles": bool(cycles(user).takes_part),
        "training": training.card(user),
    }


class Asked(Memberships):
    @prepared
    def about(self, meeting):
        """Who has a seat, each with what she `said` about this meeting."""
        said = Answer.objects.filter(meeting=meeting, person=OuterRef("person")).values("coming")
        return (
            self.seated()
            .annotate(said=Subquery(said))
            .select_related("person")
            .order_by("person__sort_name", "address", "pk")
        )


def who_comes(meeting):
    """The expected people of a meeting by their answers, in one query: who come, who cannot, and who has not said."""
    expected = list(Asked(Membership).about(meeting).filter(community=meeting.community_id))
    return {
        "total": len(expected),
        "coming": sum(row.said in (Coming.ROOM, Coming.ONLINE) for row in expected),
        "absent": [row.person.first_name for row in expected if row.said == Coming.ABSENT],
        "silent": [row.called.split(" ")[0] for row in expected if not row.said],
    }


def rows(leads, upcoming):
    """One row a PLG: its rhythm, its next date, who was there, and one quiet hint."""
    past = Meeting.objects.filter(community__in=leads).past().with_counts().order_by("community", "-starts_at")
    were = {
        pk: [row.attended_count for row in list(group)[:MOST_COLUMNS]][::-1]
        for pk, group in groupby(past, attrgetter("community_id"))
    }
    coming = {}
    for meeting in upcoming:
        coming.setdefault(meeting.community_id, meeting)
    found = []
    for community in Community.objects.filter(pk__in=leads).living().with_seats().order_by("sort_name"):
        meeting = coming.get(community.pk)
        counts = were.get(community.pk, [])
        found.append(
            {
                "community": community,
                "meeting": meeting,
                "counts": counts,
                "counts_in_words": ", ".join(map(str, counts)),
                "hint": hint(community, meeting),
                "is_fine": bool(meeting),
            }
        )
    return sorted(found, key=lambda row: (row["meeting"] is None, row["meeting"] and row["meeting"].starts_at))


def hint(community, meeting):
    """One quiet sentence on what this PLG could use."""
    if community.state == State.RESTING:
        return _("This PLG is paused.")
    if meeting is None:
        return _("There is no date yet. Plan the next meeting.")
    silent = community.taken - meeting.coming_count - meeting.absent_count
    if silent > 1:
        return ngettext(
            "%(count)d member has not answered yet.", "%(count)d members have not answered yet.", silent
        ) % {"count": silent}
    if not meeting.title:
        return _("Say what you will do next time, so that people can prepare.")
    return _("The next date and what you will do are known.")
