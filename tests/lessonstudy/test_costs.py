"""What the pages of a cycle ask of the database: at most twelve questions, and no more for much than for little."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lessonstudy import steps
from lessonstudy.choices import LessonState, Match, State
from lessonstudy.models import Interpretation, Observation, Pattern, Revision
from tests.lessonstudy import world

MOST = 12
OF_CYCLE = ("detail", "members", "charter", "sources", "pupils", "history", "edit", "halt", "arrange")
OF_LESSON = ("lesson", "observe", "assign", "interview", "discussion")
VIEWS = ("side", "line", "meaning")


def asked_by(client, url):
    """How many questions this page asks when it was opened before."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def pages_of(cycle):
    """Every page of this cycle: {name: address}."""
    found = {name: reverse(f"lessonstudy:{name}", args=[cycle.pk]) for name in OF_CYCLE}
    if cycle.state in (State.REFLECTING, State.SHARING, State.DONE):
        found["outcome"] = reverse("lessonstudy:outcome", args=[cycle.pk])
    if cycle.plan_id:
        found["plan_compare"] = reverse("lessonstudy:plan_compare", args=[cycle.pk])
        found["plan"] = reverse("lessonstudy:plan", args=[cycle.pk, cycle.plan.number])
    for step in steps.of(cycle):
        if cycle.state in step.sources and step.who & {steps.GUIDE}:
            found[step.verb] = reverse("lessonstudy:step", args=[cycle.pk, step.verb])
    lesson = cycle.lessons.first()
    if lesson:
        found |= {name: reverse(f"lessonstudy:{name}", args=[lesson.pk]) for name in OF_LESSON}
        matrix = reverse("lessonstudy:matrix", args=[lesson.pk])
        found |= {view: f"{matrix}?view={view}" for view in VIEWS}
    return found


@pytest.mark.parametrize("state", world.ORDER)
def test_no_page_of_a_cycle_asks_more_than_twelve_questions(cast, signed_in, state):
    client = signed_in(cast.fatima)
    asked = {name: asked_by(client, url) for name, url in pages_of(world.a_cycle(cast, state)).items()}
    assert {name: many for name, many in asked.items() if many > MOST} == {}


@pytest.mark.parametrize("state", [State.GIVEN, State.DISCUSSING])
def test_three_lessons_cost_a_cycle_no_more_than_one(cast, signed_in, state):
    cycle = world.a_cycle(cast, state)
    client = signed_in(cast.fatima)
    one = asked_by(client, cycle.get_absolute_url())
    broken_off = cycle.lessons.get()
    broken_off.state = LessonState.BROKEN_OFF
    for _each in range(2):
        broken_off.pk = None
        broken_off.save(force_insert=True)
        broken_off.assignments.create(observer=cast.tom).pupils.set(cycle.pupils.all())
    assert asked_by(client, cycle.get_absolute_url()) == one <= MOST


@pytest.fixture
def lesson(cast):
    """A lesson being discussed: nine notes, and one of each that was made of them."""
    lesson = world.a_cycle(cast, "discussing").lessons.get()
    _make_of_notes(lesson, cast, 1)
    return lesson


@pytest.mark.parametrize("view", VIEWS)
def test_four_hundred_notes_cost_what_nine_cost(cast, signed_in, lesson, view):
    client = signed_in(cast.amina)
    page = reverse("lessonstudy:matrix", args=[lesson.pk]) + f"?view={view}"
    few = asked_by(client, page)
    stages, pupils = list(lesson.plan.stages.all()), list(lesson.cycle.pupils.all())
    Observation.objects.bulk_create(
        Observation(
            lesson=lesson, observer=cast.tom, stage=stages[n % 3], pupil=pupils[n % 3], key=uuid4(), offset_s=n * 7,
            fact=f"Notitie {n}: vouwt, strijkt glad en kijkt wat de buurman doet.", match=Match.values[n % 4],
        )
        for n in range(391)
    )  # fmt: skip
    _make_of_notes(lesson, cast, 2)
    assert asked_by(client, page) == few <= MOST
    assert len(client.get(page).content) < 120_000


@pytest.mark.parametrize("view", VIEWS)
def test_beside_two_other_lessons_a_matrix_asks_one_question_more(cast, signed_in, lesson, view):
    client, cycle = signed_in(cast.amina), lesson.cycle
    page = reverse("lessonstudy:matrix", args=[lesson.pk]) + f"?view={view}"
    alone = asked_by(client, page)
    for number in (2, 3):
        cycle.round = number
        cycle.save()
        plan = world.a_plan(cycle, number=number, frozen=True)
        world.open_discussion(world.a_lesson(cycle, cast, plan, days=-1, given=True))
    assert asked_by(client, page) == alone + 1 <= MOST


def _make_of_notes(lesson, cast, many):
    """Patterns, thoughts and changes that cite notes, so that these grow along."""
    notes = list(lesson.observations.all()[:3])
    for n in range(many):
        pattern = Pattern.objects.create(lesson=lesson, title=f"Patroon {n}", author=cast.tom)
        thought = Interpretation.objects.create(lesson=lesson, text=f"Gedachte {n}", author=cast.fatima)
        change = Revision.objects.create(lesson=lesson, stage_uid=lesson.plan.stages.first().uid, becomes="Anders.")
        for row in (pattern, thought, change):
            row.observations.set(notes)
        thought.seconded_by.set([cast.tom, cast.amina])
