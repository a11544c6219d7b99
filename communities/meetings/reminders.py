"""When each person is reminded of each meeting: a week and a day before, on her own working days.

Reminders are rows in the outbox, written in the transaction of the deed that
changes something: planning, moving, cancelling, joining, leaving, another day
off. Each carries the date and hour for which it was meant (its slot), so a moved
meeting gets new ones and the old say by themselves that they are out of date.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta
from functools import lru_cache

from django.utils.timezone import now

from activity import outbox
from activity.choices import State as Letter
from activity.models import Delivery
from communities.meetings import rollcall
from communities.meetings.choices import Coming
from communities.meetings.models import Meeting
from core.time import exists, instant
from people import calendar

WEEK, DAY = "meetings.reminder_week", "meetings.reminder_day"
HOUR = time(8, 0)


def occasion(meeting):
    """Under which the outbox keeps the reminders of one meeting."""
    return f"meetings:{meeting.uid}"


def moments(meeting, membership):
    """The two reminders of one member: kind -> (slot, instant)."""
    person = membership.person
    week, day = _days(meeting.held_on, *rhythm(membership))
    found = {DAY: (f"day:{meeting.slot}", morning(day, person, meeting.zone))}
    if week < day:
        found[WEEK] = (f"week:{meeting.slot}", morning(week, person, meeting.zone))
    return found


@lru_cache(maxsize=4096)
def _days(held_on, region, days_off):
    """On which days somebody of this rhythm is reminded: about a week before, and her last working day before."""
    week = held_on - timedelta(days=7)
    if not calendar.is_working_day(week, region, days_off):
        week = calendar.last_working_day_before(week, region, days_off)
    return week, calendar.last_working_day_before(held_on, region, days_off)


def rhythm(membership):
    """Holiday region and fixed days off of a member."""
    return membership.region, tuple(membership.person.days_off) if membership.person else ()


def morning(day, person, zone):
    """Eight o'clock by the clock on the wall, or when her quiet hours end."""
    return _morning(day, (person.quiet_until, person.quiet_from) if person else None, zone)


@lru_cache(maxsize=4096)
def _morning(day, quiet, zone):
    clock = HOUR
    if quiet:
        early, late = quiet
        is_quiet = late <= HOUR < early if late <= early else late <= HOUR or early > HOUR
        clock = early if is_quiet else HOUR
    if not exists(day, clock, zone):
        clock = (datetime.combine(day, clock) + timedelta(hours=1)).time()
    return instant(day, clock, zone)


def still_right(delivery, meeting, person):
    """Asked at the moment of sending: the same date, not begun, still expected there, and not answered "I cannot"."""
    if meeting is None or meeting.is_cancelled or meeting.has_begun or meeting.community.is_closed:
        return False
    if not delivery.slot.endswith(f":{meeting.slot}"):
        return False
    who = {"person": person} if person else {"address": delivery.address}
    if not meeting.expected().filter(**who).exists():
        return False
    return not meeting.answers.filter(coming=Coming.ABSENT, **who).exists()


def queue(meetings):
    """Bring the reminders of these meetings in step: new ones laid ready, others moved, revived or taken back."""
    meetings = [meeting for meeting in meetings if not meeting.is_cancelled and not meeting.has_begun]
    if not meetings:
        return
    expected = rollcall.expected(meetings)
    wanted = {}
    for meeting in meetings:
        for membership in expected[meeting.pk]:
            for kind, (slot, due_at) in moments(meeting, membership).items():
                wanted[membership.person_id, membership.address, occasion(meeting), slot] = (
                    kind, meeting, membership, due_at,
                )  # fmt: skip
    lying = {
        (row.person_id, row.address, row.occasion, row.slot): row
        for row in Delivery.objects.filter(
            occasion__in=[occasion(meeting) for meeting in meetings], kind__in=[WEEK, DAY]
        )
    }
    _mend(lying, wanted)
    _lay(lying, wanted)


def _mend(lying, wanted):
    """What waits and is wanted gets its right moment, what is not wanted any more is taken back; sent is sent."""
    changed = []
    for key, row in lying.items():
        if row.state not in (Letter.PENDING, Letter.CANCELLED):
            continue
        due_at = wanted[key][3] if key in wanted else None
        state = Letter.CANCELLED
        if due_at and (due_at > now() or row.state == Letter.PENDING):
            state = Letter.PENDING
        if (state, due_at or row.due_at) != (row.state, row.due_at):
            row.state, row.due_at = state, due_at or row.due_at
            changed.append(row)
    for row in changed:  # only as long as no tick has taken it meanwhile
        Delivery.objects.filter(pk=row.pk, state__in=[Letter.PENDING, Letter.CANCELLED]).update(
            state=row.state, due_at=row.due_at
        )


def _lay(lying, wanted):
    """New reminders, those of the same moment together; a moment that is past has had its letter of planning."""
    together = defaultdict(list)
    for key, (kind, meeting, membership, due_at) in wanted.items():
        if key not in lying and due_at > now():
            together[kind, meeting.pk, key[3], due_at].append((meeting, membership))
    outbox.put_all(
        [
            (
                {
                    "kind": kind,
                    "occasion": occasion(rows[0][0]),
                    "slot": slot,
                    "about": rows[0][0],
                    "community_id": rows[0][0].community_id,
                    "due_at": due_at,
                },
                [membership.person for _meeting, membership in rows if membership.person_id],
                [membership.address for _meeting, membership in rows if not membership.person_id],
            )
            for (kind, _pk, slot, due_at), rows in together.items()
        ]
    )


def withdraw(meeting):
    """Take back all reminders of this meeting that still wait."""
    outbox.withdraw(about=meeting, kind__in=[WEEK, DAY])


def queue_for(person):
    """After another day off, region or quiet hour: bring this person's reminders in step."""
    queue(list(Meeting.objects.of(person).upcoming()))


def queue_in(community):
    """After somebody came or went: bring the reminders of this PLG in step."""
    queue(list(Meeting.objects.filter(community=community).upcoming()))
