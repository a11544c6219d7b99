"""A facilitator plans a series: real dates, outside everybody's holidays, told once."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from activity.models import Ask, Delivery, Notification
from communities.meetings import actions, planner
from communities.meetings.models import Meeting, Series
from core.refusals import Refused
from people.models import User
from tests.cast import meeting

THURSDAYS = [planner.Slot(3)]
AUTUMN = time_machine.travel("2026-09-07 10:00:00+02:00", tick=False)


@pytest.fixture(autouse=True)
def _in_autumn():
    with AUTUMN:
        yield


def ask_for(cast, **changes):
    """What the first step asks, as the browser sends it."""
    return {
        "first": "2026-10-01",
        "count": "5",
        "weekday": "3",
        "cadence_weeks": "3",
        "starts": "15:30",
        "ends": "17:00",
        "place": "onsite",
        "host": "",
        "room": "personeelskamer",
        "link": "",
    } | changes


def post(browser, cast, days, **changes):
    data = ask_for(cast, **changes) | {
        "dates-TOTAL_FORMS": len(days), "dates-INITIAL_FORMS": 0, "dates-MIN_NUM_FORMS": 0, "dates-MAX_NUM_FORMS": 20,
    }  # fmt: skip
    for n, day in enumerate(days):
        data |= {f"dates-{n}-held_on": day, f"dates-{n}-take": "on", f"dates-{n}-school": "", f"dates-{n}-title": ""}
    return browser.post(reverse("meetings:plan", args=[cast.maths.pk]), data)


def test_the_proposal_passes_over_holidays_of_all_regions_and_public_ones(cast):
    who = planner.Company(regions=("Midden", "Zuid"))
    proposal = planner.propose(who, first=date(2026, 10, 1), count=5, cadence_weeks=3, slots=THURSDAYS)
    days = [row.held_on for row in proposal.dates]
    assert all(not who.holiday(day) for day in days)
    assert all(day.weekday() == 3 for day in days)
    assert proposal.skipped and all(reason for _day, reason in proposal.skipped)


def test_a_holiday_of_one_region_is_named_with_its_region(cast):
    who = planner.Company(regions=("Midden", "Zuid"))
    proposal = planner.propose(who, first=date(2027, 2, 18), count=1, cadence_weeks=3, slots=THURSDAYS)
    (_day, first), (_later, second) = proposal.skipped
    assert "Zuid" in first and "Midden" in second


def test_hosts_take_turns_beginning_with_the_owner(cast):
    who = planner.company(cast.maths)
    proposal = planner.propose(who, first=date(2026, 10, 1), count=4, cadence_weeks=1, slots=THURSDAYS)
    assert [row.school for row in proposal.dates] == [cast.regenboog, cast.wissel] * 2


def test_a_fixed_day_off_is_told_by_name(cast):
    User.objects.filter(pk=cast.tom.pk).update(days_off=[3])
    proposal = planner.propose(
        planner.company(cast.maths), first=date(2026, 10, 1), count=1, cadence_weeks=1, slots=THURSDAYS
    )
    assert proposal.away == ["Tom Hendriks"]


def test_a_year_without_holidays_in_the_list_is_said_and_planned_without(cast):
    who = planner.Company(regions=("Midden",))
    proposal = planner.propose(who, first=date(2031, 2, 6), count=2, cadence_weeks=3, slots=THURSDAYS)
    assert proposal.unknown_years == [2031]
    assert len(proposal.dates) == 2


def test_the_preview_plans_nothing(cast, signed_in):
    page = signed_in(cast.fatima).get(reverse("meetings:plan", args=[cast.maths.pk]), ask_for(cast))
    assert page.status_code == 200
    assert len(page.context["rows"].forms) == 5
    assert not Meeting.objects.exists()


def test_a_new_series_goes_on_where_the_last_one_stopped(cast, signed_in):
    last = meeting(cast.maths, held_on=date(2026, 12, 7), starts=time(15, 15), ends=time(16, 30), room="teamkamer")
    page = signed_in(cast.fatima).get(reverse("meetings:plan", args=[cast.maths.pk]))
    offered = {name: page.context["form"][name].value() for name in ("weekday", "starts", "ends", "room", "first")}
    assert offered == {
        "weekday": 0,
        "starts": time(15, 15),
        "ends": time(16, 30),
        "room": "teamkamer",
        "first": last.held_on + timedelta(weeks=cast.maths.cadence_weeks),
    }


def test_planning_makes_real_meetings_and_tells_everybody_once(cast, signed_in):
    answer = post(signed_in(cast.fatima), cast, ["2026-10-01", "2026-11-05", "2026-11-26"])
    assert answer.status_code == 302
    assert [row.held_on for row in Series.objects.get().meetings.all()] == [
        date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 26),
    ]  # fmt: skip
    assert Delivery.objects.filter(kind="meetings.planned").count() == 2  # Amina and Tom; Fatima did it herself
    assert Delivery.objects.get(kind="meetings.calendar").person == cast.fatima  # her calendar wants the dates too
    assert Notification.objects.filter(activity__kind="meetings.planned").count() == 2


def test_everybody_is_asked_for_the_nearest_meeting_now_and_for_the_next_one_later(cast):
    plan(cast, date(2026, 10, 1), date(2026, 11, 5))
    assert [ask.due_on for ask in Ask.objects.for_today(cast.amina)] == [date(2026, 10, 1)]
    with time_machine.travel("2026-10-02 10:00:00+02:00", tick=False):
        assert date(2026, 11, 5) in [ask.due_on for ask in Ask.objects.for_today(cast.amina)]


def plan(cast, *days, **fields):
    fields = {"starts": time(15, 30), "ends": time(17, 0), "cadence_weeks": 5} | fields
    return actions.plan(cast.maths, by=cast.fatima, dates=[{"held_on": day} for day in days], **fields)


def test_a_second_tap_on_the_button_plans_nothing_twice(cast, signed_in):
    browser = signed_in(cast.fatima)
    post(browser, cast, ["2026-10-01", "2026-11-05"])
    again = post(browser, cast, ["2026-10-01", "2026-11-05"])
    assert again.status_code == 422
    assert "data-refused" in again.text
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "changes"),
    [
        (["2026-10-01"], {"starts": "17:00", "ends": "15:30"}),
        (["2026-09-01"], {}),
        (["2027-03-28"], {"starts": "02:30", "ends": "03:30"}),
        (["2026-10-01", "2026-10-01"], {}),
        (["niet een datum"], {}),
        ([], {}),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_planned(cast, signed_in, days, changes):
    answer = post(signed_in(cast.fatima), cast, days, **changes)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text or "data-refused" in answer.text
    assert not Meeting.objects.exists()
    assert not Delivery.objects.exists()


def test_one_bad_date_leaves_the_whole_plan_undone(cast):
    with pytest.raises(Refused):
        plan(cast, date(2026, 10, 1), date(2026, 9, 1))
    assert not Meeting.objects.exists()


def test_a_completed_plg_plans_no_more(cast, signed_in):
    cast.maths.state = "closed"
    cast.maths.save()
    with pytest.raises(Refused):
        plan(cast, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("who", "answer"),
    [("fatima", 200), ("amina", 403), ("bram", 403), ("gijs", 403), ("dele", 404), ("paula", 404)],
)
def test_only_a_facilitator_plans(cast, signed_in, who, answer):
    page = signed_in(getattr(cast, who)).get(reverse("meetings:plan", args=[cast.maths.pk]))
    assert page.status_code == answer


def test_one_date_more_is_told_too(cast, signed_in):
    answer = signed_in(cast.fatima).post(
        reverse("meetings:add", args=[cast.maths.pk]),
        {"title": "Extra", "held_on": "2026-10-08", "starts": "15:30", "ends": "17:00", "place": "onsite"},
    )
    meeting = Meeting.objects.get()
    assert answer.status_code == 302 and answer.url == meeting.get_absolute_url()
    assert Delivery.objects.filter(kind="meetings.planned").count() == 2


def test_a_refused_date_gives_the_form_back_with_what_was_typed(cast, signed_in):
    answer = signed_in(cast.fatima).post(
        reverse("meetings:add", args=[cast.maths.pk]),
        {"title": "Onze extra keer", "held_on": "2026-09-01", "starts": "15:30", "ends": "17:00", "place": "onsite"},
    )
    assert answer.status_code == 422
    assert "Onze extra keer" in answer.text


def test_planning_ten_dates_takes_a_number_of_queries_that_members_do_not_change(cast, django_assert_max_num_queries):
    days = [date(2026, 10, 1).replace(month=10, day=day) for day in range(1, 11)]
    with django_assert_max_num_queries(140):
        plan(cast, *days)
