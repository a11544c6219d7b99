"""What the planner proposes, whatever is asked: no date on which somebody is free or closed, in an even rhythm."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from communities.meetings import actions, planner
from communities.meetings.models import Meeting, Series
from communities.meetings.planner import Closed, Company, Slot
from organisations.models import StudyDay
from people import calendar
from people.models import User
from tests.cast import meeting as make_meeting

AUTUMN = time_machine.travel("2026-09-07 10:00:00+02:00", tick=False)
SLOTS = st.builds(Slot, st.integers(0, 4), st.sampled_from([time(9), time(15, 30), time(19, 30)]), st.just(time(21)))
DAYS = st.dates(date(2026, 9, 1), date(2027, 7, 31))
CLOSED = st.lists(st.tuples(st.sampled_from(["De Regenboog", "De Wissel"]), DAYS, st.integers(0, 6)), max_size=30).map(
    lambda rows: tuple(Closed(school, first, first + timedelta(days=n), "studiedag") for school, first, n in rows)
)
COMPANIES = st.builds(
    Company,
    regions=st.lists(st.sampled_from(["Noord", "Midden", "Zuid"]), unique=True).map(tuple),
    days_off=st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.lists(st.integers(0, 4), max_size=3).map(tuple))).map(
        tuple
    ),
    closed=CLOSED,
    taken=st.frozensets(DAYS, max_size=10),
    size=st.integers(1, 40),
)


@settings(deadline=None, max_examples=120)
@given(
    who=COMPANIES,
    first=DAYS,
    count=st.integers(1, 20),
    cadence=st.integers(1, 12),
    slots=st.lists(SLOTS, min_size=1, max_size=3, unique=True),
    ends=st.booleans(),
)
def test_whatever_is_asked(who, first, count, cadence, slots, ends):
    until = planner.school_year_end(first) if ends else None
    found = planner.propose(who, first=first, count=count, cadence_weeks=cadence, slots=slots, until=until)
    assert len(found.dates) + len(found.leftovers) == count
    for row in found.dates:
        day = row.held_on
        assert first <= day and (until is None or day <= until)
        assert (day.weekday(), row.starts, row.ends) in {tuple(slot) for slot in slots}
        assert not calendar.public_holiday(day)
        assert not any(calendar.school_holiday(day, region) for region in who.regions)
        assert not any(each.first <= day <= each.last for each in who.closed)
        assert day not in who.taken
        assert len(row.away) <= who.size * planner.MOST_AWAY
    weeks = [row.held_on - timedelta(days=row.held_on.weekday()) for row in found.dates]
    for earlier, later in pairwise(weeks):
        assert (later - earlier).days >= cadence * 7
    for leftover in found.leftovers:
        assert leftover.reason
        for day, _starts, _ends in leftover.options:
            assert day >= first and day.weekday() < 5 and not who.blocked(day)
    assert all(reason for _day, reason in found.skipped)


@settings(deadline=None, max_examples=60)
@given(first=DAYS, count=st.integers(1, 10), cadence=st.integers(1, 8))
def test_the_rhythm_is_kept_wherever_nothing_stands_in_the_way(first, count, cadence):
    found = planner.propose(Company(), first=first, count=count, cadence_weeks=cadence, slots=[Slot(2)])
    passed = {day for day, _reason in found.skipped}
    for earlier, later in pairwise(found.dates):
        gap = later.held_on - timedelta(weeks=cadence)
        assert gap == earlier.held_on or earlier.held_on + timedelta(weeks=cadence) in passed


def propose(who, **asked):
    asked = {"first": date(2026, 11, 9), "count": 1, "cadence_weeks": 3, "slots": [Slot(1), Slot(3)]} | asked
    return planner.propose(who, **asked)


def test_the_day_on_which_fewest_are_away_comes_first():
    found = propose(Company(days_off=(("Tom", (1,)), ("Els", (3,)), ("Ans", (1,))), size=9))
    [row] = found.dates
    assert (row.held_on.weekday(), row.away) == (3, ["Els"])
    assert not found.away  # nobody is away on both


def test_two_equal_days_leave_the_first_choice():
    [row] = propose(Company(days_off=(("Tom", (1,)), ("Els", (3,))), size=9)).dates
    assert row.held_on.weekday() == 1


def test_a_study_day_is_passed_over_and_named_with_its_school():
    who = Company(closed=(Closed("De Wissel", date(2026, 11, 10), date(2026, 11, 10), "studiedag"),), size=4)
    found = propose(who)
    assert found.dates[0].held_on == date(2026, 11, 12)
    assert found.skipped == [(date(2026, 11, 10), "De Wissel: studiedag")]


def test_a_date_that_fits_nobody_well_is_left_over_with_days_that_would_do():
    found = propose(Company(days_off=(("Tom", (1, 3)), ("Els", (1, 3)), ("Ans", (0,))), size=5))
    assert not found.dates
    [leftover] = found.leftovers
    assert "Tom" in leftover.reason and "Els" in leftover.reason
    assert {day.weekday() for day, _starts, _ends in leftover.options} >= {2, 4}


def test_what_does_not_fit_before_summer_is_left_over():
    found = propose(Company(regions=("Midden",)), first=date(2027, 6, 1), count=6, until=date(2027, 7, 31))
    assert len(found.dates) < 6 and len(found.leftovers) == 6 - len(found.dates)


@pytest.mark.parametrize(
    ("first", "until"),
    [
        (date(2026, 9, 1), date(2027, 7, 31)),
        (date(2027, 5, 31), date(2027, 7, 31)),
        (date(2027, 6, 1), date(2028, 7, 31)),
        (date(2027, 8, 1), date(2028, 7, 31)),
    ],
)
def test_dates_are_proposed_to_the_end_of_the_school_year_or_of_the_next_when_that_is_near(first, until):
    assert planner.horizon(first) == until


def test_hosts_go_on_where_the_last_series_stopped(cast):
    with AUTUMN:
        make_meeting(cast.maths, held_on=date(2026, 9, 10), school=cast.regenboog)
        found = planner.propose(
            planner.company(cast.maths), first=date(2026, 10, 1), count=2, cadence_weeks=1, slots=[Slot(3)]
        )
    assert [row.school for row in found.dates] == [cast.wissel, cast.regenboog]


def test_the_company_is_read_in_three_queries_however_many_there_are(cast, django_assert_num_queries):
    for n in range(3):
        StudyDay.objects.create(
            school=cast.wissel, first=date(2026, 12, 4 + n), last=date(2026, 12, 4 + n), name="studiedag"
        )
    with AUTUMN, django_assert_num_queries(3):
        who = planner.company(cast.maths)
    assert len(who.closed) == 3 and who.size == 3


# The screen ---------------------------------------------------------------------------------------


def ask(cast, **changes):
    return {
        "first": "2026-11-02", "count": "3", "weekday": "3", "cadence_weeks": "3", "starts": "15:30", "ends": "17:00",
        "place": "onsite", "host": "", "room": "", "link": "",
    } | changes  # fmt: skip


def page_of(cast, signed_in, **changes):
    with AUTUMN:
        return signed_in(cast.fatima).get(reverse("meetings:plan", args=[cast.maths.pk]), ask(cast, **changes))


def test_the_page_says_which_schools_have_no_study_days_yet(cast, signed_in):
    StudyDay.objects.create(school=cast.wissel, first=date(2026, 12, 4), last=date(2026, 12, 4), name="studiedag")
    page = page_of(cast, signed_in)
    assert [school.name for school in page.context["without_study_days"]] == ["De Regenboog"]
    assert reverse("organisations:study_days", args=[cast.regenboog.pk]) in page.text


def test_a_leftover_becomes_a_date_poll_in_one_tap(cast, signed_in):
    User.objects.filter(pk__in=[cast.tom.pk, cast.amina.pk]).update(days_off=[3])
    page = page_of(cast, signed_in, count="1")
    assert "Tom Hendriks" in page.text and not page.context["rows"].forms
    with AUTUMN:
        poll = signed_in(cast.fatima).get(page.context["poll_url"])
    assert poll.status_code == 200 and 'type="date"' in poll.text
    assert len(poll.context["rows"].forms) == len(page.context["proposal"].options)


def test_another_day_has_hours_of_its_own(cast, signed_in):
    User.objects.filter(pk=cast.tom.pk).update(days_off=[3])
    with AUTUMN:
        browser = signed_in(cast.fatima)
        address = reverse("meetings:plan", args=[cast.maths.pk])
        asked = ask(cast, weekday_2="1", starts_2="19:30", ends_2="21:00")
        page = browser.get(address, asked)
        [row] = {(form["starts"].value(), form["ends"].value()) for form in page.context["rows"]}
        assert row == (time(19, 30), time(21))
        posted = asked | {
            "dates-TOTAL_FORMS": 1, "dates-INITIAL_FORMS": 0, "dates-0-held_on": "2026-11-03", "dates-0-take": "on",
            "dates-0-starts": "19:30", "dates-0-ends": "21:00", "dates-0-school": "",
        }  # fmt: skip
        assert browser.post(address, posted).status_code == 302
    assert Meeting.objects.get().starts == time(19, 30)


def test_hours_of_another_day_that_cannot_be_are_refused(cast, signed_in):
    assert page_of(cast, signed_in, weekday_2="1", starts_2="21:00", ends_2="19:30").status_code == 422


def test_a_series_is_rolled_over_through_the_same_screen(cast, signed_in):
    with AUTUMN:
        series = actions.plan(
            cast.maths, by=cast.fatima, cadence_weeks=4, starts=time(15, 15), ends=time(16, 45), room="teamkamer",
            dates=[{"held_on": date(2026, 10, 1) + timedelta(weeks=4 * n)} for n in range(3)],
        )  # fmt: skip
        answer = signed_in(cast.fatima).get(reverse("meetings:roll_over", args=[series.pk]), follow=True)
    form, rows = answer.context["form"], answer.context["proposal"].dates
    asked = {name: form[name].value() for name in ("count", "cadence_weeks", "weekday", "starts", "room", "first")}
    assert asked == {
        "count": "3", "cadence_weeks": "4", "weekday": "3", "starts": "15:15", "room": "teamkamer",
        "first": "2027-09-30",
    }  # fmt: skip
    assert rows[0].held_on == date(2027, 9, 30)
    assert Series.objects.count() == 1


@pytest.mark.parametrize(("who", "answer"), [("fatima", 302), ("amina", 403), ("gijs", 404), ("dele", 404)])
def test_only_a_facilitator_rolls_over(cast, signed_in, who, answer):
    with AUTUMN:
        dates = [{"held_on": date(2026, 10, 1)}]
        series = actions.plan(cast.maths, by=cast.fatima, dates=dates, cadence_weeks=4, starts=time(15), ends=time(16))
        address = reverse("meetings:roll_over", args=[series.pk])
        assert signed_in(getattr(cast, who)).get(address).status_code == answer


def test_ten_dates_for_many_members_take_a_number_of_queries_that_both_do_not_change(
    cast, django_assert_max_num_queries
):
    days = [{"held_on": date(2026, 10, 5) + timedelta(weeks=n)} for n in range(10)]
    with AUTUMN, django_assert_max_num_queries(32):
        actions.plan(cast.maths, by=cast.fatima, dates=days, cadence_weeks=1, starts=time(15), ends=time(16))
