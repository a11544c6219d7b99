"""Answer from the letter, without signing in: a link for one person, one meeting, one purpose."""

from datetime import date

import pytest
from django.urls import reverse

from communities.choices import MembershipState
from communities.meetings.choices import Coming, State
from communities.meetings.models import Answer
from communities.models import Membership
from core import links


def link(meeting, person=None, coming="room", **facts):
    facts = {"meeting": meeting.pk, "coming": coming} | ({"person": person.pk} if person else {}) | facts
    return reverse("meetings:answer_by_mail", args=[links.sign("meetings.answer", **facts)])


def test_a_get_shows_the_meeting_and_changes_nothing(cast, thursday, client):
    page = client.get(link(thursday, cast.amina))
    assert page.status_code == 200
    assert "Amina Yildiz" in page.text and "PLG Rekenen" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert not Answer.objects.exists()


def test_a_post_answers(cast, thursday, client):
    address = link(thursday, cast.amina)
    answer = client.post(address, {"coming": "room", "slot": thursday.slot})
    assert answer.status_code == 302 and answer.url == address
    assert Answer.objects.get().person == cast.amina
    assert str(Coming.ROOM.label) in client.get(address).text


def test_the_answer_may_be_another_than_the_one_tapped_in_the_mail(cast, thursday, client):
    client.post(link(thursday, cast.amina, "room"), {"coming": "absent", "reason": "ziek", "slot": thursday.slot})
    assert (Answer.objects.get().coming, Answer.objects.get().reason) == ("absent", "ziek")


def test_who_has_only_an_address_answers_too(cast, thursday, client):
    Membership.objects.create(community=cast.maths, address="nieuw@school.example", state=MembershipState.ACTIVE)
    address = link(thursday, address="nieuw@school.example")
    assert client.get(address).status_code == 200
    client.post(address, {"coming": "room", "slot": thursday.slot})
    assert Answer.objects.get().address == "nieuw@school.example"


def test_a_forged_link_is_refused(cast, thursday, client):
    good = link(thursday, cast.amina)
    for bad in (good[:-8] + "xxxxxxx/", good.replace("answer/", "answer/e")):
        assert client.post(bad, {"coming": "room"}).status_code == 410
    other_purpose = links.sign("activity.unsubscribe", meeting=thursday.pk, person=cast.amina.pk)
    assert client.get(reverse("meetings:answer_by_mail", args=[other_purpose])).status_code == 410
    assert not Answer.objects.exists()


def test_a_link_for_a_meeting_of_another_plg_is_refused(cast, thursday, client):
    assert client.post(link(thursday, cast.dele), {"coming": "room"}).status_code == 410


def test_a_link_of_someone_else_is_refused_to_who_is_signed_in(cast, thursday, signed_in):
    page = signed_in(cast.tom).post(link(thursday, cast.amina), {"coming": "room", "slot": thursday.slot})
    assert page.status_code == 410
    assert "Tom Hendriks" in page.text and "Amina" not in page.text
    assert not Answer.objects.exists()


def test_a_link_dies_when_the_meeting_is_over(cast, thursday, client, at):
    address = link(thursday, cast.amina)
    with at("2026-11-26 16:59:00+01:00"):
        assert client.get(address).status_code == 200
    with at("2026-11-26 17:01:00+01:00"):
        assert client.get(address).status_code == 410


def test_a_link_dies_after_sixty_days(cast, thursday, client, at):
    thursday.held_on = date(2027, 3, 4)
    thursday.save()
    address = link(thursday, cast.amina)
    with at("2027-01-09 10:00:00+01:00"):
        assert client.get(address).status_code == 410


def test_who_left_answers_no_more(cast, thursday, client, membership):
    address = link(thursday, cast.amina)
    mine = membership(cast.amina)
    mine.state = MembershipState.ENDED
    mine.save()
    assert client.post(address, {"coming": "room"}).status_code == 410


def test_a_cancelled_meeting_says_so(cast, thursday, client):
    thursday.state = State.CANCELLED
    thursday.save()
    page = client.get(link(thursday, cast.amina))
    assert page.status_code == 410


def test_a_date_that_changed_between_reading_and_answering_is_shown_again(cast, thursday, client):
    seen = thursday.slot
    thursday.held_on = date(2026, 12, 3)
    thursday.save()
    page = client.post(link(thursday, cast.amina), {"coming": "room", "slot": seen})
    assert page.status_code == 422
    assert "3 december" in page.text
    assert not Answer.objects.exists()


def test_too_often_is_answered_with_wait(cast, thursday, client, settings):
    settings.ANSWER_LIMITS = True
    address = link(thursday, cast.amina)
    answers = {client.get(address).status_code for _ in range(35)}
    assert answers == {200, 429}


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_not_allowed(cast, thursday, client, method):
    assert getattr(client, method)(link(thursday, cast.amina)).status_code == 405
