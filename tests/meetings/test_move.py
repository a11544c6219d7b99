"""Another day, another place, or not at all: everybody hears at once, old reminders are taken back."""

from datetime import date, time

import pytest
from django.urls import reverse

from activity.choices import State as Letter
from activity.models import Ask, Delivery, Notification
from communities.meetings import actions, asking, reminders
from communities.meetings.choices import State
from communities.meetings.models import Answer
from core.refusals import Refused
from tests.cast import meeting as make_meeting

NEW = {"held_on": "2026-12-03", "starts": "15:30", "ends": "17:00"}


def move(cast, meeting, held_on=date(2026, 12, 3), **fields):
    fields = {"starts": meeting.starts, "ends": meeting.ends} | fields
    return actions.move(meeting, by=cast.fatima, held_on=held_on, **fields)


def waiting(meeting):
    return Delivery.objects.filter(occasion=reminders.occasion(meeting), state=Letter.PENDING)


def test_moving_raises_the_sequence_and_keeps_the_answers(cast, thursday, membership):
    actions.answer(thursday, membership(cast.amina), coming="room")
    moved = move(cast, thursday)
    assert moved.sequence == thursday.sequence + 1
    assert Answer.objects.get().coming == "room"


def test_whoever_answered_is_asked_to_look_again(cast, thursday, membership):
    asking.renew(cast.maths)
    actions.answer(thursday, membership(cast.amina), coming="room")
    assert not Ask.objects.open().filter(person=cast.amina).exists()
    move(cast, thursday)
    assert Ask.objects.open().get(person=cast.amina).due_on == date(2026, 12, 3)


def test_another_hour_of_the_same_day_asks_nobody_again(cast, thursday, membership):
    asking.renew(cast.maths)
    actions.answer(thursday, membership(cast.amina), coming="room")
    move(cast, thursday, held_on=thursday.held_on, starts=time(16), ends=time(17, 30))
    assert not Ask.objects.open().filter(person=cast.amina).exists()
    assert Answer.objects.get().coming == "room"


def test_whoever_would_come_into_a_room_that_is_none_any_more_is_asked_anew(cast, thursday, membership):
    asking.renew(cast.maths)
    actions.answer(thursday, membership(cast.amina), coming="room")
    actions.answer(thursday, membership(cast.tom), coming="absent")
    actions.edit(thursday, by=cast.fatima, place="online", room="")
    assert Answer.objects.get().person == cast.tom
    assert set(Ask.objects.open().values_list("person__email", flat=True)) == {cast.amina.email, cast.fatima.email}


def test_the_page_says_beforehand_whose_answers_are_touched(cast, thursday, membership, signed_in):
    actions.answer(thursday, membership(cast.tom), coming="room")
    page = signed_in(cast.fatima).get(reverse("meetings:move", args=[thursday.pk]))
    assert "Tom Hendriks" in page.text and "Amina Yildiz" not in page.text


def test_reminders_are_replaced_by_those_of_the_new_date(cast, thursday):
    reminders.queue([thursday])
    before = set(waiting(thursday).values_list("slot", flat=True))
    assert before == {"week:2026-11-26T15:30", "day:2026-11-26T15:30"}
    move(cast, thursday)
    assert set(waiting(thursday).values_list("slot", flat=True)) == {"week:2026-12-03T15:30", "day:2026-12-03T15:30"}


def test_moved_there_and_back_reminds_once(cast, thursday):
    reminders.queue([thursday])
    there = move(cast, thursday)
    back = move(cast, there, held_on=date(2026, 11, 26))
    assert set(waiting(back).values_list("slot", flat=True)) == {"week:2026-11-26T15:30", "day:2026-11-26T15:30"}


def test_a_reminder_that_was_sent_is_not_sent_again_when_moved_there_and_back(cast, thursday):
    reminders.queue([thursday])
    sent = waiting(thursday).filter(person=cast.amina, slot__startswith="week").get()
    Delivery.objects.filter(pk=sent.pk).update(state=Letter.SENT)
    move(cast, move(cast, thursday), held_on=date(2026, 11, 26))
    assert Delivery.objects.get(pk=sent.pk).state == Letter.SENT
    assert Delivery.objects.filter(person=cast.amina, slot=sent.slot).count() == 1


def test_members_hear_at_once_and_guests_only_where_they_are_invited(cast, thursday):
    move(cast, thursday)
    told = set(Delivery.objects.filter(kind="meetings.moved").values_list("person__name", flat=True))
    assert told == {"Amina Yildiz", "Tom Hendriks"}


def test_the_same_moment_is_no_move(cast, thursday):
    with pytest.raises(Refused):
        move(cast, thursday, held_on=thursday.held_on)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"held_on": "2026-11-01"},
        {"starts": "17:00", "ends": "15:30"},
        {"held_on": "2027-03-28", "starts": "02:30", "ends": "03:30"},
        {"held_on": "2026-12-17", "starts": "15:00"},
        {"held_on": "morgen"},
        {"held_on": "9999-12-31"},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(cast, thursday, signed_in, changes):
    make_meeting(cast.maths, held_on=date(2026, 12, 17))
    page = signed_in(cast.fatima).post(reverse("meetings:move", args=[thursday.pk]), NEW | changes)
    assert page.status_code == 422
    assert 'class="error"' in page.text or "data-refused" in page.text
    thursday.refresh_from_db()
    assert (thursday.held_on, thursday.sequence) == (date(2026, 11, 26), 0)


@pytest.mark.parametrize("page", ["move", "cancel", "edit", "attendance"])
@pytest.mark.parametrize(("who", "answer"), [("fatima", 200), ("amina", 403), ("bram", 404), ("dele", 404)])
def test_only_the_facilitator_changes_a_meeting(cast, thursday, signed_in, page, who, answer):
    url = reverse(f"meetings:{page}", args=[thursday.pk])
    assert signed_in(getattr(cast, who)).get(url).status_code == answer


def test_cancelling_takes_back_reminders_and_requests_and_tells_everybody(cast, thursday, signed_in):
    reminders.queue([thursday])
    asking.renew(cast.maths)
    answer = signed_in(cast.fatima).post(reverse("meetings:cancel", args=[thursday.pk]), {"because": "studiedag"})
    assert answer.status_code == 302
    thursday.refresh_from_db()
    assert (thursday.state, thursday.cancelled_because, thursday.sequence) == (State.CANCELLED, "studiedag", 1)
    assert not waiting(thursday).exists()
    assert not Ask.objects.open().exists()
    assert Delivery.objects.filter(kind="meetings.cancelled").count() == 2
    assert Notification.objects.filter(activity__kind="meetings.cancelled").count() == 2


def test_a_get_cancels_nothing(cast, thursday, signed_in):
    assert signed_in(cast.fatima).get(reverse("meetings:cancel", args=[thursday.pk])).status_code == 200
    thursday.refresh_from_db()
    assert not thursday.is_cancelled


def test_cancelling_twice_is_refused_and_told_once(cast, thursday):
    actions.cancel(thursday, by=cast.fatima)
    with pytest.raises(Refused):
        actions.cancel(thursday, by=cast.fatima)
    assert Delivery.objects.filter(kind="meetings.cancelled").count() == 2


def test_another_place_is_told_another_title_is_not(cast, thursday):
    edited = actions.edit(thursday, by=cast.fatima, title="Nabespreken")
    assert not Delivery.objects.filter(kind="meetings.changed").exists()
    edited = actions.edit(edited, by=cast.fatima, room="aula")
    assert Delivery.objects.filter(kind="meetings.changed").count() == 2
    assert edited.sequence == 2


def test_editing_keeps_what_was_typed_when_it_is_refused(cast, thursday, signed_in):
    page = signed_in(cast.fatima).post(
        reverse("meetings:edit", args=[thursday.pk]),
        {"title": "x" * 141, "preparation": "Lees dit", "place": "onsite", "link": "javascript:alert(1)"},
    )
    assert page.status_code == 422
    assert "Lees dit" in page.text


def test_a_guest_sees_who_comes_but_not_why_somebody_cannot(cast, thursday, signed_in, membership):
    thursday.guests.add(membership(cast.gijs))
    actions.answer(thursday, membership(cast.amina), coming="absent", reason="ouderavond")
    assert "ouderavond" in signed_in(cast.tom).get(thursday.get_absolute_url()).text
    for address in (thursday.get_absolute_url(), reverse("meetings:people", args=[thursday.pk])):
        page = signed_in(cast.gijs).get(address).text
        assert "Amina Yildiz" in page and "ouderavond" not in page


def test_a_date_chosen_by_hand_in_a_holiday_is_kept_with_a_warning(cast, thursday, signed_in):
    answer = signed_in(cast.fatima).post(
        reverse("meetings:move", args=[thursday.pk]), NEW | {"held_on": "2026-12-24"}, follow=True
    )
    assert "Kerstvakantie" in answer.text
    thursday.refresh_from_db()
    assert thursday.held_on == date(2026, 12, 24)


def test_requests_of_meetings_behind_us_are_closed_at_night(cast, thursday, at):
    asking.renew(cast.maths)
    asking.close_past()
    assert Ask.objects.open().count() == 3
    with at("2026-11-27 03:00:00+01:00"):
        asking.close_past()
    assert not Ask.objects.open().exists()


def test_a_guest_is_told_and_sees_only_this_meeting(cast, thursday, signed_in, membership):
    other = make_meeting(cast.maths, held_on=date(2026, 12, 17))
    gijs = signed_in(cast.gijs)
    assert gijs.get(thursday.get_absolute_url()).status_code == 404
    answer = signed_in(cast.fatima).post(
        reverse("meetings:invite_guest", args=[thursday.pk]), {"guest": membership(cast.gijs).pk}
    )
    assert answer.status_code == 302
    assert Delivery.objects.get(kind="meetings.guest_invited").person == cast.gijs
    assert gijs.get(thursday.get_absolute_url()).status_code == 200
    assert gijs.get(other.get_absolute_url()).status_code == 404
    signed_in(cast.fatima).post(
        reverse("meetings:release_guest", args=[thursday.pk]), {"guest": membership(cast.gijs).pk}
    )
    assert gijs.get(thursday.get_absolute_url()).status_code == 404
