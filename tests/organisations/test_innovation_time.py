"""Innovation time: what a board agreed, what of it is each person's, and what is planned and used of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.refusals import Refused
from core.registry import merges
from organisations import actions as work
from organisations import budgets, hours
from organisations.actions import mergers
from organisations.actions import time as actions
from organisations.choices import Function, HoursKind
from organisations.innovation_time import sums
from organisations.models import TimeBudget, TimeRule
from people.calendar import days_of_school_year
from tests import cast as make

YEAR = 2026


@pytest.fixture(autouse=True)
def _autumn():
    with time_machine.travel("2026-11-24 10:00+01:00", tick=False):
        yield


@pytest.fixture
def rule(cast):
    """Forty hours for teachers and IB'ers who work full time."""
    return actions.add_time_rule(
        cast.board, by=cast.ben, year=YEAR, name="PLG-tijd", minutes=40 * 60, functions=["teacher", "care"]
    )


def fill(cast, by=None, year=YEAR, **factors):
    people = {getattr(cast, name).pk: factor and Decimal(factor) for name, factor in factors.items()}
    return actions.set_time(cast.regenboog, by=by or cast.bram, year=year, factors=people)


def of(person, school=None):
    rows = TimeBudget.objects.filter(person=person)
    return list((rows.filter(school=school) if school else rows).values_list("minutes", flat=True))


def test_everybody_gets_her_part_by_factor_and_function(cast, rule):
    said = fill(cast, amina="1", fatima="0.6", bram="1")
    assert of(cast.amina) == [40 * 60]
    assert of(cast.fatima) == [24 * 60]
    assert of(cast.bram) == []  # a leader: it is for others
    assert (said.people, said.minutes, said.without) == (2, 64 * 60, 1)
    assert cast.amina.notifications.filter(activity__kind="organisations.time_set").exists()
    assert sums([cast.regenboog.pk], YEAR)[cast.regenboog.pk].minutes == 64 * 60


def test_no_agreement_no_time(cast):
    with pytest.raises(Refused, match="bestuur"):
        fill(cast, amina="1")


def test_working_it_out_twice_changes_nothing(cast, rule):
    fill(cast, amina="0.8")
    assert fill(cast, amina="0.8").people == 0
    assert cast.amina.notifications.count() == 1


def test_another_number_of_the_board_reaches_people_once_it_is_worked_out(cast, rule):
    fill(cast, amina="0.5")
    actions.edit_time_rule(rule, by=cast.ben, name="PLG-tijd", minutes=60 * 60, functions=[])
    assert of(cast.amina) == [20 * 60]
    actions.apply_time_rules(cast.board, by=cast.ben, year=YEAR)
    assert of(cast.amina) == [30 * 60]


def test_what_was_agreed_with_one_person_stays(cast, rule):
    fill(cast, amina="0.5", fatima="0.5")
    budget = TimeBudget.objects.get(person=cast.amina)
    actions.edit_time_budget(budget, by=cast.bram, factor=Decimal("0.5"), minutes=10 * 60)
    actions.edit_time_rule(rule, by=cast.ben, name="PLG-tijd", minutes=60 * 60, functions=[])
    said = actions.apply_time_rules(cast.board, by=cast.ben, year=YEAR)
    assert (of(cast.amina), of(cast.fatima)) == ([10 * 60], [30 * 60])
    assert (said.people, said.by_hand) == (1, 1)
    actions.edit_time_budget(budget, by=cast.bram, factor=Decimal("0.5"))
    assert of(cast.amina) == [30 * 60]


def test_who_is_not_meant_any_more_loses_it(cast, rule):
    fill(cast, amina="1", fatima="1")
    actions.edit_time_rule(rule, by=cast.ben, name="PLG-tijd", minutes=40 * 60, functions=["care"])
    actions.apply_time_rules(cast.board, by=cast.ben, year=YEAR)
    assert (of(cast.amina), of(cast.fatima)) == ([], [40 * 60])
    fill(cast, fatima=None)
    assert of(cast.fatima) == []


def test_moved_in_the_middle_of_the_year(cast, rule):
    fill(cast, amina="1")
    work.end_affiliation(cast.amina.affiliations.get(), by=cast.ben, until_on=date(2026, 11, 30))
    work.add_affiliation(cast.amina, cast.wissel, Function.TEACHER, by=cast.ben, from_on=date(2026, 12, 1))
    with time_machine.travel("2026-12-01 10:00+01:00"):
        work.end_due()
    actions.set_time(cast.wissel, by=cast.ben, year=YEAR, factors={cast.amina.pk: Decimal(1)})
    old, new = of(cast.amina, cast.regenboog)[0], of(cast.amina, cast.wissel)[0]
    assert old == 810  # 122 of 365 days of forty hours, rounded up to a quarter
    assert new == 1605
    assert 40 * 60 <= old + new <= 40 * 60 + 30


def test_two_schools_at_once_each_with_its_part(cast, rule):
    make.works(cast.amina, cast.wissel)
    fill(cast, amina="0.5")
    actions.set_time(cast.wissel, by=cast.ben, year=YEAR, factors={cast.amina.pk: Decimal("0.4")})
    assert sum(of(cast.amina)) == 36 * 60


def test_more_than_anybody_can_work_is_refused(cast, rule):
    make.works(cast.amina, cast.wissel)
    fill(cast, amina="1")
    with pytest.raises(Refused, match="Amina Yildiz"):
        actions.set_time(cast.wissel, by=cast.ben, year=YEAR, factors={cast.amina.pk: Decimal(1)})
    assert of(cast.amina, cast.wissel) == []


def test_more_than_a_full_time_job_is_no_more_than_a_year_has(cast):
    most = {"by": cast.ben, "year": YEAR, "minutes": 2000 * 60, "functions": []}
    actions.add_time_rule(cast.board, name="Alles", **most)
    fill(cast, amina="1.5")
    assert of(cast.amina) == [2000 * 60]


def test_without_an_agreement_nothing_is_worked_out(cast, rule):
    fill(cast, amina="1")
    TimeRule.objects.update(board=cast.other_board)  # as when a board went up into another
    with pytest.raises(Refused):
        actions.apply_time_rules(cast.board, by=cast.ben, year=YEAR)
    assert of(cast.amina) == [40 * 60]


def test_on_leave_a_part_of_the_year(cast, rule):
    fill(cast, amina="1")
    budget = TimeBudget.objects.get(person=cast.amina)
    actions.edit_time_budget(budget, by=cast.bram, factor=Decimal(1), first=date(2027, 1, 1))
    assert of(cast.amina) == [1395]  # 212 of 365 days
    with pytest.raises(Refused):
        actions.edit_time_budget(budget, by=cast.bram, factor=Decimal(1), first=date(2027, 5, 2), last=date(2027, 5, 1))


def test_a_new_year_begins_with_what_was_agreed_and_known(cast, rule):
    fill(cast, amina="0.8")
    assert actions.copy_time_rules(cast.board, by=cast.ben, year=YEAR + 1) == 1
    said = actions.apply_time_rules(cast.board, by=cast.ben, year=YEAR + 1)
    assert said.people == 1
    assert TimeBudget.objects.get(rule__year=YEAR + 1).minutes == 32 * 60
    with pytest.raises(Refused):
        actions.copy_time_rules(cast.board, by=cast.ben, year=YEAR + 1)


def test_two_accounts_become_one(cast, rule):
    fill(cast, amina="1", els="0.5")
    merges["organisations"](cast.els, cast.amina)
    assert of(cast.els) == [20 * 60]


def test_a_school_that_goes_up_into_another_takes_the_rest_of_the_year_along(cast, rule):
    fill(cast, amina="1", fatima="0.5")
    fixed = TimeBudget.objects.get(person=cast.fatima)
    actions.edit_time_budget(fixed, by=cast.bram, factor=Decimal("0.5"), minutes=600)
    mergers.merge_schools(cast.regenboog, cast.wissel, by=cast.ben)
    old, new = of(cast.amina, cast.regenboog)[0], of(cast.amina, cast.wissel)[0]
    assert 40 * 60 <= old + new <= 40 * 60 + 30
    assert old < new
    assert of(cast.fatima, cast.wissel) == [600]


def test_what_was_agreed_for_the_next_year_goes_along_and_nobody_has_it_twice(cast, rule):
    cast.amina.affiliations.update(from_on=date(2026, 12, 24))  # she comes later
    fill(cast, amina="1", fatima="1")
    actions.copy_time_rules(cast.board, by=cast.ben, year=YEAR + 1)
    actions.apply_time_rules(cast.board, by=cast.ben, year=YEAR + 1)
    mergers.merge_schools(cast.regenboog, cast.wissel, by=cast.ben)
    assert not TimeBudget.objects.filter(school=cast.regenboog, person=cast.amina).exists()
    assert len(of(cast.amina, cast.wissel)) == 2
    assert not TimeBudget.objects.filter(school=cast.regenboog, rule__year=YEAR + 1).exists()
    assert TimeBudget.objects.get(person=cast.fatima, rule__year=YEAR + 1).minutes == 40 * 60


def test_who_leaves_keeps_nothing_of_a_year_in_which_she_does_not_work(cast, rule):
    fill(cast, amina="1")
    actions.copy_time_rules(cast.board, by=cast.ben, year=YEAR + 1)
    actions.apply_time_rules(cast.board, by=cast.ben, year=YEAR + 1)
    assert len(of(cast.amina)) == 2
    work.end_affiliation(cast.amina.affiliations.get(), by=cast.ben)
    assert of(cast.amina) == [765]  # 115 days of this one


@given(minutes=st.integers(60, 200_00), factor=st.decimals("0.0001", "1.5", places=4), cut=st.integers(0, 363))
def test_parts_of_a_year_are_the_year(minutes, factor, cut):
    """Whoever moves in the middle of the year loses nothing, and gains two quarters at most."""
    rule = TimeRule(year=YEAR, minutes=minutes)
    first, _last = days_of_school_year(YEAR)
    day = first + timedelta(days=cut)
    whole = rule.minutes_for(factor)
    parts = rule.minutes_for(factor, None, day) + rule.minutes_for(factor, day + timedelta(days=1), None)
    assert whole <= parts <= whole + 30
    assert minutes * factor <= whole < minutes * factor + 15


# Planned and used ----------------------------------------------------------------------------------


def test_planned_against_used(cast, rule, signed_in):
    fill(cast, amina="1")
    hours.write(cast.amina, kind=HoursKind.MEETING, minutes=90, held_on=date(2026, 11, 5), source="meeting:900001")
    make.meeting(cast.maths, held_on=date(2026, 12, 3))
    make.meeting(cast.maths, held_on=date(2026, 12, 10), state="cancelled")
    mine = budgets.of_person(cast.amina, YEAR, hours.of_year(cast.amina, YEAR))
    assert (mine.agreed, mine.used, mine.planned, mine.left) == (2400, 90, 90, 2220)
    page = signed_in(cast.amina).get(reverse("organisations:my_hours")).text
    assert "37 uur" in page
    assert sums([cast.regenboog.pk, cast.wissel.pk], YEAR)[cast.regenboog.pk].planned == 180  # Fatima and Amina
    assert sums([cast.wissel.pk], YEAR)[cast.wissel.pk].planned == 90  # Tom; a guest is no member


def test_more_planned_than_there_is(cast, rule, signed_in):
    fill(cast, amina="0.02")  # an hour
    make.meeting(cast.maths, held_on=date(2026, 12, 3))
    page = signed_in(cast.amina).get(reverse("organisations:my_hours")).text
    assert "30 minuten te veel" in page


def test_sums_cost_the_same_for_one_school_and_for_three(cast, rule, django_assert_num_queries):
    for schools in ([cast.regenboog.pk], [cast.regenboog.pk, cast.wissel.pk, cast.waterlelie.pk]):
        with django_assert_num_queries(2):
            sums(schools, YEAR)


# On the pages ---------------------------------------------------------------------------------------


def page_of(cast, name, place, year=YEAR):
    return f"{reverse(f'organisations:{name}', args=[place.pk])}?year={year}"


def test_a_board_writes_down_what_it_agreed(cast, signed_in):
    ben = signed_in(cast.ben)
    address = page_of(cast, "time_rules", cast.board)
    ben.post(address, {"name": "Deskundigheid", "minutes": "83,5", "functions": ["teacher"]})
    assert TimeRule.objects.get().minutes == 5010
    assert "83 uur en 30 minuten" in ben.get(address).text


@pytest.mark.parametrize("typed", ["-5", "9999", "veel", "0", "NaN", "1e9", "1e-9"])
def test_absurd_hours_are_refused_and_kept_as_typed(cast, signed_in, typed):
    answer = signed_in(cast.ben).post(page_of(cast, "time_rules", cast.board), {"name": "X", "minutes": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert not TimeRule.objects.exists()


def test_a_leader_looks_first_then_saves(cast, rule, signed_in):
    bram, address = signed_in(cast.bram), page_of(cast, "school_time", cast.regenboog)
    answer = bram.post(address, {f"factor_{cast.amina.pk}": "0,8"})
    assert "32 uur" in answer.text
    assert not TimeBudget.objects.exists()
    bram.post(address, {f"factor_{cast.amina.pk}": "0,8", "save": "1"})
    assert of(cast.amina) == [32 * 60]


def test_who_came_while_the_page_stood_open_keeps_what_she_got(cast, rule, signed_in):
    fill(cast, amina="0.8", fatima="1")
    address = page_of(cast, "school_time", cast.regenboog)
    signed_in(cast.bram).post(address, {f"factor_{cast.fatima.pk}": "", "save": "1"})
    assert of(cast.amina) == [32 * 60], "her field was not on that page"
    assert of(cast.fatima) == [], "an emptied field is an answer"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("8", "0,8"),
        ("80", "0,8"),
        ("-1", "1,5"),
        ("0", "1,5"),
        ("x", "0,8"),
        ("1e-99", "1,5"),
        ("1e99999999999", "0,8"),
    ],
)
def test_a_factor_that_cannot_be_is_explained(cast, rule, signed_in, typed, hint):
    address = page_of(cast, "school_time", cast.regenboog)
    answer = signed_in(cast.bram).post(address, {f"factor_{cast.amina.pk}": typed, "save": "1"})
    assert answer.status_code == 422
    assert hint in answer.text.split('class="error"')[1]
    assert not TimeBudget.objects.exists()


def test_a_person_is_corrected_on_her_own_page(cast, rule, signed_in):
    fill(cast, amina="0.8")
    budget = TimeBudget.objects.get()
    address = reverse("organisations:edit_time_budget", args=[budget.pk])
    bram = signed_in(cast.bram)
    assert bram.post(address, {"factor": "0,8", "first": "2020-01-01"}).status_code == 422
    bram.post(address, {"factor": "0,8", "minutes": "12"})
    assert of(cast.amina) == [12 * 60]
    assert 'value="12"' in bram.get(address).text


@pytest.mark.parametrize(
    ("who", "school", "board"), [("bram", 200, 403), ("ben", 200, 200), ("amina", 403, 403), ("noor", 403, 403)]
)
def test_who_may(cast, rule, signed_in, who, school, board):
    browser = signed_in(getattr(cast, who))
    assert browser.get(page_of(cast, "school_time", cast.regenboog)).status_code == school
    assert browser.get(page_of(cast, "time_rules", cast.board)).status_code == board
    assert browser.get(page_of(cast, "apply_time_rules", cast.board)).status_code == board


@pytest.mark.parametrize("more", [0, 2])
def test_more_people_ask_no_more_of_the_database(cast, rule, signed_in, django_assert_num_queries, more):
    for n in range(more):
        make.works(make.person(f"Juf Nummer{n}"), cast.regenboog)
    actions.set_time(
        cast.regenboog, by=cast.bram, year=YEAR,
        factors={line.person.pk: Decimal(1) for line in budgets.lines_of([cast.regenboog.pk], cast.board.pk, YEAR)},
    )  # fmt: skip
    browser = signed_in(cast.bram)
    browser.get("/")
    with django_assert_num_queries(8):
        browser.get(page_of(cast, "school_time", cast.regenboog))
