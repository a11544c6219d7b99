"""Schools take part in a learning network in pairs; their leaders promise time and means."""

import pytest

from communities import actions
from communities.choices import Kind, MembershipState, Role
from communities.models import SchoolPair
from core.refusals import Refused
from tests.cast import member, plg, role


@pytest.fixture
def broad(cast):
    """A learning network of Noor's network, to which schools come in pairs."""
    network = plg(
        cast.network, "Brede vorming", kind=Kind.LEARNING_NETWORK, wants_pairs=True, seats_max=40, listed="network"
    )
    member(network, cast.noor, Role.FACILITATOR)
    return network


def test_a_school_leader_promises_time_and_names_two_people_who_are_invited(cast, broad, signed_in):
    url = f"/communities/{broad.pk}/pairs/{cast.regenboog.pk}/"
    bram = signed_in(cast.bram)
    assert "De Regenboog" in bram.get(f"/communities/{broad.pk}/pairs/").text
    assert bram.post(url, {"first": cast.amina.pk, "second": cast.els.pk}).status_code == 422
    assert bram.post(url, {"first": cast.amina.pk, "second": cast.amina.pk, "promised": "on"}).status_code == 422
    assert bram.post(url, {"first": cast.amina.pk, "second": cast.els.pk, "promised": "on"}).status_code == 302
    pair = SchoolPair.objects.get()
    assert (pair.promised_by, pair.school) == (cast.bram, cast.regenboog)
    invited = broad.memberships.filter(state=MembershipState.INVITED).values_list("person__name", flat=True)
    assert set(invited) == {"Amina Yildiz", "Els Jansen"}
    assert cast.noor.notifications.get().activity.kind == "communities.paired"


def test_the_facilitator_sees_what_is_missing(cast, broad, signed_in):
    actions.pair(broad, by=cast.bram, school=cast.regenboog, first=cast.amina, second=None, promised=True)
    page = signed_in(cast.noor).get(f"/communities/{broad.pk}/pairs/")
    assert page.context["incomplete"] == 1
    assert page.context["rows"][0].missing


@pytest.mark.parametrize(("who", "answer"), [("bram", 200), ("amina", 403), ("noor", 403), ("ben", 403), ("dele", 404)])
def test_only_the_schools_own_leader_promises(cast, broad, signed_in, who, answer):
    url = f"/communities/{broad.pk}/pairs/{cast.regenboog.pk}/"
    assert signed_in(getattr(cast, who)).get(url).status_code == answer


def test_people_of_another_school_cannot_be_named(cast, broad, signed_in):
    url = f"/communities/{broad.pk}/pairs/{cast.regenboog.pk}/"
    assert signed_in(cast.bram).post(url, {"first": cast.tom.pk, "promised": "on"}).status_code == 422


def test_a_plg_without_pairs_has_no_such_page(cast, signed_in):
    assert signed_in(cast.fatima).get(f"/communities/{cast.maths.pk}/pairs/").status_code == 404
    with pytest.raises(Refused):
        actions.pair(cast.maths, by=cast.bram, school=cast.regenboog, first=cast.els, second=None, promised=True)


def test_who_comes_from_a_school_is_for_the_members_and_that_schools_leader(cast, broad, signed_in):
    actions.pair(broad, by=cast.bram, school=cast.regenboog, first=cast.amina, second=cast.els, promised=True)
    role(cast.tom, "school_leader", cast.wissel)
    url = f"/communities/{broad.pk}/pairs/"
    for who, sees in [(cast.bram, True), (cast.noor, True), (cast.tom, False), (cast.ben, False), (cast.gijs, False)]:
        page = signed_in(who).get(url)
        assert page.status_code == 200, who
        assert "De Regenboog" in page.text
        assert ("Els Jansen" in page.text) == sees, who
