"""A cycle takes a step: only where the table of `steps` lets it, by whom it names, with its guards.

What must follow stands here, verb by verb. A step that passes over a guard, or goes back, keeps its reason.
"""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core import streams
from core.refusals import Refused
from core.text import of_the_house, one_line
from lessonstudy import guards, ledger, plans, steps
from lessonstudy.actions import agreeing, discussing, outcomes
from lessonstudy.choices import Halt, LessonState, State
from lessonstudy.models import Cycle, Move

REASON = 300  # letters


def hold(cycle):
    """The cycle, locked: two hands take no two steps at once."""
    pk = getattr(cycle, "pk", cycle)
    return Cycle.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)


@transaction.atomic
def take(cycle, verb, *, by, because=""):
    """Take this step. Raises Refused where the table, its guards or a missing reason forbid it; returns the Move."""
    cycle = hold(cycle)
    if reason := steps.why_not_step(cycle, verb):
        raise Refused(reason)
    step = steps.step(cycle, verb)
    if reason := why_not_by(cycle, step, by):
        raise Refused(reason)
    if sentences := steps.refused(cycle, step):
        raise Refused(" ".join(sentences))
    because = one_line(because)[:REASON]
    passed_over = steps.asked(cycle, step)
    if passed_over and not because:
        raise Refused(" ".join(passed_over), "because")
    if step.needs_reason and not because:
        raise Refused(_("Write why, so that your team can read it back."), "because")
    was, of_round = cycle.state, cycle.round
    cycle.state, cycle.state_since = step.to, now()
    if follow := FOLLOWS.get(verb):
        follow(cycle, by, because)
    cycle.save(update_fields=["state", "state_since", "round", "plan", "ended_at"])
    return _written(cycle, verb, by, was=was, became=step.to, round=of_round, reason=because, passed_over=passed_over)


def why_not_by(cycle, step, by):
    """Why this person does not take this step; the sentence names who does."""
    if step.who & steps.parts_of(by, cycle):
        return ""
    return _("This step is for %(who)s.") % {"who": who_may(cycle, step)}


def who_may(cycle, step):
    """Who takes this step, by name: "Fatima Aydin or Tom Hendriks"."""
    if steps.MEMBER in step.who:
        return _("the members of the team")
    names = []
    lesson = guards.lesson_of(cycle)
    for part, person in (
        (steps.TEACHER, lesson and lesson.teacher),
        (steps.CHAIR, lesson and lesson.chair),
    ):
        names += [person] if part in step.who and person else []
    if steps.GUIDE in step.who:
        names += [row.person for row in cycle.seats if row.is_guiding and row.person_id]
    names = [str(person) for person in dict.fromkeys(names)]
    if not names:
        return _("the process facilitator")
    return _("%(names)s or %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]} if names[1:] else names[0]


def _written(cycle, verb, by, *, kind="lessonstudy.moved", **move):
    row = Move.objects.create(cycle=cycle, verb=verb, by=by, **move)
    team = [member.person for member in cycle.seats if member.person_id]
    record(
        kind, by=by, about=cycle, tell=team, community=cycle.community_id, verb=verb, state=cycle.state, move=row.pk,
    )  # fmt: skip
    streams.tell(cycle.channel, "state")
    return row


# What follows -------------------------------------------------------------------------------------


def _design(cycle, by, because):
    cycle.plan = plans.open_for(cycle, by)


def _make_ready(cycle, by, because):
    """The plan stands as it is from now on, and the lesson is given by it."""
    if cycle.plan:
        plans.freeze(cycle.plan, by)
    cycle.lessons.standing().filter(round=cycle.round).update(plan=cycle.plan_id)


def _reopen(cycle, by, because):
    """A copy to write in; the fixed one stays for who wants to compare."""
    if cycle.plan is None:
        cycle.plan = plans.open_for(cycle, by)
    else:
        cycle.plan = plans.copy(cycle.plan, cycle.round, by=by, summary=because)


def _give(cycle, by, because):
    lesson = guards.lesson_of(cycle)
    lesson.state, lesson.ended_at = LessonState.GIVEN, lesson.ended_at or now()
    lesson.save(update_fields=["state", "ended_at"])
    ledger.write(lesson)


def _break_off(cycle, by, because):
    """Its notes are kept and count no more; the same plan stands for another day."""
    lesson = guards.lesson_of(cycle)
    lesson.state = LessonState.BROKEN_OFF
    lesson.save(update_fields=["state"])


def _discuss(cycle, by, because):
    """From now on observers see each other's notes, and facts stay as they are."""
    lesson = guards.lesson_of(cycle)
    discussing.open(lesson, by=by)
    ledger.write(lesson)


def _redesign(cycle, by, because):
    """The next round begins: its lesson is still to be arranged, its plan is a copy of the last."""
    cycle.round += 1
    _reopen(cycle, by, "")


def _share(cycle, by, because):
    agreeing.ask_team(cycle, by=by)


def _withhold(cycle, by, because):
    agreeing.withheld(cycle, by=by, why=because)


def _complete(cycle, by, because):
    cycle.ended_at = now()
    agreeing.completed(cycle, by=by)
    outcomes.publish(cycle, by=by)


FOLLOWS = {
    "design": _design,
    "make_ready": _make_ready,
    "make_ready_again": _make_ready,
    "reopen": _reopen,
    "give": _give,
    "break_off": _break_off,
    "discuss": _discuss,
    "redesign": _redesign,
    "share": _share,
    "withhold": _withhold,
    "complete": _complete,
}


# A pause, and an end before the end ---------------------------------------------------------------


@transaction.atomic
def pause(cycle, *, by, because):
    """Nothing is asked of the team for a while. It resumes where it stood."""
    return _halt(cycle, Halt.PAUSED, "pause", by, because)


@transaction.atomic
def stop(cycle, *, by, because):
    """It ends here, unfinished. What was noted of pupils goes after the same term as of a completed one."""
    return _halt(cycle, Halt.STOPPED, "stop", by, because)


@transaction.atomic
def resume(cycle, *, by):
    """On where it stood."""
    return _halt(cycle, Halt.ACTIVE, "resume", by, "")


def ended(community, by):
    """Its PLG is completed: what still went on stops, and what was noted of pupils has its day."""
    for cycle in Cycle.objects.going_on().filter(community=community).select_for_update(of=("self",)):
        with of_the_house():
            reason = _("This PLG is completed.")
        _stand_still(cycle, Halt.STOPPED, "stop", by, reason)


def why_not_halt(cycle, halt):
    """Why this cycle is not paused, stopped or resumed now, or ""."""
    if cycle.state == State.DONE:
        return _("This cycle is completed.")
    if cycle.halt == Halt.STOPPED:
        return _("This cycle was stopped.")
    if halt == Halt.ACTIVE and cycle.halt == Halt.ACTIVE:
        return _("This cycle is not paused.")
    return _("This cycle is paused already.") if cycle.halt == halt else ""


def _halt(cycle, halt, verb, by, because):
    cycle = hold(cycle)
    if reason := why_not_halt(cycle, halt):
        raise Refused(reason)
    if steps.GUIDE not in steps.parts_of(by, cycle):
        raise Refused(_("This step is for %(who)s.") % {"who": who_may(cycle, HALTING)})
    because = one_line(because)[:REASON]
    if halt != Halt.ACTIVE and not because:
        raise Refused(_("Write why, so that your team can read it back."), "because")
    return _stand_still(cycle, halt, verb, by, because)


def _stand_still(cycle, halt, verb, by, because):
    cycle.halt, cycle.halt_why = halt, because
    if halt == Halt.STOPPED:
        cycle.ended_at = now()
        agreeing.set_term(cycle)
    cycle.save(update_fields=["halt", "halt_why", "ended_at"])
    same = {"was": cycle.state, "became": cycle.state, "round": cycle.round, "reason": because}
    return _written(cycle, verb, by, kind="lessonstudy.halted", **same)


HALTING = steps.Step("halt", "", (), "")
