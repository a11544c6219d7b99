"""One way through the states of an event: the table says which steps there are, and this takes them."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from core import steps as machine
from core.models import apart
from core.refusals import Refused
from core.streams import tell as tell_pages
from core.text import one_line
from events import registry, steps
from events.models import Event, Organiser
from events.places import ENDED


def hold(event):
    """The event as it is now, its row locked for this transaction: whoever takes or frees a place waits for it."""
    pk = event if isinstance(event, int) else event.pk
    return Event.objects.select_for_update(no_key=True).get(pk=pk)


def parts_of(event, user):
    """What somebody is for this event, as the steps ask it."""
    return frozenset(Organiser.objects.filter(event=event, person=user.pk).values_list("part", flat=True))


@transaction.atomic
def take(event, verb, *, by, because=""):
    """Take the event a step further. Raises Refused when it does not follow, when she may not, when something is not
    ready yet, or when a reason is lacking."""
    event = hold(event)
    if reason := machine.why_not(steps.EVENT, event, verb):
        raise Refused(reason)
    step = machine.find(steps.EVENT, event.state, verb)
    if not step.who & parts_of(event, by):
        raise Refused(_("Only who organises this event can do that."))
    if sentences := step.refused(event):
        raise Refused(" ".join(map(str, sentences)))
    because, asked = one_line(because), step.asked(event)
    if not because and (step.needs_reason or asked):
        raise Refused(" ".join([*map(str, asked), _("Say why.")]), field="because")
    event.state = step.to
    if step.to == "cancelled":
        event.cancelled_why = because[:300]
    event.save(update_fields=["state", "cancelled_why"])
    people, addresses = apart(_concerned(event)) if verb == "cancel" else ([], [])
    record(f"events.{PAST[verb]}", by=by, about=event, tell=people, addresses=addresses, because=because)
    registry.tell_moved(event, verb, by)
    tell_pages(event.channel, "state")
    return event


def _concerned(event):
    """Who comes or waits: they hear that it is off."""
    return event.registrations.exclude(state__in=ENDED).select_related("person").order_by("pk")


#: How the journal calls a step that was taken.
PAST = {
    "open_call": "call_opened",
    "close_call": "call_closed",
    "publish_programme": "programme_published",
    "open_registration": "registration_opened",
    "close_registration": "registration_closed",
    "begin": "begun",
    "end": "ended",
    "archive": "archived",
    "cancel": "called_off",
}
