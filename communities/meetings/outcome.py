"""What a meeting came to, for its page: its minutes and what was promised there."""

from communities.meetings import promises
from communities.meetings.models import ActionPoint, Minutes
from communities.rules import standing


def of(meeting, user):
    """Two queries once it has begun, for members; None before that and for guests."""
    mine = standing(user)
    if not meeting.has_begun or meeting.is_cancelled or meeting.community_id not in mine.member_of | mine.reads_on:
        return None
    takes_part = meeting.community_id in mine.member_of
    points = ActionPoint.objects.for_list(user).filter(meeting=meeting).in_groups()
    return {
        "minutes": Minutes.objects.for_detail(user).filter(meeting=meeting).first(),
        "groups": promises.groups(points) if takes_part else [],
        "may_write": takes_part and not meeting.why_not_grow,
    }
