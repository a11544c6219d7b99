"""Who facilitates: roles, handing over, a PLG without facilitator."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from activity import sending
from activity.models import Ask
from communities import actions, rules
from communities.actions import members
from communities.choices import MembershipState, Role
from communities.models import Proposal
from core.refusals import Refused
from core.registry import farewells
from core.time import today
from organisations.models import Role as InOrganisations
from people import actions as people
from tests.cast import plg as make_plg
from tests.cast import works
from tests.communities._plg import newcomer


def role_of(plg, someone):
    return plg.memberships.get(person=someone).role


def place_of(plg, someone):
    return plg.memberships.get(person=someone)


def test_handing_over_is_one_deed(cast, signed_in):
    url = f"/communities/{cast.maths.pk}/hand-over/"
    fatima = signed_in(cast.fatima)
    assert fatima.get(url).status_code == 200
    sent = fatima.post(url, {"to": place_of(cast.maths, cast.amina).pk, "stays_as": "member"})
    assert sent.status_code == 302
    assert role_of(cast.maths, cast.amina) == Role.FACILITATOR
    assert role_of(cast.maths, cast.fatima) == Role.MEMBER
    assert fatima.get(url).status_code == 403
    assert cast.tom.notifications.get().activity.kind == "communities.handed_over"


@pytest.mark.parametrize("stranger", ["dele", "gijs", "fatima"])
def test_only_another_member_can_be_handed_to(cast, signed_in, stranger):
    place = cast.maths.memberships.filter(person=getattr(cast, stranger)).first()
    sent = signed_in(cast.fatima).post(
        f"/communities/{cast.maths.pk}/hand-over/", {"to": place.pk if place else 0, "stays_as": "member"}
    )
    assert sent.status_code == 422
    assert role_of(cast.maths, cast.fatima) == Role.FACILITATOR


def test_a_co_facilitator_does_not_take_over(cast):
    actions.change_role(place_of(cast.maths, cast.tom), by=cast.fatima, role=Role.CO_FACILITATOR)
    with pytest.raises(Refused, match="Only the facilitator"):
        actions.hand_over(cast.maths, by=cast.tom, to=place_of(cast.maths, cast.amina))


@pytest.mark.parametrize(("who", "answer"), [("fatima", 302), ("tom", 403), ("dele", 404), ("ben", 404)])
def test_only_the_facilitator_gives_roles(cast, signed_in, who, answer):
    place = place_of(cast.maths, cast.amina)
    url = f"/communities/memberships/{place.pk}/change-role/"
    assert signed_in(getattr(cast, who)).post(url, {"role": "co_facilitator"}).status_code == answer


@pytest.mark.parametrize("role", ["facilitator", "queen", ""])
def test_a_role_that_cannot_be_given_is_a_sentence(cast, role):
    with pytest.raises(Refused):
        actions.change_role(place_of(cast.maths, cast.amina), by=cast.fatima, role=role)
    assert role_of(cast.maths, cast.amina) == Role.MEMBER


def test_nobody_changes_her_own_role(cast, signed_in):
    actions.change_role(place_of(cast.maths, cast.tom), by=cast.fatima, role=Role.CO_FACILITATOR)
    with pytest.raises(Refused, match="own role"):
        actions.change_role(place_of(cast.maths, cast.tom), by=cast.tom, role=Role.MEMBER)


# A PLG without facilitator ------------------------------------------------------------------------


@pytest.fixture
def leaderless(cast):
    """PLG Rekenen after Fatima's last affiliation ended."""
    affiliation = cast.fatima.affiliations.get()
    affiliation.until_on = today() - timedelta(days=1)
    affiliation.save()
    for farewell in [farewells["communities"]]:
        farewell(affiliation, cast.ben)
    return cast.maths


def test_when_her_work_ends_she_stays_until_somebody_decides_but_does_not_lead(leaderless, cast):
    place = place_of(leaderless, cast.fatima)
    assert (place.state, place.role, place.to_decide) == (MembershipState.ACTIVE, Role.MEMBER, True)
    assert Ask.objects.open().get(kind="communities.no_facilitator").person == cast.ben
    told = {note.activity.kind for note in cast.amina.notifications.select_related("activity")}
    assert told == {"communities.no_facilitator"}


def test_a_second_affiliation_keeps_everything_as_it_is(cast):
    works(cast.fatima, cast.wissel)
    farewells["communities"](cast.fatima.affiliations.order_by("pk").first(), cast.ben)
    assert role_of(cast.maths, cast.fatima) == Role.FACILITATOR


def test_a_member_whose_work_ends_is_kept_or_ended_by_the_facilitator(cast, signed_in):
    farewells["communities"](cast.amina.affiliations.get(), cast.ben)
    place = place_of(cast.maths, cast.amina)
    assert Ask.objects.open().get(kind="communities.member_to_decide").person == cast.fatima
    assert "keep" in signed_in(cast.fatima).get(f"/communities/{cast.maths.pk}/members/").text
    assert signed_in(cast.tom).post(f"/communities/memberships/{place.pk}/keep/").status_code == 403
    assert signed_in(cast.fatima).post(f"/communities/memberships/{place.pk}/keep/").status_code == 302
    place.refresh_from_db()
    assert (place.to_decide, place.state) == (False, MembershipState.ACTIVE)
    assert not Ask.objects.open().filter(kind="communities.member_to_decide").exists()


def test_members_propose_and_the_administrator_appoints_without_seeing_content(leaderless, cast, signed_in):
    home = leaderless.get_absolute_url()
    amina, ben = signed_in(cast.amina), signed_in(cast.ben)
    assert f"{home}propose/" in amina.get(home).text
    assert amina.post(f"{home}propose/", {"person": cast.tom.pk}).status_code == 302
    assert amina.post(f"{home}propose/", {"person": cast.tom.pk}).status_code == 302  # once more is no second one
    assert Proposal.objects.count() == 1
    page = ben.get(f"{home}appoint/")
    assert page.status_code == 200
    assert "Tom Hendriks" in page.text
    assert leaderless.question not in page.text
    assert leaderless.question not in ben.get(home).text
    assert ben.get(f"{home}members/").status_code == 404
    assert ben.post(f"{home}appoint/", {"person": cast.tom.pk}).status_code == 302
    assert role_of(leaderless, cast.tom) == Role.FACILITATOR
    assert Proposal.objects.get().settled_at
    assert not Ask.objects.open().filter(kind="communities.no_facilitator").exists()
    assert "communities.appointed" in {note.activity.kind for note in cast.tom.notifications.all()}


@pytest.mark.parametrize(
    ("who", "answer"), [("ben", 200), ("paula", 200), ("amina", 403), ("bram", 403), ("dele", 404)]
)
def test_only_the_owners_administrator_appoints(leaderless, cast, signed_in, who, answer):
    assert signed_in(getattr(cast, who)).get(f"/communities/{leaderless.pk}/appoint/").status_code == answer


def test_an_administrator_does_not_appoint_herself_into_a_plg(leaderless, cast):
    with pytest.raises(Refused, match="cannot appoint yourself"):
        actions.appoint(leaderless, by=cast.ben, address=cast.ben.email)
    with pytest.raises(Refused, match="cannot appoint yourself"):
        actions.appoint(leaderless, by=cast.ben, person=cast.ben)


def test_somebody_from_outside_is_invited_and_facilitates_after_her_yes(leaderless, cast):
    ilse = newcomer(cast, "Ilse Groen")
    place = actions.appoint(leaderless, by=cast.ben, address=ilse.email)
    assert (place.state, place.role) == (MembershipState.INVITED, Role.FACILITATOR)
    assert Ask.objects.open().filter(kind="communities.no_facilitator").exists()
    actions.accept(place, by=ilse, promised=True)
    assert place_of(leaderless, ilse).leads
    assert not Ask.objects.open().filter(kind="communities.no_facilitator").exists()


def test_where_a_board_has_no_administrator_the_platform_is_asked(cast):
    cast.ben.roles.update(ended_at=now())
    cast.maths.memberships.filter(person=cast.fatima).update(role=Role.MEMBER)
    actions.leave(place_of(cast.maths, cast.tom), by=cast.tom)
    assert Ask.objects.open().get(kind="communities.no_facilitator").person == cast.paula


def test_where_somebody_facilitates_nobody_is_appointed_or_proposed(cast, signed_in):
    with pytest.raises(Refused, match="has a facilitator"):
        actions.appoint(cast.maths, by=cast.ben, person=cast.tom)
    assert signed_in(cast.amina).get(f"/communities/{cast.maths.pk}/propose/").status_code == 302


OTHER = "ben.kuiper@prive.example"


def test_no_administrator_appoints_herself_by_another_address_of_hers(leaderless, cast, signed_in):
    cast.ben.emailaddress_set.create(email=OTHER, verified=True)
    assert signed_in(cast.ben).post(f"/communities/{leaderless.pk}/appoint/", {"address": OTHER}).status_code == 422
    assert not cast.maths.memberships.filter(person=cast.ben).exists()


@pytest.mark.parametrize("verb", ["accept", "join"])
def test_nor_by_an_address_that_becomes_hers_afterwards(leaderless, cast, verb):
    actions.appoint(leaderless, by=cast.ben, address=OTHER)
    cast.ben.emailaddress_set.create(email=OTHER, verified=True)
    people.claim(cast.ben, OTHER)
    place = place_of(cast.maths, cast.ben)
    deed, about = (actions.accept, place) if verb == "accept" else (actions.join, cast.maths)
    with pytest.raises(Refused, match="cannot appoint yourself"):
        deed(about, by=cast.ben, promised=True)
    assert place_of(cast.maths, cast.ben).state == MembershipState.INVITED


def test_a_platform_admin_hears_of_it_and_can_act_where_the_board_has_nobody(cast, mailserver, signed_in, time_machine):
    """The PLG is not hers to see; that it needs somebody is."""
    time_machine.move_to("2026-11-23T10:00+01:00", tick=False)
    InOrganisations.objects.filter(person=cast.ben).update(ended_at=now())
    cast.maths.listed = "nobody"
    cast.maths.save()
    cast.maths.memberships.filter(person=cast.fatima).update(role=Role.MEMBER)
    members.tell_if_leaderless(cast.maths)
    sending.send_due()
    (letter,) = mailserver.to(cast.paula.email)
    url = f"/communities/{cast.maths.pk}/appoint/"
    assert url in letter.get_body(["plain"]).get_content()
    browser = signed_in(cast.paula)
    assert "PLG Rekenen" in browser.get("/activity/").text
    assert browser.post(f"/activity/{cast.paula.notifications.get().pk}/open/").url == url
    assert browser.get(url).status_code == 200
    amina = signed_in(cast.amina)
    answer = amina.post(f"/activity/{cast.amina.notifications.get().pk}/open/")
    assert amina.get(answer.url).status_code == 200


@pytest.mark.parametrize("who", ["paula", "ben", "noor", "fatima", "amina", "bram", "dele"])
def test_who_may_appoint_is_told_the_same_by_the_row_and_by_the_query(cast, who):
    person = getattr(cast, who)
    for owner in (cast.regenboog, cast.waterlelie, cast.board, cast.network):
        plg = make_plg(owner)
        by_query = type(plg).objects.allowing(person, "appoint").filter(pk=plg.pk).exists()
        assert rules.appoints(person, plg) is by_query
