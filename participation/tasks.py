"""What runs by itself."""

from celery import shared_task

from participation import closing, rollups


@shared_task
def refresh():
    """Sum the days in which hours changed."""
    while rollups.refresh():
        pass


@shared_task
def close():
    """Make the figures of months that are over."""
    closing.close_due()
