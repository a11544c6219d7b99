"""Many hands on one hour: it is given once, asked once, and a class has one who takes it."""

from datetime import time, timedelta
from decimal import Decimal

import pytest

from activity.models import Activity
from core.refusals import Refused
from core.time import today
from organisations.actions import room
from organisations.actions import time as time_actions
from organisations.choices import RoomFor
from organisations.models import RoomRequest, TimeBudget
from people.calendar import is_working_day, school_year
from tests import cast as make
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(transactional_db):
    return make.cast()


@pytest.fixture
def day():
    day = today() + timedelta(days=7)
    while not is_working_day(day, "Midden"):
        day += timedelta(days=1)
    return day


def ask(here, person, day, source=""):
    moments = [(day, time(10), time(12), source)]
    return room.ask_for_room(person, by=person, school=here.regenboog, moments=moments, purpose=RoomFor.VISIT)


def test_asked_in_two_windows_at_once_it_is_asked_once(here, day):
    outcomes = together(*[lambda: ask(here, here.amina, day, "meeting:7")] * 4)
    assert sum(isinstance(each, Refused) for each in outcomes) == 3
    assert RoomRequest.objects.count() == 1


def test_given_by_two_hands_at_once_everybody_hears_it_once(here, day):
    row = ask(here, here.amina, day)[0]
    together(*[lambda: room.grant_room(RoomRequest.objects.filter(pk=row.pk), by=here.bram)] * 4)
    assert Activity.objects.filter(kind="organisations.room_granted").count() == 1


def test_given_and_withdrawn_at_once_nobody_is_left_with_room_that_nobody_needs(here, day):
    row = ask(here, here.amina, day)[0]
    together(
        lambda: room.grant_room(RoomRequest.objects.filter(pk=row.pk), by=here.bram),
        lambda: room.withdraw_room(row, by=here.amina),
    )
    row.refresh_from_db()
    assert row.state == "withdrawn"
    heard = here.bram.notifications.filter(activity__kind="organisations.room_withdrawn").exists()
    assert heard == Activity.objects.filter(kind="organisations.room_granted").exists()


def test_one_colleague_is_not_sent_to_two_classes_at_once(here, day):
    rows = [ask(here, person, day)[0] for person in (here.amina, here.fatima)]
    outcomes = together(*[lambda row=row: room.cover_room(row, by=here.bram, colleague=here.els) for row in rows])
    assert sum(isinstance(each, Refused) for each in outcomes) == 1


def test_what_a_leader_agrees_with_one_person_is_not_overwritten_by_who_works_it_out_for_all(here):
    year = school_year(today())
    time_actions.add_time_rule(here.board, by=here.ben, year=year, name="PLG-tijd", minutes=40 * 60, functions=[])
    everybody = {"by": here.bram, "year": year, "factors": {here.amina.pk: Decimal("0.5")}}
    for _time in range(8):
        TimeBudget.objects.all().delete()
        time_actions.set_time(here.regenboog, **everybody | {"factors": {here.amina.pk: Decimal(1)}})
        budget = TimeBudget.objects.get()
        together(
            lambda budget=budget: time_actions.edit_time_budget(budget, by=here.bram, factor=Decimal(1), minutes=600),
            lambda: time_actions.set_time(here.regenboog, **everybody),
            lambda: time_actions.apply_time_rules(here.board, by=here.ben, year=year),
        )
        assert (TimeBudget.objects.get().minutes, TimeBudget.objects.get().by_hand) == (600, True)
