"""Whoever manages people or places signs in with a second step, and gets help when it is lost."""

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from activity.models import Activity
from tests.cast import second_step


@pytest.mark.parametrize("who", ["bram", "ben", "noor", "paula"])
def test_with_a_role_nothing_opens_before_there_is_one(cast, signed_in, who):
    leader = getattr(cast, who)
    leader.authenticator_set.all().delete()
    browser = signed_in(leader)
    assert browser.get(reverse("people:profile")).url == reverse("second_factor")
    assert browser.get(reverse("people:profile"), headers={"HX-Request": "true"})["HX-Redirect"]
    by_itself = {"HX-Request": "true", "X-Asked-By-Itself": "true"}  # nobody is led away from what she types
    assert browser.get(reverse("people:profile"), headers=by_itself).headers.get("HX-Redirect") is None
    assert browser.get(reverse("second_factor")).status_code == 200
    assert "second-factor" not in browser.get(reverse("mfa_activate_totp")).headers.get("Location", "")
    assert browser.post(reverse("account_logout")).status_code == 302


def test_with_one_everything_opens(cast, signed_in):
    assert signed_in(cast.bram).get(reverse("people:profile")).status_code == 200


def test_a_teacher_needs_none(cast, signed_in):
    assert signed_in(cast.amina).get(reverse("people:profile")).status_code == 200


def test_recovery_codes_alone_are_none(cast, signed_in):
    cast.bram.authenticator_set.update(type="recovery_codes")
    assert signed_in(cast.bram).get(reverse("people:profile")).url == reverse("second_factor")


def test_a_demonstration_goes_without_but_only_where_demo_is_on(cast, signed_in, settings):
    cast.bram.authenticator_set.all().delete()
    browser = signed_in(cast.bram)
    session = browser.session
    session["demo"] = True
    session.save()
    settings.DEMO = True
    assert browser.get(reverse("people:profile")).status_code == 200
    settings.DEMO = False
    assert browser.get(reverse("people:profile")).status_code == 302


# A lost one --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "whose", "answer"),
    [
        ("ben", "amina", 200),
        ("paula", "amina", 200),
        ("bram", "amina", 404),
        ("noor", "amina", 404),
        ("amina", "tom", 404),
        ("ben", "ben", 404),
        ("paula", "paula", 404),
        ("ben", "dele", 404),
        ("ben", "noor", 404),
        ("ben", "bram", 200),
    ],
)
def test_only_the_administrator_of_her_board_helps(cast, signed_in, who, whose, answer):
    page = reverse("organisations:reset_second_step", args=[getattr(cast, whose).pk])
    assert signed_in(getattr(cast, who)).get(page).status_code == answer


def test_it_is_taken_away_told_and_written_down(cast, signed_in):
    second_step(cast.amina)
    hers = signed_in(cast.amina)
    page = reverse("organisations:reset_second_step", args=[cast.amina.pk])
    assert signed_in(cast.ben).post(page, {"reason": "in_person"}).status_code == 302
    assert not cast.amina.authenticator_set.exists()
    assert not get_user(hers).is_authenticated
    done = Activity.objects.get(kind="organisations.second_step_reset")
    assert (done.by, done.about, done.facts) == (cast.ben, cast.amina, {"reason": "in_person"})
    assert cast.amina.notifications.filter(activity=done).exists()
    assert done.delivery_set.filter(person=cast.amina).exists()


def test_twice_is_refused_with_a_sentence(cast, signed_in):
    page = reverse("organisations:reset_second_step", args=[cast.amina.pk])
    answer = signed_in(cast.ben).post(page, {"reason": "video"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_the_secret_of_an_app_is_not_stored_readably(cast):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(cast.amina, "JBSWY3DPEHPK3PXP")
    stored = cast.amina.authenticator_set.get().data["secret"]
    assert "JBSWY3DPEHPK3PXP" not in stored
    assert cast.amina.authenticator_set.get().wrap().instance.data["secret"] == stored
