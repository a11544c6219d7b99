"""Events in every state, for stories: who organises, where, when, and who comes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.timezone import now

from core.time import AMSTERDAM, today
from events.choices import SEATED, Capacity, Part, RegistrationState, State
from events.models import Event, Organiser, Question, Registration, Release, Room, Session, Slot
from tests import cast as make

#: In which states the day lies how many days away, where a story says nothing else.
AWAY = {State.RUNNING: 0, State.OVER: -3, State.ARCHIVED: -90}
#: In these states people know the programme.
RELEASED = (State.PROGRAMME, State.OPEN, State.CLOSED, State.RUNNING, State.OVER, State.ARCHIVED)


def an_event(cast, state=State.OPEN, *, days=None, by=None, programme=False, **fields):
    """An innovation lab of the network in this state, so many days from now; Noor organises it, or who `by` says.

    With `programme` there are two rooms, three slots (one of choice) and a released version.
    """
    day = today() + timedelta(days=AWAY.get(state, 60) if days is None else days)
    fields = {
        "title": "Innovatielab najaar",
        "summary": "Een middag waarop PLG's laten zien wat ze leerden.",
        "held_on": day,
        "last_on": day,
        "starts": time(13, 0),
        "ends": time(17, 30),
        "venue": "De Loods",
        "venue_address": "Havenweg 12, Amersfoort",
        "scope": "network",
        "call_until": now() + timedelta(days=20) if state == State.CALL_OPEN else None,
        "rubric": ["Helder", "Bruikbaar in de klas", "Uit eigen onderzoek"],
    } | fields
    if fields["scope"] == "network":
        fields.setdefault("network", cast.network)
    organiser = by or cast.noor
    event = Event.objects.create(state=state, created_by=organiser, **fields)
    Organiser.objects.create(event=event, person=organiser, part=Part.ORGANISER)
    if programme:
        a_programme(event, release=programme == "release" or state in RELEASED)
    return Event.objects.get(pk=event.pk)


def a_programme(event, release=True):
    """Two rooms, three slots of which the second is to be chosen from, and four sessions."""
    rooms = [Room.objects.create(event=event, name=f"Zaal {n}", seats=20, order=n) for n in (1, 2)]
    hours = [(time(13, 0), time(13, 45), False), (time(14, 0), time(15, 0), True), (time(15, 15), time(16, 15), False)]
    slots = [
        Slot.objects.create(event=event, held_on=event.held_on, starts=begin, ends=end, is_choice=choice)
        for begin, end, choice in hours
    ]
    wanted = [
        (slots[0], rooms[0], "plenary", "Welkom"),
        (slots[1], rooms[0], "workshop", "Breuken zien"),
        (slots[1], rooms[1], "workshop", "Denkvragen"),
        (slots[2], rooms[0], "plenary", "Soep en napraten"),
    ]
    sessions = [
        Session.objects.create(event=event, slot=slot, room=room, kind=kind, title=title,
                               capacity=20 if kind == "workshop" else None, uid=f"{event.pk}-{number}@plg")
        for number, (slot, room, kind, title) in enumerate(wanted)
    ]  # fmt: skip
    if release:
        event.released = Release.objects.create(event=event, number=1, content={}, html={})
        event.save(update_fields=["released"])
    return sessions


def comes(event, person=None, state=RegistrationState.CONFIRMED, *, address="", **fields):
    """A registration as if it were made: the place is counted as well."""
    if person is None and not address:
        person = make.person(f"Bezoeker {Registration.objects.count() + 1}")
    fields.setdefault("as_what", Capacity.PARTICIPANT if person else Capacity.GUEST)
    if state == RegistrationState.WAITING:
        fields.setdefault("waiting_since", now())
    row = Registration.objects.create(event=event, person=person, address=address, state=state, **fields)
    if state in SEATED and fields["as_what"] not in (Capacity.SPEAKER, Capacity.CREW):
        event.refresh_from_db(fields=["taken"])
        event.taken += 1
        event.save(update_fields=["taken"])
    return row


def does(event, person, part=Part.ORGANISER):
    """Somebody does something for the event."""
    return Organiser.objects.create(event=event, person=person, part=part)


def asks(event, label="Kom je met de trein?", of="registration", **fields):
    """A question of the organiser's own."""
    return Question.objects.create(event=event, of=of, label=label, **fields)


def at(day, hour, minute=0, zone=AMSTERDAM):
    """That hour of that day, there."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone))
