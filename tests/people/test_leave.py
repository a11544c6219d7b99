"""Asking to leave: only the person herself, and she can come back on it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Delivery
from people import erasing
from people.models import Leaving
from tests.cast import PASSWORD

LEAVE = reverse("people:leave")


def test_with_her_password_it_is_written_down_and_told(cast, signed_in):
    browser = signed_in(cast.amina)
    assert browser.post(LEAVE, {"password": PASSWORD, "hides_name": "on"}).url == LEAVE
    leaving = Leaving.objects.get()
    assert leaving.person == cast.amina
    assert leaving.hides_name
    assert timedelta(days=4) < leaving.due_at - now() < timedelta(days=6)
    assert Delivery.objects.filter(kind="people.leaving", person=cast.amina).exists()
    assert "Je account verdwijnt op" in browser.get(reverse("people:my_data")).content.decode()
    assert browser.post(LEAVE, {"password": PASSWORD}).url == LEAVE
    assert Leaving.objects.count() == 1


@pytest.mark.parametrize("password", ["", "verkeerd"])
def test_without_it_nothing_happens(cast, signed_in, password):
    answer = signed_in(cast.amina).post(LEAVE, {"password": password})
    assert answer.status_code == 422
    assert not Leaving.objects.exists()


def test_guessing_is_held_back(cast, signed_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    browser = signed_in(cast.amina)
    for _try in range(3):
        browser.post(LEAVE, {"password": "verkeerd"})
    answer = browser.post(LEAVE, {"password": PASSWORD})
    assert answer.status_code == 422
    assert not Leaving.objects.exists()


def test_who_has_no_password_gets_a_code(cast, signed_in, mailserver):
    cast.amina.set_unusable_password()
    cast.amina.save()
    browser = signed_in(cast.amina)
    assert b'name="password"' not in browser.get(LEAVE).content
    assert browser.post(LEAVE, {"by_code": "1"}).url == reverse("people:leave_code")
    assert browser.post(reverse("people:leave_code"), {"code": "000000"}).status_code == 422
    code = re.search(r"\b\d{6}\b", mailserver.to(cast.amina.email)[-1].get_content()).group()
    assert browser.post(reverse("people:leave_code"), {"code": code}).url == LEAVE
    assert not Leaving.objects.get().hides_name


def test_a_code_of_another_does_not_count(cast, signed_in, mailserver):
    tom, amina = signed_in(cast.tom), signed_in(cast.amina)
    tom.post(LEAVE, {"by_code": "1"})
    code = re.search(r"\b\d{6}\b", mailserver.to(cast.tom.email)[-1].get_content()).group()
    assert amina.post(reverse("people:leave_code"), {"code": code}).status_code == 422
    assert not Leaving.objects.exists()


def test_she_stays_after_all(cast, signed_in):
    erasing.ask(cast.amina)
    browser = signed_in(cast.amina)
    assert browser.post(reverse("people:stay")).url == reverse("people:my_data")
    assert not Leaving.objects.exists()
    assert browser.post(reverse("people:stay")).status_code == 302  # a sentence, no error


def test_who_leads_alone_reads_what_comes_first(cast, signed_in):
    page = signed_in(cast.fatima).get(LEAVE).content.decode()
    assert "Je bent de enige facilitator van PLG Rekenen" in page
    assert 'name="hides_name"' not in page
    assert signed_in(cast.fatima).post(LEAVE, {"password": PASSWORD}).status_code == 422
    assert not Leaving.objects.exists()


def test_the_page_says_how_often_her_name_stands_in_what_others_wrote(cast, signed_in):
    from communities.discussions.actions import open_topic

    open_topic(cast.maths, by=cast.tom, kind="conversation", title="Dank", text="Dank aan Amina Yildiz.")
    open_topic(cast.maths, by=cast.tom, kind="conversation", title="Meer", text="Amina zei het al.")
    assert "1 × berichten" in signed_in(cast.amina).get(LEAVE).content.decode()
