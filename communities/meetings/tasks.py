"""What runs by itself."""

from celery import shared_task

from communities.meetings import ahead, asking, polls, promises
from communities.meetings.actions.agenda import carry_over_all
from communities.meetings.actions.leading import forget_unsent
from communities.meetings.actions.polls import tell_over
from core.night import each_by_itself


def nightly():
    """Close the requests of meetings that are over, tell facilitators what lacks; the roof calls this once a night."""
    each_by_itself(
        asking.close_past,
        carry_over_all,
        polls.close_past,
        tell_over,
        promises.queue_lately,
        ahead.look_ahead,
        forget_unsent,
    )


@shared_task
def end_forgotten():
    """End sessions that nobody ended."""
    from communities.meetings.actions import running

    running.end_forgotten()
