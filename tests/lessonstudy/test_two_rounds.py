"""A team goes all the way, in two rounds, without anything to pass over: every part of Lesson Study hangs together."""

from datetime import time, timedelta
from uuid import uuid4

from core.time import today
from lessonstudy import documents, plans, steps
from lessonstudy.actions import analysing, discussing, making, members, moving, observing, outcomes
from lessonstudy.choices import Role, State
from lessonstudy.guards import CHECKLIST
from lessonstudy.models import Cycle
from tests.lessonstudy import world

PUPILS = (("A", "above"), ("B", "at"), ("C", "below"))


def step(cycle, verb, by):
    """Take it with no reason: nothing may be missing."""
    cycle = Cycle.objects.get(pk=cycle.pk)
    assert steps.asked(cycle, steps.step(cycle, verb)) == []
    moving.take(cycle, verb, by=by)
    return Cycle.objects.get(pk=cycle.pk)


def arranged(cycle, cast, days):
    lesson = making.arrange(
        cycle, by=cast.fatima, held_on=today() + timedelta(days=days), starts=time(0, 0), ends=time(0, 45),
        teacher=cast.amina, chair=cast.tom, recorder=None, school=cast.regenboog, class_label="groep 6",
        cover="arranged", is_filmed=False, parents_informed_on=None,
    )  # fmt: skip
    pupils = list(cycle.pupils.all())
    observing.assign(lesson, {cast.tom: pupils[:1], cast.fatima: pupils[1:]}, by=cast.fatima)
    return lesson


def given(cycle, lesson, cast):
    """The lesson is given, seen, handed in, and each pupil is heard; then the notes open."""
    observing.begin_lesson(lesson, by=cast.amina)
    cycle = step(cycle, "give", cast.amina)
    stages = list(cycle.plan.stages.all())
    for person in (cast.tom, cast.fatima):
        seat = lesson.assignments.get(observer=person)
        for pupil in seat.pupils.all():
            lesson.observations.create(
                observer=person, pupil=pupil, stage=stages[0], key=uuid4(), fact="Vouwt eerst doormidden."
            )
        observing.hand_in(lesson, by=person)
    for pupil in cycle.pupils.all():
        observing.interview(lesson, pupil, {"learned": "Dat ze even groot moeten zijn."}, by=cast.amina)
    return step(cycle, "discuss", cast.tom)


def found(cycle, lesson, cast):
    """What they found of each pupil, and a change because of what Tom saw."""
    lesson.refresh_from_db()
    for pupil in cycle.pupils.all():
        discussing.keep_finding(lesson.discussion, pupil, by=cast.tom, text="Schat eerst.", reached=True)
    seen = lesson.observations.filter(observer=cast.tom)
    return analysing.keep_revision(
        lesson, by=cast.tom, stage=cycle.plan.stages.first().uid, becomes="Laat eerst schatten.", notes=list(seen)
    )


def test_a_team_goes_all_the_way_in_two_rounds(cast):
    cycle = making.start(
        cast.maths, by=cast.fatima, title="Breuken zien", template="lesson_study", team=[cast.amina, cast.tom],
        question="Wat doen leerlingen als het geheel verschilt?",
    )  # fmt: skip
    members.add(cycle, by=cast.fatima, people=[cast.gijs], role=Role.EXPERT)
    making.write_charter(cycle, by=cast.fatima, text="We kijken naar leerlingen.")
    for person in (cast.amina, cast.tom):
        making.accept_charter(cycle, by=person)
    cycle = step(cycle, "orient", cast.fatima)
    making.save_source(cycle, by=cast.gijs, reference="Breuken als eerlijk delen", link="", takes="Begin met delen.")
    cycle = step(cycle, "design", cast.fatima)
    for code, stands_for in PUPILS:
        making.save_pupil(
            cycle, by=cast.amina, code=code, stands_for=stands_for, start="Deelt in tweeën.", target="Deelt in drieën."
        )
    pupils = list(cycle.pupils.all())
    written = documents.change(documents.open_document(), lambda document: world._write_plan(document, pupils))
    plans.keep(cycle.plan, [(uuid4(), written)], by=cast.amina)
    lesson = arranged(cycle, cast, 0)
    cycle = step(cycle, "make_ready", cast.fatima)
    first = cycle.plan
    lesson.refresh_from_db()
    assert lesson.plan == first
    assert first.frozen_at

    cycle = given(cycle, lesson, cast)
    revision = found(cycle, lesson, cast)
    cycle = step(cycle, "redesign", cast.fatima)
    assert cycle.round == 2
    analysing.put_in(revision, by=cast.tom)
    again = arranged(cycle, cast, 0)
    cycle = step(cycle, "make_ready_again", cast.fatima)
    assert cycle.plan.number == 2
    assert cycle.plan.stages.filter(teacher_does="Laat eerst schatten.").exists()
    assert not first.stages.filter(teacher_does="Laat eerst schatten.").exists()

    cycle = given(cycle, again, cast)
    cycle = step(cycle, "reflect", cast.fatima)
    said = {
        "pupils_learned": "Ze schatten eerst.",
        "teachers_learned": "Wij vroegen te snel.",
        "limits": "Drie kinderen.",
    }
    outcomes.edit(cycle, by=cast.amina, version=0, **said)
    outcomes.check(cycle, by=cast.fatima, lines=CHECKLIST)
    cycle = step(cycle, "share", cast.fatima)
    for person in (cast.amina, cast.tom):
        outcomes.agree(cycle, by=person)
    cycle = step(cycle, "complete", cast.fatima)
    assert cycle.state == State.DONE
    assert cycle.outcome.resource
    assert cycle.purge_on
    assert [move.verb for move in cycle.moves.all()] == [
        "orient", "design", "make_ready", "give", "discuss", "redesign", "make_ready_again", "give", "discuss",
        "reflect", "share", "complete",
    ]  # fmt: skip
    assert not cycle.moves.exclude(reason="").exists()
