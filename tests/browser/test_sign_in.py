"""Signing in as people do it: on a phone, with the code from the mail; and with a passkey."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.cast import person, role

PHONE = {"width": 390, "height": 844}


def code_to(mailserver, address):
    mailserver.wait_for(1)
    return re.search(r"\b\d{6}\b", mailserver.to(address)[-1].get_content()).group()


def sign_in_by_code(page, website, mailserver, address, own_device=True):
    page.goto(f"{website.url}{reverse('account_login')}")
    page.locator(f"a[href^='{reverse('account_request_login_code')}']").first.click()
    page.locator("input[name=email]").fill(address)
    if own_device:
        page.locator("input[name=remember]").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("input[name=code]")).to_be_visible()
    page.locator("input[name=code]").fill(code_to(mailserver, address))
    page.locator("main form button[type=submit]").first.click()


@pytest.fixture
def phone(page):
    page.set_viewport_size(PHONE)
    return page


def test_a_new_teacher_comes_in_with_a_code_and_is_welcomed(phone, website, mailserver, django_user_model):
    person("Sanne Mulder", "sanne@school.example", joined_at=None, welcomed_at=None)
    sign_in_by_code(phone, website, mailserver, "sanne@school.example")
    expect(phone).to_have_url(f"{website.url}{reverse('people:welcome')}")
    phone.locator("input[name=level]").fill("groep 5")
    phone.locator("main form button[type=submit]").first.click()
    expect(phone).to_have_url(re.compile(r"step=2"))
    phone.locator("button[name=skip]").click()
    expect(phone).to_have_url(re.compile(r"step=3"))
    phone.locator("input[name=working_days]").nth(4).uncheck()
    phone.locator("main form button[type=submit]").first.click()
    expect(phone).to_have_url(f"{website.url}/")
    sanne = django_user_model.objects.get(email="sanne@school.example")
    assert (sanne.level, sanne.days_off, sanne.has_joined) == ("groep 5", [4], True)
    cookie = next(each for each in phone.context.cookies() if each["name"] == "sessionid")
    assert cookie["expires"] > 0


def test_a_leader_sets_up_a_passkey_and_signs_in_with_it(phone, website, mailserver):
    boss = person("Paula Smit", "paula@platform.example")
    boss.set_unusable_password()
    boss.save()
    role(boss, "platform_admin")
    boss.authenticator_set.all().delete()
    keys = phone.context.new_cdp_session(phone)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
            "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
        }},
    )  # fmt: skip
    sign_in_by_code(phone, website, mailserver, "paula@platform.example")
    expect(phone).to_have_url(f"{website.url}{reverse('second_factor')}")
    phone.locator(f"a[href='{reverse('mfa_add_webauthn')}']").click()
    if phone.locator("input[name=passwordless]").count():
        phone.locator("input[name=passwordless]").check()
    phone.locator("#mfa_webauthn_add").click()
    phone.wait_for_url(re.compile("recovery|webauthn/$|2fa/$"))
    assert boss.authenticator_set.filter(type="webauthn").count() == 1
    phone.context.clear_cookies()
    phone.goto(f"{website.url}{reverse('account_login')}")
    phone.locator("#passkey_login").click()
    expect(phone).to_have_url(f"{website.url}/")
