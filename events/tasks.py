"""What runs by itself."""

from celery import shared_task


@shared_task
def tick():
    """Once a minute: places that were not taken in time go to the next in line, and what ended is rounded off."""
    from events.actions import after, choosing, waiting

    waiting.expire_offers()
    choosing.expire_seats()
    after.round_off_due()
    after.close_due()
