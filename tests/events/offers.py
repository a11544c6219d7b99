"""Contributions, and programmes of any size, for stories about them."""

from datetime import time
from uuid import uuid4

from events.actions import releasing
from events.choices import ContributionState
from events.models import Contribution, ContributionAuthor, Event, Room, Seat, Session, Slot
from events.releases import fingerprint


def offers(event, person, state=ContributionState.SUBMITTED, *, title="Breuken zien", others=(), **fields):
    """Something that somebody offers, in this state; `others` are people or addresses who bring it along."""
    fields = {"summary": "Wat we leerden van stroken vouwen.", "created_by": person} | fields
    row = Contribution.objects.create(event=event, title=title, state=state, **fields)
    for position, who in enumerate([person, *others]):
        known = {"address": who, "name": "Eva Bakker"} if isinstance(who, str) else {"person": who}
        ContributionAuthor.objects.create(contribution=row, position=position, **known)
    return row


def a_big_programme(event, count=120, rooms=15):
    """So many sessions in as many rooms and hours as that takes, one break among them."""
    places = [Room.objects.create(event=event, name=f"Zaal {n}", seats=30, order=n) for n in range(1, rooms + 1)]
    slots = [
        Slot.objects.create(event=event, held_on=event.held_on, starts=time(9 + n, 0), ends=time(9 + n, 45))
        for n in range(-(-count // rooms))
    ]
    kinds, titles = ("workshop", "presentation"), ("Breuken zien: wat wij leerden", "Denkvragen bij rekenen in groep 6")
    Session.objects.bulk_create(
        Session(
            event=event, slot=slots[n // rooms], room=places[n % rooms], kind=kinds[n % 2],
            title=f"{titles[n % 2]} {n}",
            summary="We lieten stroken vouwen en luisterden naar wat kinderen zeggen. " * 4, capacity=25,
            uid=uuid4().hex,
        )
        for n in range(count)
    )  # fmt: skip
    return slots


def release(event, by):
    """Make known what stands there now, as who organises it would."""
    event = Event.objects.select_related("released").get(pk=event.pk)
    after, _before, _changes = releasing.draft(event)
    known = event.released.number if event.released else 0
    return releasing.release(event, by=by, number=known + 1, seen=fingerprint(after))


def sits(session, registration, **fields):
    """A place in a session, counted."""
    slot = session.slot
    row = Seat.objects.create(
        session=session, registration=registration, during=(slot.starts_at, slot.ends_at), **fields
    )
    if row.state in ("confirmed", "offered"):
        session.taken += 1
        session.save(update_fields=["taken"])
    return row


def anew(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)
