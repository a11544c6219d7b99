"""What of news and mail is kept, and for how long (`core.registry.terms`); the journal and looks are the audit."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from activity import clock
from activity.choices import State
from activity.models import Ask, Bounce, Delivery, Notification, PausedAddress
from core.terms import keep_for

DELIVERIES_DAYS = 180  # what was sent to whom and what came back, for questions about mail
PAUSED_DAYS = 365  # addresses without an account to which nothing goes
DONE = [State.SENT, State.CANCELLED, State.FAILED]


def nightly():
    """Paused addresses of nobody go; every clock that stands still is wound."""
    PausedAddress.objects.filter(person=None, since__lt=now() - timedelta(days=PAUSED_DAYS)).delete()
    clock.mend()


def clear_notifications(over):
    return over(Notification.objects.all(), "activity__at", person="person").delete()[0]


def clear_requests(over):
    return over(Ask.objects.exclude(closed_at=None), "closed_at", person="person").delete()[0]


def clear_letters(over):
    gone = over(Bounce.objects.all(), "at", person="person").delete()[0]
    return gone + over(Delivery.objects.filter(state__in=DONE), "due_at", person="person").delete()[0]


def clear_audit(over, what):
    """The application cannot delete audit rows: a function of the owner does, and none that are younger than a year."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_audit(%s, %s)", [what, over.before(over.term.days)])
        return cursor.fetchone()[0]


def register_terms():
    """From `AppConfig.ready()`."""
    keep_for(
        "notifications",
        title=_("News"),
        goes=_("What stood in your bell goes."),
        days=365,
        least=30,
        most=730,
        clear=clear_notifications,
    )
    keep_for(
        "requests",
        title=_("Requests that were answered"),
        goes=_("What was asked of somebody goes, after it was answered."),
        days=365,
        least=30,
        most=730,
        kept=_("It goes %(term)s after it was answered."),
        clear=clear_requests,
    )
    keep_for(
        "letters",
        title=_("Letters that were sent"),
        goes=_("That a letter went to somebody goes, and what came back."),
        days=DELIVERIES_DAYS,
        least=30,
        most=DELIVERIES_DAYS,
        clear=clear_letters,
    )
    keep_for(
        "looks",
        title=_("Which administrators looked"),
        goes=_("Who looked at whose data goes."),
        days=1095,
        clear=lambda over: clear_audit(over, "looks"),
    )
    keep_for(
        "journal",
        title=_("The log of what happened"),
        goes=_("What was done by whom goes, and the history of roles and places."),
        days=1825,
        clear=lambda over: clear_audit(over, "journal"),
    )


def forget_addressed(rows):
    """Delete these rows, and what was asked and written about them to a bare address. Returns how many rows."""
    ids = list(rows.values_list("pk", flat=True))
    about = {"about_type": ContentType.objects.get_for_model(rows.model), "about_id__in": ids}
    Delivery.objects.filter(**about).exclude(address="").delete()
    Ask.objects.filter(**about).exclude(address="").delete()
    rows.model.objects.filter(pk__in=ids).delete()
    return len(ids)
