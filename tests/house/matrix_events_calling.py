"""What Amina offers to the innovation lab that Fatima organises, and the lab of which the programme is known."""

from core.links import sign
from events.choices import State
from events.models import Event
from tests.events import world
from tests.events.offers import offers, release


def things(cast, people):
    """Rows by the names that the matrix has for them."""
    known = world.an_event(cast, State.CALL_CLOSED, by=people["facilitator"], title="Bekend", programme=True)
    release(known, people["facilitator"])
    called = Event.objects.get(title="Innovatielab voorjaar")
    concept = offers(called, people["member"], "concept", title="Nog niet af", others=[people["guest"]])
    accepted = offers(known, people["member"], "accepted", title="Gekozen")
    return {
        "known_event": known,
        "known_session": known.sessions.get(title="Breuken zien"),
        "known_room": known.rooms.first(),
        "known_slot": known.slots.first(),
        "contribution_concept": concept,
        "contribution_author": concept.authors.last(),
        "contribution": accepted,
        "calendar_token": sign("events.calendar", event=known.pk, person=people["member"].pk),
        "confirm_token": sign("events.confirm", contribution=accepted.pk, person=people["member"].pk),
    }
