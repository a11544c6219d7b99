"""The programme as it is being made: rooms, slots, and what stands in them. Nobody hears of it before its release.

Each deed here holds the event first. Places that people have in a session go along with it when it moves.
"""

from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.journal import answered, record
from core.refusals import Refused
from core.streams import tell as tell_pages
from core.time import exists, instant
from events import planning, registry
from events.actions import calling as contributions
from events.actions import moving
from events.choices import ContributionState, Part, SeatState
from events.models import Favourite, Room, Seat, Session, Slot

TAKES_PLACE = (SeatState.CONFIRMED, SeatState.OFFERED)


def _held(event, by):
    event = moving.hold(event)
    if Part.ORGANISER not in moving.parts_of(event, by):
        raise Refused(_("Only who organises this event can do that."))
    return event


def _changed(event, kind, by, about, **facts):
    record(f"events.{kind}", by=by, about=about, **facts)
    tell_pages(event.channel, "programme")
    return about


# Rooms --------------------------------------------------------------------------------------------


@transaction.atomic
def add_room(event, *, by, name, seats=None, where=""):
    """One more room. Raises Refused when one is called so already."""
    event = _held(event, by)
    _name_is_free(event, name)
    room = Room.objects.create(event=event, name=name, seats=seats, where=where, order=event.rooms.count())
    return _changed(event, "room_added", by, room)


@transaction.atomic
def edit_room(room, *, by, name, seats=None, where=""):
    """Another name, or more seats."""
    event = _held(room.event_id, by)
    _name_is_free(event, name, room)
    room.name, room.seats, room.where = name, seats, where
    room.save(update_fields=["name", "seats", "where"])
    return _changed(event, "room_changed", by, room)


def _name_is_free(event, name, room=None):
    if event.rooms.filter(name=name).exclude(pk=room and room.pk).exists():
        raise Refused(_("There is a room of that name already."), field="name")


def why_not_remove_room(room):
    """What stands in it, which must be agreed to lose its room; "" for an empty room."""
    count = room.sessions.count()
    return "" if not count else ngettext(
        "%(n)s session stands in this room. It stays, without a room.",
        "%(n)s sessions stand in this room. They stay, without a room.", count,
    ) % {"n": count}  # fmt: skip


@transaction.atomic
def remove_room(room, *, by, agreed=False):
    """Away with it. Raises Refused with what stands in it, until she agreed; that stays, without a room."""
    event = _held(room.event_id, by)
    if not agreed and (reason := why_not_remove_room(room)):
        raise Refused(reason)
    count = room.sessions.update(room=None)
    record("events.room_removed", by=by, about=event, name=room.name, sessions=count)
    room.delete()
    tell_pages(event.channel, "programme")
    return count


# Slots --------------------------------------------------------------------------------------------


def _check_hours(event, held_on, starts, ends):
    if not event.held_on <= held_on <= event.last_on:
        raise Refused(_("That is not a day of this event."), field="held_on")
    if ends <= starts:
        raise Refused(_("It ends before it begins."), field="ends")
    for field, time in (("starts", starts), ("ends", ends)):
        if not exists(held_on, time, event.zone):
            raise Refused(_("That hour does not exist: the clock goes forward then."), field=field)
        first = instant(held_on, time, event.zone)
        if first.replace(fold=1).utcoffset() != first.utcoffset():
            raise Refused(_("That hour comes twice that night: the clock goes back. Choose another."), field=field)


@transaction.atomic
def add_slot(event, *, by, held_on, starts, ends, name="", is_choice=False):
    """One more stretch of time."""
    event = _held(event, by)
    _check_hours(event, held_on, starts, ends)
    slot = Slot.objects.create(
        event=event, held_on=held_on, starts=starts, ends=ends, name=name, is_choice=is_choice, zone=event.zone
    )
    return _changed(event, "slot_added", by, slot)


@transaction.atomic
def edit_slot(slot, *, by, held_on, starts, ends, name="", is_choice=False, agreed=False):
    """Another hour or name. The places that people have in it go along.

    Raises Refused with whom it takes a place from, until she agreed: who would then be in two places at once.
    """
    event = _held(slot.event_id, by)
    _check_hours(event, held_on, starts, ends)
    slot.held_on, slot.starts, slot.ends, slot.name, slot.is_choice = held_on, starts, ends, name, is_choice
    slot.save()
    slot.refresh_from_db(fields=["starts_at", "ends_at"])
    for session in slot.sessions.select_for_update(of=("self",), no_key=True):
        session.slot = slot
        move_seats(session, by=by, agreed=agreed)
    return _changed(event, "slot_changed", by, slot)


@transaction.atomic
def remove_slot(slot, *, by):
    """Away with it. Raises Refused as long as something stands in it: then move that first."""
    event = _held(slot.event_id, by)
    if count := slot.sessions.count():
        raise Refused(
            ngettext(
                "%(n)s session stands in it. Move it first.", "%(n)s sessions stand in it. Move them first.", count
            ) % {"n": count}
        )  # fmt: skip
    record("events.slot_removed", by=by, about=event, name=str(slot))
    slot.delete()
    tell_pages(event.channel, "programme")


def in_the_way(session, slot):
    """The places in a session whose people have a place elsewhere at that time."""
    seats = session.seats.filter(state__in=TAKES_PLACE)
    others = Seat.objects.filter(state__in=TAKES_PLACE, during__overlap=(slot.starts_at, slot.ends_at))
    others = others.exclude(session=session)
    return seats.filter(registration__in=others.values("registration")).select_related("registration__person")


def move_seats(session, *, by, agreed=False):
    """Bring the places in a session to where its slot is now. Who then would be in two places at once loses this one.

    The event must be held. Raises Refused with how many, until she agreed.
    """
    slot = session.slot
    if slot is None:
        return
    lost = list(in_the_way(session, slot))
    if lost and not agreed:
        raise Refused(
            ngettext(
                "%(n)s person has another session then and loses her place in “%(title)s”. She hears it at once.",
                "%(n)s people have another session then and lose their place in “%(title)s”. They hear it at once.",
                len(lost),
            ) % {"n": len(lost), "title": session.title},
            field="agreed",
        )  # fmt: skip
    for seat in lost:
        take_seat(seat, _("It was moved to a time at which you are in another session."), by=by)
    session.seats.exclude(state=SeatState.LEFT).update(during=(slot.starts_at, slot.ends_at))
    if lost:
        session.refresh_from_db(fields=["taken"])
        _free(session)


def take_seat(seat, why, *, by=None):
    """Somebody loses her place in a session, and hears it. The event must be held."""
    was = seat.state
    _end(seat, why)
    if was in TAKES_PLACE:
        Session.objects.filter(pk=seat.session_id, taken__gt=0).update(taken=F("taken") - 1)
    people = [seat.registration.person] if seat.registration.person_id else []
    addresses = [] if people else [seat.registration.address]
    record("events.seat_lost", by=by, about=seat, tell=people, addresses=addresses)


def _end(seat, why):
    """The place is hers no longer, and she is asked no more whether she takes it."""
    if seat.state == SeatState.OFFERED:
        answered("events.seat_offered", about=seat)
    seat.state, seat.why = SeatState.LEFT, why
    seat.offered_until = seat.waiting_since = None
    seat.save(update_fields=["state", "why", "offered_until", "waiting_since"])


# Sessions -----------------------------------------------------------------------------------------


def new_uid():
    """By which calendars know a session for ever."""
    return uuid4().hex


@transaction.atomic
def add_session(event, *, by, speakers=(), **words):
    """Something that nobody offered: a welcome, a break, an invited speaker."""
    event = _held(event, by)
    session = Session.objects.create(event=event, uid=new_uid(), **words)
    session.speakers.set(speakers)
    return _changed(event, "session_added", by, session)


@transaction.atomic
def edit_session(session, *, by, agreed=False, speakers=None, **words):
    """Other words, hour, room or number of places. Raises Refused when more people have a place than there would be."""
    event = _held(session.event_id, by)
    session = Session.objects.select_for_update(of=("self",), no_key=True).select_related("slot").get(pk=session.pk)
    was = session.slot_id
    capacity = words.get("capacity", session.capacity)
    if capacity is not None and capacity < session.taken:
        raise Refused(_("%(n)s people have a place already.") % {"n": session.taken}, field="capacity")
    for name, value in words.items():
        setattr(session, name, value)
    session.save()
    if speakers is not None:
        session.speakers.set(speakers)
    if session.slot_id != was:
        move_seats(session, by=by, agreed=agreed)
    if capacity != session.taken:
        _free(session)
    return _changed(event, "session_changed", by, session)


def _free(session):
    """What follows when places came free."""
    for follow in registry.freed.values():
        follow(session)


@transaction.atomic
def place(event, *, by, session=None, contribution=None, slot=None, room=None, agreed=False):
    """Put a session, or a contribution that stands nowhere yet, in this slot and room. Returns the session."""
    event = _held(event, by)
    if contribution is not None:
        return _place_contribution(event, contribution, slot, room, by)
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related("event__released")
    session = rows.get(pk=session.pk)
    moved = session.slot_id != (slot and slot.pk)
    if slot is None and (was_told(session) or session.seats.filter(state__in=TAKES_PLACE).exists()):
        raise Refused(_("People know “%(title)s”. Move it to another slot, or call it off.") % {"title": session})
    session.slot, session.room = slot, room
    session.save(update_fields=["slot", "room"])
    if moved:
        move_seats(session, by=by, agreed=agreed)
    return _changed(event, "session_placed", by, session)


def _place_contribution(event, contribution, slot, room, by):
    contribution = contributions.hold(contribution)
    if Session.objects.filter(contribution=contribution).exists():
        raise Refused(_("“%(title)s” stands in the programme already.") % {"title": contribution})
    contributions.move(contribution, "schedule")
    session = Session.objects.create(
        event=event, uid=new_uid(), contribution=contribution, slot=slot, room=room, title=contribution.title,
        summary=contribution.summary, kind=planning.KIND_OF[contribution.kind], capacity=contribution.seats,
    )  # fmt: skip
    return _changed(event, "session_placed", by, session)


def was_told(session):
    """It stood in a programme that people know."""
    released = session.event.released
    known = (released.content if released else {}).get("sessions", [])
    return any(each["id"] == session.pk for each in known)


@transaction.atomic
def remove_session(session, *, by):
    """Out of the programme. What people know of stays there as cancelled; what nobody heard of goes.

    A contribution goes back to those that can be placed. Places in it are free; who had one hears it at the release.
    """
    event = _held(session.event_id, by)
    session = Session.objects.select_related("event__released").get(pk=session.pk)
    if session.contribution_id:
        contribution = contributions.hold(session.contribution_id)
        if contribution.state == ContributionState.SCHEDULED:
            contributions.move(contribution, "unschedule")
    if not (was_told(session) or session.seats.exists() or session.preferences.exists()):
        record("events.session_removed", by=by, about=event, title=session.title)
        session.delete()
        tell_pages(event.channel, "programme")
        return None
    session.is_cancelled, session.contribution, session.taken = True, None, 0
    session.save(update_fields=["is_cancelled", "contribution", "taken"])
    why = _("This session was called off.")
    for seat in session.seats.exclude(state=SeatState.LEFT):
        _end(seat, why)
    return _changed(event, "session_cancelled", by, session)


# What somebody marks for herself ------------------------------------------------------------------


@transaction.atomic
def favourite(session, *, by):
    """Mark it for herself, or no longer. Returns whether it is marked."""
    row, is_new = Favourite.objects.get_or_create(person=by, session=session)
    if not is_new:
        row.delete()
    return is_new
