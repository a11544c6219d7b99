"""The home of a teacher: her next meeting, what is asked of her, her PLGs."""

from django.db.models import OuterRef, Subquery

from activity import asks
from communities.meetings.models import Meeting
from communities.models import Community
from communities.rules import standing


def context(user):
    """What the page shows, in a number of queries that does not grow with her PLGs."""
    mine = standing(user)
    meeting = Meeting.objects.for_list(user).upcoming().filter(can_answer=True).first()
    next_one = Meeting.objects.upcoming().filter(community=OuterRef("pk")).values("starts_at")[:1]
    own = mine.member_of | mine.guest_of
    communities = list(
        Community.objects.filter(pk__in=own | mine.asked_for)
        .living()
        .annotate(next_at=Subquery(next_one))
        .order_by("next_at", "sort_name")
    )
    return {
        "meeting": meeting,
        "asks": asks.for_today(user, limit=3, besides=meeting),
        "communities": [row for row in communities if row.pk in own],
        "waiting": [row for row in communities if row.pk not in own],
    }
