"""What a member of bad will, or of bad luck, tries; and what must not stay behind."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from core.refusals import Refused
from core.standing import forget
from lessonstudy import guards
from lessonstudy.actions import members, moving, observing, outcomes
from lessonstudy.choices import Role
from lessonstudy.models import Cycle, Observation
from lessonstudy.observing import Note
from lessonstudy.purging import purge
from tests import cast as make
from tests.lessonstudy import world


def left(cycle, person):
    members.leave(cycle.members.get(person=person), by=person)
    forget(person)


@pytest.mark.parametrize("state", ["given", "discussing"])
def test_who_left_reads_nothing_more_not_even_her_own_notes(cast, signed_in, state):
    cycle = world.a_cycle(cast, state)
    note = Observation.objects.filter(lesson__cycle=cycle, observer=cast.tom).first()
    tom = signed_in(cast.tom)
    left(cycle, cast.tom)
    assert not Observation.objects.allowing(cast.tom, "view").exists()
    assert not Observation.objects.allowing(cast.tom, "edit").exists()
    lesson = cycle.lessons.get()
    for name, pk in (("change_note", note.pk), ("note_photo", note.pk), ("matrix", lesson.pk), ("observe", lesson.pk)):
        assert tom.get(reverse(f"lessonstudy:{name}", args=[pk])).status_code == 404


def test_a_photo_is_as_blind_as_its_note(cast, signed_in):
    cycle = world.a_cycle(cast, "given")
    note = Observation.objects.filter(lesson__cycle=cycle, observer=cast.fatima).first()
    note.photo.name = "observations/x.jpg"
    note.save()
    page = reverse("lessonstudy:note_photo", args=[note.pk])
    assert signed_in(cast.tom).get(page).status_code == 404


def test_who_leaves_after_the_lesson_was_there_when_she_noted_something(cast):
    cycle = world.a_cycle(cast, "given")
    lesson = cycle.lessons.get()
    lesson.assignments.update(handed_in_at=None)
    left(cycle, cast.tom)
    row = lesson.assignments.get(observer=cast.tom)
    assert row.handed_in_at and not row.was_absent


def test_who_comes_into_the_team_late_is_asked_too(cast):
    cycle = world.a_cycle(cast, "sharing")
    outcome = cycle.outcome
    outcome.approvals.update(answer="yes")
    els = make.person("Late Bakker")
    make.member(cast.maths, els)
    members.add(cycle, by=cast.fatima, people=[els])
    cycle = Cycle.objects.get(pk=cycle.pk)
    assert "Late Bakker" in guards.all_agreed(cycle)
    with pytest.raises(Refused):
        moving.take(cycle, "complete", by=cast.fatima)
    outcomes.agree(cycle, by=els)
    assert guards.all_agreed(Cycle.objects.get(pk=cycle.pk)) == ""


def test_a_cycle_without_a_guide_is_taken_over_from_within(cast, signed_in):
    cycle = world.a_cycle(cast, "discussing")
    tom = cycle.members.get(person=cast.tom)
    with pytest.raises(Refused):
        members.hand_over(tom, by=cast.tom)  # there is one
    cycle.members.filter(role=Role.GUIDE).update(left_at=now())
    forget(cast.tom)
    assert signed_in(cast.tom).get(reverse("lessonstudy:role", args=[tom.pk])).status_code == 200
    with pytest.raises(Refused):
        members.hand_over(tom, by=cast.els)
    members.hand_over(tom, by=cast.tom)
    assert cycle.members.get(person=cast.tom).role == Role.GUIDE


def test_remarks_on_the_plan_go_with_the_notes(cast):
    cycle = world.a_cycle(cast, "done")
    cycle.plan.comments.create(text="B raadt meestal.", author=cast.tom)
    receipt = purge(cycle)
    assert receipt.counts["remarks"] == 1
    assert not cycle.plan.comments.exists()
    assert all(b"vouwt" not in bytes(plan.document) for plan in cycle.plans.all())


def test_two_who_open_the_discussion_at_once_open_it_once(cast):
    cycle = world.a_cycle(cast, "given")
    moving.take(cycle, "discuss", by=cast.tom)
    with pytest.raises(Refused):
        moving.take(cycle, "discuss", by=cast.fatima)  # her page still said that it could be opened
    assert cycle.moves.filter(verb="discuss").count() == 1


def test_who_only_starts_the_clock_observes_nobody(cast):
    lesson = world.a_cycle(cast, "ready", days=0).lessons.get()
    observing.take(lesson, [], by=cast.amina, began_at=now(), is_ready=True)
    assert not lesson.assignments.filter(observer=cast.amina).exists()
    observing.take(lesson, [Note(key=uuid4(), fact="Zag iets.")], by=cast.amina)
    assert lesson.assignments.get(observer=cast.amina).is_waited_for
