"""Turning mail off from the mail itself: signed, without signing in, by POST only."""

import re

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils.timezone import now

from activity import letters, outbox, paces, sending
from activity.choices import Pace, State
from activity.kinds import kinds
from activity.models import Delivery, PaceChoice, Silence
from core import links


@pytest.fixture
def stranger():
    """A mail program: no cookie, no CSRF token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def url(news, cast):
    return path_of(cast.amina)


def path_of(person=None, address=""):
    return letters.unsubscribe_url_for(kinds["tests.happened"], person, address).removeprefix("http://testserver")


def test_one_click_of_a_mail_program_turns_the_kind_off(record_news, cast, mailserver, stranger):
    record_news(cast.amina)
    sending.send_due()
    url = re.search("<(.+)>", mailserver.letters[0]["List-Unsubscribe"])[1]
    answer = stranger.post(url.removeprefix("http://testserver"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    record_news(cast.amina)
    assert sending.send_due() == 0


def test_looking_changes_nothing(url, stranger):
    assert stranger.get(url).status_code == 200
    assert stranger.head(url).status_code == 200
    assert not PaceChoice.objects.exists()


def test_it_says_what_it_turns_off_and_can_be_undone(url, stranger, cast):
    assert "iets nieuws in je PLG" in stranger.get(url).content.decode()
    stranger.post(url, {"what": "kind"})
    assert paces.of_person(cast.amina, "tests.happened")["tests.happened"].pace == Pace.NEVER
    stranger.post(url, {"what": "back"})
    assert not PaceChoice.objects.exists()


def test_all_mail_can_be_turned_off_but_for_what_cannot_be_missed(url, stranger, cast, news, record_news, mailserver):
    stranger.post(url, {"what": "all"})
    record_news(cast.amina)
    assert sending.send_due() == 0
    news(fixed=True)
    record_news(cast.amina)
    assert sending.send_due() == 1


def test_doing_it_again_is_the_same_as_once(url, stranger):
    for _again in range(3):
        assert stranger.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert PaceChoice.objects.count() == 1


def test_what_was_queued_already_stays_here(url, stranger, cast):
    outbox.put("tests.happened", occasion="queued", about=cast.maths, people=[cast.amina, cast.tom])
    stranger.post(url)
    states = dict(Delivery.objects.values_list("person", "state"))
    assert states == {cast.amina.pk: State.CANCELLED, cast.tom.pk: State.PENDING}


def test_an_address_without_account_falls_silent(news, cast, stranger, mailserver):
    stranger.post(path_of(address="nieuw@school.example"))
    assert Silence.objects.get().address == "nieuw@school.example"
    outbox.put(
        "tests.happened", occasion="x", about=cast.maths, addresses=["nieuw@school.example", "ander@school.example"]
    )
    assert sending.send_due() == 1


def test_its_silence_goes_along_when_it_gets_an_account(news, cast, stranger):
    from core.registry import claims

    stranger.post(path_of(address="nieuw@school.example"))
    for claim in claims.values():
        claim(cast.els, "nieuw@school.example")
    assert paces.of_person(cast.els, "tests.happened")["tests.happened"].pace == Pace.NEVER


@pytest.mark.parametrize("is_hers", ["her account's", "a second one, proven", "a second one, not proven"])
def test_a_link_to_an_address_counts_for_who_has_it_meanwhile(news, record_news, cast, stranger, mailserver, is_hers):
    """She has an account now and did not sign in since: what she turned off is hers all the same."""
    address = cast.amina.email
    if is_hers.startswith("a second"):
        address = "prive@mail.example"
        cast.amina.emailaddress_set.create(email=address, verified=is_hers.endswith(", proven"))
    assert stranger.post(path_of(address=address)).status_code == 200
    record_news(cast.amina)
    assert sending.send_due() == (1 if is_hers.endswith("not proven") else 0)


@pytest.mark.parametrize("forge", ["cut", "other purpose", "other key", "fixed words"])
def test_a_forged_link_gets_a_sentence_and_does_nothing(url, stranger, cast, forge):
    token = url.rpartition("/")[2]
    forged = {
        "cut": token[:-3],
        "other purpose": links.sign("people.sign_in", kind="tests.happened", person=cast.amina.pk),
        "other key": Signer(key="x" * 50).sign_object({"kind": "tests.happened", "person": cast.amina.pk}),
        "fixed words": "unsubscribe-me",
    }[forge]
    answer = stranger.post(url.replace(token, forged))
    assert answer.status_code == 410
    assert not PaceChoice.objects.exists()


def test_a_link_of_years_ago_has_expired(url, stranger, time_machine):
    time_machine.move_to(now().replace(year=now().year + 3))
    assert stranger.post(url).status_code == 410


def test_a_link_of_a_closed_account_does_nothing(url, stranger, cast):
    cast.amina.is_active = False
    cast.amina.save()
    assert stranger.get(url).status_code == 410


def test_an_unknown_wish_does_nothing(url, stranger):
    assert stranger.post(url, {"what": "everybody"}).status_code == 404
    assert not PaceChoice.objects.exists()


def test_no_cache_keeps_the_page(url, stranger):
    assert stranger.get(url).headers["Cache-Control"] == "private, no-store"
