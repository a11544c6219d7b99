"""An address that somebody only wrote down in her account is not hers, and opens no account."""

from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from people import actions
from tests.people.test_sign_in_by_code import ask_code, code_in, type_code

CLAIMED = "van.een.ander@school.example"


def claim(person):
    person.emailaddress_set.create(email=CLAIMED, verified=False)


def test_a_code_to_a_claimed_address_does_not_open_the_account(cast, mailserver):
    claim(cast.amina)
    browser = Client()
    ask_code(browser, CLAIMED)
    letter = mailserver.wait_for(1)[0]
    if "code" in letter["Subject"]:
        type_code(browser, code_in(letter))
    assert not get_user(browser).is_authenticated


def test_nor_does_a_forgotten_password_there(cast, mailserver):
    claim(cast.amina)
    Client().post(reverse("account_reset_password"), {"email": CLAIMED}, follow=True)
    letter = mailserver.wait_for(1)[0]
    assert reverse("account_signup") in letter.get_content()  # what an address without account gets


def test_nobody_merges_with_an_account_by_an_address_that_it_only_claims(cast):
    claim(cast.amina)
    assert actions.account_of(CLAIMED) is None
    assert actions.account_of(CLAIMED.upper()) is None
    assert actions.account_of(cast.amina.email.upper()) == cast.amina


def test_somebody_who_never_signed_in_is_found_by_the_address_she_was_entered_with(cast):
    cast.els.emailaddress_set.all().delete()
    claim(cast.amina)
    cast.amina.emailaddress_set.create(email=cast.els.email, verified=False)
    assert actions.account_of(cast.els.email) == cast.els


def test_its_owner_can_begin_an_account_with_it(cast, mailserver):
    claim(cast.amina)
    browser = Client()
    browser.post(reverse("account_signup"), {"email": CLAIMED, "name": "Sanne Bakker"}, follow=True)
    code = code_in(mailserver.wait_for(1)[0])
    browser.post(reverse("account_email_verification_sent"), {"code": code})
    assert get_user(browser).email == CLAIMED
    assert get_user(browser) != cast.amina


def test_an_address_in_use_begins_no_second_account(cast, mailserver):
    Client().post(reverse("account_signup"), {"email": cast.amina.email.upper(), "name": "Boef"}, follow=True)
    assert cast.amina.name not in mailserver.wait_for(1)[0].get_content()
    assert actions.account_of(cast.amina.email) == cast.amina
