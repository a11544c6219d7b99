"""A new school year for a whole board: its administrator asks, each facilitator answers."""

import pytest
import time_machine
from django.urls import reverse

from activity.models import Ask, Notification
from communities.actions import years
from communities.choices import State
from communities.models import YearQuestion
from communities.views.years import year_to_arrange
from core.refusals import Refused
from tests import cast as people

YEAR = 2027


def board_page(cast):
    return reverse("communities:school_year", args=[cast.board.pk])


def test_the_board_asks_and_the_facilitator_answers(cast, signed_in):
    ben, fatima = signed_in(cast.ben), signed_in(cast.fatima)
    before = ben.get(board_page(cast)).content.decode()
    assert "PLG Rekenen" in before
    assert "nog niet gevraagd" in before
    assert ben.post(reverse("communities:ask_about_year", args=[cast.board.pk])).status_code == 302
    question = YearQuestion.objects.get(community=cast.maths)
    assert Ask.objects.open().filter(person=cast.fatima, kind=years.KIND).count() == 1
    assert not Ask.objects.filter(kind=years.KIND, person=cast.amina).exists(), "members are asked nothing"
    assert "PLG Rekenen" in fatima.get("/").content.decode()
    page = fatima.get(question.get_absolute_url()).content.decode()
    assert "Ja, we gaan door" in page
    fatima.post(reverse("communities:answer_year", args=[question.pk]), {"goes_on": "yes"})
    question.refresh_from_db()
    assert question.goes_on
    assert not Ask.objects.open().filter(kind=years.KIND).exists()
    assert Notification.objects.filter(person=cast.ben, activity__kind="communities.year_answered").count() == 1
    assert "gaat door" in ben.get(board_page(cast)).content.decode()


def test_an_answer_can_be_changed_and_ends_nothing(cast):
    years.ask_about_year(cast.board, YEAR, by=cast.ben)
    question = YearQuestion.objects.get(community=cast.maths)
    years.answer_year(question, False, by=cast.fatima)
    cast.maths.refresh_from_db()
    assert cast.maths.state == State.ACTIVE
    assert years.answer_year(question, True, by=cast.fatima).goes_on


def test_asking_twice_asks_only_who_was_not_asked(cast):
    assert years.ask_about_year(cast.board, YEAR, by=cast.ben) == YearQuestion.objects.count()
    with pytest.raises(Refused):
        years.ask_about_year(cast.board, YEAR, by=cast.ben)
    new = people.plg(cast.regenboog, name="PLG Lezen")
    assert years.ask_about_year(cast.board, YEAR, by=cast.ben) == 1
    assert new.year_questions.count() == 1


def test_taking_back_leaves_answers(cast):
    people.plg(cast.regenboog, name="PLG Lezen")
    years.ask_about_year(cast.board, YEAR, by=cast.ben)
    years.answer_year(YearQuestion.objects.get(community=cast.maths), True, by=cast.fatima)
    open_ones = YearQuestion.objects.open().count()
    assert years.withdraw_year(cast.board, YEAR, by=cast.ben) == open_ones
    assert list(YearQuestion.objects.values_list("community", flat=True)) == [cast.maths.pk]
    assert not Ask.objects.open().filter(kind=years.KIND).exists()
    with pytest.raises(Refused):
        years.withdraw_year(cast.board, YEAR, by=cast.ben)


def test_an_answer_that_says_nothing_is_none(cast, signed_in):
    years.ask_about_year(cast.board, YEAR, by=cast.ben)
    question = YearQuestion.objects.get(community=cast.maths)
    for said in ({}, {"goes_on": "misschien"}):
        signed_in(cast.fatima).post(reverse("communities:answer_year", args=[question.pk]), said)
        question.refresh_from_db()
        assert question.goes_on is None


def test_a_question_that_is_taken_back_while_she_answers_says_so(cast):
    years.ask_about_year(cast.board, YEAR, by=cast.ben)
    question = YearQuestion.objects.get(community=cast.maths)
    years.withdraw_year(cast.board, YEAR, by=cast.ben)
    with pytest.raises(Refused):
        years.answer_year(question, True, by=cast.fatima)


@pytest.mark.parametrize(
    ("day", "year"), [("2026-11-24", 2027), ("2027-07-31", 2027), ("2027-09-30", 2027), ("2027-10-01", 2028)]
)
def test_a_year_is_arranged_until_its_first_weeks_are_over(day, year):
    with time_machine.travel(f"{day} 10:00+02:00"):
        assert year_to_arrange() == year


def test_a_completed_plg_answers_nothing(cast):
    years.ask_about_year(cast.board, YEAR, by=cast.ben)
    cast.maths.state = State.CLOSED
    cast.maths.save()
    with pytest.raises(Refused):
        years.answer_year(YearQuestion.objects.get(community=cast.maths), True, by=cast.fatima)


@pytest.mark.parametrize("name", ["amina", "bram", "dele"])
def test_only_who_runs_the_board_sees_its_page_and_only_facilitators_answer(cast, signed_in, name):
    years.ask_about_year(cast.board, YEAR, by=cast.ben)
    question = YearQuestion.objects.get(community=cast.maths)
    client = signed_in(getattr(cast, name))
    assert client.get(board_page(cast)).status_code == 403
    assert client.post(reverse("communities:ask_about_year", args=[cast.board.pk])).status_code == 403
    assert client.get(question.get_absolute_url()).status_code == 404
    assert client.post(reverse("communities:answer_year", args=[question.pk]), {"goes_on": "no"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_plg_and_for_three(cast, signed_in, django_assert_num_queries, count):
    for number in range(count):
        one = people.plg(cast.regenboog, name=f"PLG {number}")
        people.member(one, people.person(f"Robin {number}"), "facilitator")
    years.ask_about_year(cast.board, YEAR, by=cast.ben)
    ben = signed_in(cast.ben)
    ben.get(board_page(cast))
    with django_assert_num_queries(9):
        ben.get(board_page(cast))
