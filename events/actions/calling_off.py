"""An event that is called off: nobody comes, waits or holds a place any more, and what was asked is asked no more.

Whoever came or waited hears it by the step itself (`moving.take`), with a calendar file that takes the day back.
"""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, record
from core.refusals import Refused
from core.streams import tell as tell_pages
from events import registry
from events.choices import ContributionState, RegistrationState, SeatState
from events.models import ContributionAuthor, Seat
from events.places import ENDED
from people.models import User


@registry.moved.register("calling_off")
def close(event, verb, by):
    """Close its registrations and free its places. The event is held by who asks.

    Not one by one through `waiting.put`: a place that comes free here is offered to nobody.
    """
    if verb != "cancel":
        return
    if event.rounded_off_at:
        raise Refused(_("This event is over, and people were thanked. It cannot be called off any more."))
    seats = Seat.objects.filter(session__event=event).exclude(state=SeatState.LEFT)
    for seat in seats.filter(state=SeatState.OFFERED):
        answered("events.seat_offered", about=seat)
        outbox.withdraw(about=seat)
    seats.update(state=SeatState.LEFT, waiting_since=None, offered_until=None)
    event.sessions.update(taken=0)
    rows = event.registrations.exclude(state__in=ENDED)
    told = list(rows)
    for row in told:
        if row.state == RegistrationState.OFFERED:
            answered("events.offered", about=row)
        outbox.withdraw(about=row)
    rows.update(state=RegistrationState.CANCELLED, waiting_since=None, offered_until=None, diet="", needs="")
    event.taken = 0
    event.save(update_fields=["taken"])
    _tell_who_brings(event, by, [row.person_id for row in told])
    tell_pages(event.channel, "places")


def _tell_who_brings(event, by, told):
    """Whoever offered something or does something for it hears it too, where she was not told as one who comes."""
    brings = User.objects.filter(
        Exists(ContributionAuthor.objects.filter(contribution__event=event, person=OuterRef("pk")).exclude(
            contribution__state__in=[ContributionState.CONCEPT, ContributionState.REJECTED, ContributionState.WITHDRAWN]
        ))
    )  # fmt: skip
    helps = User.objects.filter(event_parts__event=event)
    people = (brings | helps).exclude(pk__in=[pk for pk in told if pk]).distinct()
    record("events.called_off", by=by, about=event, tell=list(people), because=event.cancelled_why)
