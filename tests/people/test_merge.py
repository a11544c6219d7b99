"""Two accounts of one person become one, after she proved both; nothing is lost and nothing is half done."""

import re
from datetime import date

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (  # fmt: skip
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import get_user
from django.urls import reverse

from activity.models import Activity, Ask, Notification
from core.refusals import Refused
from core.registry import merges
from organisations.choices import RoleKind
from people import actions, merging
from people.models import User
from tests.cast import person, role, works

OTHER = "amina@tweede.example"


@pytest.fixture
def second(cast):
    """Amina's second account: at another school, leading it, with a bell and a request."""
    other = person("A. Yildiz", OTHER, level="groep 5", themes=["maths"])
    works(other, cast.wissel, from_on=date(2022, 8, 1))
    works(other, cast.regenboog, from_on=date(2019, 8, 1))
    role(other, RoleKind.PLANNER, cast.wissel)
    other.authenticator_set.all().delete()
    seen = Activity.objects.create(kind="people.joined", by=cast.tom)
    Notification.objects.create(person=other, activity=seen)
    Notification.objects.create(person=cast.amina, activity=seen)
    Notification.objects.create(person=other, activity=Activity.objects.create(kind="people.joined"))
    Ask.objects.create(person=other, kind="x.y", url="/")
    return other


def prove(browser, mailserver, address=OTHER):
    browser.post(reverse("people:merge_start"), {"address": address})
    letter = mailserver.to(address)[-1].get_content()
    return browser.post(reverse("people:merge_code"), {"code": re.search(r"\b\d{6}\b", letter).group()})


def test_everything_of_the_other_account_comes_along(cast, second, signed_in, mailserver):
    browser = signed_in(cast.amina)
    assert prove(browser, mailserver).url == reverse("people:merge")
    page = browser.get(reverse("people:merge"))
    assert OTHER in page.content.decode()
    assert browser.post(reverse("people:merge")).url == reverse("people:security")
    cast.amina.refresh_from_db()
    second.refresh_from_db()
    assert (second.is_active, second.merged_into, second.name) == (False, cast.amina, "")
    assert {a.school for a in cast.amina.affiliations.all()} == {cast.regenboog, cast.wissel}
    assert cast.amina.affiliations.get(school=cast.regenboog).from_on == date(2019, 8, 1)
    assert cast.amina.roles.current().get().school == cast.wissel
    assert cast.amina.notifications.count() == 2
    assert Ask.objects.get(kind="x.y").person == cast.amina
    assert (cast.amina.name, cast.amina.level) == ("Amina Yildiz", "groep 5")
    assert cast.amina.emailaddress_set.get(email=OTHER).verified


def test_what_was_asked_of_the_other_account_goes_and_who_looked_stays(cast, second):
    from activity import looks
    from people import downloads, erasing
    from people.models import DataExport, Leaving

    looks.note(cast.ben, [second], "organisations.person")
    downloads.ask(second)
    Leaving.objects.create(person=second)
    actions.merge(cast.amina, address=OTHER)
    assert not DataExport.objects.exists()
    assert not Leaving.objects.exists()
    assert [row.by for row in looks.of(cast.amina)] == [cast.ben]
    assert erasing.erase_due() == 0


def test_both_addresses_are_told(cast, second):
    actions.merge(cast.amina, address=OTHER)
    told = Activity.objects.get(kind="people.merged")
    assert set(told.delivery_set.values_list("address", flat=True)) == {OTHER, "amina.yildiz@school.example"}


def test_afterwards_nothing_points_at_the_emptied_account(cast, second):
    actions.merge(cast.amina, address=OTHER)
    stays = {"activity.Activity", "people.User"}
    left = {
        f"{model._meta.label}.{field}"
        for model, field in merging.models_with_people()
        if model._meta.label not in stays
        and not model._meta.label.endswith("Event")
        and model._base_manager.filter(**{field: second}).exists()
    }
    assert left == set()


def test_one_signs_in_with_either_address_afterwards(cast, second, mailserver):
    from django.test import Client

    actions.merge(cast.amina, address=OTHER)
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": OTHER})
    code = re.search(r"\b\d{6}\b", mailserver.to(OTHER)[-1].get_content()).group()
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert get_user(browser) == cast.amina


def test_without_proof_there_is_no_merging(cast, second, signed_in):
    browser = signed_in(cast.amina)
    assert browser.post(reverse("people:merge")).url == reverse("people:merge_start")
    assert User.objects.get(pk=second.pk).is_active


def test_the_proof_of_another_person_does_not_count(cast, second, signed_in, mailserver):
    browser = signed_in(cast.tom)
    prove(browser, mailserver)
    session = browser.session
    browser = signed_in(cast.amina)
    mine = browser.session
    mine["merge.proof"] = session["merge.proof"]
    mine.save()
    assert browser.post(reverse("people:merge")).url == reverse("people:merge_start")


def test_three_wrong_codes_need_a_new_one(cast, second, signed_in, mailserver):
    browser = signed_in(cast.amina)
    browser.post(reverse("people:merge_start"), {"address": OTHER})
    code = re.search(r"\b\d{6}\b", mailserver.to(OTHER)[-1].get_content()).group()
    wrong = "000000" if code != "000000" else "111111"
    for _attempt in range(3):
        assert browser.post(reverse("people:merge_code"), {"code": wrong}).status_code == 422
    assert browser.post(reverse("people:merge_code"), {"code": code}).status_code == 422


def test_an_unknown_address_looks_the_same_and_is_told_by_mail(cast, second, signed_in, mailserver):
    browser = signed_in(cast.amina)
    answers = [
        browser.post(reverse("people:merge_start"), {"address": address}) for address in (OTHER, "niemand@x.example")
    ]
    assert answers[0].url == answers[1].url
    assert not re.search(r"\b\d{6}\b", mailserver.to("niemand@x.example")[0].get_content())
    assert browser.post(reverse("people:merge_code"), {"code": "123456"}).status_code == 422


def test_many_codes_for_one_address_are_held_back(cast, second, signed_in, mailserver, settings):
    settings.ACCOUNT_RATE_LIMITS = {"mailed_code": "2/m/key"}
    browser = signed_in(cast.amina)
    answers = [browser.post(reverse("people:merge_start"), {"address": OTHER}).status_code for _time in range(3)]
    assert answers == [302, 302, 422]
    assert len(mailserver.to(OTHER)) == 2


def test_twice_is_refused(cast, second):
    actions.merge(cast.amina, address=OTHER)
    with pytest.raises(Refused):
        actions.merge(cast.amina, address=OTHER)


def test_the_second_step_of_the_other_account_is_asked(cast, second, signed_in, mailserver):
    secret = generate_totp_secret()
    TOTP.activate(second, secret)
    browser = signed_in(cast.amina)
    prove(browser, mailserver)
    assert browser.post(reverse("people:merge")).status_code == 422
    assert browser.post(reverse("people:merge"), {"second_step": "000000"}).status_code == 422
    assert User.objects.get(pk=second.pk).is_active
    right = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    assert browser.post(reverse("people:merge"), {"second_step": right}).url == reverse("people:security")


def test_a_recovery_code_will_do(cast, second):
    TOTP.activate(second, generate_totp_secret())
    codes = RecoveryCodes.activate(second).get_unused_codes()
    actions.merge(cast.amina, address=OTHER, second_step=codes[0])
    assert not User.objects.get(pk=second.pk).is_active


def test_a_failure_halfway_leaves_both_as_they_were(cast, second):
    def fail(kept, gone):
        raise RuntimeError

    merges["zz_fails"] = fail
    try:
        with pytest.raises(RuntimeError):
            actions.merge(cast.amina, address=OTHER)
    finally:
        del merges["zz_fails"]
    assert EmailAddress.objects.get(email=OTHER).user == second
    assert User.objects.get(pk=second.pk).is_active


def test_who_changes_her_mind_finds_the_way_back(cast, signed_in):
    page = signed_in(cast.els).get(reverse("people:merge_start")).text
    assert page.count(f'href="{reverse("people:security")}"') == 2  # above the heading, and beside the button


def test_ones_own_address_is_refused(cast, signed_in):
    answer = signed_in(cast.amina).post(reverse("people:merge_start"), {"address": cast.amina.email})
    assert answer.status_code == 422
    assert answer.context["form"]["address"].value() == cast.amina.email
