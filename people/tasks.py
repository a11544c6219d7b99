"""What runs by itself."""

from celery import shared_task


@shared_task
def make_downloads():
    """Make the downloads that people asked for of their own data."""
    from people import downloads

    downloads.make_all()
