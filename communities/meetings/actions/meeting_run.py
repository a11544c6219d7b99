"""How a meeting is run: its agenda becomes the steps, and its end becomes attendance, minutes and the next agenda."""

from datetime import timedelta

from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.meetings import ledger
from communities.meetings.actions import agenda, minutes, protocols
from communities.meetings.choices import Coming, ItemKind, ItemState
from communities.meetings.models import AgendaItem, Answer, Attendance, RunSeat, RunStep
from communities.meetings.runnables import Runnable
from communities.rules import standing
from communities.search import index
from core import streams
from core.text import of_the_house

EARLY = timedelta(minutes=30)  # so long before a meeting its session may begin
CHECK_IN, ROUND_OFF, LONGEST_TALK = 10, 15, 240  # minutes, of the simplest agenda


def why_not_start(meeting):
    """Why this meeting cannot begin now, or ""; on its day it can be begun until midnight."""
    if meeting.is_cancelled:
        return _("This meeting was cancelled.")
    if meeting.is_today or meeting.starts_at - EARLY <= now() < meeting.ends_at:
        return "" if meeting.starts_at - EARLY <= now() else _("You can start half an hour before the meeting begins.")
    if meeting.is_over:
        return _("This meeting is over.")
    return _("You can start half an hour before the meeting begins.")


def steps(meeting, by, plan):
    """What stands on the agenda and is not done; where nothing stands there, what was chosen is put on it first."""
    items = _open_items(meeting)
    if plan is not None and is_bare(items):
        _fill(meeting, by, plan)
        items = _open_items(meeting)
    return [
        RunStep(
            title=item.title, minutes=item.minutes, instruction=item.instruction, silent=item.silent,
            is_case=item.is_case, notes_on=not item.is_case, item=item,
        )
        for item in items
    ]  # fmt: skip


def is_bare(items):
    """Nothing to go by: at most the opening with what was agreed, which comes by itself."""
    return all(item.kind == ItemKind.ACTIONS for item in items)


def needs_plan(meeting):
    """Whether the facilitator should choose first how to work."""
    return is_bare(_open_items(meeting))


def _open_items(meeting):
    rows = AgendaItem.objects.filter(meeting=meeting, state=ItemState.PLANNED)
    return list(rows.select_related("protocol").order_by("order", "pk"))


def _fill(meeting, by, plan):
    """Put a protocol on the empty agenda, or the simplest one: arrive, talk, agree."""
    fixed = {"community_id": meeting.community_id, "meeting": meeting, "proposed_by": by}
    begins = (AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0) + 1
    if plan != "simple":
        protocols.use_protocol(plan, meeting, by=by)
        return
    talk = min(max(meeting.minutes - CHECK_IN - ROUND_OFF, 15), LONGEST_TALK)
    with of_the_house():
        rows = [
            AgendaItem(title=_("Check in"), minutes=CHECK_IN, kind=ItemKind.CHECK_IN),
            AgendaItem(title=_("Talk together"), minutes=talk, kind=ItemKind.OTHER),
            AgendaItem(title=_("Agreements"), minutes=ROUND_OFF, kind=ItemKind.AGREEMENTS),
        ]
    for n, row in enumerate(rows):
        row.order = begins + n
        for name, value in fixed.items():
            setattr(row, name, value)
    index.follow(*AgendaItem.objects.bulk_create(rows))


def ended(run, meeting, by):
    """Attendance from the seats, items done, minutes grown, the rest carried over.

    A session that was over before its meeting begins was a rehearsal: nothing follows from it; nor from one that was
    called off.
    """
    if not meeting.has_begun or meeting.is_cancelled:
        return
    done = run.steps.filter(was_done=True).values("item")
    AgendaItem.objects.filter(pk__in=done, state=ItemState.PLANNED).update(state=ItemState.DONE)
    _attend(run, meeting, by)
    if not meeting.why_not_grow:  # its PLG may be completed meanwhile
        minutes.grow(meeting, by=by)
    agenda.carry_over(meeting, by=by)


def arrived(run, meeting):
    """What came in late goes into the minutes, as long as nobody wrote in them."""
    if not meeting.why_not_grow:
        minutes.grow(meeting, by=None)


def _attend(run, meeting, by):
    """Who took a seat was there; who said no and took none, was not. What was written down before stays."""
    there = set(RunSeat.objects.filter(run=run).values_list("person", flat=True))
    absent = Answer.objects.filter(meeting=meeting, coming=Coming.ABSENT).exclude(person__in=there)
    rows = [Attendance(person_id=person, was_there=True, minutes=meeting.minutes) for person in there]
    rows += [Attendance(person_id=row.person_id, address=row.address, was_there=False, minutes=0) for row in absent]
    for row in rows:
        row.meeting, row.marked_by = meeting, by
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)
    ledger.write(meeting)
    record("meetings.marked", by=by, about=meeting, community=meeting.community_id)
    streams.tell(f"meeting:{meeting.pk}", "attendance")


MEETING = Runnable(
    steps=steps,
    may_lead=lambda meeting, user: meeting.community_id in standing(user).leads,
    ended=ended,
    arrived=arrived,
    title=lambda meeting: meeting.called,
    why_not_start=why_not_start,
    ends_at=lambda meeting: meeting.ends_at,
    expected=lambda meeting: meeting.expected(),
    link=lambda meeting: meeting.link if meeting.place != "onsite" else "",
)
