"""Say how it went from the letter, without signing in: a link for one person, one promise, one purpose."""

from datetime import date

import pytest
from django.urls import reverse

from activity.letters import compose
from activity.models import Delivery
from communities import actions as plg
from communities.meetings import promises
from communities.meetings.actions.action_points import agree, drop
from communities.meetings.choices import ActionKind
from communities.models import Membership
from core import links
from tests.cast import meeting as make_meeting
from tests.meetings.test_action_points import FOLD, photo


@pytest.fixture
def point(cast, membership, thursday):
    """A try-out of Amina, agreed on 5 November."""
    held = make_meeting(cast.maths, held_on=date(2026, 11, 5))
    return agree(
        cast.maths, by=cast.fatima, holders=[membership(cast.amina)], text=FOLD, kind=ActionKind.TRY_OUT, meeting=held
    )[0]


def link(point, person=None, **facts):
    facts = {"point": point.pk, "went": "partly"} | ({"person": person.pk} if person else {}) | facts
    return reverse("meetings:act_by_mail", args=[links.sign("meetings.act", **facts)])


def test_the_letter_has_the_three_answers_as_links(cast, point, at):
    letter = Delivery.objects.get(kind=promises.LETTER)
    with at("2026-11-09 11:00:00+01:00"):
        words = compose(letter, point.meeting, cast.amina)
    assert FOLD in words.text
    assert words.text.count("/meetings/actions/by-mail/") == 3


def test_a_get_shows_and_changes_nothing(cast, point, client):
    page = client.get(link(point, cast.amina))
    assert page.status_code == 200 and FOLD in page.text
    assert page.context["choices"][0]["value"] == "partly"  # what she tapped stands first
    assert page.headers["Cache-Control"] == "private, no-store"
    point.refresh_from_db()
    assert point.went == ""


def test_a_post_answers_with_a_sentence_and_a_photo_and_may_be_changed(cast, point, client):
    address = link(point, cast.amina)
    done = client.post(address, {"went": "tried", "sentence": "Het lukte.", "photo": photo()})
    assert done.status_code == 302 and done.url == address
    point.refresh_from_db()
    assert (point.went, point.sentence, point.state) == ("tried", "Het lukte.", "done") and point.photo
    again = client.get(address)
    assert again.status_code == 200 and "Het lukte." in again.text
    client.post(address, {"went": "partly", "sentence": "Toch niet helemaal."})
    point.refresh_from_db()
    assert (point.went, point.state) == ("partly", "open") and point.photo


def test_a_bad_answer_is_shown_again_with_what_was_typed(cast, point, client):
    for wrong in ({"went": "prachtig"}, {}, {"went": "tried", "sentence": "x" * 501}):
        page = client.post(link(point, cast.amina), {"sentence": "Mijn zin"} | wrong)
        assert page.status_code == 422
    assert "Mijn zin" in client.post(link(point, cast.amina), {"sentence": "Mijn zin"}).text


def test_who_has_only_an_address_answers_too(cast, thursday, client):
    row = Membership.objects.create(community=cast.maths, address="nieuw@school.example", state="active")
    mine = agree(cast.maths, by=cast.fatima, holders=[row], text=FOLD)[0]
    address = link(mine, address="nieuw@school.example")
    assert client.post(address, {"went": "tried"}).status_code == 302
    mine.refresh_from_db()
    assert mine.went == "tried"


def test_links_that_count_no_more(cast, point, client, signed_in, membership, at):
    good = link(point, cast.amina)
    post = {"went": "tried"}
    assert client.post(good[:-9] + "xxxxxxxx/", post).status_code == 410  # forged
    other = links.sign("meetings.answer", point=point.pk, person=cast.amina.pk)
    assert client.post(reverse("meetings:act_by_mail", args=[other]), post).status_code == 410  # another purpose
    assert client.post(link(point, cast.tom), post).status_code == 410  # not his promise
    assert client.post(link(point, address="nieuw@school.example"), post).status_code == 410
    assert signed_in(cast.tom).post(good, post).status_code == 410  # in somebody else's hands
    with at("2027-01-20 10:00:00+01:00"):
        assert client.post(good, post).status_code == 410  # expired
    drop(point, by=cast.fatima, because="De stroken zijn op")
    gone = client.get(good)
    assert gone.status_code == 410 and "De stroken zijn op" in gone.text
    point.refresh_from_db()
    assert point.went == ""


def test_who_left_answers_no_more(cast, point, client, membership):
    address = link(point, cast.amina)
    plg.leave(membership(cast.amina), by=cast.amina)
    assert client.post(address, {"went": "tried"}).status_code == 410


def test_too_often_is_answered_with_wait(cast, point, client, settings):
    settings.ANSWER_LIMITS = True
    address = link(point, cast.amina)
    assert {client.get(address).status_code for _ in range(35)} == {200, 429}


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_not_allowed(cast, point, client, method):
    assert getattr(client, method)(link(point, cast.amina)).status_code == 405
