"""The door: who came in and who went out. Only added to, never changed, and the same tap twice is one row.

A device that was without internet sends what it kept, each tap under a key of its own and with how long ago it was by
its own clock; the hour that counts is reckoned back from the server's.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.streams import tell as tell_pages
from core.text import number, one_line
from events import registry
from events.choices import Direction, RegistrationState
from events.models import CheckIn, Registration
from events.places import ENDED

LONGEST = timedelta(hours=24)
MOST_AT_ONCE = 500
SHORT = 8
PREFIX = "plg:"


def code_of(registration):
    """What stands in the QR on her phone."""
    return f"{PREFIX}{registration.code}"


def short_code(registration):
    """What can be typed where nothing scans: "3F2A-91BC"."""
    letters = registration.code.hex[:SHORT].upper()
    return f"{letters[:4]}-{letters[4:]}"


def check_in(event, *, by, rows, device=""):
    """Write down what a device sends: dicts of key, code (of a QR, typed, or `#` and the id of a list), direction,
    session and ago (seconds). Returns for each (key, sentence why not, or "")."""
    told = [(row.get("key"), _one(event, row, by=by, device=device)) for row in rows[:MOST_AT_ONCE]]
    if kept := [key for key, sentence in told if not sentence]:
        tell_pages(event.channel, "here")
        registry.tell_checked(event, CheckIn.objects.filter(key__in=kept).values("registration"))
    return told


@transaction.atomic
def _one(event, row, *, by, device):
    try:
        key = UUID(str(row.get("key")))
    except ValueError:
        return _("Something is wrong with this device. Load the page again.")
    if CheckIn.objects.filter(key=key).exists():
        return ""  # sent before: it stands already
    registration, sentence = find(event, str(row.get("code") or ""))
    if sentence:
        return sentence
    direction = row.get("direction", Direction.IN)
    if direction not in Direction.values:
        return _("Something is wrong with this device. Load the page again.")
    session = event.sessions.filter(pk=number(str(row.get("session")), 0)).first()
    ago = row.get("ago") if isinstance(row.get("ago"), int | float) and row["ago"] > 0 else 0
    at = now() - min(timedelta(seconds=min(ago, LONGEST.total_seconds())), LONGEST)
    _row, made = CheckIn.objects.get_or_create(
        key=key,
        defaults={"event": event, "registration": registration, "session": session, "direction": direction,
                  "at": at, "by": by, "device": one_line(str(device)).lstrip("~")[:40]},
    )  # fmt: skip
    if made:
        record("events.checked_in", by=by, about=registration, direction=direction)
    return ""


def find(event, code):
    """(registration, "") of what was scanned, typed or chosen from the list; else (None, why not)."""
    code = code.strip()
    if code.startswith("#"):
        row = Registration.objects.filter(event=event, pk=code[1:] if code[1:].isdigit() else 0).first()
    else:
        row = _of_code(event, code.removeprefix(PREFIX))
    if row is None:
        return None, _("We do not know this code. Look her up in the list.")
    if row.event_id != event.pk:
        return None, _("This code is of another event. Nobody was checked in.")
    if row.state in ENDED:
        return None, _("%(name)s cancelled. Register her again first.") % {"name": row.called}
    if row.state != RegistrationState.CONFIRMED:
        return None, _("%(name)s has no place yet.") % {"name": row.called}
    return row, ""


def _of_code(event, code):
    letters = code.replace("-", "").replace(" ", "").lower()
    try:
        return Registration.objects.filter(code=UUID(letters)).select_related("person").first()
    except ValueError:
        pass
    if len(letters) != SHORT or any(letter not in "0123456789abcdef" for letter in letters):
        return None
    low, high = UUID(letters + "0" * 24), UUID(letters + "f" * 24)
    rows = Registration.objects.filter(event=event, code__range=(low, high)).select_related("person")
    return rows.first() if len(rows) == 1 else None


def with_presence(rows, session=None):
    """Registrations with `here`: the last word of the door about each, "in" or "out". An undo takes the last away."""
    seen = CheckIn.objects.filter(registration=OuterRef("pk"), session=session).order_by("-at", "-pk")
    return rows.annotate(
        here=Subquery(seen.values("direction")[:1]), came_at=Subquery(seen.filter(direction="in").values("at")[:1])
    )


def counts(event, session=None):
    """(how many are in, how many are expected): each person once, however many devices counted her."""
    rows = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED)
    if session is not None and session.seats.exclude(state="left").exists():
        rows = rows.filter(seats__session=session, seats__state="confirmed")
    return with_presence(rows, session).filter(Q(here=Direction.IN)).count(), rows.count()
