"""Invitations: by person and by mail address, single use, for a fortnight, to be withdrawn and sent again."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.timezone import now

from activity.models import Ask, Delivery
from communities import actions
from communities.choices import MembershipState, Role
from communities.models import Community, Membership
from core.links import sign
from core.refusals import Refused
from people import actions as people
from people.models import User
from tests.cast import person
from tests.communities._plg import newcomer, open_plg, state_of

ADDRESS = "marjan@basisschool.example"


@pytest.fixture
def invited(cast):
    """An invitation from Fatima to an address without an account."""
    Community.objects.filter(pk=cast.maths.pk).update(commitments="Ik ben er.")
    return actions.invite(cast.maths, by=cast.fatima, address=ADDRESS, name="Marjan Kok", message="Kom je ook?")


def link(membership, **facts):
    facts = {"membership": membership.pk, "address": membership.reaches} | facts
    return f"/communities/invitation/{sign('communities.invitation', **facts)}/"


def test_the_letter_brings_a_stranger_in_with_one_page(invited, cast, signed_in, mailserver):
    from activity.sending import send_due

    send_due()
    letter = mailserver.to(ADDRESS)[0].get_body(("plain",)).get_content()
    path = next(word for word in letter.split() if "/communities/invitation/" in word).removeprefix("http://testserver")
    stranger = signed_in()
    page = stranger.get(path)
    assert page.status_code == 200
    for word in ("Fatima Aydin", "PLG Rekenen", "Ik ben er.", "Kom je ook?", "Marjan Kok"):
        assert word in page.text
    assert cast.maths.question not in page.text
    assert not User.objects.filter(email=ADDRESS).exists()  # looking changes nothing
    answer = stranger.post(path, {"name": "Marjan Kok", "promised": "on"})
    assert (answer.status_code, answer.url) == (302, "/people/welcome/")
    marjan = User.objects.get(email=ADDRESS)
    assert marjan.name == "Marjan Kok"
    assert marjan.has_joined
    assert marjan.emailaddress_set.get().verified
    assert not marjan.has_usable_password()
    invited.refresh_from_db()
    assert (invited.person, invited.address, invited.state) == (marjan, "", MembershipState.ACTIVE)
    assert invited.accepted_at
    assert stranger.get(f"/communities/{cast.maths.pk}/").status_code == 200  # she is signed in


def test_the_promise_is_asked_in_the_mail_too_and_what_was_typed_stays(invited, signed_in):
    answer = signed_in().post(link(invited), {"name": "Marjan van Dam-Kok"})
    assert answer.status_code == 422
    assert "Marjan van Dam-Kok" in answer.text
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_link_works_once(invited, signed_in):
    assert signed_in().post(link(invited), {"name": "Marjan", "promised": "on"}).status_code == 302
    again = signed_in().get(link(invited))
    assert again.status_code == 410
    assert signed_in().post(link(invited), {"name": "Iemand anders", "promised": "on"}).status_code == 410
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_an_expired_a_withdrawn_and_a_forged_link_say_so(invited, cast, signed_in):
    good = link(invited)
    Membership.objects.filter(pk=invited.pk).update(invitation_until=now() - timedelta(seconds=1))
    assert signed_in().get(good).status_code == 410
    assert signed_in().post(good, {"name": "Marjan", "promised": "on"}).status_code == 410
    actions.resend(invited, by=cast.fatima)
    assert signed_in().get(good).status_code == 200
    actions.revoke(invited, by=cast.fatima)
    assert signed_in().get(good).status_code == 410
    assert signed_in().get(good[:-6] + "aaaaa/").status_code == 410
    other_purpose = sign("meetings.answer", membership=invited.pk)
    assert signed_in().get(f"/communities/invitation/{other_purpose}/").status_code == 410
    assert not User.objects.filter(email=ADDRESS).exists()


def test_revoking_forgets_the_address_and_takes_back_its_letter(invited, cast):
    actions.revoke(invited, by=cast.fatima)
    assert not Membership.objects.filter(address=ADDRESS).exists()
    assert not Delivery.objects.filter(address=ADDRESS, state="pending").exists()


def test_with_an_account_one_signs_in_first(cast, signed_in):
    els = actions.invite(cast.maths, by=cast.fatima, address=cast.els.email.upper())
    assert els.person == cast.els
    page = signed_in().get(link(els))
    assert "/account/login/?next=" in page.text
    answer = signed_in().post(link(els), {"name": "Boef", "promised": "on"})
    assert answer.status_code == 200  # only the way to sign in, whatever is sent
    assert state_of(cast.maths, cast.els) == MembershipState.INVITED
    to_page = signed_in(cast.els).get(link(els))
    assert to_page.url == f"/communities/memberships/{els.pk}/accept/"
    assert signed_in(cast.els).post(to_page.url, {"promised": "on"}).status_code == 302
    assert state_of(cast.maths, cast.els) == MembershipState.ACTIVE


def test_a_forwarded_link_says_whose_it_is(invited, cast, signed_in):
    for answer in (
        signed_in(cast.dele).get(link(invited)),
        signed_in(cast.dele).post(link(invited), {"promised": "on"}),
    ):
        assert answer.status_code == 403
        assert ADDRESS in answer.text
    assert not cast.maths.memberships.filter(person=cast.dele).exists()


def test_an_imported_account_in_which_nobody_ever_was_begins_with_the_link(cast, signed_in):
    sleeper = User.objects.create_user("ilse.groen@school.example", name="Ilse Groen")
    place = actions.invite(cast.maths, by=cast.fatima, address=sleeper.email)
    assert signed_in().post(link(place), {"name": "Ilse Groen", "promised": "on"}).status_code == 302
    sleeper.refresh_from_db()
    assert sleeper.has_joined
    assert state_of(cast.maths, sleeper) == MembershipState.ACTIVE


def test_such_an_account_with_a_role_is_signed_in_to_first(cast, signed_in):
    from tests.cast import role

    sleeper = person("Ilse Groen", joined_at=None, welcomed_at=None)
    role(sleeper, "school_leader", cast.wissel)
    place = actions.invite(cast.maths, by=cast.fatima, address=sleeper.email)
    signed_in().post(link(place), {"name": "Ilse Groen", "promised": "on"})
    sleeper.refresh_from_db()
    assert not sleeper.has_joined
    with translation.override("en"), pytest.raises(Refused, match="Sign in first"):
        actions.arrive(place, name="Ilse", promised=True, language="nl")


def test_a_no_by_mail_needs_no_account_and_tells_who_invited(invited, cast, signed_in):
    url = f"{link(invited)}decline/"
    assert signed_in().get(url).status_code == 405
    assert signed_in().post(url).status_code == 200
    invited.refresh_from_db()
    assert invited.state == MembershipState.DECLINED
    assert cast.fatima.notifications.get().activity.kind == "communities.declined"
    assert signed_in().get(link(invited)).status_code == 410


def test_a_person_finds_the_invitation_among_what_is_asked(cast, signed_in):
    place = actions.invite(cast.maths, by=cast.fatima, person=cast.els)
    assert Ask.objects.open().get(person=cast.els).kind == "communities.invited"
    els = signed_in(cast.els)
    assert "PLG Rekenen" in els.get("/communities/").text
    assert els.post(f"/communities/memberships/{place.pk}/decline/").status_code == 302
    assert not Ask.objects.open().filter(person=cast.els).exists()


def test_who_comes_too_late_for_a_seat_stands_in_line(cast):
    plg = open_plg(cast, seats=2)
    place = actions.invite(plg, by=cast.fatima, person=cast.els)
    actions.join(plg, by=newcomer(cast, "Ilse Groen"), promised=True)
    assert actions.accept(place, by=cast.els, promised=True).state == MembershipState.WAITING


def test_an_invited_guest_takes_no_seat(cast):
    plg = open_plg(cast, seats=2)
    actions.join(plg, by=cast.amina, promised=True)
    place = actions.invite(plg, by=cast.fatima, person=cast.tom, role=Role.GUEST, expertise="leescoördinator")
    accepted = actions.accept(place, by=cast.tom, promised=True)
    assert (accepted.state, accepted.role) == (MembershipState.ACTIVE, Role.GUEST)


def test_nobody_accepts_for_somebody_else(cast, signed_in):
    place = actions.invite(cast.maths, by=cast.fatima, person=cast.els)
    for who in (cast.amina, cast.dele, cast.fatima, cast.ben):
        for verb in ("accept", "decline"):
            answer = signed_in(who).post(f"/communities/memberships/{place.pk}/{verb}/", {"promised": "on"})
            assert answer.status_code == 404, (who, verb)
    assert state_of(cast.maths, cast.els) == MembershipState.INVITED


@pytest.mark.parametrize(
    ("who", "answer"), [("fatima", 302), ("amina", 403), ("bram", 403), ("ben", 403), ("dele", 404), ("gijs", 403)]
)
def test_only_the_facilitator_invites(cast, signed_in, who, answer):
    sent = signed_in(getattr(cast, who)).post(
        f"/communities/{cast.maths.pk}/invite/", {"address": ADDRESS, "role": "member"}
    )
    assert sent.status_code == answer
    assert Membership.objects.filter(address=ADDRESS).exists() == (answer == 302)


@pytest.mark.parametrize("verb", ["resend", "revoke"])
@pytest.mark.parametrize(("who", "answer"), [("fatima", 302), ("amina", 403), ("ben", 404), ("dele", 404)])
def test_only_the_facilitator_sends_again_and_withdraws(cast, signed_in, invited, verb, who, answer):
    url = f"/communities/memberships/{invited.pk}/{verb}/"
    assert signed_in(getattr(cast, who)).post(url).status_code == answer


def test_nobody_is_made_facilitator_by_a_changed_form(cast, signed_in):
    sent = signed_in(cast.fatima).post(
        f"/communities/{cast.maths.pk}/invite/", {"address": ADDRESS, "role": "facilitator"}
    )
    assert sent.status_code == 422


def test_inviting_a_member_again_is_a_sentence_and_keeps_the_form(cast, signed_in):
    sent = signed_in(cast.fatima).post(
        f"/communities/{cast.maths.pk}/invite/",
        {"address": cast.amina.email, "role": "member", "message": "Kom je?"},
    )
    assert sent.status_code == 422
    assert "Kom je?" in sent.text
    assert state_of(cast.maths, cast.amina) == MembershipState.ACTIVE


def test_two_invitations_to_one_address_are_one(cast):
    first = actions.invite(cast.maths, by=cast.fatima, address=ADDRESS)
    second = actions.invite(cast.maths, by=cast.fatima, address=ADDRESS.upper())
    assert first.pk == second.pk


@pytest.mark.parametrize("typed", ["", "D. van de vorige school"])
def test_inviting_tells_nobody_whether_an_address_has_an_account_or_whose_it_is(cast, signed_in, typed):
    fatima, told = signed_in(cast.fatima), {}
    for address in (cast.dele.email, ADDRESS):
        data = {"address": address, "name": typed, "role": "member", "done": ""}
        page = fatima.post(f"/communities/{cast.maths.pk}/invite/", data, follow=True)
        told[address] = (page.status_code, typed or address in page.text)
        place = cast.maths.memberships.latest("pk")
        assert (typed or address) in fatima.post(f"/communities/memberships/{place.pk}/resend/", follow=True).text
        assert cast.dele.name not in page.text
    assert told[cast.dele.email] == told[ADDRESS]


def test_nor_when_the_account_begins_while_the_invitation_waits(invited, cast, signed_in):
    Membership.objects.filter(pk=invited.pk).update(name="")
    begun = person("Marjan Kok-van Dam", ADDRESS)
    people.claim(begun, ADDRESS)
    page = signed_in(cast.fatima).get(f"/communities/{cast.maths.pk}/members/")
    assert begun.name not in page.text
    assert ADDRESS in page.text
    actions.accept(cast.maths.memberships.get(person=begun), by=begun, promised=True)
    assert begun.name in signed_in(cast.fatima).get(f"/communities/{cast.maths.pk}/members/").text


def test_an_expired_invitation_asks_nothing_until_it_is_sent_again(cast):
    els = actions.invite(cast.maths, by=cast.fatima, person=cast.els)
    asked = Ask.objects.open().filter(person=cast.els, kind="communities.invited")
    assert actions.close_expired() == 0
    Membership.objects.filter(pk=els.pk).update(invitation_until=now() - timedelta(seconds=1))
    assert actions.close_expired() == 1
    assert not asked.exists()
    actions.resend(els, by=cast.fatima)
    els.refresh_from_db()
    assert asked.get().due_on == els.invitation_until.date()


def test_a_name_that_turns_the_text_around_is_put_right(cast, signed_in):
    invite = f"/communities/{cast.maths.pk}/invite/"
    assert signed_in(cast.fatima).post(invite, {"address": ADDRESS, "name": "123", "role": "member"}).status_code == 422
    given = {"address": ADDRESS, "name": "Marjan \u202eKok", "role": "member"}
    assert signed_in(cast.fatima).post(invite, given).status_code == 302
    assert Membership.objects.get(address=ADDRESS).name == "Marjan Kok"
