"""School accounts against a real OpenID Connect provider in another process: every question goes over HTTP."""

import json
import re
import subprocess
import sys
import time
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from core.refusals import Refused
from organisations import school_accounts
from organisations.choices import Function
from people.models import User
from plg_platform.embedded import free_port
from tests.cast import second_step, works
from tests.people.identity_provider import CLIENT_ID, PASSWORD, SECRET
from tests.website import BASE

ENTREE = "nlEduPersonHomeOrganizationId"
KIND = "eduPersonAffiliation"
PEOPLE = {
    "juf": {"name": "Juf Janssen", "email": "juf@deregenboog.example", KIND: ["employee"], ENTREE: "07XY00"},
    "brin4": {"name": "Vier Tekens", "email": "vier@deregenboog.example", KIND: "employee", ENTREE: "07XY"},
    "kind": {"name": "Kind", "email": "kind@deregenboog.example", KIND: ["student"], ENTREE: "07XY00"},
    "elders": {"name": "Van Elders", "email": "e@deregenboog.example", ENTREE: "09CD00"},
    "namaak": {"name": "Amina Yildiz", "email": "amina.yildiz@school.example", ENTREE: "07XY00"},
    "leeg": {ENTREE: "07XY00"},
}


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    """The address of a running provider."""
    folder, port = tmp_path_factory.mktemp("provider"), free_port()
    people = json.dumps([{"username": name, "claims": claims} for name, claims in PEOPLE.items()])
    command = [sys.executable, "-m", "tests.people.identity_provider", str(port), str(folder), people]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=BASE, stdout=log, stderr=log)
        until = time.monotonic() + 60
        while not (folder / "ready").exists():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.1)
        yield f"http://localhost:{port}"
        process.terminate()
        process.wait(10)


@pytest.fixture
def school_account(cast, issuer):
    """The board has single sign-on; its service vouches for addresses of deregenboog.example."""
    sign_on = school_accounts.set_up(
        cast.board, by=cast.paula, kind="entree", server_url=issuer, client_id=CLIENT_ID, secret=SECRET,
        mail_domains=["deregenboog.example"],
    )  # fmt: skip
    callback = f"http://testserver{reverse('openid_connect_callback', args=[sign_on.app.provider_id])}"
    requests.post(f"{issuer}/return-address", data={"uri": callback}, timeout=10).raise_for_status()
    return sign_on


def come_back_as(browser, sign_on, username, **more):
    """Start here, sign in at the provider, and follow its answer back to us."""
    page = browser.post(reverse("organisations:start_school_account", args=[sign_on.pk]), more)
    assert page.status_code == 200
    there = requests.Session()
    login = there.get(page.context["address"], timeout=10)
    credentials = {"login": username, "password": PASSWORD}
    answer = there.post(login.url, data=credentials, timeout=10, allow_redirects=False)
    while answer.is_redirect and not answer.headers["Location"].startswith("http://testserver/"):
        onward = urljoin(answer.url, answer.headers["Location"])
        answer = there.get(onward, timeout=10, allow_redirects=False)
    assert answer.is_redirect, answer.text
    back = urlsplit(answer.headers["Location"])
    return browser.get(f"{back.path}?{back.query}")


def code_to(mailserver, address):
    return re.search(r"\b\d{6}\b", mailserver.to(address)[-1].get_content()).group()


def prove(browser, mailserver, address, name="Nieuwe Naam"):
    browser.post(reverse("organisations:first_school_account"), {"name": name, "address": address})
    return browser.post(reverse("organisations:school_account_code"), {"code": code_to(mailserver, address)})


def test_a_teacher_comes_in_and_works_at_the_school_that_is_told(cast, school_account):
    browser = Client()
    answer = come_back_as(browser, school_account, "juf")
    juf = get_user(browser)
    assert (juf.name, juf.email) == ("Juf Janssen", "juf@deregenboog.example")
    assert juf.affiliations.get().school == cast.regenboog
    assert juf.has_joined
    assert answer.url == reverse("people:welcome")


def test_the_second_time_the_same_person_comes_in(cast, school_account):
    for _time in range(2):
        browser = Client()
        come_back_as(browser, school_account, "juf")
        assert get_user(browser).name == "Juf Janssen"
    assert User.objects.filter(name="Juf Janssen").count() == 1


def test_a_brin_of_four_characters_finds_the_only_location(cast, school_account):
    browser = Client()
    come_back_as(browser, school_account, "brin4")
    assert get_user(browser).affiliations.get().school == cast.regenboog


def test_a_pupil_is_refused_with_a_sentence(cast, school_account):
    browser = Client()
    answer = come_back_as(browser, school_account, "kind")
    assert answer.status_code == 403
    assert not get_user(browser).is_authenticated
    assert not User.objects.filter(email="kind@deregenboog.example").exists()


def test_somebody_of_another_board_is_refused(cast, school_account):
    assert come_back_as(Client(), school_account, "elders").status_code == 403


def test_an_address_that_has_an_account_opens_nothing_by_itself(cast, school_account, mailserver):
    browser = Client()
    answer = come_back_as(browser, school_account, "namaak")
    assert answer.url == reverse("organisations:first_school_account")
    assert not get_user(browser).is_authenticated
    assert not SocialAccount.objects.exists()


def test_who_proves_that_address_connects_the_two(cast, school_account, mailserver):
    browser = Client()
    come_back_as(browser, school_account, "namaak")
    answer = prove(browser, mailserver, "amina.yildiz@school.example")
    assert answer.url == reverse("organisations:connect_school_account")
    assert get_user(browser) == cast.amina
    assert not SocialAccount.objects.exists()
    browser.post(answer.url)
    assert SocialAccount.objects.get().user == cast.amina
    assert cast.amina.affiliations.count() == 1
    again = Client()
    come_back_as(again, school_account, "namaak")
    assert get_user(again) == cast.amina


def test_a_second_step_is_asked_before_the_two_are_connected(cast, school_account, mailserver):
    second_step(cast.amina)
    browser = Client()
    come_back_as(browser, school_account, "namaak")
    assert prove(browser, mailserver, "amina.yildiz@school.example").url == reverse("mfa_authenticate")
    assert not get_user(browser).is_authenticated


def test_without_name_and_address_both_are_asked_and_proven(cast, school_account, mailserver):
    browser = Client()
    come_back_as(browser, school_account, "leeg")
    prove(browser, mailserver, "nieuw@elders.example", name="Zonder Naam")
    person = get_user(browser)
    assert (person.name, person.email) == ("Zonder Naam", "nieuw@elders.example")
    assert person.emailaddress_set.get().verified
    assert person.affiliations.get().school == cast.regenboog


def test_a_wrong_code_leaves_nothing_behind(cast, school_account, mailserver):
    browser = Client()
    come_back_as(browser, school_account, "leeg")
    browser.post(reverse("organisations:first_school_account"), {"name": "N", "address": "nieuw@elders.example"})
    right = code_to(mailserver, "nieuw@elders.example")
    wrong = "000000" if right != "000000" else "111111"
    assert browser.post(reverse("organisations:school_account_code"), {"code": wrong}).status_code == 422
    assert not User.objects.filter(email="nieuw@elders.example").exists()


def test_a_forged_way_back_opens_nothing(cast, school_account):
    callback = reverse("openid_connect_callback", args=[school_account.app.provider_id])
    browser = Client()
    browser.get(callback, {"code": "verzonnen", "state": "verzonnen"})
    assert not get_user(browser).is_authenticated


def test_a_service_that_is_switched_off_lets_nobody_in(cast, school_account):
    browser = Client()
    come_back_as(browser, school_account, "juf")
    start = Client()
    start.post(reverse("organisations:start_school_account", args=[school_account.pk]))
    school_account.is_open = False
    school_account.save()
    assert start.post(reverse("organisations:start_school_account", args=[school_account.pk])).status_code == 404


def test_another_issuer_is_another_set_of_people(cast, school_account, issuer):
    before = school_account.app.provider_id
    other = issuer.replace("localhost", "127.0.0.1")
    changed = school_accounts.set_up(
        cast.board, by=cast.paula, kind="other", server_url=other, client_id=CLIENT_ID, sign_on=school_account
    )
    assert changed.app.provider_id != before


def test_an_address_without_a_service_is_told_at_once(cast, issuer):
    with pytest.raises(Refused):
        school_accounts.set_up(
            cast.board, by=cast.paula, kind="other", server_url=f"{issuer}/niets", client_id="x", secret="x"
        )


def test_own_device_counts_for_school_accounts_too(cast, school_account):
    browser = Client()
    come_back_as(browser, school_account, "juf", remember="on")
    assert browser.session.get_expiry_age() > 80 * 24 * 3600


def test_who_works_at_the_board_already_gets_no_second_affiliation(cast, school_account, mailserver):
    works(cast.amina, cast.wissel, Function.TEACHER)
    browser = Client()
    come_back_as(browser, school_account, "namaak")
    browser.post(prove(browser, mailserver, "amina.yildiz@school.example").url)
    assert cast.amina.affiliations.count() == 2


@pytest.mark.parametrize(("who", "answer"), [("paula", 200), ("ben", 404), ("noor", 404), ("amina", 404)])
def test_only_the_platform_sets_it_up(cast, signed_in, who, answer):
    assert signed_in(getattr(cast, who)).get(reverse("organisations:sign_ons")).status_code == answer


def test_the_platform_sets_it_up_on_screen(cast, signed_in, issuer):
    browser = signed_in(cast.paula)
    there = browser.post(reverse("organisations:sign_ons"), {"number": cast.board.number}).url
    values = {"kind": "entree", "server_url": issuer, "client_id": CLIENT_ID, "secret": SECRET, "is_open": "on"}
    answer = browser.post(there, values | {"mail_domains": "@DeRegenboog.example; niet goed!"})
    assert answer.status_code == 422
    answer = browser.post(there, values | {"mail_domains": "@DeRegenboog.example"})
    sign_on = cast.board.sign_ons.get()
    assert answer.url == reverse("organisations:sign_on", args=[sign_on.pk])
    assert sign_on.app.settings["mail_domains"] == ["deregenboog.example"]
    page = browser.get(answer.url)
    assert SECRET not in page.content.decode()
    assert sign_on.app.provider_id in page.content.decode()


def test_the_sign_in_page_offers_it_as_soon_as_one_board_has_it(cast, issuer, request):
    way = reverse("organisations:school_account")
    assert way not in Client().get(reverse("account_login")).content.decode()
    request.getfixturevalue("school_account")
    for page in ("account_login", "account_signup"):
        assert way in Client().get(reverse(page)).content.decode()


@pytest.mark.parametrize("words", ["De Brug", "regenboog", "juf@deregenboog.example", ""])
def test_one_finds_ones_own_board(cast, school_account, words):
    page = Client().get(reverse("organisations:school_account"), {"q": words})
    assert [each.pk for each in page.context["found"]] == [school_account.pk]
