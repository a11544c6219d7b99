"""A school goes up into another one: what is still to come is there."""

from django.db.models import Exists, OuterRef

from communities.meetings.models import Meeting, PollOption
from core.registry import mergers
from organisations.models import School


@mergers.register("meetings")
def go_along(gone, into):
    """Meetings to come and dates that are still asked have the other school as their host."""
    if not isinstance(gone, School):
        return
    Meeting.objects.upcoming().filter(school=gone).update(school=into)
    options = PollOption.objects.filter(school=gone, meeting=None)
    same = PollOption.objects.filter(
        poll=OuterRef("poll"), held_on=OuterRef("held_on"), starts=OuterRef("starts"), school=into
    )
    options.filter(~Exists(same)).update(school=into)
