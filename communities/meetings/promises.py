"""What follows from a promise: the request on *Vandaag* when its day is near, and one letter after the meeting.

The letter comes two working days after the meeting, and tells of all that is
still open for its reader in that PLG; she answers from it without signing in.
"""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from activity import outbox
from activity.choices import State
from activity.journal import ask_each, record
from activity.kinds import NothingToSay
from activity.models import Delivery
from communities.actions.seats import leaders
from communities.meetings import reminders
from communities.meetings.choices import ActionState
from communities.meetings.models import ActionPoint, Meeting
from communities.models import Membership
from core.text import of_the_house
from core.time import days_from, today
from people import calendar

KIND = "meetings.act"
LETTER = "meetings.reminder_act"
NEAR = timedelta(days=7)
WORKING_DAYS = 2
LATELY = timedelta(days=3)
MOST_IN_A_LETTER = 10
LATEST = timedelta(days=14)  # how long after a meeting its letter still makes sense


def ask_for(points, *, again=False):
    """Lay them on *Vandaag*, each from a week before its day; without a day a week after it was promised.

    `again`: she said something just now, so she is left alone for a week.
    """
    ask_each(KIND, [_request(point, again) for point in points if point.is_open])


def _request(point, again):
    near = (point.due_on - NEAR) if point.due_on and not again else today() + NEAR
    return {
        "about": point,
        "url": point.get_absolute_url(),
        "people": [point.person] if point.person_id else [],
        "addresses": [] if point.person_id else [point.address],
        "community": point.community_id,
        "opens_on": near if near > today() else None,
        "due_on": point.due_on,
    }


def occasion(meeting):
    """Under which the outbox keeps the letters on promises of one meeting: one for each person, ever."""
    return f"meetings:acts:{meeting.uid}"


def queue(points):
    """Lay the letter of the meeting ready for each who promised something there."""
    _lay((point.meeting, point.person, point.address) for point in points if point.meeting_id and point.is_open)


def queue_after(meeting):
    """Lay it ready also for who still had something open from before; one that lies there stays as it is."""
    _lay((meeting, point.person, point.address) for point in open_in(meeting.community_id).select_related("person"))


def queue_lately():
    """The same for all meetings of the last days; a night's work. Returns how many meetings that were."""
    over = Meeting.objects.past().filter(ends_at__gt=now() - LATELY).select_related("community")
    for meeting in over:
        queue_after(meeting)
    return len(over)


def groups(points):
    """Those that were given at once as one: [{"first": …, "points": […]}], in their order."""
    found = {}
    for point in points:
        found.setdefault(point.given_together or point.pk, []).append(point)
    return [{"first": each[0], "points": each} for each in found.values()]


def open_in(community):
    """What is still to be done in a PLG."""
    return ActionPoint.objects.filter(community=community).open()


def _lay(wanted):
    """Letters for (meeting, person, address), each of these once and for all; who takes part no more gets none."""
    wanted = list(dict.fromkeys(wanted))
    members = _members({meeting.community_id for meeting, _person, _address in wanted})
    letters = []
    for meeting, person, address in wanted:
        membership = members.get((meeting.community_id, person.pk if person else address))
        if membership is None or meeting.is_cancelled:
            continue
        due_at = moment(meeting, membership)
        if due_at < now() - LATEST:
            continue
        letter = {
            "kind": LETTER,
            "occasion": occasion(meeting),
            "about": meeting,
            "community_id": meeting.community_id,
            "due_at": due_at,
            "facts": {"address": address} if address else {},
        }
        letters.append((letter, [person] if person else [], [] if person else [address]))
    if letters:
        outbox.put_all(letters)


def _members(communities, **who):
    """(community, person or address) -> the membership, of those who take part: one query."""
    rows = Membership.objects.active().filter(community__in=communities, **who).select_related("person", "school")
    return {(row.community_id, row.who): row for row in rows}


def queue_for(person):
    """After another day off, region or quiet hour: her letters that wait get their right moment."""
    waiting = Delivery.objects.filter(person=person, kind=LETTER, state=State.PENDING, due_at__gt=now())
    meetings = Meeting.objects.in_bulk([letter.about_id for letter in waiting])
    members = _members({meeting.community_id for meeting in meetings.values()}, person=person)
    for letter in waiting:
        meeting = meetings.get(letter.about_id)
        membership = meeting and members.get((meeting.community_id, person.pk))
        if membership:
            due_at = moment(meeting, membership)
            Delivery.objects.filter(pk=letter.pk, state=State.PENDING).update(due_at=due_at)


def moment(meeting, membership):
    """Eight o'clock on the second of her working days after the meeting."""
    rhythm, left = reminders.rhythm(membership), WORKING_DAYS
    for day in days_from(meeting.held_on + timedelta(days=1), 120):
        left -= calendar.is_working_day(day, *rhythm)
        if not left:
            break
    return reminders.morning(day, membership.person, meeting.zone)


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


def left(membership):
    """What somebody who leaves had promised need not be done any more; her facilitators hear how much that is."""
    mine = open_in(membership.community_id).filter(person=membership.person_id, address=membership.address)
    if count := drop(mine, gettext_noop("Does not take part any more.")):
        tell = leaders(membership.community)
        record("meetings.released", about=membership, tell=tell, community=membership.community_id, count=count)


def ended(community):
    """The PLG is completed: what was still open need not be done any more."""
    drop(open_in(community), gettext_noop("This PLG is completed."))


def drop(points, because):
    """Away with all of these, for one reason, which stands there in the language of the house; returns how many."""
    with of_the_house():
        return points.order_by().update(state=ActionState.DROPPED, dropped_because=_(because))


# For the words of notices -------------------------------------------------------------------------


def given_with(point):
    """All that were given at once with this one."""
    same = Q(given_together=point.given_together) if point.given_together else Q(pk=point.pk)
    return ActionPoint.objects.filter(same)


def list_of_mine(about, person, facts):
    """Where the news of a promise leads."""
    return reverse("meetings:my_action_points")


def of_letter(meeting, person, facts):
    """What the letter after a meeting tells of: her own. Raises NothingToSay when there is nothing left."""
    if facts.get("sample"):
        return {"points": list(open_in(meeting.community_id)[:2])}
    points = list(still_open(meeting, person, facts.get("address", ""))[:MOST_IN_A_LETTER])
    if not points:
        raise NothingToSay
    return {"points": points}


def of_news(point, person, facts):
    """What the news of a promise tells of: her own of what was given at once."""
    mine = ActionPoint.objects.filter(pk=point.pk) if facts.get("sample") else given_with(point).filter(person=person)
    return {"points": list(mine)}


def a_sample():
    """(about, facts) for the previews."""
    return ActionPoint.objects.select_related("community").filter(state=ActionState.OPEN).first(), {"sample": True}


def a_meeting_with_some():
    """(about, facts) for the preview of the letter: the last meeting of a PLG where something is open."""
    point = ActionPoint.objects.filter(state=ActionState.OPEN, person__isnull=False).first()
    rows = Meeting.objects.filter(community=point and point.community_id).select_related("community")
    return rows.past().first(), {"sample": True}


def list_of_dropped(about, person, facts):
    """Where the news of somebody who stopped leads."""
    return f"{reverse('meetings:action_points', args=[about.community_id])}?state=dropped"


def a_leaver():
    """(about, facts) for the preview."""
    rows = Membership.objects.active().filter(person__isnull=False).select_related("community", "person")
    return rows.first(), {"count": 2}
