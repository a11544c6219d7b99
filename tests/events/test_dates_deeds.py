"""The speed-dates of a session: planned, running by the server's clock, planned anew, and talking on."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from activity.models import Activity, Notification
from core.refusals import Refused
from events import company
from events.actions import checking, dates
from events.choices import DatesState
from events.models import Session, TableSeat, Wish
from tests.events import world


def a_session(cast, people=8, **how):
    event = world.an_event(cast, "running", programme=True)
    slot = event.slots.last()
    session = Session.objects.create(event=event, slot=slot, kind="speed_dates", title="Speeddaten", uid="dates@plg")
    coming = [world.comes(event, interests=["maths", "reading"][: 1 + n % 2]) for n in range(people)]
    row = dates.set_up(session, by=cast.noor, **{"rounds": 3, "minutes": 6} | how)
    return event, row, coming


def running(cast, **how):
    event, row, coming = a_session(cast, **how)
    dates.plan(row, by=cast.noor)
    return event, dates.start(row, by=cast.noor), coming


def tables(row):
    seats = TableSeat.objects.filter(round__dates=row).order_by("pk")
    return {
        number: [*seats.filter(round__number=number).values_list("registration", "table")]
        for number in range(1, row.rounds + 1)
    }  # fmt: skip


def test_everybody_meets_another_in_each_round_and_nobody_twice(cast):
    _event, row, _coming = a_session(cast)
    dates.plan(row, by=cast.noor)
    met = dates.met_pairs(row)
    assert len(met) == 12
    assert len(set(met)) == 12
    row.refresh_from_db()
    assert row.figures["share"] == 1
    assert row.figures["is_proven"]


def test_who_does_not_want_to_is_at_no_table_and_a_block_is_never_broken(cast):
    _event, row, coming = a_session(cast, people=6)
    coming[0].dates_opt_out = True
    coming[0].save()
    address = coming[2].person.email
    dates.avoid(coming[1], by=coming[1].person, address=address)
    assert coming[1].blocks.count() == 1
    dates.plan(row, by=cast.noor)
    met = dates.met_pairs(row)
    assert all(coming[0].pk not in pair for pair in met)
    assert (coming[1].pk, coming[2].pk) not in met


def test_what_cannot_be_is_said_before_anything_is_planned(cast):
    _event, row, _coming = a_session(cast, people=4, rounds=8)
    assert dates.feasible(row)[0] == 4
    with pytest.raises(Refused, match="minder rondes"):
        dates.plan(row, by=cast.noor)
    with pytest.raises(Refused, match="Alleen wie dit organiseert"):
        dates.plan(row, by=cast.amina)


def test_the_rounds_follow_the_clock_of_the_server(cast):
    _event, row, _coming = running(cast)
    at = now()
    current, following = company.round_at(row, at)
    assert (current.number, following.number) == (1, 2)
    assert company.round_at(row, at + timedelta(minutes=6, seconds=30))[0] is None  # they walk
    assert company.round_at(row, at + timedelta(minutes=7, seconds=30))[0].number == 2
    dates.shift(row, by=cast.noor, minutes=5)
    assert company.round_at(row, at + timedelta(minutes=7, seconds=30))[0] is None
    with pytest.raises(Refused, match="al begonnen"):
        dates.plan(row, by=cast.noor)


def test_who_is_not_there_is_planned_without_and_the_round_that_began_stays(cast):
    _event, row, coming = running(cast)
    first = company.round_at(row, now())[0]
    before = tables(row)
    _seat, (other,) = company.table_of(first, coming[0])
    dates.not_here(first, coming[0], other, by=coming[0].person)
    after = tables(row)
    assert after[1] == before[1]
    assert all(other.pk != one for number in (2, 3) for one, _table in after[number])
    met = dates.met_pairs(row)
    assert len(set(met)) == len(met)
    dates.here_again(row, other, by=other.person)
    assert any(other.pk == one for one, _table in tables(row)[2])


def test_only_who_sits_there_says_that_somebody_is_not(cast):
    _event, row, coming = running(cast)
    first, second = row.all_rounds.all()[:2]
    _seat, (other,) = company.table_of(first, coming[0])
    stranger = next(each for each in coming if each not in (coming[0], other))
    with pytest.raises(Refused, match="niet samen"):
        dates.not_here(first, stranger, other, by=stranger.person)
    _seat, (later,) = company.table_of(second, coming[0])
    with pytest.raises(Refused, match="niet samen"):
        dates.talk_on(second, coming[0], later, by=coming[0].person)


def test_only_when_both_want_to_talk_on_do_both_hear_it(cast):
    _event, row, coming = running(cast)
    first = company.round_at(row, now())[0]
    _seat, (other,) = company.table_of(first, coming[0])
    dates.talk_on(first, coming[0], other, by=coming[0].person)
    assert not Activity.objects.filter(kind="events.talk_on").exists()
    dates.talk_on(first, other, coming[0], by=other.person)
    told = Notification.objects.filter(activity__kind="events.talk_on").values_list("person", flat=True)
    assert sorted(told) == sorted([coming[0].person_id, other.person_id])
    dates.talk_on(first, other, coming[0], by=other.person)  # she tapped twice
    assert Wish.objects.count() == 2
    assert len(told.all()) == 2


def test_once_the_door_is_open_only_who_came_in_is_planned(cast):
    event, row, coming = a_session(cast, people=6)
    rows = [
        {"key": str(n) * 8 + "-0000-4000-8000-000000000000", "code": f"#{each.pk}"} for n, each in enumerate(coming[:4])
    ]
    checking.check_in(event, by=cast.noor, rows=rows)
    dates.plan(row, by=cast.noor)
    assert {one for one, _table in tables(row)[1]} == {each.pk for each in coming[:4]}


def test_stopped_it_is_over(cast):
    _event, row, _coming = running(cast)
    dates.stop(row, by=cast.noor)
    row.refresh_from_db()
    assert row.state == DatesState.OVER
    assert row.all_rounds.count() == 1
    assert company.round_at(row, now()) == (None, None)
