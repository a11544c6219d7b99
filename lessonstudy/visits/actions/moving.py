"""A visit takes a step: only where the table of `steps` lets it, by whom it names, with its guards.

What a step asks for (times, a class that needs somebody, minutes) and what must follow stand here, verb by verb.
"""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core import time
from core.refusals import Refused
from core.text import one_line
from lessonstudy.visits import ledger, steps
from lessonstudy.visits.actions import telling
from lessonstudy.visits.choices import BY_PLANNER, CoverKind
from lessonstudy.visits.ledger import source
from lessonstudy.visits.models import CoverNeed, Feedback, Move, Slot, Visit
from organisations.actions import room
from organisations.choices import RoomFor

MOST_SLOTS, REASON, LONGEST, TALK = 6, 300, 240, 20
TOLD = {
    "offer": "visits.offered", "accept": "visits.accepted", "plan": "visits.planned", "move": "visits.moved",
    "postpone": "visits.postponed", "visit": "visits.visited", "cancel": "visits.cancelled",
}  # fmt: skip


def hold(visit):
    """The visit, locked: two members cannot both take its last time."""
    rows = Visit.objects.select_for_update(of=("self",)).select_related("community", "slot", "opened_by", "other")
    return rows.get(pk=getattr(visit, "pk", visit))


@transaction.atomic
def take(visit, verb, *, by, because="", **given):
    """Take this step, with what it asks for. Refused where the table, a guard or a missing reason forbids."""
    visit = hold(visit)
    parts = steps.parts_of(by, visit)
    if reason := steps.why_not_step(visit, verb, parts):
        raise Refused(reason)
    step = steps.step(visit, verb)
    if sentences := steps.refused(visit, step):
        raise Refused(" ".join(sentences))
    because, passed_over = one_line(because)[:REASON], steps.asked(visit, step)
    if passed_over and not because:
        raise Refused(" ".join(passed_over), "because")
    if step.needs_reason and not because:
        raise Refused(_("Write why, so that your colleague can read it."), "because")
    if visit.other_id is None and steps.OPENER not in parts and verb in ("offer", "accept"):
        visit.other = by
    was, visit.state = visit.state, step.to
    if follow := FOLLOWS.get(verb):
        follow(visit, by, **given)
    visit.save()
    Move.objects.create(
        visit=visit, verb=verb, was=was, became=visit.state, by=by, reason=because, passed_over=passed_over
    )
    if kind := TOLD.get(verb):
        telling.tell(visit, kind, by=by)
    telling.renew(visit)
    if verb == "need_cover" and not steps.class_is_cared_for(visit):
        return take(visit, "plan", by=by)
    return visit


# What a step asks for -----------------------------------------------------------------------------


def a_slot(visit, moment):
    """A row for this moment (day, from, until). Refused where it is past, does not exist, or ends before it begins."""
    day, starts, ends = moment
    if ends <= starts:
        raise Refused(_("The end lies before the beginning."), field="slots")
    if not (time.exists(day, starts) and time.exists(day, ends)):
        raise Refused(_("That hour does not exist: the clocks go forward then."), field="slots")
    if time.instant(day, starts) <= now():
        raise Refused(_("That time is past. Choose a later one."), field="slots")
    if (day - time.today()).days > 366:
        raise Refused(_("That is more than a year away."), field="slots")
    row = Slot.objects.create(visit=visit, held_on=day, starts=starts, ends=ends)
    row.refresh_from_db()
    return row


def lay_out(visit, *, slots=(), link=""):
    """What the visited teacher offers: times, or a film. What was offered before goes."""
    if visit.is_video:
        if not link:
            raise Refused(_("Where is the film? Give its link."), field="link")
        visit.link = link
        return
    if not slots:
        raise Refused(_("Offer at least one time."), field="slots")
    visit.slot = None
    Visit.objects.filter(pk=visit.pk).update(slot=None)
    visit.slots.all().delete()
    for moment in sorted(set(slots))[:MOST_SLOTS]:
        a_slot(visit, moment)


def _offer(visit, by, slots=(), link="", **_more):
    lay_out(visit, slots=slots, link=link)


def _accept(visit, by, slot=None, **_more):
    if visit.is_video:
        return
    chosen = visit.slots.filter(pk=getattr(slot, "pk", slot)).first() if slot else None
    if chosen is None:
        raise Refused(_("Choose one of the times."), field="slot")
    if chosen.has_begun:
        raise Refused(_("That time is past. Choose a later one."), field="slot")
    visit.slot = chosen


def _need_cover(visit, by, *, kind="", school=None, who="", starts=None, ends=None, **_more):
    """The class of the visitor: arranged among themselves, or asked of her school as room in the timetable."""
    if kind not in CoverKind:
        raise Refused(_("Say who looks after your class."), field="kind")
    if school is None:
        raise Refused(_("You work at no school here, so there is no class to look after."), field="school")
    slot = visit.slot
    hours = (starts or slot.starts, ends or slot.ends)
    if hours[1] <= hours[0]:
        raise Refused(_("The end lies before the beginning."), field="ends")
    if hours[0] > slot.starts or hours[1] < slot.ends:
        sentence = _("The visit is from %(hours)s. Your class needs somebody at least then.")
        raise Refused(sentence % {"hours": slot.hours}, field="starts")
    CoverNeed.objects.filter(visit=visit).delete()
    asked = None
    if kind in BY_PLANNER:
        asked = room.ask_for_room(
            by, by=by, school=school, moments=[(slot.held_on, *hours, source(visit.pk))], purpose=RoomFor.VISIT,
            community=visit.community_id,
        )[0]  # fmt: skip
    visit.cover = CoverNeed.objects.create(
        visit=visit, person=by, school=school, kind=kind, who=one_line(who), room=asked, held_on=slot.held_on,
        starts=hours[0], ends=hours[1],
    )  # fmt: skip


def _plan(visit, by, **_more):
    visit.sequence += 1


def _move(visit, by, slots=(), **_more):
    if not slots:
        raise Refused(_("Choose another time."), field="slots")
    visit.slot = a_slot(visit, slots[0])
    visit.sequence += 1


def _postpone(visit, by, **_more):
    _let_go(visit, by)
    visit.sequence += 1


def _cancel(visit, by, **_more):
    _let_go(visit, by)
    visit.ended_at = now()
    visit.sequence += 1


def _let_go(visit, by):
    """Nobody need look after a class."""
    room.drop_room(source(visit.pk), by=by)
    CoverNeed.objects.filter(visit=visit).delete()


def _visit(visit, by, minutes=None, **_more):
    visit.minutes = _some(minutes, visit.slot.length if visit.slot_id else TALK)
    Feedback.objects.get_or_create(visit=visit)
    ledger.write(visit)


def _discuss(visit, by, talked=None, **_more):
    visit.talked = _some(talked, TALK)
    ledger.write(visit)


def _some(minutes, usual):
    """So many minutes as somebody said, if that can be; else the usual."""
    return min(LONGEST, minutes if minutes and minutes > 0 else usual)


def _close(visit, by, **_more):
    visit.ended_at = now()


FOLLOWS = {
    "offer": _offer, "accept": _accept, "need_cover": _need_cover, "plan": _plan, "move": _move,
    "postpone": _postpone, "cancel": _cancel, "visit": _visit, "discuss": _discuss, "close": _close,
}  # fmt: skip
