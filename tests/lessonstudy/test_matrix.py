"""After the lesson: what was expected beside what was seen."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from lessonstudy.choices import LessonState, Match
from lessonstudy.models import Observation, Revision
from lessonstudy.seeing import Seen
from tests.lessonstudy import world


@pytest.fixture
def cycle(cast):
    """Breuken met stroken, being discussed: nine notes lie open."""
    return world.a_cycle(cast, "discussing")


@pytest.fixture
def lesson(cycle):
    return cycle.lessons.get()


def page_of(client, lesson, name="matrix", **asked):
    return client.get(reverse(f"lessonstudy:{name}", args=[lesson.pk]), asked)


def a_note(lesson, code="B", fact="Vouwt in vieren.", match=Match.OTHER, **fields):
    """One more fact of this lesson."""
    pupil = lesson.cycle.pupils.get(code=code) if code else None
    stage = fields.pop("stage", None) or lesson.plan.stages.first()
    return Observation.objects.create(
        lesson=lesson, observer=fields.pop("observer", lesson.chair), stage=stage, pupil=pupil, key=uuid4(),
        fact=fact, match=match, **{"offset_s": 372} | fields,
    )  # fmt: skip


def test_expected_stands_beside_what_was_seen(signed_in, cast, lesson):
    html = page_of(signed_in(cast.amina), lesson).text
    assert "A vouwt in drieën." in html  # expected
    assert "B vouwt de strook en meet met zijn vinger." in html  # seen
    assert "Fatima" in html
    assert "Tom" in html


def test_who_is_not_of_the_team_sees_nothing_of_it(signed_in, cast, lesson):
    for person in (cast.bram, cast.els, cast.dele, cast.noor, cast.paula):
        assert page_of(signed_in(person), lesson).status_code == 404
        assert page_of(signed_in(person), lesson, "discussion").status_code == 404
        assert page_of(signed_in(person), lesson, "matrix_paper").status_code == 404


def test_before_the_discussion_opens_the_matrix_says_so_and_shows_no_note(signed_in, cast):
    lesson = world.a_cycle(cast, "given").lessons.get()
    answer = page_of(signed_in(cast.tom), lesson)
    assert answer.status_code == 200
    assert "vinger" not in answer.text
    assert page_of(signed_in(cast.tom), lesson, "cell", pupil=1).text.count("Fatima") == 0


def test_a_lesson_that_was_broken_off_keeps_its_notes_closed(signed_in, cast):
    from core.refusals import Refused
    from lessonstudy.actions import discussing

    lesson = world.a_cycle(cast, "given").lessons.get()
    lesson.state = LessonState.BROKEN_OFF
    lesson.save()
    with pytest.raises(Refused):
        discussing.open(lesson, by=cast.tom)
    assert "vinger" not in page_of(signed_in(cast.amina), lesson).text


def test_the_cell_shows_what_most_notes_say_and_that_others_differ(cast, lesson):
    for fact in ("Vouwt dubbel.", "Vouwt nog eens dubbel."):
        a_note(lesson, fact=fact, match=Match.PARTLY)
    a_note(lesson, fact="Meet met een liniaal.", match=Match.OTHER)
    cell = next(each for each in Seen(lesson, cast.tom).rows[0].cells if each.pupil.code == "B")
    assert cell.best.match == Match.PARTLY
    assert [(look, n) for _icon, look, _label, n in cell.others] == [("is-other", 1), ("is-expected", 1)]


def test_the_note_on_which_a_change_rests_stands_for_its_cell(cast, lesson):
    note = a_note(lesson, fact="‘Een kwart is altijd een kwart.’")
    stage = lesson.plan.stages.first()
    change = Revision.objects.create(lesson=lesson, stage_uid=stage.uid, becomes="Laat eerst schatten.")
    change.observations.add(note)
    cell = next(each for each in Seen(lesson, cast.tom, cited={note.pk}).rows[0].cells if each.pupil.code == "B")
    assert cell.best.pk == note.pk
    assert cell.is_cited


def test_a_filter_leaves_only_the_notes_that_say_so(signed_in, cast, lesson):
    html = page_of(signed_in(cast.amina), lesson, match="other").text
    assert html.count("vinger") == 3  # one part of the lesson, three pupils
    assert page_of(signed_in(cast.amina), lesson, match="nonsense").text.count("vinger") == 9


def test_a_note_that_came_in_late_is_marked(signed_in, cast, lesson):
    a_note(lesson, fact="Kwam later binnen.", is_late=True, made_at=now())
    html = page_of(signed_in(cast.tom), lesson, view="line", pupil="B").text
    assert "Kwam later binnen." in html
    assert "half" in html
    assert Seen(lesson, cast.tom).late_count == 1


def test_what_was_taken_back_is_nowhere(signed_in, cast, lesson):
    a_note(lesson, fact="Dit klopte niet.", withdrawn_at=now())
    html = page_of(signed_in(cast.amina), lesson).text + page_of(signed_in(cast.amina), lesson, view="line").text
    assert "Dit klopte niet." not in html


def test_all_notes_of_a_cell_open_as_a_page_and_in_their_place(signed_in, cast, lesson):
    note = a_note(lesson, fact="Knipt door het midden.")
    client, pupil = signed_in(cast.amina), lesson.cycle.pupils.get(code="B")
    asked = {"stage": note.stage_id, "pupil": pupil.pk}
    whole = page_of(client, lesson, "cell", **asked)
    part = client.get(reverse("lessonstudy:cell", args=[lesson.pk]), asked, headers={"HX-Request": "true"})
    for answer in (whole, part):
        assert "Knipt door het midden." in answer.text
    assert "<html" in whole.text
    assert "<html" not in part.text


def test_what_was_seen_of_the_whole_class_has_its_place(signed_in, cast, lesson):
    note = a_note(lesson, code=None, fact="Het werd stil in de klas.", match="")
    client = signed_in(cast.amina)
    assert "Het werd stil in de klas." in page_of(client, lesson, "cell", stage=note.stage_id).text
    assert "Het werd stil in de klas." in page_of(client, lesson, view="line").text


def test_the_paper_is_one_tagged_pdf(signed_in, cast, lesson):
    answer = page_of(signed_in(cast.amina), lesson, "matrix_paper")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in answer.content


def test_another_lesson_of_the_cycle_lies_beside_this_one(signed_in, cast, cycle, lesson):
    cycle.round = 2
    cycle.save()
    again = world.a_lesson(cycle, cast, world.a_plan(cycle, number=2, frozen=True), days=-1, given=True)
    Observation.objects.create(
        lesson=again, observer=cast.tom, pupil=cycle.pupils.get(code="B"), stage=again.plan.stages.first(),
        fact="Legt ze naast elkaar.", match=Match.EXPECTED, key=uuid4(),
    )  # fmt: skip
    world.open_discussion(again)
    html = page_of(signed_in(cast.amina), again).text
    assert reverse("lessonstudy:matrix", args=[lesson.pk]) in html
    assert reverse("lessonstudy:plan_compare", args=[cycle.pk]) not in html  # there is no third plan
    first = page_of(signed_in(cast.amina), lesson).text
    assert "tally" in first
    assert reverse("lessonstudy:plan_compare", args=[cycle.pk]) in first
