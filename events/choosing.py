"""When one can wish for workshops, when places are divided, and when one takes a place oneself."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext as _

from events.choices import RegistrationState, State

#: How many wishes somebody has in each hour.
WISHES = 3
#: On the day itself a place is held so long, and never beyond the beginning of the session.
HELD_ON_THE_DAY = timedelta(minutes=45)


def choice_slots(event):
    """The slots in which people choose, with what there is to choose from."""
    return event.slots.filter(is_choice=True, sessions__slot__isnull=False).distinct()


def hours_of(slots):
    """{slot id: the hour it belongs to}: slots that overlap are one hour, so that nobody is in two places at once."""
    found, ends, name = {}, None, None
    for slot in sorted(slots, key=lambda each: (each.starts_at, each.pk)):
        if ends is None or slot.starts_at >= ends:
            name, ends = slot.pk, slot.ends_at
        ends = max(ends, slot.ends_at)
        found[slot.pk] = name
    return found


def is_divided(event):
    """The places were divided, and everybody heard it."""
    return event.allocations.filter(published_at__isnull=False).exists()


def why_not_here(registration):
    """Only who comes has something to choose."""
    if registration is None or registration.state != RegistrationState.CONFIRMED:
        return _("Register first. Then you can choose.")
    return ""


def why_not_wish(event):
    """Why nobody can wish now."""
    if event.state == State.CANCELLED:
        return _("This event was called off.")
    if event.choice_until is None:
        return _("There is no choice of workshops here.")
    if is_divided(event):
        return _("The choice is closed. Take a place that is free.")
    if event.choice_until <= now():
        return _("The choice is closed. Soon you hear which places you have.")
    return ""


def why_not_divide(event):
    """Why the places cannot be divided now."""
    if event.choice_until is None:
        return _("Say first until when people can choose.")
    if event.choice_until > now():
        return _("People can still choose. Divide the places when the choice is closed.")
    if is_divided(event):
        return _("These places have been divided already.")
    return ""


def why_not_take(event, session):
    """Why nobody can take a place in this session now."""
    if event.state == State.CANCELLED:
        return _("This event was called off.")
    if session.is_cancelled:
        return _("“%(title)s” was called off. Choose another.") % {"title": session}
    if session.slot_id is None:
        return _("“%(title)s” has no hour yet.") % {"title": session}
    if session.slot.starts_at <= now():
        return _("This session has begun already.")
    if event.choice_until is not None and not is_divided(event):
        return _("First all wishes are heard. After that you can take a place that is free.")
    return ""


def room_in(session):
    """How many places are free; None where as many come as want to."""
    return None if session.capacity is None else max(session.capacity - session.taken, 0)


def held_until(event, session, person):
    """Until when an offered place is held."""
    from events.actions.waiting import term_of

    at = now()
    if event.starts_at <= at + timedelta(hours=event.offer_hours):
        return min(session.slot.starts_at, max(at + HELD_ON_THE_DAY, event.starts_at - timedelta(hours=12)))
    return min(session.slot.starts_at, term_of(event, person))
