"""Every state, verb and role beside the table: what is not in it is refused, whoever asks."""

from collections import defaultdict

import pytest
from django.db import transaction

from core.refusals import Refused
from core.standing import forget
from lessonstudy import steps
from lessonstudy.actions import moving
from lessonstudy.choices import Halt, Role, State, Template
from lessonstudy.models import CycleMember, Move
from tests import cast as make
from tests.lessonstudy import world

S = State

#: The table as the teams know it, typed over from the handbook: (from, verb, to, who).
HANDBOOK = {
    (S.CONCEPT, "orient", S.ORIENTING, "guide"),
    (S.ORIENTING, "design", S.DESIGNING, "guide"),
    (S.DESIGNING, "make_ready", S.READY, "guide"),
    (S.READY, "reopen", S.DESIGNING, "guide"),
    (S.READY, "give", S.GIVEN, "guide teacher"),
    (S.GIVEN, "discuss", S.DISCUSSING, "chair guide"),
    (S.GIVEN, "break_off", S.READY, "guide"),
    (S.DISCUSSING, "redesign", S.REDESIGNING, "guide"),
    (S.DISCUSSING, "reflect", S.REFLECTING, "guide"),
    (S.REDESIGNING, "make_ready_again", S.READY, "guide"),
    (S.REFLECTING, "share", S.SHARING, "guide"),
    (S.SHARING, "withhold", S.REFLECTING, "member"),
    (S.SHARING, "complete", S.DONE, "guide"),
}
#: What each person of `people` is, in the words of the table.
PARTS = {
    "guide": {"guide", "member"},
    "deputy": {"guide", "member"},
    "teacher": {"teacher", "member"},
    "chair": {"chair", "member"},
    "member": {"member"},
    "expert": set(),
    "friend": set(),
    "guest": set(),
    "former": set(),
    "colleague": set(),
    "leader": set(),
    "administrator": set(),
    "stranger": set(),
}
WITH_LESSON = {S.DESIGNING, S.READY, S.GIVEN, S.DISCUSSING, S.REFLECTING, S.SHARING, S.DONE}


def people(cast, cycle):
    """Somebody for each role."""
    named = {name: make.person(f"{name.title()} Bakker") for name in ("deputy", "member", "friend", "guest", "former")}
    for name, role in (("deputy", "teacher"), ("member", "teacher"), ("friend", "friend"), ("guest", "guest")):
        CycleMember.objects.create(cycle=cycle, person=named[name], role=role, is_deputy=name == "deputy",
                                   charter_accepted_at=cycle.created_at)  # fmt: skip
    CycleMember.objects.create(cycle=cycle, person=named["former"], role=Role.TEACHER, left_at=cycle.created_at)
    colleague = make.person("Collega Bakker")
    make.member(cast.maths, colleague)
    for member in cycle.members.team().filter(approvals=None):
        cycle.outcome.approvals.create(member=member, due_on=cycle.created_at)
    return named | {
        "guide": cast.fatima, "teacher": cast.amina, "chair": cast.tom, "expert": cast.gijs, "colleague": colleague,
        "leader": cast.bram, "administrator": cast.paula, "stranger": cast.dele,
    }  # fmt: skip


def states(template):
    return dict.fromkeys([S.CONCEPT, *(state for step in steps.STEPS[template] for state in (*step.sources, step.to))])


def ready_for_all(cast, template, state):
    """A cycle in this state whose hard guards hold: what is asked may be passed over, what is hard may not."""
    cycle = world.a_cycle(cast, state, template=template, days=-1 if state != S.GIVEN else None)
    if not hasattr(cycle, "outcome"):
        world._outcome(cycle, done=False)
    return type(cycle).objects.get(pk=cycle.pk)


def outcome_of(cycle, verb, by):
    """The state this brings, or None where it is refused; nothing of it stays."""
    forget(by)
    with transaction.atomic():
        if verb == "complete" and hasattr(cycle, "outcome"):
            cycle.outcome.approvals.update(answer="yes")
        try:
            found = moving.take(cycle, verb, by=by, because="Omdat het zo uitkomt.").became
        except Refused:
            found = None
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("template", Template.values)
def test_every_state_verb_and_role_beside_the_table(cast, template):
    verbs = {step.verb for step in steps.STEPS[template]}
    wrong = []
    for state in states(template):
        with transaction.atomic():
            cycle = ready_for_all(cast, template, state)
            for role, person in people(cast, cycle).items():
                parts = set(PARTS[role])
                if not cycle.has_lessons or state not in WITH_LESSON:
                    parts -= {"teacher", "chair"}
                for verb in verbs:
                    step = next((s for s in steps.STEPS[template] if s.verb == verb and state in s.sources), None)
                    wanted = step.to if step and step.who & parts else None
                    got = outcome_of(cycle, verb, person)
                    if got != wanted:
                        wrong.append(f"{state} {verb} by {role}: {got}, not {wanted}")
            transaction.set_rollback(True)
    assert not wrong


def test_the_table_is_that_of_the_handbook():
    said = {
        (source, step.verb, step.to, " ".join(sorted(step.who)))
        for step in steps.LESSON_STUDY
        for source in step.sources
    }
    assert said == HANDBOOK


@pytest.mark.parametrize("template", Template.values)
def test_no_two_steps_of_one_name_leave_one_state(template):
    seen = defaultdict(int)
    for step in steps.STEPS[template]:
        for state in step.sources:
            seen[state, step.verb] += 1
    assert set(seen.values()) == {1}


@pytest.mark.parametrize("halt", [Halt.PAUSED, Halt.STOPPED])
def test_a_cycle_that_stands_still_takes_no_step(cast, halt):
    for state in world.ORDER:
        with transaction.atomic():
            cycle = ready_for_all(cast, Template.LESSON_STUDY, state)
            type(cycle).objects.filter(pk=cycle.pk).update(halt=halt)
            assert not [step.verb for step in steps.LESSON_STUDY if outcome_of(cycle, step.verb, cast.fatima)]
            transaction.set_rollback(True)


# Guards -------------------------------------------------------------------------------------------


def test_what_is_asked_may_be_passed_over_with_a_reason_that_is_kept(cast):
    cycle = world.a_cycle(cast, S.CONCEPT)
    cycle.members.filter(person__in=[cast.amina, cast.tom]).delete()
    with pytest.raises(Refused, match="drie is het minste"):
        moving.take(cycle, "orient", by=cast.fatima)
    moving.take(cycle, "orient", by=cast.fatima, because="Tom begint na de vakantie.")
    move = Move.objects.get(cycle=cycle)
    assert move.reason == "Tom begint na de vakantie."
    assert len(move.passed_over) == 1
    assert move.by == cast.fatima


def test_no_reason_passes_over_what_is_hard(cast):
    cycle = world.a_cycle(cast, S.READY, days=3)
    with pytest.raises(Refused, match="nog niet begonnen"):
        moving.take(cycle, "give", by=cast.amina, because="We zijn vroeg.")


def test_no_camera_before_parents_know(cast):
    cycle = world.a_cycle(cast, S.DESIGNING)
    cycle.lessons.update(is_filmed=True)
    with pytest.raises(Refused, match="ouders weten het nog niet"):
        moving.take(cycle, "make_ready", by=cast.fatima, because="Komt nog.")


def test_going_back_asks_why(cast):
    cycle = world.a_cycle(cast, S.READY)
    with pytest.raises(Refused, match="Schrijf op waarom"):
        moving.take(cycle, "reopen", by=cast.fatima)


def test_a_refusal_changes_nothing(cast):
    cycle = world.a_cycle(cast, S.READY)
    with pytest.raises(Refused):
        moving.take(cycle, "reopen", by=cast.fatima)
    cycle.refresh_from_db()
    assert cycle.state == S.READY
    assert not cycle.moves.exists()


def test_the_refusal_names_who_may(cast):
    cycle = world.a_cycle(cast, S.GIVEN)
    with pytest.raises(Refused, match="Tom Hendriks of Fatima Aydin"):
        moving.take(cycle, "discuss", by=cast.amina)


# What follows -------------------------------------------------------------------------------------


def test_the_notes_open_with_the_discussion(cast):
    cycle = world.a_cycle(cast, S.GIVEN)
    lesson = cycle.lessons.get()
    assert not lesson.is_open
    moving.take(cycle, "discuss", by=cast.tom)
    lesson.refresh_from_db()
    assert lesson.is_open
    assert lesson.discussion.order == cycle.order


def test_a_lesson_that_was_broken_off_is_arranged_anew_and_keeps_its_notes(cast):
    cycle = world.a_cycle(cast, S.GIVEN)
    lesson = cycle.lessons.get()
    seen = lesson.observations.count()
    moving.take(cycle, "break_off", by=cast.fatima, because="Het brandalarm ging.")
    lesson.refresh_from_db()
    assert lesson.state == "broken_off"
    assert lesson.observations.count() == seen
    with pytest.raises(Refused, match="nog geen datum"):
        moving.take(cycle, "give", by=cast.fatima)
    world.a_lesson(cycle, cast, cycle.plan, days=0)
    moving.take(cycle, "give", by=cast.amina)


def test_the_next_round_has_its_own_lesson_and_plan(cast):
    cycle = world.a_cycle(cast, S.DISCUSSING)
    before = cycle.plan
    moving.take(cycle, "redesign", by=cast.fatima, because="We weten genoeg.")
    cycle.refresh_from_db()
    assert cycle.round == 2
    assert cycle.plan.parent == before
    assert cycle.plan.frozen_at is None
    assert before.frozen_at
    assert "datum voor de les" in " ".join(steps.asked(cycle, steps.step(cycle, "make_ready_again")))


def test_a_pause_resumes_where_it_stood(cast):
    cycle = world.a_cycle(cast, S.DISCUSSING)
    moving.pause(cycle, by=cast.fatima, because="Amina is met verlof.")
    with pytest.raises(Refused, match="gepauzeerd"):
        moving.take(cycle, "reflect", by=cast.fatima, because="Toch.")
    moving.resume(cycle, by=cast.fatima)
    cycle.refresh_from_db()
    assert (cycle.state, cycle.halt) == (S.DISCUSSING, Halt.ACTIVE)
    assert list(cycle.moves.values_list("verb", flat=True)) == ["pause", "resume"]


def test_who_gave_and_saw_the_lesson_has_its_hours(cast):
    from organisations.models import Hours

    cycle = world.a_cycle(cast, S.READY, days=-1)
    cycle.lessons.get().assignments.filter(observer=cast.tom).update(was_absent=True)
    moving.take(cycle, "give", by=cast.amina)
    assert set(Hours.objects.values_list("person", "kind", "minutes")) == {
        (cast.amina.pk, "cycle", 45),
        (cast.fatima.pk, "cycle", 45),
    }


def test_one_who_does_not_agree_brings_it_back(cast):
    cycle = world.a_cycle(cast, S.SHARING)
    moving.take(cycle, "withhold", by=cast.tom, because="Onze twijfel over de tijd staat er niet in.")
    cycle.refresh_from_db()
    assert cycle.state == S.REFLECTING
    assert cycle.outcome.approvals.get(member__person=cast.tom).answer == "no"


def test_completed_its_clock_runs(cast):
    cycle = world.a_cycle(cast, S.SHARING)
    cycle.outcome.approvals.update(answer="yes")
    moving.take(cycle, "complete", by=cast.fatima)
    cycle.refresh_from_db()
    assert cycle.ended_at
    assert (cycle.purge_on - cycle.ended_at.date()).days in (364, 365)


def test_an_inquiry_goes_back_to_any_earlier_phase(cast):
    cycle = world.a_cycle(cast, S.ANALYSING, template="research")
    moving.take(cycle, "back_to_planning", by=cast.fatima, because="We misten een bron.")
    cycle.refresh_from_db()
    assert cycle.state == S.PLANNING
    moving.take(cycle, "skip_drafting", by=cast.fatima)
    cycle.refresh_from_db()
    assert cycle.state == S.COLLECTING


def test_after_the_last_round_the_likely_step_is_to_look_back(cast):
    cycle = world.a_cycle(cast, "discussing")
    assert steps.following(cycle)[0].verb == "redesign"
    cycle.round = cycle.rounds
    assert steps.following(cycle)[0].verb == "reflect"
