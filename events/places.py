"""Whether there is a place, and why one cannot register now: sentences for the reader, or ""."""

from django.utils.timezone import now
from django.utils.translation import gettext as _

from events.choices import Capacity, RegistrationState, Scope, State

#: Who brings the programme or helps on the day comes anyhow, and takes no place from a visitor.
WITHOUT_PLACE = (Capacity.SPEAKER, Capacity.CREW)
#: Registrations that ended; the row stays, and is used again when somebody changes her mind.
ENDED = (RegistrationState.CANCELLED, RegistrationState.EXPIRED, RegistrationState.DECLINED)


def uses_place(registration):
    """It counts for the number of places, once it is confirmed or offered."""
    return registration.as_what not in WITHOUT_PLACE


def why_not_register(event):
    """Why nobody can register for it now, on whichever page."""
    if event.state == State.CANCELLED:
        return _("This event was called off.")
    if event.ends_at <= now():
        return _("This event is over.")
    if event.state in (State.CONCEPT, State.CALL_OPEN, State.CALL_CLOSED, State.PROGRAMME):
        return _("You cannot register yet.")
    if event.state != State.OPEN:
        return _("Registration is closed.")
    if event.registration_until and event.registration_until <= now():
        return _("The last day to register lies behind us.")
    return ""


def why_not_guest(event):
    """The same for who has no account."""
    if event.scope != Scope.PUBLIC or not event.is_for_guests:
        return _("Sign in to register for this event.")
    return why_not_register(event)


def why_not_keep(registration):
    """Why nothing of this registration changes any more."""
    event = registration.event
    if registration.state in ENDED:
        return _("This registration has ended.")
    if event.state == State.CANCELLED:
        return _("This event was called off.")
    return _("This event has begun already.") if event.starts_at <= now() else ""


def free(event):
    """How many places are free; None where as many come as want to."""
    return None if event.capacity is None else max(event.capacity - event.taken, 0)
