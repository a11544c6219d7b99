"""Class visits in any state, straight in rows: Amina is visited, Tom looks."""

from datetime import time, timedelta

from core.time import today
from lessonstudy.visits.choices import Direction, State, Way
from lessonstudy.visits.models import CoverNeed, Feedback, Slot, Visit

QUESTION = "Wanneer gaan ze met elkaar in gesprek over de som?"
WITH_TIME = {State.ACCEPTED, State.COVER, State.PLANNED, State.VISITED, State.DISCUSSED, State.CLOSED}
AFTER = {State.VISITED, State.DISCUSSED, State.CLOSED}


def a_visit(cast, state="open", *, direction=Direction.COME, way=Way.FULL, manner="live", days=None, **fields):
    """A visit in this state, as its steps would have left it."""
    visited, visitor = fields.pop("visited", cast.amina), fields.pop("visitor", cast.tom)
    opener, other = (visited, visitor) if direction == Direction.COME else (visitor, visited)
    known = state not in (State.OPEN, State.OFFERED) or (state == State.OFFERED and direction == Direction.GO)
    visit = Visit.objects.create(
        community=cast.maths, opened_by=opener, other=fields.pop("other", other if known else None),
        direction=direction, way=way, manner=manner, state=state, question=QUESTION, **fields,
    )  # fmt: skip
    if manner == "live" and state != State.OPEN:
        days = days if days is not None else (-2 if state in AFTER else 9)
        slot = a_slot(visit, days)
        if state in WITH_TIME:
            visit.slot = slot
            visit.save()
    if state in AFTER:
        visit.minutes = 50
        visit.save()
        Feedback.objects.create(visit=visit)
    return Visit.objects.get(pk=visit.pk)


def a_slot(visit, days=9, starts=time(9, 0), ends=time(9, 50)):
    slot = Slot.objects.create(visit=visit, held_on=today() + timedelta(days=days), starts=starts, ends=ends)
    slot.refresh_from_db()
    return slot


def cared_for(visit, kind="none", **fields):
    """The class of the visitor, cared for or not."""
    slot = visit.slot
    return CoverNeed.objects.create(
        visit=visit, person=visit.visitor, kind=kind, school=visit.visitor.affiliations.first().school,
        held_on=slot.held_on, starts=slot.starts, ends=slot.ends, **fields,
    )  # fmt: skip


def school_day(days=9):
    """A day about then on which there is school: (day, from, until)."""
    from people.calendar import is_working_day

    day = today() + timedelta(days=days)
    while not is_working_day(day, "Midden"):
        day += timedelta(days=1)
    return (day, time(9, 0), time(9, 50))
