"""Turned off is off: each kind of letter, each way to turn it off, queued before or after."""

import pytest
from django.test import Client
from django.utils.html import escape

from activity import actions, letters, outbox, paces, sending
from activity.choices import Pace, State
from activity.kinds import kinds
from activity.models import Delivery

NOT_FIXED = [name for name, kind in kinds.items() if not kind.fixed]
ADDRESS = "nieuw@school.example"


def click(kind, what, person=None, address=""):
    """Tap in a mail, and press the button: what = "kind" or "all"."""
    url = letters.unsubscribe_url_for(kinds[kind], person, address).removeprefix("http://testserver")
    assert Client(enforce_csrf_checks=True).post(url, {"what": what}).status_code == 200


WAYS = {
    "by the page, kind by kind": lambda person: actions.choose_paces(person, dict.fromkeys(NOT_FIXED, Pace.NEVER)),
    "by the page, at once": actions.turn_off,
    "by each mail": lambda person: [click(kind, "kind", person) for kind in NOT_FIXED],
    "by one mail, for all": lambda person: click("meetings.moved", "all", person),
}


def put(cast, occasion, **to):
    for name in kinds:
        outbox.put(name, occasion=f"{occasion}:{name}", about=cast.maths, community=cast.maths, **to)


def states():
    """{name of a kind: states of its letters}."""
    found = {}
    for row in Delivery.objects.all():
        found.setdefault(row.kind, set()).add(row.state)
    return found


@pytest.mark.parametrize("way", WAYS)
def test_what_a_person_turned_off_does_not_come(cast, mailserver, way):
    put(cast, "before", people=[cast.amina])
    WAYS[way](cast.amina)
    put(cast, "after", people=[cast.amina])
    sending.send_due()
    found = states()
    assert {name for name in NOT_FIXED if found[name] != {State.CANCELLED}} == set()
    assert [letter["List-ID"] for letter in mailserver.letters if letter["List-ID"]] == []


@pytest.mark.parametrize("what", ["kind", "all"])
def test_nor_does_it_come_to_an_address_without_account(cast, mailserver, what):
    put(cast, "before", addresses=[ADDRESS])
    for kind in NOT_FIXED if what == "kind" else NOT_FIXED[:1]:
        click(kind, what, address=ADDRESS)
    put(cast, "after", addresses=[ADDRESS.upper()])
    sending.send_due()
    found = states()
    assert {name for name in NOT_FIXED if found[name] != {State.CANCELLED}} == set()


@pytest.mark.parametrize("kind", NOT_FIXED)
def test_one_kind_off_leaves_the_others(cast, kind):
    click(kind, "kind", cast.amina)
    chosen = paces.of_person(cast.amina)
    assert chosen.pop(kind).pace == Pace.NEVER
    assert {name for name, each in chosen.items() if each.pace != each.kind.pace} == set()


def test_what_comes_all_the_same_stands_on_the_page_where_one_stops_it_all(cast, signed_in, client):
    url = letters.unsubscribe_url_for(kinds["meetings.moved"], cast.amina, "").removeprefix("http://testserver")
    pages = [client.get(f"{url}?what=all").text, signed_in(cast.amina).get("/activity/mail/").text]
    fixed = [escape(str(kind.label)) for kind in kinds.values() if kind.fixed]
    assert [label for label in fixed for page in pages if label not in page] == []


def test_a_letter_that_cannot_be_turned_off_says_so_and_offers_no_link(cast):
    for kind in kinds.values():
        if kind.fixed:
            assert kind.why
            assert "kunt deze mail niet uitzetten" in letters.why(kind, cast.amina, {"about": None, "facts": {}})


def test_the_question_for_all_mail_comes_from_the_foot(cast, client):
    url = letters.unsubscribe_url_for(kinds["meetings.moved"], cast.amina, "").removeprefix("http://testserver")
    assert "Alle mail stoppen?" in client.get(f"{url}?what=all").text
    assert "Dit soort mail stoppen?" in client.get(url).text
    assert not cast.amina.paces.exists()


def test_the_page_speaks_as_she_does(cast, client):
    cast.amina.language = "en"
    cast.amina.save()
    url = letters.unsubscribe_url_for(kinds["meetings.moved"], cast.amina, "").removeprefix("http://testserver")
    assert "Stop this kind of mail?" in client.get(url, headers={"accept-language": "nl"}).text
