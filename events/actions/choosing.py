"""Choosing workshops: wishes until a deadline, one fair division, and after that first come with a waiting list.

Every deed that gives or frees a place holds the event first (`moving.hold`), as all places of an event do. The database
refuses a place too many and a second place at the same time, whatever a deed forgets.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from activity.journal import answered, ask, record
from core.models import apart
from core.refusals import Refused
from core.streams import tell as tell_pages
from events import allocating, choosing, registry
from events.actions.moving import hold, parts_of
from events.choices import Part, RegistrationState, SeatState
from events.models import Allocation, Preference, Registration, Seat, Session

S = SeatState
HOLDS = (S.CONFIRMED, S.OFFERED)
LARGEST_SEED = 1_000_000


# Wishes -------------------------------------------------------------------------------------------


@transaction.atomic
def wish(registration, *, by, wishes):
    """What she would like: {slot id: sessions, the dearest first}. Replaces what she wished before."""
    event = hold(registration.event_id)
    if reason := choosing.why_not_wish(event) or choosing.why_not_here(registration):
        raise Refused(reason)
    for slot, sessions in wishes.items():
        for session in sessions:
            if session.event_id != event.pk or session.slot_id != slot:
                raise Refused(_("“%(title)s” is at another time now. Look again.") % {"title": session}, f"slot_{slot}")
            if session.is_cancelled:
                raise Refused(
                    _("“%(title)s” was called off. Choose another.") % {"title": session}, field=f"slot_{slot}"
                )
        if len({session.pk for session in sessions}) < len(sessions):
            raise Refused(_("You chose the same one twice."), field=f"slot_{slot}")
    registration.preferences.all().delete()
    Preference.objects.bulk_create(
        Preference(registration=registration, session=session, rank=rank)
        for sessions in wishes.values()
        for rank, session in enumerate(sessions, 1)
    )
    record("events.wished", by=by, about=registration)


# The division -------------------------------------------------------------------------------------


@transaction.atomic
def divide(event, *, by):
    """Make the division, for organisers to look at; nobody hears it yet. The seed is drawn once for an event, so that
    nobody can try until it suits: made again from the same wishes it is the same."""
    event = _organised(event, by)
    if reason := choosing.why_not_divide(event):
        raise Refused(reason)
    before = event.allocations.order_by("-at").first()
    seed = before.seed if before else secrets.randbelow(LARGEST_SEED)
    people, places = wishers(event)
    figures = allocating.figures(people, allocating.allocate(people, places, seed=seed))
    figures |= {"first_come": allocating.figures(people, allocating.first_come(people, places))}
    event.allocations.filter(published_at=None).delete()
    row = Allocation.objects.create(event=event, seed=seed, figures=figures, by=by)
    record("events.division_made", by=by, about=event, seed=seed)
    return row


@transaction.atomic
def publish(event, *, by):
    """Give everybody her place and say why. Who has nothing of her list stands first in line for her first choice."""
    event = _organised(event, by)
    allocation = event.allocations.filter(published_at=None).first()
    if allocation is None:
        raise Refused(_("These places have been divided already.") if choosing.is_divided(event)
                      else _("Make the division first."))  # fmt: skip
    people, places = wishers(event)
    outcomes = allocating.allocate(people, places, seed=allocation.seed)
    sessions = {session.pk: session for session in event.sessions.select_related("slot")}
    rows = Registration.objects.select_related("person").in_bulk([person.key for person in people])
    missed = {}
    for place, outcome in enumerate(outcomes):
        row = rows[outcome.person]
        with override(row.person.language if row.person_id else "nl"):
            why = allocating.explain(outcome, {pk: str(session) for pk, session in sessions.items()})[:300]
        if outcome.session is not None:
            _seat(row, sessions[outcome.session], S.CONFIRMED, rank=outcome.rank, why=why)
            continue
        missed[row.pk] = missed.get(row.pk, 0) + 1
        first = next((pk for pk, _wanted, _places in outcome.full), None)
        if first is not None:
            since = now() + timedelta(microseconds=place)
            _seat(row, sessions[first], S.WAITING, rank=1, why=why, since=since)
    for pk, count in missed.items():
        Registration.objects.filter(pk=pk).update(missed=count)
    allocation.figures |= allocating.figures(people, outcomes)
    allocation.published_at = now()
    allocation.save(update_fields=["figures", "published_at"])
    told, addresses = apart(list(rows.values()))
    record("events.divided", by=by, about=allocation, tell=told, addresses=addresses)
    tell_pages(event.channel, "places")
    return allocation


def wishers(event):
    """(people with their wishes, places that are left) as the division takes them. What was called off does not count,
    nor does an hour in which she has a place already or speaks herself."""
    sessions = {
        session.pk: session
        for session in event.sessions.filter(is_cancelled=False, slot__is_choice=True).select_related("slot")
    }
    hours = choosing.hours_of({session.slot for session in sessions.values()})
    busy = _busy(event, sessions, hours)
    wanted = {}
    rows = Preference.objects.filter(registration__event=event, session__in=sessions).order_by("rank", "pk")
    for row in rows.filter(registration__state=RegistrationState.CONFIRMED):
        hour = hours[sessions[row.session_id].slot_id]
        if (row.registration_id, hour) not in busy:
            wanted.setdefault(row.registration_id, {}).setdefault(hour, []).append(row.session_id)
    coming = Registration.objects.filter(pk__in=wanted)
    missed = dict(
        Registration.objects.exclude(event=event).filter(person__registrations__in=coming)
        .values_list("person").annotate(Sum("missed"))
    )  # fmt: skip
    people = [
        allocating.Wisher(row.pk, wanted[row.pk], missed=missed.get(row.person_id, 0), came=place)
        for place, row in enumerate(coming.order_by("at", "pk"))
    ]
    places = {
        pk: None if session.capacity is None else session.capacity - session.taken for pk, session in sessions.items()
    }
    return people, places


def _busy(event, sessions, hours):
    """{(registration, hour)} in which somebody has a place already, or speaks."""
    seats = Seat.objects.filter(session__event=event, state__in=HOLDS).values_list("registration", "session__slot")
    busy = {(row, hours[slot]) for row, slot in seats if slot in hours}
    speaking = Registration.objects.filter(event=event, person__sessions_given__event=event)
    given = speaking.values_list("pk", "person__sessions_given__slot")
    return busy | {(row, hours[slot]) for row, slot in given if slot in hours}


# First come ---------------------------------------------------------------------------------------


@transaction.atomic
def take_seat(session, registration, *, by, instead=False):
    """Take a free place, or one in line. Who has another session then gives that up first, or `instead` at once.
    Returns the seat."""
    event, session = _held(session)
    if reason := choosing.why_not_take(event, session) or choosing.why_not_here(registration):
        raise Refused(reason)
    mine = Seat.objects.filter(session=session, registration=registration).first()
    if mine and mine.state != S.LEFT:
        return mine  # she tapped twice
    room = choosing.room_in(session)
    other = _elsewhere(registration, session)
    if other and not instead:
        raise Refused(_("You are in “%(title)s” then. Give that up first.") % {"title": other.session})
    if room == 0 and other:
        raise Refused(_("“%(title)s” is full. You keep your place in “%(other)s”.")
                      % {"title": session, "other": other.session})  # fmt: skip
    if other:
        _leave(other)
        pass_on(other.session)
    seat = _seat(registration, session, S.WAITING if room == 0 else S.CONFIRMED)
    if seat.state == S.CONFIRMED:
        _out_of_other_lines(registration, session)
    record("events.seat_taken", by=by, about=seat)
    tell_pages(event.channel, "places")
    return seat


@transaction.atomic
def leave_seat(seat, *, by):
    """Give up a place or one in line; the next in line is offered it."""
    event, session = _held(seat.session)
    seat = Seat.objects.select_related("registration").get(pk=seat.pk)
    if seat.state == S.LEFT:
        return seat
    if session.slot_id and session.slot.starts_at <= now():
        raise Refused(_("This session has begun already."))
    seat.session = session
    _leave(seat)
    pass_on(session)
    record("events.seat_left", by=by, about=seat)
    tell_pages(event.channel, "places")
    return seat


@transaction.atomic
def answer_seat(seat, *, by, takes):
    """Take the place that is held, or leave it to the next in line."""
    event, session = _held(seat.session)
    seat = Seat.objects.select_related("registration__person").get(pk=seat.pk)
    if seat.state == S.CONFIRMED and takes:
        return seat
    if seat.state != S.OFFERED or seat.offered_until <= now():
        raise Refused(_("There is no place on offer for you any more. It went to the next in line."))
    seat.session = session
    if takes:
        seat.state, seat.offered_until = S.CONFIRMED, None
        seat.save(update_fields=["state", "offered_until"])
        _out_of_other_lines(seat.registration, session)
        answered("events.seat_offered", about=seat)
    else:
        _leave(seat)
        pass_on(session)
    record("events.seat_answered", by=by, about=seat)
    tell_pages(event.channel, "places")
    return seat


@registry.freed.register("choosing")
def pass_on(session):
    """Offer every free place to the first in line. The event must be held."""
    session.refresh_from_db(fields=["taken", "capacity", "is_cancelled"])
    if session.is_cancelled or session.slot_id is None or session.slot.starts_at <= now():
        return
    line = session.seats.filter(state=S.WAITING, registration__state=RegistrationState.CONFIRMED)
    for seat in line.order_by("waiting_since", "pk").select_related("registration__person"):
        if choosing.room_in(session) == 0:
            return
        seat.session = session
        if not _elsewhere(seat.registration, session):
            _offer(seat)


def _offer(seat):
    event = seat.session.event
    until = choosing.held_until(event, seat.session, seat.registration.person)
    seat.state, seat.offered_until = S.OFFERED, until
    seat.save(update_fields=["state", "offered_until"])
    _count(seat.session, 1)
    people, addresses = apart([seat.registration])
    ask("events.seat_offered", about=seat, url=reverse("events:now", args=[event.pk]), people=people,
        addresses=addresses, due_on=until.date())  # fmt: skip
    record("events.seat_offered", about=seat, tell=people, addresses=addresses, until=until.isoformat())
    tell_pages(event.channel, "places")


def expire_seats():
    """Once a minute: offered places in sessions that were not taken in time go to the next in line."""
    late = Seat.objects.filter(state=S.OFFERED, offered_until__lte=now()).order_by("offered_until", "pk")
    return sum(_expire(seat) for seat in late.select_related("session__slot"))


@transaction.atomic
def _expire(seat):
    event, session = _held(seat.session)
    seat = Seat.objects.get(pk=seat.pk)
    if seat.state != S.OFFERED or seat.offered_until > now():
        return False
    seat.session = session
    _leave(seat)
    pass_on(session)
    tell_pages(event.channel, "places")
    return True


@registry.came_or_left.register("choosing")
def free_seats(registration):
    """Who does not come to the event frees her places in its sessions. The event is held by who asks."""
    if registration.state in (RegistrationState.CONFIRMED, RegistrationState.OFFERED):
        return
    for seat in registration.seats.exclude(state=S.LEFT).select_related("session__slot"):
        _leave(seat)
        pass_on(seat.session)


# Parts --------------------------------------------------------------------------------------------


def _organised(event, by):
    event = hold(event)
    if Part.ORGANISER not in parts_of(event, by):
        raise Refused(_("Only who organises this event can do that."))
    return event


def _held(session):
    """(event, session) as they are now, with the event locked."""
    event = hold(session.event_id)
    session = Session.objects.select_related("slot").get(pk=session.pk)
    session.event = event
    return event, session


def _elsewhere(registration, session):
    """The place that she has in another session at that time."""
    during = (session.slot.starts_at, session.slot.ends_at)
    rows = Seat.objects.filter(registration=registration, state__in=HOLDS, during__overlap=during)
    return rows.exclude(session=session).select_related("session__slot").first()


def _out_of_other_lines(registration, session):
    """Who has a place does not wait for another one at that time."""
    during = (session.slot.starts_at, session.slot.ends_at)
    rows = Seat.objects.filter(registration=registration, state=S.WAITING, during__overlap=during)
    rows.exclude(session=session).update(state=S.LEFT, waiting_since=None)


def _seat(registration, session, state, *, rank=None, why="", since=None):
    """A place in a session, counted. The event must be held."""
    during = (session.slot.starts_at, session.slot.ends_at)
    since = (since or now()) if state == S.WAITING else None
    seat, _made = Seat.objects.update_or_create(
        session=session, registration=registration,
        defaults={"state": state, "during": during, "rank": rank, "why": why, "waiting_since": since,
                  "offered_until": None},
    )  # fmt: skip
    if state in HOLDS:
        _count(session, 1)
    return seat


def _leave(seat):
    was, seat.state = seat.state, S.LEFT
    seat.offered_until = seat.waiting_since = None
    seat.save(update_fields=["state", "offered_until", "waiting_since"])
    if was == S.OFFERED:
        answered("events.seat_offered", about=seat)
    if was in HOLDS:
        _count(seat.session, -1)


def _count(session, difference):
    session.refresh_from_db(fields=["taken"])
    session.taken += difference
    session.save(update_fields=["taken"])


def said_of(seat):
    """What became of it, to her."""
    if seat.state == S.WAITING:
        ahead = Seat.objects.filter(session=seat.session_id, state=S.WAITING, waiting_since__lt=seat.waiting_since)
        count = ahead.count()
        return ngettext(
            "It is full. You are on the waiting list, with %(n)d person before you.",
            "It is full. You are on the waiting list, with %(n)d people before you.",
            count,
        ) % {"n": count}
    return _("The place is yours.")
