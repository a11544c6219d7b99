"""An event of which the programme of 120 sessions is known: the page that everybody holds in her hand on the day."""

from datetime import time
from uuid import uuid4

from core.time import today
from events import releases
from events.actions import making, releasing
from events.models import Event, Favourite, Room, Session, Slot
from organisations.models import Network

TITLE = "Innovatielab met 120 sessies"
ROOMS, HOURS = 15, 8
NAMES = (
    "Breuken zien: wat wij leerden",
    "Denkvragen bij rekenen in groep 6",
    "Kijken zonder oordeel",
    "Lezen met een maatje",
)
ABOUT = "We lieten kinderen stroken vouwen en luisterden naar wat ze zeggen. Dat doen we samen nog een keer. " * 4


def big(organiser, reader):
    """The event, made once; its reader marked a few sessions."""
    if known := Event.objects.filter(title=TITLE).first():
        return known
    network = Network.objects.filter(boards__schools__affiliations__person=reader).first()
    event = making.start(
        by=organiser, title=TITLE, scope="network", network=network, held_on=today(), last_on=today(),
        starts=time(9, 0), ends=time(17, 0), venue="De Loods", state="open",
    )  # fmt: skip
    rooms = [Room.objects.create(event=event, name=f"Zaal {n}", seats=30, order=n) for n in range(1, ROOMS + 1)]
    day = {"event": event, "held_on": event.held_on}
    slots = [Slot.objects.create(starts=time(9 + n, 0), ends=time(9 + n, 45), **day) for n in range(HOURS)]
    sessions = Session.objects.bulk_create(
        Session(
            event=event, slot=slot, room=room, kind=("workshop", "presentation")[room.order % 2], uid=uuid4().hex,
            title=f"{NAMES[(room.order + n) % len(NAMES)]} {room.order}", summary=ABOUT, capacity=25,
        )
        for n, slot in enumerate(slots)
        for room in rooms
    )  # fmt: skip
    through = Session.speakers.through
    through.objects.bulk_create(
        through(session=session, user=(organiser, reader)[n % 2]) for n, session in enumerate(sessions)
    )
    Favourite.objects.bulk_create(Favourite(person=reader, session=session) for session in sessions[::10])
    event = Event.objects.get(pk=event.pk)
    after, _before, _changes = releasing.draft(event)
    releasing.release(event, by=organiser, number=1, seen=releases.fingerprint(after))
    return event
