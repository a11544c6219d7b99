"""This date, those after it, or all: another day, other hours, another place; and whose answers that touches."""

from datetime import date, time

import pytest
from django.urls import reverse

from activity.models import Ask, Delivery
from communities.meetings import actions, changing, planner
from communities.meetings.actions.series import change_series
from communities.meetings.changing import Scope, Wish
from communities.meetings.models import Answer, Meeting, Series
from core.refusals import Refused
from tests.cast import meeting as make_meeting

DAYS = [date(2026, 11, 12), date(2026, 11, 26), date(2026, 12, 10)]


@pytest.fixture
def series(cast, at):
    with at("2026-11-09 10:00:00+01:00"):
        made = actions.plan(
            cast.maths, by=cast.fatima, cadence_weeks=2, starts=time(15, 30), ends=time(17),
            dates=[{"held_on": day, "school": cast.regenboog} for day in DAYS],
        )  # fmt: skip
        yield list(made.meetings.order_by("held_on"))


def change(cast, meeting, scope=Scope.FOLLOWING, known="", **wish):
    return change_series(meeting, by=cast.fatima, scope=scope, wish=Wish(**wish), known=known)


def days():
    return list(Meeting.objects.order_by("pk").values_list("held_on", flat=True))


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope.THIS, [DAYS[0], date(2026, 11, 24), DAYS[2]]),
        (Scope.FOLLOWING, [DAYS[0], date(2026, 11, 24), date(2026, 12, 8)]),
        (Scope.ALL, [date(2026, 11, 10), date(2026, 11, 24), date(2026, 12, 8)]),
    ],
)
def test_a_change_reaches_the_dates_it_is_for(cast, series, scope, expected):
    change(cast, series[1], scope, weekday=1)
    assert days() == expected


def test_what_is_over_stays_as_it_was(cast, series, at):
    with at("2026-11-20 10:00:00+01:00"):
        assert change(cast, series[1], Scope.ALL, starts=time(16)) == 2
    assert [row.starts for row in Meeting.objects.order_by("held_on")] == [time(15, 30), time(16), time(16)]


def test_other_hours_keep_all_answers_and_ask_nobody_again(cast, series, membership):
    actions.answer(series[1], membership(cast.amina), coming="room")
    change(cast, series[1], starts=time(16), ends=time(17, 30))
    assert Answer.objects.get().coming == "room"
    assert not Ask.objects.open().filter(about_id=series[1].pk, person=cast.amina, kind="meetings.answer").exists()


def test_another_day_keeps_the_answer_and_asks_again(cast, series, membership):
    actions.answer(series[1], membership(cast.amina), coming="room")
    change(cast, series[1], weekday=1)
    assert Answer.objects.get().coming == "room"
    assert Ask.objects.open().get(about_id=series[1].pk, person=cast.amina).due_on == date(2026, 11, 24)


def test_an_answer_that_makes_no_sense_online_is_lost_and_asked_anew(cast, series, membership):
    actions.answer(series[1], membership(cast.amina), coming="room")
    actions.answer(series[1], membership(cast.tom), coming="absent")
    change(cast, series[1], where={"place": "online", "school": None, "room": ""})
    assert [row.person for row in Answer.objects.all()] == [cast.tom]
    assert Ask.objects.open().filter(about_id=series[1].pk, person=cast.amina).exists()


def test_the_page_says_beforehand_whose_answers_are_asked_again_or_lost(cast, series, membership, signed_in):
    actions.answer(series[1], membership(cast.amina), coming="room")
    actions.answer(series[2], membership(cast.tom), coming="absent")
    fatima, address = signed_in(cast.fatima), reverse("meetings:change_series", args=[series[1].pk])
    page = fatima.get(address, {"scope": "following", "weekday": "1"})
    assert page.context["asked_again"] == ["Amina Yildiz", "Tom Hendriks"] and not page.context["lost"]
    page = fatima.get(address, {"scope": "following", "place": "online"})
    assert page.context["lost"] == ["Amina Yildiz"] and not page.context["asked_again"]
    assert "Amina Yildiz" in page.text
    assert days() == DAYS


def test_from_the_page_to_the_change(cast, series, signed_in):
    fatima, address = signed_in(cast.fatima), reverse("meetings:change_series", args=[series[0].pk])
    asked = {"scope": "all", "weekday": "1", "starts": "16:00", "ends": "17:30", "place": "", "weeks": ""}
    page = fatima.get(address, asked)
    answer = fatima.post(address, asked | {"known": page.context["known"]})
    assert answer.status_code == 302
    assert days() == [date(2026, 11, 10), date(2026, 11, 24), date(2026, 12, 8)]
    made = Meeting.objects.first().series
    assert (made.weekday, made.starts) == (1, time(16))


def test_one_letter_and_one_calendar_mail_for_the_whole_change_and_a_higher_sequence(cast, series):
    Delivery.objects.all().delete()
    change(cast, series[0], Scope.ALL, starts=time(16), ends=time(17, 30))
    assert Delivery.objects.filter(kind="meetings.series_changed").count() == 2
    assert Delivery.objects.filter(kind="meetings.calendar").count() == 1
    assert set(Meeting.objects.values_list("sequence", flat=True)) == {1}


def test_reminders_go_along(cast, series):
    change(cast, series[1], Scope.THIS, weekday=1)
    slots = Delivery.objects.filter(about_id=series[1].pk, kind="meetings.reminder_day", state="pending")
    assert set(slots.values_list("slot", flat=True)) == {"day:2026-11-24T15:30"}


def test_a_change_in_the_meantime_is_refused_in_words(cast, series):
    known = changing.fingerprint(series)
    actions.move(series[2], by=cast.fatima, held_on=date(2026, 12, 17), starts=time(15, 30), ends=time(17))
    with pytest.raises(Refused):
        change(cast, series[0], Scope.ALL, known=known, weekday=1)
    assert days() == [*DAYS[:2], date(2026, 12, 17)]


@pytest.mark.parametrize(
    "wish",
    [
        {"weeks": -2},  # into the past
        {"starts": time(18)},  # ends before it starts
        {"starts": time(15, 30)},  # nothing changes
        {"weekday": 1, "weeks": 1},  # another meeting stands there
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(cast, series, wish):
    make_meeting(cast.maths, held_on=date(2026, 11, 17))
    with pytest.raises(Refused):
        change(cast, series[0], Scope.ALL, **wish)
    assert days()[:3] == DAYS


def test_dates_may_move_into_each_others_place(cast, series):
    change(cast, series[0], Scope.ALL, weeks=2)
    assert days() == [date(2026, 11, 26), date(2026, 12, 10), date(2026, 12, 24)]


@pytest.mark.parametrize(
    "asked",
    [
        {"scope": "some"},
        {"scope": "all"},
        {"scope": "all", "starts": "17:00", "ends": "16:00"},
        {"scope": "all", "weeks": "400"},
    ],
)
def test_a_form_that_says_nothing_is_given_back(cast, series, signed_in, asked):
    page = signed_in(cast.fatima).get(reverse("meetings:change_series", args=[series[0].pk]), asked)
    assert page.status_code == 422


@pytest.mark.parametrize(("who", "answer"), [("fatima", 200), ("amina", 403), ("gijs", 404), ("dele", 404)])
def test_only_a_facilitator_changes_a_series(cast, series, signed_in, who, answer):
    page = signed_in(getattr(cast, who)).get(reverse("meetings:change_series", args=[series[0].pk]))
    assert page.status_code == answer


def test_a_series_of_two_years_is_rolled_over_by_its_last(cast):
    series = Series.objects.create(
        community=cast.maths, weekday=3, cadence_weeks=4, starts=time(15, 30), ends=time(17, 0)
    )
    for held_on in (date(2025, 9, 4), date(2025, 11, 6), date(2026, 9, 3), date(2026, 10, 1), date(2026, 11, 5)):
        make_meeting(cast.maths, held_on=held_on, series=series)
    asked = planner.rolled_over(series)
    assert asked["count"] == 3
    assert asked["first"] == date(2027, 9, 2)
