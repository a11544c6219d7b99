"""What follows from a promise: the request on *Vandaag* when its day is near, and one letter after the meeting.

The letter comes two working days after the meeting, and tells of all that is
still open for its reader in that PLG; she answers from it without signing in.
"""

from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import ask
from activity.models import Delivery
from communities.meetings import reminders
from communities.meetings.choices import ActionState
from communities.meetings.models import ActionPoint, Meeting
from communities.models import Membership
from core.time import days_from, today
from people import calendar

KIND = "meetings.act"
LETTER = "meetings.reminder_act"
NEAR = timedelta(days=7)
WORKING_DAYS = 2
LATEST = timedelta(days=14)  # how long after a meeting its letter still makes sense


def why_not_agree(community):
    """Why nothing can be promised in this PLG now, or ""."""
    return _("This PLG is completed. Nothing can be added.") if community.is_closed else ""


def ask_for(point, *, again=False):
    """Lay it on *Vandaag*, from a week before its day; without a day a week after it was promised.

    `again`: she said something just now, so she is left alone for a week.
    """
    if not point.is_open:
        return
    near = (point.due_on - NEAR) if point.due_on and not again else today() + NEAR
    ask(
        KIND,
        about=point,
        url=point.get_absolute_url(),
        people=[point.person] if point.person_id else [],
        addresses=[] if point.person_id else [point.address],
        community=point.community_id,
        opens_on=near if near > today() else None,
        due_on=point.due_on,
    )


def occasion(meeting):
    """Under which the outbox keeps the letters on promises of one meeting: one for each person, ever."""
    return f"meetings:acts:{meeting.uid}"


def queue(points):
    """Lay the letter of the meeting ready for each who promised something there."""
    for point in points:
        if point.meeting_id and point.is_open:
            _lay(point.meeting, point.person, point.address)


def queue_after(meeting):
    """Lay it ready also for who still had something open from before; one that lies there stays as it is."""
    for point in open_in(meeting.community_id).select_related("person"):
        _lay(meeting, point.person, point.address)


def queue_lately():
    """The same for all meetings of the last days; a night's work. Returns how many meetings that were."""
    over = Meeting.objects.past().filter(ends_at__gt=now() - timedelta(days=3)).select_related("community")
    for meeting in over:
        queue_after(meeting)
    return len(over)


def open_in(community):
    """What is still to be done in a PLG."""
    return ActionPoint.objects.filter(community=community).open()


def _lay(meeting, person, address):
    due_at = moment(meeting, person, address)
    if meeting.is_cancelled or due_at < now() - LATEST:
        return
    outbox.put(
        LETTER,
        occasion=occasion(meeting),
        about=meeting,
        community=meeting.community_id,
        people=[person] if person else [],
        addresses=[] if person else [address],
        due_at=due_at,
    )


def moment(meeting, person, address=""):
    """Eight o'clock on the second of her working days after the meeting."""
    region, days_off = (person.region, person.days_off) if person else ("", ())
    left = WORKING_DAYS
    for day in days_from(meeting.held_on + timedelta(days=1), 120):
        left -= calendar.is_working_day(day, region, days_off)
        if not left:
            break
    return reminders.morning(day, person, meeting.zone)


def still_open(meeting, person, address=""):
    """What she has not said anything about since that meeting began."""
    who = {"person": person} if person else {"address": address}
    return open_in(meeting.community_id).filter(Q(answered_at=None) | Q(answered_at__lt=meeting.starts_at), **who)


def still_right(delivery, meeting, person):
    """Asked at the moment of sending: she still takes part, and has something to say."""
    if meeting is None or meeting.is_cancelled or not meeting.is_over or meeting.community.is_closed:
        return False
    who = {"person": person} if person else {"address": delivery.address}
    if not Membership.objects.active().filter(community=meeting.community_id, **who).exists():
        return False
    return still_open(meeting, person, delivery.address).exists()


def drop_of(membership):
    """What somebody who leaves had promised need not be done any more; returns how many."""
    mine = ActionPoint.objects.filter(
        community=membership.community_id, person=membership.person_id, address=membership.address,
        state=ActionState.OPEN,
    )  # fmt: skip
    return mine.update(state=ActionState.DROPPED, dropped_because=_("Does not take part any more."))


def withdraw(meeting):
    """Take back the letters of a meeting that wait."""
    return outbox.withdraw(occasion=occasion(meeting))


def waiting(person):
    """Her letters that wait; other days off or quiet hours give them another moment."""
    return Delivery.objects.filter(person=person, kind=LETTER, state="pending")
