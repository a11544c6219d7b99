"""Who sees an event, contributes, reads contributions, registers and organises.

The *door* of an event follows from its scope, as that of a resource of the KennisHub (`knowledgehub.rules`): `s3` who
works at school 3, `b4`, `n5`, or `w`: everybody on the web.
"""

from dataclasses import dataclass

from django.db.models import Q

from core.models import NOBODY
from core.standing import remembered_from
from knowledgehub.rules import WEB, doors_of
from organisations.rules import standing as at_work

SEEN = ("call_open", "call_closed", "programme", "open", "closed", "running", "over", "archived", "cancelled")


@dataclass(frozen=True)
class Standing:
    """The ids of the events that somebody organises, reads contributions of, helps with and is registered for, and of
    the contributions that she brings."""

    organises: frozenset = frozenset()
    reviews: frozenset = frozenset()
    helps: frozenset = frozenset()
    registered: frozenset = frozenset()
    brings: frozenset = frozenset()


ROWS = """
SELECT json_build_array(person_id, event_id, part) FROM events_organiser WHERE person_id = ANY(asked.people)
UNION ALL
SELECT json_build_array(person_id, event_id, 'registered') FROM events_registration
WHERE person_id = ANY(asked.people) AND (state NOT IN ('cancelled', 'expired', 'declined') OR EXISTS (
  SELECT FROM events_event WHERE id = event_id AND events_event.state = 'cancelled'))
UNION ALL
SELECT json_build_array(person_id, contribution_id, 'brings') FROM events_contributionauthor
WHERE person_id = ANY(asked.people)
"""


@remembered_from(ROWS)
def standing(users, rows):
    """The standing of users among events."""
    of = {user.pk: {} for user in users}
    for person, event, part in rows:
        of[person].setdefault(part, set()).add(event)
    return {pk: _standing(found) for pk, found in of.items()}


def _standing(found):
    return Standing(
        organises=frozenset(found.get("organiser", ())),
        reviews=frozenset(found.get("reviewer", ())),
        helps=frozenset(found.get("crew", ())),
        registered=frozenset(found.get("registered", ())),
        brings=frozenset(found.get("brings", ())),
    )


def _of(event, ids):
    """These events, or what hangs below them: `event` is the path to them, as `session__event__`."""
    return Q(**{f"{event.removesuffix('__') or 'pk'}__in": ids})


def found(user, event=""):
    """Behind one of her doors, and no concept."""
    return Q(**{f"{event}door__in": doors_of(user), f"{event}state__in": SEEN})


def of_everyone(event=""):
    """What stands on the web for everybody."""
    return Q(**{f"{event}door": WEB, f"{event}state__in": SEEN})


def view(user, event=""):
    """What she finds, what she is registered for, and what she does something for."""
    mine = standing(user)
    return found(user, event) | _of(event, mine.organises | mine.reviews | mine.helps | mine.registered)


def organise(user, event=""):
    """Everything: its organisers."""
    return _of(event, standing(user).organises)


def takes_part(user):
    """True for whoever comes to an event, brings something or works on it."""
    mine = standing(user)
    return bool(mine.registered | mine.brings | mine.organises | mine.reviews | mine.helps)


def organises_any(user):
    """True for whoever organises an event."""
    return bool(standing(user).organises)


def receive(user, event=""):
    """Check people in and see who comes: organisers and who helps on the day."""
    mine = standing(user)
    return _of(event, mine.organises | mine.helps)


def review(user, event=""):
    """Read what was submitted: organisers and readers, but not her own nor that of her PLG or school (`calling`)."""
    mine = standing(user)
    return _of(event, mine.organises | mine.reviews)


def register(user, event=""):
    """Register herself or a colleague: whoever finds it, with an account."""
    return view(user, event) if user.is_authenticated else NOBODY


def start(user):
    """{scope: ids of the places} for which she may begin an event."""
    work = at_work(user)
    return {
        "school": work.schools_led | work.schools_planned,
        "board": work.boards_run,
        "network": work.networks_run | work.connects,
    }


def view_contribution(user):
    """Its authors, and from when it is submitted on who organises or reads. In a released programme all read it."""
    return edit_contribution(user) | (review(user, "event__") & ~Q(state="concept"))


def edit_contribution(user):
    return Q(pk__in=standing(user).brings)


def view_registration(user):
    """Her own, those she made for others, and those of the events she organises or helps at."""
    if not user.is_authenticated:
        return NOBODY
    return Q(person=user) | Q(registered_by=user) | receive(user, "event__")


def keep_registration(user):
    """Change or cancel: her own, those she made for others, and the organisers."""
    if not user.is_authenticated:
        return NOBODY
    return Q(person=user) | Q(registered_by=user) | organise(user, "event__")
