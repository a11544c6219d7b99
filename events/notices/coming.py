"""What people hear of registering and of the event itself."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from activity.kinds import register_ask
from communities.meetings import ics as calendars
from events import ics
from events.choices import RegistrationState
from events.models import Event, Registration, Seat
from events.notices.kinds import register
from events.places import ENDED
from events.rules import organises_any as organises

R = RegistrationState
OF_EVENT = ("event", "person")


def in_state(*states):
    """The letter still holds: the registration is as it was."""

    def still_right(delivery, about, person):
        return about.state in states and about.event.ends_at > now()

    return still_right


def a_registration(*states):
    """For the previews: (about, facts)."""

    def sample():
        rows = Registration.objects.select_related("event", "person").order_by("pk")
        row = rows.filter(state__in=states).first() or rows.first()
        if row and row.state not in states:
            row.state = states[0]  # shown, never saved
        if row and row.state == R.OFFERED and not row.offered_until:
            row.offered_until = now() + timedelta(days=2)
        return row, {}

    return sample


def an_event():
    """(about, facts) for the previews."""
    return Event.objects.order_by("pk").first(), {}


def a_cancelled_event():
    """The same, with a reason."""
    row = Event.objects.filter(state="cancelled").first() or Event.objects.order_by("pk").first()
    return row, {"because": "De zaal staat onder water."}


def taken_back(delivery, event, person):
    """The day and what she had in it, for her calendar, as called off."""
    who = {"registration__person": person} if person else {"registration__address": delivery.address}
    sessions = set(Seat.objects.filter(session__event=event, **who).values_list("session", flat=True))
    with override(person.language if person else "nl"):
        return [calendars.attachment(ics.programme(event, event.released, only=sessions), "PUBLISH")]


def stays(delivery, event, person):
    """News of an event is no news once it was called off or is over."""
    return event.state != "cancelled" and event.ends_at > now()


register(
    "events.place", _("that I am registered for an event"), told=False, related=OF_EVENT, fixed=True,
    still_right=in_state(R.CONFIRMED, R.WAITING, R.REQUESTED), sample=a_registration(R.CONFIRMED),
    why=_("You registered for this event."),
)  # fmt: skip
register(
    "events.registered", _("somebody registers me for an event"), related=OF_EVENT,
    still_right=in_state(R.CONFIRMED, R.WAITING, R.REQUESTED), sample=a_registration(R.CONFIRMED),
)  # fmt: skip
register(
    "events.requested",
    _("somebody asks for a place at an event that I organise"),
    power="organise",
    concerns=organises,
    sample=an_event,
)
register(
    "events.admitted", _("I am admitted to an event"), related=OF_EVENT, still_right=in_state(R.CONFIRMED, R.WAITING),
    sample=a_registration(R.CONFIRMED, R.WAITING),
)  # fmt: skip
register(
    "events.declined", _("I am not admitted to an event"), related=OF_EVENT, still_right=in_state(R.DECLINED),
    sample=a_registration(R.DECLINED),
)  # fmt: skip
register(
    "events.offered", _("a place at an event comes free for me"), related=OF_EVENT, fixed=True,
    still_right=in_state(R.OFFERED), sample=a_registration(R.OFFERED),
    why=_("You are on the waiting list, and a place waits for your answer."),
)  # fmt: skip
register_ask("events.offered", related=OF_EVENT, icon="armchair")
register(
    "events.offer_expired", _("a place at an event went to the next in line"), related=OF_EVENT,
    still_right=in_state(R.EXPIRED), sample=a_registration(R.EXPIRED),
)  # fmt: skip
register(
    "events.registration_cancelled", _("somebody cancels my registration"), wait=False, related=OF_EVENT,
    still_right=in_state(*ENDED), sample=a_registration(*ENDED),
)  # fmt: skip
register("events.called_off", _("an event is called off"), wait=False, attachments=taken_back, sample=a_cancelled_event)
register("events.changed", _("an event is on another day or in another place"), still_right=stays, sample=an_event)
register(
    "events.part_given", _("I organise or help at an event"), sample=lambda: (an_event()[0], {"part": "organiser"})
)
register(
    "events.part_taken", _("I do not organise or help at an event any more"), visible=lambda about, person: True,
    sample=lambda: (an_event()[0], {"part": "organiser"}), url=lambda about, person, facts: "",
)  # fmt: skip
register(
    "events.confirm_guest", _("a link to register for an event without an account"), told=False, fixed=True,
    still_right=stays, sample=lambda: (an_event()[0], {"name": "Joke de Wit"}),
    why=_("Somebody gave this address to register. If that was not you, do nothing: then nothing is kept."),
)  # fmt: skip
