"""What a team makes of facts: patterns, what they mean, and what changes because of them."""

import pytest
from django.urls import reverse

from core.refusals import Refused
from lessonstudy.actions import analysing, moving
from lessonstudy.models import Interpretation, Pattern, Revision, Stage
from tests.lessonstudy import world


@pytest.fixture
def cycle(cast):
    return world.a_cycle(cast, "discussing")


@pytest.fixture
def lesson(cycle):
    return cycle.lessons.get()


@pytest.fixture
def notes(lesson):
    return list(lesson.observations.order_by("pk"))


def url(name, row):
    return reverse(f"lessonstudy:{name}", args=[row.pk])


def test_a_pattern_points_at_its_notes(signed_in, cast, lesson, notes):
    said = {"title": "Wie meet, schat niet meer", "text": "A en B.", "notes": [notes[0].pk, notes[4].pk]}
    assert signed_in(cast.amina).post(url("add_pattern", lesson), said).status_code == 302
    pattern = Pattern.objects.get()
    assert set(pattern.observations.all()) == {notes[0], notes[4]}
    html = signed_in(cast.tom).get(url("matrix", lesson)).text
    assert "Wie meet, schat niet meer" in html


def test_a_note_of_another_lesson_cannot_be_cited(cast, lesson):
    other = world.a_cycle(cast, "discussing", title="Klokkijken").lessons.get()
    with pytest.raises(Refused):
        analysing.keep_pattern(lesson, by=cast.tom, title="Patroon", notes=[other.observations.first().pk])


def test_what_a_fact_means_stands_under_a_name_and_colleagues_second_it(signed_in, cast, lesson, notes):
    thought = analysing.keep_thought(lesson, by=cast.tom, text="Vouwen gaat voor rekenen.", notes=[notes[0].pk])
    signed_in(cast.amina).post(url("second_thought", thought))
    assert list(thought.seconded_by.all()) == [cast.amina]
    assert "Amina" in signed_in(cast.fatima).get(url("matrix", lesson)).text
    with pytest.raises(Refused):
        analysing.second(thought, by=cast.tom)
    analysing.keep_thought(lesson, by=cast.tom, text="Vouwen gaat voor tellen.", thought=thought)
    assert not thought.seconded_by.exists()  # she agreed with other words
    signed_in(cast.amina).post(url("second_thought", thought))
    signed_in(cast.amina).post(url("second_thought", thought))
    assert not thought.seconded_by.exists()


def test_only_her_own_thought_is_changed_by_her(signed_in, cast, lesson):
    thought = analysing.keep_thought(lesson, by=cast.tom, text="Vouwen gaat voor rekenen.")
    assert signed_in(cast.amina).get(url("edit_thought", thought)).status_code in (403, 404)
    assert signed_in(cast.amina).post(url("remove_thought", thought)).status_code in (403, 404)
    assert signed_in(cast.tom).post(url("remove_thought", thought)).status_code == 302
    assert not Interpretation.objects.exists()


def test_before_the_notes_are_open_nobody_says_what_they_mean(cast):
    lesson = world.a_cycle(cast, "given").lessons.get()
    with pytest.raises(Refused):
        analysing.keep_thought(lesson, by=cast.tom, text="Het ging te snel.")


def test_a_change_without_a_note_is_given_back_with_what_was_typed(signed_in, cast, lesson):
    stage = lesson.plan.stages.first()
    said = {"stage": str(stage.uid), "field": "teacher_does", "becomes": "Laat eerst schatten."}
    answer = signed_in(cast.amina).post(url("add_revision", lesson), said)
    assert answer.status_code == 422
    assert "Laat eerst schatten." in answer.text
    assert not Revision.objects.exists()


def test_a_change_says_what_stood_there_by_itself(cast, lesson, notes):
    stage = lesson.plan.stages.first()
    change = analysing.keep_revision(
        lesson, by=cast.amina, stage=stage.uid, becomes="Laat eerst schatten.", notes=[notes[0].pk]
    )
    assert change.was == stage.teacher_does


def test_a_change_goes_into_the_plan_of_the_next_lesson_once_that_is_open(signed_in, cast):
    cycle = _with_a_written_plan(cast)
    lesson = cycle.lessons.get()
    stage = lesson.plan.stages.first()
    change = analysing.keep_revision(
        lesson, by=cast.amina, stage=stage.uid, becomes="Laat eerst schatten.", notes=[lesson.observations.first().pk]
    )
    with pytest.raises(Refused):
        analysing.put_in(change, by=cast.amina)
    for pupil in cycle.pupils.all():
        lesson.discussion.findings.create(pupil=pupil, text="Schat eerst.")
    moving.take(cycle, "redesign", by=cast.fatima)
    assert signed_in(cast.amina).post(url("put_in_revision", change)).status_code == 302
    cycle.refresh_from_db()
    assert Stage.objects.get(plan=cycle.plan, uid=stage.uid).teacher_does == "Laat eerst schatten."
    assert Stage.objects.get(pk=stage.pk).teacher_does == stage.teacher_does  # the fixed plan stays
    change.refresh_from_db()
    with pytest.raises(Refused):
        analysing.put_in(change, by=cast.amina)


def test_what_the_team_wrote_there_meanwhile_stays(cast):
    change = Revision(was="Vraagt: hoe?", becomes="Laat eerst schatten.")
    assert analysing._renewed("Vraagt: hoe?", change) == "Laat eerst schatten."
    assert analysing._renewed("Wacht. Vraagt: hoe?", change) == "Wacht. Laat eerst schatten."
    assert analysing._renewed("Iets heel anders.", change) == "Iets heel anders.\nLaat eerst schatten."


def _with_a_written_plan(cast):
    """A cycle whose plan was written in its document, as a team does."""
    from lessonstudy import documents, plans

    cycle = world.a_cycle(cast, "orienting", title="Breuken in het echt")
    world.add_pupils(cycle)
    plan = plans.open_for(cycle)
    stage = plan.stages.first()
    from lessonstudy.actions import plans as writing

    writing.edit(plan, lambda doc: documents.write(doc, stage.uid, {"teacher_does": "Vraagt: hoe?"}), by=cast.tom)
    plans.freeze(plan, cast.fatima)
    cycle.plan, cycle.state = plan, "discussing"
    cycle.save()
    lesson = world.a_lesson(cycle, cast, plan, days=0, given=True)
    world.observe(lesson)
    world.open_discussion(lesson)
    return cycle


def test_what_is_in_the_plan_is_changed_there(cast, lesson, notes):
    from django.utils.timezone import now

    change = Revision.objects.create(
        lesson=lesson, stage_uid=lesson.plan.stages.first().uid, becomes="Anders.", put_in_at=now()
    )
    with pytest.raises(Refused):
        analysing.remove(change, by=cast.amina)
    with pytest.raises(Refused):
        analysing.keep_revision(
            lesson, by=cast.amina, stage=change.stage_uid, becomes="Toch niet.", notes=[notes[0].pk], revision=change
        )


def test_the_expert_writes_along_and_a_guest_only_reads(signed_in, cast, cycle, lesson):
    assert signed_in(cast.gijs).get(url("add_thought", lesson)).status_code == 200
    cycle.members.filter(person=cast.gijs).update(role="guest")
    assert signed_in(cast.gijs).get(url("matrix", lesson)).status_code == 200
    assert signed_in(cast.gijs).get(url("add_thought", lesson)).status_code == 403
