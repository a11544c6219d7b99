"""Inviting by mail: a link that works once, for one address, and never by itself."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Delivery
from activity.sending import send_due
from communities import actions as plg
from core import links
from core.refusals import Refused
from organisations import actions
from organisations.arrivals import link_of
from organisations.choices import Function
from organisations.models import Affiliation, Invitation, Role
from people.models import User
from tests import cast as make

NEW = "sanne@school.example"


@pytest.fixture
def invitation(cast):
    return actions.invite(NEW, cast.regenboog, Function.TEACHER, by=cast.ben, name="Sanne Bakker")


def path_of(invitation):
    return re.sub(r"^https?://[^/]+", "", link_of(invitation))


@pytest.mark.parametrize(
    ("who", "where", "may"),
    [
        ("ben", "regenboog", True),
        ("ben", "waterlelie", False),
        ("noor", "regenboog", True),
        ("noor", "waterlelie", False),
        ("paula", "waterlelie", True),
        ("bram", "regenboog", False),
        ("amina", "regenboog", False),
        ("dele", "waterlelie", False),
    ],
)
def test_who_may_invite_where(cast, who, where, may):
    if may:
        assert actions.invite(NEW, getattr(cast, where), Function.TEACHER, by=getattr(cast, who)).pk
    else:
        with pytest.raises(PermissionDenied):
            actions.invite(NEW, getattr(cast, where), Function.TEACHER, by=getattr(cast, who))


def test_looking_changes_nothing_and_the_button_opens_the_door(cast, signed_in, invitation):
    visitor = signed_in()
    page = visitor.get(path_of(invitation))
    assert page.status_code == 200
    assert "Ben Kuiper" in page.content.decode()
    assert "De Regenboog" in page.content.decode()
    assert not User.objects.filter(email=NEW).exists()
    assert visitor.post(path_of(invitation), {"name": ""}).status_code == 422
    answer = visitor.post(path_of(invitation), {"name": "Sanne Bakker"})
    assert answer.headers["Location"] == reverse("people:welcome")
    sanne = User.objects.get(email=NEW)
    assert (sanne.name, sanne.has_joined) == ("Sanne Bakker", True)
    assert sanne.affiliations.get().school == cast.regenboog
    assert sanne.emailaddress_set.get().verified
    assert int(visitor.session["_auth_user_id"]) == sanne.pk


def test_a_link_works_once(signed_in, invitation):
    signed_in().post(path_of(invitation), {"name": "Sanne"})
    for again in (signed_in().get(path_of(invitation)), signed_in().post(path_of(invitation), {"name": "X"})):
        assert again.status_code == 410
    assert User.objects.filter(email=NEW).count() == 1


@pytest.mark.parametrize("trouble", ["expired", "revoked", "forged", "cut", "other purpose", "other address"])
def test_every_bad_link_gets_a_sentence(cast, signed_in, invitation, trouble):
    path = path_of(invitation)
    if trouble == "expired":
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=now() - timedelta(minutes=1))
    elif trouble == "revoked":
        actions.revoke(invitation, by=cast.ben)
    elif trouble == "forged":
        path = reverse("organisations:accept", args=["eyJpbnZpdGF0aW9uIjoxfQ:1abc:forged"])
    elif trouble == "cut":
        path = path[:-6] + "/"
    elif trouble == "other purpose":
        token = links.sign("meetings.answer", invitation=invitation.pk, email=NEW)
        path = reverse("organisations:accept", args=[token])
    else:
        Invitation.objects.filter(pk=invitation.pk).update(email="ander@school.example")
    for answer in (signed_in().get(path), signed_in().post(path, {"name": "Sanne"})):
        assert answer.status_code == 410
        assert "Traceback" not in answer.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_a_forwarded_link_says_for_whom_it_is_and_changes_nothing(cast, signed_in, invitation):
    known = actions.invite(cast.dele.email, cast.regenboog, Function.TEACHER, by=cast.ben)
    for path, address in ((path_of(known), cast.dele.email), (path_of(invitation), NEW)):
        browser = signed_in(cast.tom)
        for answer in (browser.get(path), browser.post(path, {"name": "Tom"})):
            assert answer.status_code == 403
            assert address in answer.text
            assert reverse("account_logout") in answer.text
        assert not cast.tom.emailaddress_set.filter(email=address).exists()
    assert not Affiliation.objects.filter(school=cast.regenboog, person__in=[cast.tom, cast.dele]).exists()
    assert not Invitation.objects.exclude(used_at=None).exists()
    assert not User.objects.filter(email=NEW).exists()


def test_who_signs_out_there_comes_back_to_the_invitation(cast, signed_in, invitation):
    browser, here = signed_in(cast.tom), path_of(invitation)
    assert f'name="next" value="{here}"' in browser.get(here).text
    answer = browser.post(reverse("account_logout"), {"next": here})
    assert answer.url == here
    assert browser.get(answer.url).status_code == 200


def test_an_address_that_she_proved_is_hers_to_be_invited_at(cast, signed_in, invitation):
    address = cast.tom.emailaddress_set.create(email=NEW)
    assert signed_in(cast.tom).post(path_of(invitation)).status_code == 403
    address.verified = True
    address.save()
    answer = signed_in(cast.tom).post(path_of(invitation))
    assert answer.headers["Location"] == reverse("home")  # the questions of the first time were asked already
    assert cast.tom.affiliations.filter(school=cast.regenboog).exists()


@pytest.mark.parametrize("has", ["joined", "a role", "a password", "a second step", "the technical pages"])
def test_an_account_that_is_more_than_a_name_in_a_list_is_signed_in_to(cast, signed_in, has):
    ilse = User.objects.create_user("ilse@school.example", name="Ilse Groen")
    if has == "joined":
        User.objects.filter(pk=ilse.pk).update(joined_at=now())
    elif has == "a role":
        Role.objects.create(person=ilse, kind="school_leader", school=cast.wissel)
    elif has == "a password":
        ilse.set_password(make.PASSWORD)
        ilse.save()
    elif has == "a second step":
        make.second_step(ilse)
    else:
        User.objects.filter(pk=ilse.pk).update(is_staff=True)
    known = actions.invite(ilse.email, cast.regenboog, Function.TEACHER, by=cast.ben)
    place = plg.invite(cast.maths, by=cast.fatima, address=ilse.email)
    token = links.sign("communities.invitation", membership=place.pk, address=ilse.email)
    for path in (path_of(known), reverse("communities:accept_by_mail", args=[token])):
        visitor = signed_in()
        assert reverse("account_login") in visitor.get(path).text
        visitor.post(path, {"name": "Ilse", "promised": "on"})
        assert "_auth_user_id" not in visitor.session
    with pytest.raises(PermissionDenied):
        actions.accept(known, name="Ilse")
    assert not ilse.affiliations.exists()
    make.second_step(ilse)
    ilse.refresh_from_db()
    assert signed_in(ilse).post(path_of(known)).status_code == 302
    assert ilse.affiliations.get().school == cast.regenboog


def test_a_link_to_an_address_that_was_put_right_since_opens_nothing(cast, signed_in):
    ilse = User.objects.create_user("ilse.typfuot@elders.example", name="Ilse Groen")
    known = actions.invite(ilse.email, cast.regenboog, Function.TEACHER, by=cast.ben, person=ilse)
    place = plg.invite(cast.maths, by=cast.fatima, address=ilse.email)
    token = links.sign("communities.invitation", membership=place.pk, address=ilse.email)
    ilse.email = "ilse@school.example"
    ilse.save()
    for path in (path_of(known), reverse("communities:accept_by_mail", args=[token])):
        visitor = signed_in()
        assert visitor.get(path).status_code == 410
        assert visitor.post(path, {"name": "Boef", "promised": "on"}).status_code == 410
        assert "_auth_user_id" not in visitor.session
    assert not User.objects.get(pk=ilse.pk).has_joined


def test_the_session_ends_with_the_browser_for_it_may_not_be_hers(signed_in, invitation):
    visitor = signed_in()
    visitor.post(path_of(invitation), {"name": "Sanne Bakker"})
    assert visitor.session.get_expire_at_browser_close()


def test_one_open_invitation_a_place(cast, invitation):
    with pytest.raises(Refused):
        actions.invite(NEW.upper(), cast.regenboog, Function.TEACHER, by=cast.noor)
    assert Delivery.objects.filter(address=NEW).count() == 1


def test_the_letter_carries_the_link(mailserver, signed_in, invitation):
    send_due(now() + timedelta(minutes=1))
    [letter] = mailserver.to(NEW)
    assert "Ben Kuiper" in letter["Subject"]
    [link] = re.findall(r"https?://[^/]+(/organisations/accept/\S+?/)", letter.get_body(("plain",)).get_content())
    assert signed_in().get(link).status_code == 200


def test_a_withdrawn_invitation_sends_no_letter(cast, mailserver, invitation):
    actions.revoke(invitation, by=cast.ben)
    send_due(now() + timedelta(minutes=1))
    assert not mailserver.letters


def test_sending_again_lets_the_same_link_live_longer(cast, signed_in, invitation):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=now() - timedelta(days=1))
    assert signed_in(cast.ben).post(reverse("organisations:resend", args=[invitation.pk])).status_code == 302
    assert signed_in().get(path_of(invitation)).status_code == 200


def test_the_form_invites_and_keeps_what_was_typed(cast, signed_in):
    url = reverse("organisations:invite") + f"?school={cast.regenboog.pk}"
    ben = signed_in(cast.ben)
    wrong = ben.post(url, {"name": "Sanne 🌷", "email": "geen adres", "function": "teacher"})
    assert wrong.status_code == 422
    assert "Sanne 🌷" in wrong.content.decode()
    assert ben.post(url, {"name": "Sanne 🌷", "email": NEW, "function": "teacher"}).status_code == 302
    assert ben.post(url, {"name": "Sanne 🌷", "email": NEW, "function": "teacher"}).status_code == 422
    there = {"name": "Els", "email": cast.els.email, "function": "teacher"}
    assert ben.post(url, there).status_code == 422
    assert Invitation.objects.count() == 1


def test_another_boards_administrator_cannot_touch_it(cast, signed_in, invitation):
    make.role(cast.dele, "board_admin", cast.other_board)
    for verb in ("resend", "revoke"):
        assert signed_in(cast.dele).post(reverse(f"organisations:{verb}", args=[invitation.pk])).status_code == 404
