"""Say whether you come: on the web, for one date or for all."""

from datetime import date
from functools import partial

import pytest
from django.urls import reverse

from activity.models import Ask
from communities.meetings import actions, asking
from communities.meetings.choices import Coming, State
from communities.meetings.models import Answer, Meeting
from core.refusals import Refused
from tests import cast as people
from tests.cast import meeting as make_meeting
from tests.hands import together


def tap(browser, meeting, coming="room", htmx=False, **more):
    headers = {"HX-Request": "true"} if htmx else {}
    data = {"coming": coming, "slot": meeting.slot} | more
    return browser.post(reverse("meetings:answer", args=[meeting.pk]), data, headers=headers)


def test_an_answer_is_kept_and_a_later_one_replaces_it(cast, thursday, signed_in):
    amina = signed_in(cast.amina)
    assert tap(amina, thursday).status_code == 302
    assert tap(amina, thursday, "absent", reason="ouderavond").status_code == 302
    answer = Answer.objects.get()
    assert (answer.person, answer.coming, answer.reason) == (cast.amina, Coming.ABSENT, "ouderavond")


def test_htmx_gets_the_card_with_the_new_count(cast, thursday, signed_in):
    card = tap(signed_in(cast.amina), thursday, htmx=True)
    assert card.status_code == 200
    assert f'id="meeting-{thursday.pk}"' in card.text
    assert "<html" not in card.text
    assert card.context["meeting"].coming_count == 1
    assert card.context["meeting"].expected_count == 3


def test_the_request_is_closed_by_the_answer(cast, thursday, signed_in):
    asking.renew(cast.maths)
    assert Ask.objects.open().filter(person=cast.amina).count() == 1
    tap(signed_in(cast.amina), thursday)
    assert not Ask.objects.open().filter(person=cast.amina).exists()
    assert Ask.objects.open().filter(person=cast.tom).exists()


def test_one_answer_for_all_dates_to_come(cast, thursday, signed_in, membership):
    later = make_meeting(cast.maths, held_on=date(2026, 12, 17))
    online = make_meeting(cast.maths, held_on=date(2027, 1, 14), place="online")
    make_meeting(cast.maths, held_on=date(2027, 2, 4), state=State.CANCELLED)
    past = make_meeting(cast.maths, held_on=date(2026, 11, 5))
    assert actions.answer_all(thursday, membership(cast.amina), coming="room") == 2
    answered = set(Answer.objects.values_list("meeting", flat=True))
    assert answered == {thursday.pk, later.pk}  # nobody can be in the room of an online meeting
    assert past.pk not in answered and online.pk not in answered


def test_what_was_asked_for_on_the_page_is_the_date_that_is_answered(cast, thursday, signed_in):
    old_slot = thursday.slot
    thursday.held_on = date(2026, 12, 3)
    thursday.save()
    card = tap(signed_in(cast.amina), thursday, htmx=True, slot=old_slot)
    assert card.status_code == 422
    assert "3 december" in card.text
    assert not Answer.objects.exists()


@pytest.mark.parametrize("coming", ["online", "misschien", "", "<script>"])
def test_an_answer_that_does_not_exist_there_is_refused(cast, thursday, signed_in, coming):
    assert tap(signed_in(cast.amina), thursday, coming, htmx=True).status_code == 422
    assert not Answer.objects.exists()


def test_a_cancelled_or_past_meeting_takes_no_answer(cast, thursday, membership, at):
    with at("2026-11-26 18:00:00+01:00"), pytest.raises(Refused, match=r"over|voorbij"):
        actions.answer(thursday, membership(cast.amina), coming="room")
    thursday.state = State.CANCELLED
    thursday.save()
    with pytest.raises(Refused, match=r"cancelled|gaat niet door|afgezegd"):
        actions.answer(thursday, membership(cast.amina), coming="room")


@pytest.mark.parametrize(
    ("who", "answer"),
    [("fatima", 302), ("amina", 302), ("gijs", 404), ("bram", 404), ("ben", 404), ("noor", 404), ("dele", 404)],
)
def test_who_is_expected_answers_and_nobody_else(cast, thursday, signed_in, who, answer):
    assert tap(signed_in(getattr(cast, who)), thursday).status_code == answer


def test_a_guest_answers_for_the_meeting_to_which_she_is_invited(cast, thursday, signed_in, membership):
    other = make_meeting(cast.maths, held_on=date(2026, 12, 17))
    thursday.guests.add(membership(cast.gijs))
    assert tap(signed_in(cast.gijs), thursday).status_code == 302
    assert tap(signed_in(cast.gijs), other).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_leave_one_answer():
    cast = people.cast()
    meeting = make_meeting(cast.maths)
    from communities.models import Membership

    membership = Membership.objects.select_related("person").get(community=cast.maths, person=cast.amina)
    together(*(partial(actions.answer, meeting, membership, coming=coming) for coming in ("room", "absent")))
    assert Answer.objects.filter(meeting=meeting, person=cast.amina).count() == 1


def test_the_page_of_a_meeting_asks_as_much_for_one_member_as_for_ten(
    cast, thursday, signed_in, django_assert_max_num_queries
):
    for n in range(7):
        people.member(cast.maths, people.person(f"Lid {n}"))
    amina = signed_in(cast.amina)
    amina.get("/health/live")
    with django_assert_max_num_queries(9):
        assert amina.get(thursday.get_absolute_url()).status_code == 200


def test_lists_ask_as_much_for_three_meetings_as_for_one(cast, thursday, django_assert_num_queries):
    def read():
        return [
            (row.community.name, row.mine, row.coming_count, row.where) for row in Meeting.objects.for_list(cast.amina)
        ]

    read()  # her standing is known from here on
    with django_assert_num_queries(1):
        assert len(read()) == 1
    make_meeting(cast.maths, days=30)
    make_meeting(cast.maths, days=60)
    with django_assert_num_queries(1):
        assert len(read()) == 3
