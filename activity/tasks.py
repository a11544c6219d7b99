"""A tick each minute looks for what is due; the rows are the truth."""

import time

from celery import shared_task
from django.core.cache import cache

LAST_TICK = "activity:last_tick"  # the readiness page reads it


@shared_task
def tick():
    """Once a minute: give back what a lost worker held, lay out the PLG letters, send what is due."""
    from activity import clock, digest, sending

    if clock.was_ahead(cache.get(LAST_TICK), time.time()):
        clock.mend()
    cache.set(LAST_TICK, time.time(), timeout=None)  # a cache that is away forgets, and the tick still ticks
    sending.give_back_lost()
    digest.put_due()
    sending.send_due()


@shared_task
def send_due():
    """Send the letters that are due."""
    from activity import sending

    sending.send_due()
