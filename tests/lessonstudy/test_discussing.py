"""The discussion after a lesson: the notes open, the clock runs, and what was found is kept."""

import uuid

import pytest
from django.urls import reverse
from django.utils.timezone import now

from communities.meetings.actions import running, writing
from communities.meetings.models import Line, Run
from core.refusals import Refused
from core.text import of_the_house
from lessonstudy import talking
from lessonstudy.actions import discussing, moving
from lessonstudy.choices import Order
from lessonstudy.models import Observation
from tests.lessonstudy import world


@pytest.fixture
def cycle(cast):
    return world.a_cycle(cast, "discussing")


@pytest.fixture
def lesson(cycle):
    return cycle.lessons.get()


@pytest.fixture
def discussion(lesson):
    return lesson.discussion


@pytest.fixture
def run(cast, discussion):
    """Tom, who leads the discussion, began it."""
    return discussing.start(discussion, by=cast.tom)


def url(name, lesson, *more):
    return reverse(f"lessonstudy:{name}", args=[lesson.pk, *more])


def test_opening_the_discussion_lets_observers_see_each_others_notes_and_fixes_them(cast):
    cycle = world.a_cycle(cast, "given")
    lesson = cycle.lessons.get()
    seen = Observation.objects.allowing(cast.tom, "view").filter(lesson=lesson)
    assert {each.observer for each in seen} == {cast.tom}
    moving.take(cycle, "discuss", by=cast.tom, because="Gijs was er niet.")
    assert {each.observer for each in seen.all()} == {cast.tom, cast.fatima}
    assert not Observation.objects.allowing(cast.tom, "edit").filter(lesson=lesson).exists()
    assert lesson.discussion.order == cycle.order


def test_opening_twice_opens_once(cast, lesson):
    before = lesson.opened_at
    assert discussing.open(lesson, by=cast.tom) == discussing.open(lesson, by=cast.fatima)
    lesson.refresh_from_db()
    assert lesson.opened_at == before


@pytest.mark.parametrize(
    ("order", "teacher_at", "silent"),
    [(Order.PUPILS, 5, ["wie de les gaf"]), (Order.TEACHER, 1, [])],
)
def test_both_orders_are_known_each_with_who_listens(discussion, order, teacher_at, silent):
    discussion.order = order
    keys = [key for key, _step in talking.script(discussion)]
    steps = dict(talking.script(discussion))
    with of_the_house():
        assert keys.index(talking.TEACHER) == teacher_at
        pupil = next(step for key, step in steps.items() if isinstance(key, tuple))
        assert [str(talking.GAVE_THE_LESSON)] == pupil.silent or not silent
        assert bool(pupil.silent) == bool(silent)
        assert steps[talking.TEACHER].silent == [str(talking.OBSERVERS)]
    assert talking.EXPERT in keys  # Gijs


def test_the_chair_and_the_guide_lead_it_and_nobody_else_does(signed_in, cast, lesson):
    assert signed_in(cast.amina).post(url("start_discussion", lesson)).status_code == 403
    answer = signed_in(cast.tom).post(url("start_discussion", lesson))
    run = Run.objects.get()
    assert answer.url == run.get_absolute_url()
    assert run.seats.get(person=cast.amina).roles  # who gave the lesson, and so listens
    for person, status in ((cast.tom, 302), (cast.fatima, 302), (cast.amina, 403), (cast.gijs, 403), (cast.els, 404)):
        run = Run.objects.get()
        step = signed_in(person).post(reverse("meetings:next_step", args=[run.pk]), {"version": run.version})
        assert (person.name, step.status_code) == (person.name, status)


def test_what_a_team_discusses_is_not_for_the_rest_of_its_plg(signed_in, cast, run):
    from tests.cast import member

    member(cast.maths, cast.els)  # of the PLG, not of the cycle
    writing.write(run, by=cast.amina, text="C begon pas toen de stroken er lagen.", key=uuid.uuid4())
    for name in ("run", "run_state", "run_board"):
        assert signed_in(cast.els).get(reverse(f"meetings:{name}", args=[run.pk])).status_code == 404
    assert signed_in(cast.els).post(reverse("meetings:run_join"), {"code": run.code, "way": "room"}).status_code == 422
    assert not Line.objects.allowing(cast.els, "view").exists()
    assert signed_in(cast.gijs).get(reverse("meetings:run", args=[run.pk])).status_code == 200  # the expert


def test_an_action_point_which_the_whole_plg_would_read_is_refused(cast, run):
    with pytest.raises(Refused):
        writing.agree(run, by=cast.tom, holders=[], text="Stroken snijden", key=uuid.uuid4())


def test_the_notes_of_the_session_become_a_proposal_and_nothing_more(signed_in, cast, run, lesson, discussion):
    pupil = lesson.cycle.pupils.get(code="A")
    at = {key: step.title for key, step in talking.script(discussion)}
    for key, text in (((talking.PUPIL, pupil.pk), "A legt uit met een tekening."), (talking.TEACHING, "Te snel.")):
        step = run.steps.get(title=at[key])
        writing.write(run, by=cast.amina, text=text, key=uuid.uuid4(), step=step.pk)
    running.end(run, by=cast.tom)
    assert talking.proposed(discussion)[talking.PUPIL, pupil.pk] == "A legt uit met een tekening."
    assert not discussion.findings.exists()
    html = signed_in(cast.amina).get(url("discussion", lesson)).text
    assert "A legt uit met een tekening." in html
    assert "Te snel." in html


def test_a_finding_is_kept_and_one_without_words_is_given_back(signed_in, cast, lesson, discussion):
    client, pupil = signed_in(cast.amina), lesson.cycle.pupils.get(code="B")
    name = f"pupil-{pupil.pk}"
    answer = client.post(url("keep_finding", lesson, pupil.pk), {f"{name}-text": "", f"{name}-reached": "no"})
    assert answer.status_code == 422
    answer = client.post(
        url("keep_finding", lesson, pupil.pk), {f"{name}-text": "Schat eerst.", f"{name}-reached": "no"}
    )
    assert answer.status_code == 302
    finding = discussion.findings.get()
    assert (finding.text, finding.reached, finding.changed_by) == ("Schat eerst.", False, cast.amina)


def test_who_left_the_cycle_sees_the_session_no_more(signed_in, cast, cycle, run):
    page = reverse("meetings:run", args=[run.pk])
    assert signed_in(cast.amina).get(page).status_code == 200
    cycle.members.filter(person=cast.amina).update(left_at=now())
    assert signed_in(cast.amina).get(page).status_code in (403, 404)


def test_nothing_is_kept_while_the_cycle_is_paused(cast, cycle, discussion):
    moving.pause(cycle, by=cast.fatima, because="Griep.")
    pupil = cycle.pupils.first()
    with pytest.raises(Refused, match=r"gepauzeerd|paused"):
        discussing.keep_finding(discussion, pupil, by=cast.amina, text="Meet nu.")
    with pytest.raises(Refused):
        discussing.start(discussion, by=cast.tom)


def test_what_was_said_at_another_step_can_be_made_a_pattern(signed_in, cast, run, lesson, discussion):
    at = {key: step.title for key, step in talking.script(discussion)}
    step = run.steps.get(title=at[talking.PATTERNS])
    writing.write(run, by=cast.amina, text="Wie meet, kijkt beter.", key=uuid.uuid4(), step=step.pk)
    running.end(run, by=cast.tom)
    client = signed_in(cast.amina)
    html = client.get(url("discussion", lesson)).text
    assert "Wie meet, kijkt beter." in html
    assert "Wie meet, kijkt beter." in client.get(url("add_pattern", lesson), {"text": "Wie meet, kijkt beter."}).text


def test_who_facilitates_the_plg_but_is_not_of_the_team_comes_in_nowhere(signed_in, cast, run):
    from communities.choices import Role as InPLG
    from tests.cast import member

    member(cast.maths, cast.els, InPLG.FACILITATOR)
    assert signed_in(cast.els).get(reverse("meetings:run", args=[run.pk])).status_code == 404
    assert signed_in(cast.els).post(reverse("meetings:end_run", args=[run.pk])).status_code == 404


def test_what_was_written_in_the_session_goes_with_the_notes(cast, cycle, run):
    from lessonstudy import purging

    writing.write(run, by=cast.amina, text="C begon pas toen de stroken er lagen.", key=uuid.uuid4())
    receipt = purging.purge(cycle)
    assert receipt.counts["sessions"] == 1
    assert not Line.objects.exists()
