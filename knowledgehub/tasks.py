"""What runs by itself: looking at files, and what is over its time."""

from contextlib import suppress

from celery import shared_task
from django.db import transaction

from core.night import each_by_itself


@shared_task
def look():
    """Look at the files, and ask the pages elsewhere, that wait for it."""
    from knowledgehub import elsewhere, looking_at

    elsewhere.ask_all()
    looking_at.look_at_all()


def look_on_commit():
    """Once in a transaction; without a broker the next tick finds what waits."""
    if _hint not in (entry[1] for entry in transaction.get_connection().run_on_commit):
        transaction.on_commit(_hint)


def _hint():
    from kombu.exceptions import OperationalError

    with suppress(OperationalError):
        look.apply_async(retry=False, ignore_result=True)


def nightly():
    """What is over its time; the roof calls this once a night."""
    from knowledgehub.actions import approving, making, uploads

    each_by_itself(uploads.clear_strays, making.clear_ownerless, approving.close_due)
