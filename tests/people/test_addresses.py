"""One's own mail addresses: what cannot be done is not offered."""

import pytest
from django.urls import reverse


@pytest.fixture
def addresses(cast, signed_in):
    browser = signed_in(cast.amina)
    return lambda: browser.get(reverse("account_email")).text


def test_her_only_address_can_neither_be_removed_nor_made_the_main_one(cast, addresses):
    text = addresses()
    assert cast.amina.email in text
    assert "action_remove" not in text and "action_primary" not in text and "action_send" not in text
    assert "action_add" in text


def test_an_only_address_that_is_not_proven_can_be_proven(cast, addresses):
    cast.amina.emailaddress_set.update(verified=False)
    text = addresses()
    assert "action_send" in text and f'name="email" value="{cast.amina.email}"' in text
    assert "action_remove" not in text and "action_primary" not in text


def test_of_two_addresses_one_is_chosen(cast, addresses):
    cast.amina.emailaddress_set.create(email="amina@thuis.example", verified=True)
    text = addresses()
    assert "action_remove" in text and "action_primary" in text
    assert text.count('type="radio"') == 2
