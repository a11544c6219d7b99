"""What of news and mail is kept, and for how long. The journal itself stays: it is the audit."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now

from activity import clock
from activity.choices import State
from activity.models import Ask, Bounce, Delivery, Notification, PausedAddress

DELIVERIES_DAYS = 180  # what was sent to whom and what came back, for questions about mail
PAUSED_DAYS = 365  # addresses without an account to which nothing goes
NOTIFICATIONS_DAYS = 365
ASKS_DAYS = 365  # after they were closed


def nightly():
    """Delete letters that are done, old notifications and closed requests; wind every clock that stands still."""
    today = now()
    done = [State.SENT, State.CANCELLED, State.FAILED]
    Delivery.objects.filter(state__in=done, due_at__lt=today - timedelta(days=DELIVERIES_DAYS)).delete()
    Bounce.objects.filter(at__lt=today - timedelta(days=DELIVERIES_DAYS)).delete()
    PausedAddress.objects.filter(person=None, since__lt=today - timedelta(days=PAUSED_DAYS)).delete()
    Notification.objects.filter(activity__at__lt=today - timedelta(days=NOTIFICATIONS_DAYS)).delete()
    Ask.objects.filter(closed_at__lt=today - timedelta(days=ASKS_DAYS)).delete()
    clock.mend()


def forget_addressed(rows):
    """Delete these rows, and what was asked and written about them to a bare address. Returns how many rows."""
    ids = list(rows.values_list("pk", flat=True))
    about = {"about_type": ContentType.objects.get_for_model(rows.model), "about_id__in": ids}
    Delivery.objects.filter(**about).exclude(address="").delete()
    Ask.objects.filter(**about).exclude(address="").delete()
    rows.model.objects.filter(pk__in=ids).delete()
    return len(ids)
