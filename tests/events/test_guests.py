"""Open evenings: a name and an address, a link, a place; and nothing of it a month later."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from activity.models import Delivery
from core import links
from core.registry import terms
from events.actions import registering
from events.choices import Kind, RegistrationState
from events.models import Event, Registration
from people.models import User
from tests import cast as make
from tests.events import world

R = RegistrationState


@pytest.fixture
def evening(cast):
    """For parents and neighbours of De Regenboog."""
    return world.an_event(
        cast, kind=Kind.EVENING, scope="public", school=cast.regenboog, is_for_guests=True, capacity=2,
        title="Wat leren onze leraren?", by=cast.bram,
    )  # fmt: skip


def link_for(event, address, name="Joke de Wit"):
    token = links.sign("events.confirm_guest", address=address, event=event.pk, name=name)
    return f"/events/guests/{token}/"


def test_everybody_sees_it_without_an_account(cast, evening, signed_in):
    page = signed_in().get(f"/events/{evening.pk}/")
    words = page.content.decode()
    assert page.status_code == 200
    assert 'property="og:title" content="Wat leren onze leraren?"' in words
    assert f"/events/{evening.pk}/register/guest/" in words


def test_an_event_of_the_network_sends_a_stranger_to_sign_in(cast, signed_in):
    event = world.an_event(cast, is_for_guests=True)
    assert signed_in().get(f"/events/{event.pk}/").status_code == 302
    assert signed_in().get(f"/events/{event.pk}/register/guest/").status_code == 404
    assert signed_in(cast.dele).get(f"/events/{event.pk}/").status_code == 404


def test_nothing_is_kept_until_she_follows_the_link(cast, evening, signed_in):
    guest = signed_in()
    said = {"name": "Joke de Wit", "address": "Joke@thuis.example"}
    assert guest.post(f"/events/{evening.pk}/register/guest/", said).status_code == 200
    assert not Registration.objects.exists()
    assert Delivery.objects.get(kind="events.confirm_guest").address == "joke@thuis.example"
    url = link_for(evening, "joke@thuis.example")
    assert guest.get(url).status_code == 200
    assert not Registration.objects.exists(), "a mail scanner follows links"
    assert guest.post(url, {"diet": "glutenvrij"}).status_code == 200
    assert guest.post(url, {"diet": "glutenvrij"}).status_code == 200
    row = Registration.objects.get()
    assert (row.name, row.address, row.state, row.diet) == (
        "Joke de Wit",
        "joke@thuis.example",
        R.CONFIRMED,
        "glutenvrij",
    )
    assert Event.objects.get(pk=evening.pk).taken == 1


def test_the_answer_never_tells_who_comes(cast, evening, signed_in):
    """Of an unknown address, of one that comes, of one with an account: the same page but for what was typed."""
    registering.confirm_guest(evening, name="Joke", address="joke@thuis.example")
    pages = []
    for address in ("nieuw@thuis.example", "joke@thuis.example", cast.amina.email):
        answer = signed_in().post(f"/events/{evening.pk}/register/guest/", {"name": "Iemand", "address": address})
        words = answer.content.decode().replace(address, "…")
        pages.append((answer.status_code, re.sub(r'(nonce|content)="[\w=/+-]{16,}"', "", words)))
    assert pages[0] == pages[1] == pages[2]
    assert Registration.objects.count() == 1


def test_the_address_of_an_account_registers_the_account(cast, evening):
    registering.confirm_guest(evening, name="Iemand", address=cast.amina.email)
    row = Registration.objects.get()
    assert (row.person, row.address, row.name) == (cast.amina, "", "")


def test_who_gets_an_account_takes_her_place_along(cast, evening):
    from core.registry import claims

    registering.confirm_guest(evening, name="Joke", address="joke@thuis.example")
    joke = make.person("Joke de Wit", "joke@thuis.example")
    for claim in claims.values():
        claim(joke, "joke@thuis.example")
    assert Registration.objects.get().person == joke
    assert Event.objects.get(pk=evening.pk).taken == 1


def test_guests_wait_and_take_an_offer_by_their_link(cast, evening, signed_in):
    rows = [registering.confirm_guest(evening, name=n, address=f"{n}@thuis.example") for n in ("een", "twee", "drie")]
    assert rows[2].state == R.WAITING
    first = links.sign("events.place", address="een@thuis.example", registration=rows[0].pk)
    assert signed_in().post(f"/events/place/{first}/", {"do": "leave"}).status_code == 200
    rows[2].refresh_from_db()
    assert rows[2].state == R.OFFERED
    assert Delivery.objects.filter(kind="events.offered", address="drie@thuis.example").exists()


def test_a_month_later_nothing_is_left_but_a_number(cast, evening):
    registering.confirm_guest(evening, name="Joke", address="joke@thuis.example", diet="glutenvrij")
    registering.register(evening, by=cast.amina, needs="geen trap")
    day = now().date() - timedelta(days=40)
    Event.objects.filter(pk=evening.pk).update(held_on=day, last_on=day, state="over")

    def over(rows, column, person=None):
        return rows.filter(**{f"{column}__lt": now() - timedelta(days=terms["registrations"].days)})

    assert terms["registrations"].clear(over) == 1
    guest, amina = Registration.objects.order_by("pk")
    assert (guest.name, guest.diet, amina.needs) == ("", "", "")
    assert "joke" not in guest.address
    assert amina.person == User.objects.get(pk=cast.amina.pk)
    assert terms["registrations"].clear(over) == 0
