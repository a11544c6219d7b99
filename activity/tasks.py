"""A tick each minute looks for what is due; the rows are the truth."""

from celery import shared_task


@shared_task
def tick():
    """Once a minute: give back what a lost worker held, and send what is due."""
    send_due()


@shared_task
def send_due():
    """Send the letters that are due."""
