"""Registering: oneself, colleagues, a whole PLG, a speaker, and guests without an account."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from core import standing
from core.models import apart
from core.refusals import Refused
from core.text import one_line
from events import places
from events.actions.moving import hold, parts_of
from events.actions.waiting import forget, give_place, hold_registration, pass_on, put
from events.choices import Capacity, Part, RegistrationState, State
from events.models import Registration
from people.models import User

R = RegistrationState
#: What somebody says of herself when she registers.
SAID = ("answers", "diet", "needs", "interests", "dates_opt_out")


@transaction.atomic
def register(event, *, by, people=(), **said):
    """Register these people (by herself when nobody is named), in this order; whoever has a registration keeps it.

    Organisers also register when it is closed. Raises Refused when that is not possible, or when everybody is
    registered already. Returns the new registrations; what is `said` belongs to her who says it.
    """
    people = list(people) or [by]
    event = hold(event)
    organises = Part.ORGANISER in parts_of(event, by)
    reason = places.why_not_register(event)
    if reason and not (organises and event.state in (State.PROGRAMME, State.CLOSED)):
        raise Refused(reason)
    known = {row.person_id: row for row in Registration.objects.filter(event=event, person__in=people)}
    rows = []
    for person in people:
        row = known.get(person.pk)
        if row and row.state not in places.ENDED:
            continue
        row = row or Registration(event=event, person=person, state=R.CANCELLED)
        row.event, row.person, row.registered_by, row.at = event, person, by, now()
        row.as_what, row.waiting_since = Capacity.PARTICIPANT, None
        if person == by:
            _say(row, said)
        _admit(row, asks=event.needs_approval and not organises)
        record("events.registered", by=by, about=row, tell=[person])  # a colleague hears who did it
        if person == by:
            _letter(row)
        rows.append(row)
    if not rows:
        raise Refused(_("You are registered already.") if people == [by] else _("All of them are registered already."))
    _tell_requests(event, rows, by)
    standing.forget(by)
    return rows


def _say(row, said):
    for name in SAID:
        if name in said:
            setattr(row, name, said[name])


def _admit(row, *, asks):
    """Where an organiser admits each, a request; otherwise a place, or a place in line."""
    if asks:
        put(row, R.REQUESTED)
    else:
        give_place(row)


def _letter(row):
    """To who registered herself: what became of it, and how she cancels."""
    people, addresses = apart([row])
    outbox.put(
        "events.place", occasion=f"registration:{row.pk}:{now().isoformat()}", about=row,
        people=people, addresses=addresses,
    )  # fmt: skip


def _tell_requests(event, rows, by):
    """Organisers hear that somebody waits for their answer."""
    if asking := [row for row in rows if row.state == R.REQUESTED]:
        tell = User.objects.filter(event_parts__event=event, event_parts__part=Part.ORGANISER)
        record("events.requested", by=by, about=event, tell=list(tell), count=len(asking))


@transaction.atomic
def change(registration, *, by, **said):
    """What she said of herself, said differently. Raises Refused once the event began."""
    registration = hold_registration(registration)
    if reason := places.why_not_keep(registration):
        raise Refused(reason)
    _say(registration, said)
    registration.save(update_fields=list(SAID))
    record("events.registration_changed", by=by, about=registration)
    return registration


@transaction.atomic
def admit(registration, *, by):
    """Say yes to a request: a place, or a place in line where all are taken."""
    registration = hold_registration(registration)
    if registration.state != R.REQUESTED:
        raise Refused(_("This request was answered already."))
    give_place(registration)
    _tell_answered("events.admitted", registration, by)
    return registration


@transaction.atomic
def decline(registration, *, by):
    """Say no to a request."""
    registration = hold_registration(registration)
    if registration.state != R.REQUESTED:
        raise Refused(_("This request was answered already."))
    put(registration, R.DECLINED)
    forget(registration)
    _tell_answered("events.declined", registration, by)
    return registration


def _tell_answered(kind, registration, by):
    people, addresses = apart([registration])
    record(kind, by=by, about=registration, tell=people, addresses=addresses)


@transaction.atomic
def register_speaker(event, person, *, as_what=Capacity.SPEAKER, by=None):
    """Whoever brings something is registered by that, and takes no place from a visitor. She who came as a visitor
    frees her place."""
    event = hold(event)
    row = Registration.objects.filter(event=event, person=person).first()
    if row and row.as_what == as_what and row.state == R.CONFIRMED:
        return row
    row = row or Registration(event=event, person=person, state=R.CANCELLED, registered_by=by)
    row.event = event
    if row.state not in places.ENDED:
        put(row, R.CANCELLED)  # the place of a visitor
    row.as_what = as_what
    put(row, R.CONFIRMED)
    pass_on(event)
    record("events.registered", by=by, about=row, tell=[person])
    return row


def ask_guest(event, *, name, address):
    """Send a link to who gives this address: nothing is kept until she follows it. What is answered on the page is the
    same for every address, so that nobody learns who comes."""
    if reason := places.why_not_guest(event):
        raise Refused(reason)
    outbox.put(
        "events.confirm_guest", occasion=f"guest:{event.pk}:{now().isoformat()}", about=event,
        addresses=[address.lower()], facts={"name": one_line(name)[:120]},
    )  # fmt: skip


@transaction.atomic
def confirm_guest(event, *, name, address, **said):
    """She followed the link, so the address is hers: register her, or the account that has this address."""
    event = hold(event)
    address = address.lower()
    person = User.objects.filter(emailaddress__email__iexact=address, emailaddress__verified=True, is_active=True)
    who = {"person": person.first()} if person else {"person": None, "address": address}
    row = Registration.objects.filter(event=event, **who).first()
    if row and row.state not in places.ENDED:
        return row
    if reason := places.why_not_guest(event):
        raise Refused(reason)
    row = row or Registration(event=event, state=R.CANCELLED, **who)
    row.event, row.at, row.waiting_since = event, now(), None
    row.name = "" if who["person"] else one_line(name)[:120]
    row.as_what = Capacity.PARTICIPANT if who["person"] else Capacity.GUEST
    _say(row, said)
    _admit(row, asks=event.needs_approval)
    record("events.registered", about=row)
    _tell_requests(event, [row], None)
    _letter(row)
    return row
