"""Who was there is written down apart from what was answered, and only once it has begun."""

import pytest
from django.urls import reverse

from communities.choices import MembershipState
from communities.meetings import actions
from communities.meetings.choices import State
from communities.meetings.models import Attendance
from communities.models import Membership
from core.refusals import Refused

DURING = "2026-11-26 15:45:00+01:00"


@pytest.fixture
def answered(cast, thursday, membership):
    actions.answer(thursday, membership(cast.amina), coming="room")
    actions.answer(thursday, membership(cast.tom), coming="absent")
    return thursday


def mark(browser, meeting, row, was_there="1", **more):
    data = {"membership": row.pk, "was_there": was_there} | more
    return browser.post(reverse("meetings:mark", args=[meeting.pk]), data)


def test_who_said_yes_is_there_in_one_tap(cast, answered, signed_in, at):
    with at(DURING):
        assert signed_in(cast.fatima).post(reverse("meetings:mark_all", args=[answered.pk])).status_code == 302
    were = dict(Attendance.objects.values_list("person__name", "minutes"))
    assert were == {"Amina Yildiz": 90, "Tom Hendriks": 0}  # Fatima gave no answer: nobody guesses


def test_a_correction_replaces_and_one_tap_does_not_undo_it(cast, answered, signed_in, at, membership):
    with at(DURING):
        fatima = signed_in(cast.fatima)
        mark(fatima, answered, membership(cast.amina), minutes=45)
        fatima.post(reverse("meetings:mark_all", args=[answered.pk]))
        assert Attendance.objects.get(person=cast.amina).minutes == 45
        mark(fatima, answered, membership(cast.amina), "0")
    row = Attendance.objects.get(person=cast.amina)
    assert (row.was_there, row.minutes, row.marked_by) == (False, 0, cast.fatima)


def test_htmx_gets_the_roll(cast, answered, signed_in, at):
    with at(DURING):
        answer = signed_in(cast.fatima).post(
            reverse("meetings:mark_all", args=[answered.pk]), headers={"HX-Request": "true"}
        )
    assert answer.status_code == 200
    assert 'id="roll"' in answer.text and "<html" not in answer.text


def test_nobody_is_there_before_it_begins(cast, answered, signed_in):
    with pytest.raises(Refused):
        actions.mark_all(answered, by=cast.fatima)
    page = signed_in(cast.fatima).get(reverse("meetings:attendance", args=[answered.pk]))
    assert page.status_code == 200
    assert reverse("meetings:mark_all", args=[answered.pk]) not in page.text


def test_a_cancelled_meeting_has_no_attendance(cast, answered, at):
    answered.state = State.CANCELLED
    answered.save()
    with at(DURING), pytest.raises(Refused):
        actions.mark_all(answered, by=cast.fatima)


@pytest.mark.parametrize("minutes", ["-1", "99999", "veel"])
def test_impossible_minutes_are_refused_in_words(cast, answered, signed_in, at, membership, minutes):
    with at(DURING):
        answer = mark(signed_in(cast.fatima), answered, membership(cast.amina), minutes=minutes)
    assert answer.status_code == 302  # back, with a message
    assert not Attendance.objects.exists()


def test_nobody_of_another_plg_can_be_marked(cast, answered, signed_in, at):
    from tests import cast as people

    elsewhere = people.member(people.plg(cast.waterlelie, "PLG Lezen"), cast.dele)
    with at(DURING):
        mark(signed_in(cast.fatima), answered, elsewhere)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(("who", "answer"), [("amina", 403), ("bram", 404), ("gijs", 404), ("dele", 404)])
def test_only_the_facilitator_marks(cast, answered, signed_in, at, membership, who, answer):
    with at(DURING):
        assert mark(signed_in(getattr(cast, who)), answered, membership(cast.amina)).status_code == answer


def test_who_left_afterwards_stays_on_the_roll_of_that_day(cast, answered, signed_in, at):
    Membership.objects.filter(person=cast.amina).update(state=MembershipState.ENDED)
    with at(DURING):
        page = signed_in(cast.fatima).get(reverse("meetings:attendance", args=[answered.pk]))
    assert "Amina Yildiz" in page.text


@pytest.mark.parametrize("state", [MembershipState.INVITED, MembershipState.REQUESTED, MembershipState.DECLINED])
def test_only_who_was_expected_is_written_down(cast, answered, at, state):
    els = Membership.objects.create(community=cast.maths, person=cast.els, state=state)
    with at(DURING), pytest.raises(Refused):
        actions.mark(answered, els, by=cast.fatima, was_there=True)
    assert not Attendance.objects.filter(person=cast.els).exists()


def test_a_guest_who_was_not_invited_is_not_written_down(cast, answered, at, membership):
    with at(DURING), pytest.raises(Refused):
        actions.mark(answered, membership(cast.gijs), by=cast.fatima, was_there=True)
