"""Places and the waiting list: one lock for whoever takes or frees a place, so that nobody is ever overbooked.

Every deed here begins with `moving.hold`: the row of the event is locked until the deed is done, and the next one
counts what this one left. An offered place counts as taken. Should a deed ever forget the lock, the database refuses
the place too many (`event_not_overbooked`).
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, ask, record
from core.models import apart
from core.refusals import Refused
from core.streams import tell as tell_pages
from events import places, registry
from events.actions.moving import hold
from events.choices import SEATED, RegistrationState
from events.models import Registration
from people.calendar import holiday

R = RegistrationState


def hold_registration(registration):
    """The registration as it is now, with its event locked."""
    event = hold(registration.event_id)
    registration = Registration.objects.select_related("person").get(pk=registration.pk)
    registration.event = event
    return registration


def put(registration, state, **fields):
    """Bring a registration in a state, and count its place. The event must be held, and is `registration.event`."""
    event, was = registration.event, registration.state
    difference = (state in SEATED) - (was in SEATED and registration.pk is not None)
    registration.state = state
    registration.waiting_since = (registration.waiting_since or now()) if state == R.WAITING else None
    registration.offered_until = fields.pop("until", None)
    for name, value in fields.items():
        setattr(registration, name, value)
    registration.save()
    if difference and places.uses_place(registration):
        event.taken += difference
        event.save(update_fields=["taken"])
    if registration.pk and was == R.OFFERED:
        answered("events.offered", about=registration)
    registry.tell_came_or_left(registration)
    tell_pages(event.channel, "places")


def give_place(registration):
    """A place if there is one and nobody waits for it, else a place in line. The event must be held."""
    room = places.free(registration.event)
    if room is not None and places.uses_place(registration):
        in_line = registration.event.registrations.in_line().exclude(pk=registration.pk)
        if room <= 0 or in_line.exists():
            put(registration, R.WAITING)
            return
    put(registration, R.CONFIRMED)


def pass_on(event):
    """Offer every free place to the first in line. The event must be held."""
    if places.why_not_register(event) and event.state != "closed":
        return
    room = places.free(event)
    line = event.registrations.in_line().select_related("person")
    for registration in line if room is None else line[:room]:
        registration.event = event
        offer(registration)


def offer(registration):
    """Hold a place for the first in line, until she answers or the term is over. The event must be held."""
    until = term_of(registration.event, registration.person)
    put(registration, R.OFFERED, until=until)
    people, addresses = apart([registration])
    ask(
        "events.offered", about=registration, url=reverse("events:detail", args=[registration.event_id]),
        people=people, addresses=addresses, due_on=until.astimezone(ZoneInfo(registration.event.zone)).date(),
    )  # fmt: skip
    record("events.offered", about=registration, tell=people, addresses=addresses, until=until.isoformat())


def term_of(event, person):
    """Until when an offer stands: so many hours, not counting her holidays, and never beyond the beginning."""
    zone, left = ZoneInfo(event.zone), timedelta(hours=event.offer_hours)
    region, moment = getattr(person, "region", ""), now().astimezone(ZoneInfo(event.zone))
    while moment < event.starts_at:
        midnight = datetime.combine(moment.date() + timedelta(days=1), time(), zone)
        if not holiday(moment.date(), region):
            if midnight - moment >= left:
                return min(moment + left, event.starts_at)
            left -= midnight - moment
        moment = midnight
    return event.starts_at


@transaction.atomic
def take_offer(registration, *, by=None):
    """Take the place that is held. Refused when the term is over."""
    registration = hold_registration(registration)
    if registration.state == R.CONFIRMED:
        return registration  # she tapped twice
    if registration.state != R.OFFERED or registration.offered_until <= now():
        raise Refused(_("There is no place on offer for you any more. It went to the next in line."))
    put(registration, R.CONFIRMED)
    record("events.offer_taken", by=by, about=registration)
    return registration


@transaction.atomic
def leave(registration, *, by=None):
    """Give up a place, a wish for one or a place in line; the first in line is offered what comes free."""
    registration = hold_registration(registration)
    if reason := places.why_not_keep(registration):
        raise Refused(reason)
    put(registration, R.CANCELLED)
    forget(registration)
    pass_on(registration.event)
    people, addresses = apart([registration])
    record("events.registration_cancelled", by=by, about=registration, tell=people, addresses=addresses)
    return registration


def forget(registration):
    """What was typed for the caterer and what was on its way to her goes with the place."""
    registration.diet = registration.needs = ""
    registration.save(update_fields=["diet", "needs"])
    outbox.withdraw(about=registration)


def expire_offers():
    """Once a minute: places that were not taken in time go to the next in line. Returns how many.

    The rows are found here and asked again under the lock; whatever was answered this very moment stays.
    """
    late = Registration.objects.filter(state=R.OFFERED, offered_until__lte=now()).order_by("offered_until", "pk")
    return sum(_expire(registration) for registration in late)


@transaction.atomic
def _expire(registration):
    registration = hold_registration(registration)
    if registration.state != R.OFFERED or registration.offered_until > now():
        return False
    put(registration, R.EXPIRED)
    people, addresses = apart([registration])
    record("events.offer_expired", about=registration, tell=people, addresses=addresses)
    pass_on(registration.event)
    return True


@transaction.atomic
def give_up_all(person):
    """Everything that somebody has at events to come is free, before she goes."""
    mine = Registration.objects.filter(person=person).exclude(state__in=places.ENDED)
    for each in mine.filter(event__ends_at__gt=now()).order_by("event_id"):
        registration = hold_registration(each)
        put(registration, R.CANCELLED)
        pass_on(registration.event)


@transaction.atomic
def claim(person, address):
    """An address got an account: what it registered for is hers, or a second place comes free."""
    for guest in Registration.objects.filter(address=address.lower()).order_by("event_id"):
        _give_to(guest, person)


@transaction.atomic
def join_registrations(kept, gone):
    """Two accounts become one: the kept account has one registration for each event."""
    for registration in Registration.objects.filter(person=gone).order_by("event_id"):
        _give_to(registration, kept)


def _give_to(registration, person):
    registration = hold_registration(registration)
    other = Registration.objects.filter(event=registration.event_id, person=person).first()
    if other is None:
        registration.person, registration.address = person, ""
        registration.save(update_fields=["person", "address"])
        return
    other.event = registration.event
    if other.state in places.ENDED and registration.state not in places.ENDED:
        state, until = registration.state, registration.offered_until
        put(registration, R.CANCELLED)
        put(other, state, until=until)
    elif registration.state not in places.ENDED:
        put(registration, R.CANCELLED)
        pass_on(registration.event)
    registration.delete()


@transaction.atomic
def resize(event):
    """After the number of places changed: those who wait are offered what came free."""
    pass_on(hold(event))
