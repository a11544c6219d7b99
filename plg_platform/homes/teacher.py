"""The home of a teacher: her next meeting, what is asked of her, her PLGs."""

from django.db.models import OuterRef, Subquery
from django.utils.timezone import now

from activity import asks
from communities.meetings import running
from communities.meetings.models import Meeting
from communities.models import Communities, Community
from communities.rules import standing
from core.models import FETCH_MODE
from core.prepared import prepared
from lessonstudy.rules import standing as cycles


class Groups(Communities):
    @prepared
    def for_home(self, at):
        """Living ones with the hour of their next meeting, the nearest first."""
        next_one = Meeting.objects.upcoming(at).filter(community=OuterRef("pk")).values("starts_at")[:1]
        rows = self.living().annotate(next_at=Subquery(next_one)).order_by("next_at", "sort_name")
        return rows.only("name", "state").fetch_mode(FETCH_MODE)


def context(user):
    """What the page shows, in a number of queries that does not grow with her PLGs."""
    mine = standing(user)
    meeting = Meeting.objects.for_list(user).upcoming().filter(can_answer=True).first()
    own = mine.member_of | mine.guest_of
    communities = list(Groups(Community).for_home(now()).filter(pk__in=own | mine.asked_for))
    if mine.guest_of:
        only_invited(user, [row for row in communities if row.pk in mine.guest_of])
    return {
        "meeting": meeting,
        "session": running.door_on_the_day(meeting),
        "asks": asks.for_today(user, limit=3, besides=meeting),
        "communities": [row for row in communities if row.pk in own],
        "waiting": [row for row in communities if row.pk not in own],
        "has_cycles": bool(cycles(user).takes_part),
    }


def only_invited(user, communities):
    """A guest knows the dates to which she is invited, and no others."""
    dates = Meeting.objects.of(user).upcoming().filter(community__in=communities)
    nearest = {}
    for community, starts_at in dates.values_list("community", "starts_at"):
        nearest.setdefault(community, starts_at)
    for row in communities:
        row.next_at = nearest.get(row.pk)
