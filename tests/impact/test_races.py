"""A whole class presses the button at once: never more answers than pupils, no code twice, nobody counted twice."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.time import today
from participation.impact import actions
from participation.impact.models import Answered, Response, Wave
from participation.impact.questions import OF_PUPILS
from people.calendar import school_year
from tests import cast as people
from tests.hands import together
from tests.impact.conftest import all_of

pytestmark = pytest.mark.django_db(transaction=True)
SAID = dict.fromkeys((question.key for question in OF_PUPILS), 4)


@pytest.fixture
def wave(transactional_db):
    """PLG Rekenen is asked now, one by one; its people as `wave.cast`."""
    cast, day = people.cast(), today()
    days = [("start", day, day + timedelta(days=20))]
    row = actions.set_up(cast.maths, by=cast.fatima, year=school_year(day), waves=days, way="alone")
    wave = row.waves.get()
    wave.cast = cast
    return wave


def a_panel(wave):
    return actions.open_panel(wave, by=wave.cast.fatima, audience="pupils", ceiling=5, until=wave.closes_on)


def test_a_link_takes_no_more_than_its_ceiling(wave):
    panel = a_panel(wave)
    together(*(lambda: actions.answer_panel(panel, key=uuid4(), answers=SAID) for _n in range(8)))
    assert Response.objects.count() == 5


def test_a_code_that_two_make_up_at_once_is_given_once(wave):
    panel = a_panel(wave)
    deed = {"answers": SAID, "code": "fox-blue-7"}
    together(*(lambda: actions.answer_panel(panel, key=uuid4(), **deed) for _n in range(4)))
    assert Response.objects.count() == 1


def test_two_taps_on_send_are_one_answer(wave):
    deed = {"by": wave.cast.amina, "answers": all_of(4)}
    together(*(lambda: actions.answer_alone(wave, key=uuid4(), **deed) for _n in range(4)))
    assert Response.objects.count() == Answered.objects.count() == 1


def test_two_who_move_their_questions_at_once_do_not_lay_them_over_each_other(wave):
    day = wave.opens_on
    end = wave.questionnaire.waves.create(
        moment="end", way="alone", opens_on=day + timedelta(days=40), closes_on=day + timedelta(days=60)
    )
    later = {"opens_on": day + timedelta(days=25), "closes_on": day + timedelta(days=35)}
    sooner = {"opens_on": day + timedelta(days=30), "closes_on": day + timedelta(days=38)}
    together(
        lambda: actions.edit_wave(wave, by=wave.cast.fatima, **later),
        lambda: actions.edit_wave(end, by=wave.cast.fatima, **sooner),
    )
    first, last = Wave.objects.order_by("opens_on")
    assert first.closes_on < last.opens_on


def test_who_answers_while_it_closes_is_counted_or_refused(wave):
    someone = [wave.cast.fatima, wave.cast.amina, wave.cast.tom]
    answers = [lambda by=by: actions.answer_alone(wave, by=by, key=uuid4(), answers=all_of(3)) for by in someone]
    together(*answers, lambda: actions.close(wave))
    assert Wave.objects.get().people == Response.objects.count()
