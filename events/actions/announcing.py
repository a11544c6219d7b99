"""What the organisers say on the day, to all or to those of one session."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from core.models import apart
from core.refusals import Refused
from core.streams import tell as tell_pages
from core.text import one_line
from events.actions.moving import hold, parts_of
from events.choices import Part, RegistrationState, SeatState
from events.models import Announcement, Registration


@transaction.atomic
def announce(event, *, by, text, session=None):
    """Say it: on their phones at once, and in a letter. Returns the announcement."""
    event = hold(event)
    if not {Part.ORGANISER, Part.CREW} & parts_of(event, by):
        raise Refused(_("Only who organises this event can do that."))
    if session is not None and session.event_id != event.pk:
        raise Refused(_("This session is of another event."), field="session")
    row = Announcement.objects.create(event=event, session=session, text=one_line(text)[:500], by=by)
    people, addresses = apart(list(heard_by(event, session)))
    record("events.announced", by=by, about=row, tell=people, addresses=addresses)
    tell_pages(event.channel, "said")
    return row


def heard_by(event, session=None):
    """The registrations that hear it: everybody who comes, or who has a place in the session."""
    rows = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).select_related("person")
    if session is None:
        return rows
    return rows.filter(seats__session=session, seats__state__in=[SeatState.CONFIRMED, SeatState.OFFERED])
