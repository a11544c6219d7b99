"""The door: scanned, typed or from the list, without internet, twice, on two devices."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from events.actions import checking
from events.choices import RegistrationState
from events.models import CheckIn
from tests.events import world


@pytest.fixture
def event(cast):
    return world.an_event(cast, "running")


def tap(code, **more):
    return {"key": str(uuid4()), "code": code} | more


def test_scanned_typed_or_chosen_she_is_in(cast, event):
    rows = [world.comes(event) for _each in range(3)]
    codes = [checking.code_of(rows[0]), checking.short_code(rows[1]).lower(), f"#{rows[2].pk}"]
    told = checking.check_in(event, by=cast.noor, rows=[tap(code) for code in codes])
    assert [sentence for _key, sentence in told] == ["", "", ""]
    assert checking.counts(event) == (3, 3)


def test_sent_twice_it_is_written_once_and_two_devices_count_one_person(cast, event):
    row = world.comes(event)
    here, there = tap(checking.code_of(row), ago=600), tap(checking.code_of(row), ago=590)
    for _time in range(2):
        checking.check_in(event, by=cast.noor, rows=[here], device="a")
        checking.check_in(event, by=cast.noor, rows=[there], device="b")
    assert CheckIn.objects.count() == 2
    assert checking.counts(event) == (1, 1)
    assert CheckIn.objects.earliest("at").at < now() - timedelta(minutes=9)


def test_a_code_of_another_event_is_refused_with_a_sentence(cast, event):
    other = world.comes(world.an_event(cast, title="Een ander lab"))
    ((_key, sentence),) = checking.check_in(event, by=cast.noor, rows=[tap(checking.code_of(other))])
    assert sentence == "Deze code is van een andere bijeenkomst. Er is niemand ingecheckt."
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("code", ["", "plg:nonsense", "#0", "#abc", "AAAA-0000", "plg:" + "9" * 32])
def test_what_is_no_code_is_refused_and_the_rest_goes_on(cast, event, code):
    row = world.comes(event)
    told = checking.check_in(event, by=cast.noor, rows=[tap(code), tap(checking.code_of(row))])
    assert told[0][1].startswith("Deze code kennen we niet")
    assert told[1][1] == ""


def test_who_cancelled_or_waits_is_not_let_in_unseen(cast, event):
    gone = world.comes(event, state=RegistrationState.CANCELLED)
    line = world.comes(event, state=RegistrationState.WAITING)
    told = checking.check_in(event, by=cast.noor, rows=[tap(f"#{gone.pk}"), tap(f"#{line.pk}")])
    assert "afgemeld" in told[0][1]
    assert "nog geen plek" in told[1][1]


def test_out_and_undone_she_is_not_in_and_nothing_is_changed(cast, event):
    row = world.comes(event)
    for ago, direction in ((30, "in"), (20, "out"), (10, "in"), (0, "undo")):
        checking.check_in(event, by=cast.noor, rows=[tap(f"#{row.pk}", direction=direction, ago=ago)])
    assert checking.counts(event) == (0, 1)
    assert CheckIn.objects.count() == 4
