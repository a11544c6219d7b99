"""The innovation lab of the network that Fatima organises and for which Amina is registered."""

from datetime import timedelta

from django.utils.timezone import now

from events.choices import RegistrationState
from events.models import Dates, Seat
from tests.events import world


def things(cast, people):
    """Rows by the names that the matrix has for them."""
    event = world.an_event(cast, by=people["facilitator"], programme=True, needs_approval=True)
    speed = event.sessions.create(
        slot=event.slots.last(), kind="speed_dates", title="Speeddaten", uid=f"{event.pk}-speed@plg"
    )
    dates = Dates.objects.create(session=speed)
    called = world.an_event(cast, "call_open", by=people["facilitator"], title="Innovatielab voorjaar")
    comes, session = world.comes(event, people["member"]), event.sessions.get(title="Breuken zien")
    during = (session.slot.starts_at, session.slot.ends_at)
    event.sessions.filter(pk=session.pk).update(taken=1)
    return {
        "event": event,
        "event_dates": speed,
        "event_round": dates.all_rounds.create(number=1),
        "event_seat": Seat.objects.create(session=session, registration=comes, during=during),
        "event_call": called,
        "event_registration": comes,
        "event_request": world.comes(event, people["guest"], RegistrationState.REQUESTED),
        "event_offer": world.comes(
            event, people["ex_member"], RegistrationState.OFFERED, offered_until=now() + timedelta(days=1)
        ),
        "event_session": session,
        "event_organiser": world.does(event, people["school_leader"]),
    }
