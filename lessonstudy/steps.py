"""The steps of a cycle, written once: from where to where, who may, and what must be so first.

A guard (`guards.py`) is a function of the cycle that returns a sentence, or "". Those under `hard` always hold; those
under `asks` may be passed over with "go on all the same, because …", and the reason is kept. `why_not(cycle, step)` is
the refusal of a deed and the words beside a button; the pages, the actions and the test of every state, verb and role
read this table.
"""

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lessonstudy import guards
from lessonstudy.choices import Halt, State, Template

GUIDE, TEACHER, CHAIR, MEMBER = "guide", "teacher", "chair", "member"


@dataclass(frozen=True)
class Step:
    """One step: its verb, the states it leads from and to, and who may take it."""

    verb: str
    label: str
    sources: tuple
    to: str
    who: frozenset = frozenset({GUIDE})
    hard: tuple = ()
    asks: tuple = ()
    needs_reason: bool = False
    goes_back: bool = False


def _step(verb, label, sources, to, **more):
    sources = (sources,) if isinstance(sources, State) else tuple(sources)
    return Step(verb, label, sources, to, **more)


S = State

READY = {"hard": (guards.parents_are_informed,), "asks": (
    guards.plan_has_stages, guards.pupils_are_described, guards.pupils_have_predictions, guards.pupils_are_observed,
    guards.lesson_is_arranged, guards.cover_is_arranged,
)}  # fmt: skip

LESSON_STUDY = (
    _step("orient", _("Begin"), S.CONCEPT, S.ORIENTING,
          asks=(guards.team_is_large_enough, guards.charter_is_accepted)),
    _step("design", _("Go and design the lesson"), S.ORIENTING, S.DESIGNING,
          asks=(guards.question_is_about_pupils, guards.has_sources)),
    _step("make_ready", _("Fix the plan for the lesson"), S.DESIGNING, S.READY, **READY),
    _step("reopen", _("Change the plan after all"), S.READY, S.DESIGNING, needs_reason=True, goes_back=True),
    _step("give", _("The lesson was given"), S.READY, S.GIVEN, who=frozenset({GUIDE, TEACHER}),
          hard=(guards.lesson_has_begun,)),
    _step("break_off", _("The lesson was broken off"), S.GIVEN, S.READY, needs_reason=True, goes_back=True),
    _step("discuss", _("Open the discussion"), S.GIVEN, S.DISCUSSING, who=frozenset({GUIDE, CHAIR}),
          asks=(guards.observers_handed_in, guards.pupils_were_heard, guards.discussed_within_a_day)),
    _step("redesign", _("Revise the lesson"), S.DISCUSSING, S.REDESIGNING,
          asks=(guards.finding_per_pupil, guards.revision_with_evidence)),
    _step("reflect", _("Look back on it all"), S.DISCUSSING, S.REFLECTING, asks=(guards.was_last_round,)),
    _step("make_ready_again", _("Fix the plan for the next lesson"), S.REDESIGNING, S.READY, **READY),
    _step("share", _("Ask the team to agree"), S.REFLECTING, S.SHARING,
          hard=(guards.outcome_is_checked,), asks=(guards.outcome_is_complete,)),
    _step("withhold", _("I do not agree yet"), S.SHARING, S.REFLECTING, who=frozenset({MEMBER}),
          needs_reason=True, goes_back=True),
    _step("complete", _("Complete the cycle"), S.SHARING, S.DONE, hard=(guards.all_agreed,)),
)  # fmt: skip


def _inquiry(*states):
    """Forward one by one, and back to any earlier phase: going back is allowed and logged."""
    forward = [
        _step(f"to_{after}", after.label, before, after, asks=(guards.phase_is_written,))
        for before, after in pairwise(states)
    ]
    back = [
        _step(f"back_to_{state}", state.label, states[n + 1 :], state, needs_reason=True, goes_back=True)
        for n, state in enumerate(states[:-1])
    ]
    return tuple(forward + back)


#: Designing something is optional in practice research: one goes on from planning to collecting as well.
RESEARCH_PHASES = (S.ORIENTING, S.AIMING, S.PLANNING, S.DRAFTING, S.COLLECTING, S.ANALYSING, S.REPORTING)
DATA_PHASES = (S.PROBLEM, S.CAUSE, S.MEASURE, S.EFFECT)
SHARED = LESSON_STUDY[-3:]


def _begins(state):
    return _step("begin", _("Begin"), S.CONCEPT, state, asks=(guards.charter_is_accepted,))


def _reports(state):
    return _step("share", _("Ask the team to agree"), state, S.SHARING,
                 hard=(guards.outcome_is_checked,), asks=(guards.outcome_is_complete,))  # fmt: skip


def _withholds(state):
    return _step("withhold", _("I do not agree yet"), S.SHARING, state, who=frozenset({MEMBER}),
                 needs_reason=True, goes_back=True)  # fmt: skip


COMPLETE = LESSON_STUDY[-1]
RESEARCH = (
    _begins(S.ORIENTING),
    *_inquiry(*RESEARCH_PHASES),
    _step("skip_drafting", S.COLLECTING.label, S.PLANNING, S.COLLECTING, asks=(guards.phase_is_written,)),
    _reports(S.REPORTING), _withholds(S.REPORTING), COMPLETE,
)  # fmt: skip
DATA_TEAM = (_begins(S.PROBLEM), *_inquiry(*DATA_PHASES), _reports(S.EFFECT), _withholds(S.EFFECT), COMPLETE)

STEPS = {
    Template.LESSON_STUDY: LESSON_STUDY,
    Template.SHORT: LESSON_STUDY,
    Template.RESEARCH: RESEARCH,
    Template.DATA_TEAM: DATA_TEAM,
}

#: What the bar above a page shows: (label, the states that belong to it).
PHASES = {
    Template.LESSON_STUDY: (
        (_("Choose a goal"), (S.CONCEPT, S.ORIENTING)),
        (_("Design the lesson"), (S.DESIGNING, S.READY)),
        (_("Give and observe"), (S.GIVEN,)),
        (_("Discuss"), (S.DISCUSSING,)),
        (_("Revise"), (S.REDESIGNING,)),
        (_("Share"), (S.REFLECTING, S.SHARING, S.DONE)),
    ),
    Template.RESEARCH: (
        *((state.label, (S.CONCEPT, state) if state == S.ORIENTING else (state,)) for state in RESEARCH_PHASES),
        (_("Share"), (S.SHARING, S.DONE)),
    ),
    Template.DATA_TEAM: (
        *((state.label, (S.CONCEPT, state) if state == S.PROBLEM else (state,)) for state in DATA_PHASES),
        (_("Share"), (S.SHARING, S.DONE)),
    ),
}
PHASES[Template.SHORT] = PHASES[Template.LESSON_STUDY]

#: What a team of an inquiry writes: phase -> ((key, label), …).
HEADINGS = {
    (Template.RESEARCH, S.ORIENTING): (("occasion", _("What we ran into")), ("sources", _("What we read and heard"))),
    (Template.RESEARCH, S.AIMING): (("subquestions", _("Sub-questions")), ("terms", _("What we mean by it"))),
    (Template.RESEARCH, S.PLANNING): (("instruments", _("How we collect")), ("planning", _("Who does what, when"))),
    (Template.RESEARCH, S.DRAFTING): (("draft", _("What we made")),),
    (Template.RESEARCH, S.COLLECTING): (("collected", _("What we collected, of whom")),),
    (Template.RESEARCH, S.ANALYSING): (("analysis", _("What we see in it")), ("conclusion", _("Our answer"))),
    (Template.RESEARCH, S.REPORTING): (("recommendations", _("What we recommend")),
                                        ("friend", _("What our critical friend says"))),
    (Template.DATA_TEAM, S.PROBLEM): (("problem", _("What is the matter, in figures")),
                                      ("goal", _("What we want to reach"))),
    (Template.DATA_TEAM, S.CAUSE): (("hypothesis", _("What might be the cause")), ("data", _("Which figures show it")),
                                    ("verdict", _("Was it the cause?"))),
    (Template.DATA_TEAM, S.MEASURE): (("measure", _("What we do about it")), ("planning", _("Who does what, when"))),
    (Template.DATA_TEAM, S.EFFECT): (("effect", _("What it brought, in figures")),
                                     ("conclusion", _("What we go on with"))),
}  # fmt: skip


def of(cycle):
    """All steps of this cycle's template."""
    return STEPS[cycle.template]


def step(cycle, verb):
    """The step of this name from where the cycle is; None where there is none."""
    return next((each for each in of(cycle) if each.verb == verb and cycle.state in each.sources), None)


def open_to(cycle, parts):
    """The steps from where the cycle is that somebody with these parts may take, forward ones first."""
    if cycle.halt != Halt.ACTIVE:
        return []
    found = [each for each in of(cycle) if cycle.state in each.sources and each.who & parts]
    return sorted(found, key=lambda each: each.goes_back)


def following(cycle):
    """The steps that lead on from where the cycle is, the likely one first: after the last round one looks back."""
    found = [each for each in of(cycle) if cycle.state in each.sources and not each.goes_back]
    is_last = cycle.round >= cycle.rounds
    return sorted(found, key=lambda each: is_last and each.verb == "redesign")


def parts_of(user, cycle):
    """What this person is in this cycle now: guide, teacher or chair of the lesson of this round, member."""
    from lessonstudy.rules import standing

    mine, found = standing(user), set()
    if cycle.pk in mine.guides:
        found.add(GUIDE)
    if cycle.pk in mine.takes_part and any(row.person_id == user.pk for row in cycle.team):
        found.add(MEMBER)
    lesson = guards.lesson_of(cycle)
    if lesson and cycle.pk in mine.works_on:
        found |= {TEACHER} if lesson.teacher_id == user.pk else set()
        found |= {CHAIR} if lesson.chair_id == user.pk else set()
    return frozenset(found)


def refused(cycle, step):
    """The sentences of this step's hard guards that stand in its way."""
    return [sentence for guard in step.hard if (sentence := guard(cycle))]


def asked(cycle, step):
    """The sentences of its other guards: one may go on all the same, with a reason."""
    return [sentence for guard in step.asks if (sentence := guard(cycle))]


def why_not_step(cycle, verb):
    """Why nobody takes this step now, whoever she is: the state, a pause."""
    if cycle.halt == Halt.PAUSED:
        return _now("This cycle is paused. Resume it first.")
    if cycle.halt == Halt.STOPPED:
        return _now("This cycle was stopped.")
    if step(cycle, verb) is None:
        return _now("This step does not follow from where you are: %(state)s.") % {"state": cycle.get_state_display()}
    return ""
