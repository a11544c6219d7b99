"""What people hear of workshops and of speed-dates."""

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from activity.kinds import NothingToSay, register_ask
from core.links import address
from events.choices import SeatState
from events.models import Allocation, Registration, Seat, Wish
from events.notices.kinds import register


def hers(about, person, facts):
    """What this reader got, and why."""
    rows = Registration.objects.filter(event=about.event_id, person=person) if person else Registration.objects.none()
    seats = Seat.objects.filter(registration__in=rows).exclude(state=SeatState.LEFT).exclude(why="")
    seats = list(seats.select_related("session__slot", "session__room").order_by("session__slot__starts"))
    if not seats:
        raise NothingToSay
    return {"seats": seats}


def still_offered(delivery, about, person):
    """The place is still held for her."""
    return about.state == SeatState.OFFERED and about.offered_until > now()


def a_division():
    """(about, facts) for the preview."""
    return Allocation.objects.select_related("event").order_by("-pk").first(), {}


def a_seat():
    """(about, facts) for the preview."""
    rows = Seat.objects.select_related("session__event", "session__slot", "registration__person").order_by("pk")
    return rows.filter(state=SeatState.OFFERED).first() or rows.first(), {}


def a_wish():
    """(about, facts) for the preview."""
    return Wish.objects.select_related("by__event", "other__person").order_by("pk").first(), {}


def choose_page(about, person, facts):
    """Where her workshops stand."""
    return address("events:choose", about.event_id)


register(
    "events.divided", _("which workshops I got, and why"), wait=False, related=("event",), context=hers,
    url=choose_page, sample=a_division,
)  # fmt: skip
register(
    "events.seat_offered", _("a place in a session comes free for me"),
    related=("session__event", "session__slot", "registration__person"), fixed=True, still_right=still_offered,
    sample=a_seat, why=_("You are on the waiting list, and a place waits for your answer."),
    url=lambda about, person, facts: address("events:now", about.session.event_id),
)  # fmt: skip
register_ask("events.seat_offered", related=("session__event",), icon="armchair")
register(
    "events.talk_on", _("somebody of the speed-dates also wants to talk on"), wait=False,
    related=("by__event", "other__person"), url=lambda about, person, facts: address("events:now", about.by.event_id),
    sample=a_wish,
)  # fmt: skip
