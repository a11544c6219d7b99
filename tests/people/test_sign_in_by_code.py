"""Signing in with a code from the mail, as most people do."""

import re

from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from people.models import User
from tests.cast import PASSWORD, person

DAY = 24 * 3600


def code_in(letter):
    return re.search(r"\b\d{6}\b", letter.get_content()).group()


def ask_code(browser, address, **more):
    return browser.post(reverse("account_request_login_code"), {"email": address, **more}, follow=True)


def type_code(browser, code):
    return browser.post(reverse("account_confirm_login_code"), {"code": code})


def sign_in(browser, mailserver, address, **more):
    ask_code(browser, address, **more)
    return type_code(browser, code_in(mailserver.wait_for(1)[-1]))


def test_the_code_of_the_mail_signs_in(cast, mailserver):
    browser = Client()
    answer = sign_in(browser, mailserver, "amina.yildiz@school.example")
    assert answer.status_code == 302
    assert answer.url == "/"
    assert get_user(browser) == cast.amina


def test_the_code_stands_in_the_subject_and_no_link_of_a_forged_host_in_the_letter(cast, mailserver):
    ask_code(Client(headers={"host": "elders.example"}), "amina.yildiz@school.example")
    letter = mailserver.wait_for(1)[0]
    assert code_in(letter) in letter["Subject"]
    assert "elders.example" not in letter.get_content()


def test_on_ones_own_device_one_stays_signed_in_for_90_days(cast, mailserver):
    browser = Client()
    sign_in(browser, mailserver, "amina.yildiz@school.example", remember="on")
    assert browser.session.get_expiry_age() > 89 * DAY


def test_elsewhere_the_session_ends_with_the_browser(cast, mailserver):
    browser = Client()
    sign_in(browser, mailserver, "amina.yildiz@school.example")
    assert browser.session.get_expire_at_browser_close()
    assert not browser.cookies["sessionid"]["max-age"]


def test_a_code_works_once(cast, mailserver):
    sign_in(Client(), mailserver, "amina.yildiz@school.example")
    code = code_in(mailserver.letters[-1])
    other = Client()
    ask_code(other, "tom.hendriks@school.example")
    type_code(other, code)
    assert not get_user(other).is_authenticated


def test_three_wrong_codes_end_it(cast, mailserver):
    browser = Client()
    ask_code(browser, "amina.yildiz@school.example")
    code = code_in(mailserver.wait_for(1)[0])
    wrong = "000000" if code != "000000" else "111111"
    for _attempt in range(3):
        type_code(browser, wrong)
    type_code(browser, code)
    assert not get_user(browser).is_authenticated


def test_a_stranger_sees_the_same_page_as_a_member(cast, mailserver):
    known, unknown = (ask_code(Client(), a) for a in ("amina.yildiz@school.example", "niemand@school.example"))
    assert known.redirect_chain == unknown.redirect_chain
    mailserver.wait_for(2)
    assert not re.search(r"\b\d{6}\b", mailserver.to("niemand@school.example")[0].get_content())


def test_an_imported_person_joins_with_one_code(db, mailserver):
    dana = User.objects.create_user("dana@school.example", name="Dana Vos")
    browser = Client()
    answer = sign_in(browser, mailserver, "dana@school.example")
    assert answer.url == reverse("people:welcome")
    dana.refresh_from_db()
    assert dana.has_joined
    assert dana.emailaddress_set.get().verified
    assert len(mailserver.letters) == 1


def test_signing_in_again_does_not_join_again(cast, mailserver):
    joined_at = cast.amina.joined_at
    sign_in(Client(), mailserver, "amina.yildiz@school.example")
    cast.amina.refresh_from_db()
    assert cast.amina.joined_at == joined_at


def test_a_password_signs_in_too(cast):
    browser = Client()
    browser.post(reverse("account_login"), {"login": "amina.yildiz@school.example", "password": PASSWORD})
    assert get_user(browser) == cast.amina


def test_a_wrong_password_says_so_without_saying_who_is_known(cast):
    known, unknown = (
        Client().post(reverse("account_login"), {"login": address, "password": "iets heel anders"})
        for address in ("amina.yildiz@school.example", "niemand@school.example")
    )
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert known.context["form"].non_field_errors()


def test_too_many_codes_for_one_address_are_held_back(cast, mailserver, settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/m/key"}
    for _attempt in range(4):
        ask_code(Client(), "amina.yildiz@school.example")
    assert len(mailserver.letters) == 3


def test_a_closed_account_gets_no_code(db, mailserver):
    person("Weg Gegaan", is_active=False)
    ask_code(Client(), "weg.gegaan@school.example")
    assert not re.search(r"\b\d{6}\b", mailserver.wait_for(1)[0].get_content())
