"""What runs by itself: harvesting."""

from contextlib import suppress

from celery import shared_task
from django.db import transaction

from core.night import each_by_itself
from core.refusals import Refused


@shared_task
def harvest_one(pk):
    """One library, because an administrator asked."""
    from knowledgehub.outside.harvest import keeping
    from knowledgehub.outside.models import HarvestSource

    with suppress(Refused, HarvestSource.DoesNotExist):  # it runs already, or is gone: nobody waits for the answer
        keeping.harvest(HarvestSource.objects.get(pk=pk))


def harvest_on_commit(source):
    """Soon; without a broker it comes at night."""
    from kombu.exceptions import OperationalError

    def hint():
        with suppress(OperationalError):
            harvest_one.apply_async([source.pk], retry=False, ignore_result=True)

    transaction.on_commit(hint)


def nightly():
    """Every library, and what is over its time; the roof calls this once a night."""
    from knowledgehub.outside.harvest import keeping
    from knowledgehub.outside.material import deeds

    each_by_itself(deeds.forget_lists, keeping.harvest_all)
