"""When the clock of the machine was ahead and is set back: what was written meanwhile must neither wait nor come twice.

A second letter on an occasion is impossible (`Delivery`'s key), so nothing doubles. What could stop are rows that lie
in a future that is none: letters, claims and the hours of PLG letters.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now

from activity import digest, sending
from activity.choices import State
from activity.models import Delivery

SLACK = timedelta(minutes=1)  # machines differ by less


def was_ahead(last_tick, seconds):
    """True when the last tick was later than now."""
    return bool(last_tick) and last_tick > seconds + SLACK.total_seconds()


def mend():
    """Bring what lies in the future back to now; returns how many rows."""
    at = now()
    late = Delivery.objects.filter(state=State.PENDING, due_at__gt=at + SLACK)
    # A letter of something that happened is due when that happened, and one that is tried again within half a day.
    at_once = Q(activity__at__gt=at) | Q(kind=digest.KIND)
    backed_off = Q(attempts__gt=0, due_at__gt=at + timedelta(minutes=max(sending.BACK_OFF_MINUTES)) + SLACK)
    ids = late.filter(at_once | backed_off).values_list("pk", flat=True)
    count = Delivery.objects.filter(pk__in=list(ids), state=State.PENDING).update(due_at=at)
    return count + sending.give_back_lost(at) + digest.heal()
