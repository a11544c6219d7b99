"""Leaving and being removed: mail stops at once, the seat comes free, the rest stays."""

import pytest

from activity.journal import ask
from activity.models import Ask, Delivery
from activity.outbox import put
from communities import actions
from communities.choices import MembershipState, Role
from communities.models import Community
from core.refusals import Refused
from tests.communities._plg import fresh, open_plg, state_of


def test_who_leaves_gets_no_letter_any_more_not_even_one_that_waited(cast, signed_in):
    put("communities.begun", occasion="x", about=cast.maths, people=[cast.amina, cast.tom], community=cast.maths)
    ask("communities.offered", about=cast.maths, url="/", people=[cast.amina], community=cast.maths)
    url = f"/communities/{cast.maths.pk}/leave/"
    amina = signed_in(cast.amina)
    assert amina.get(url).status_code == 200
    assert state_of(cast.maths, cast.amina) == MembershipState.ACTIVE
    assert amina.post(url).status_code == 302
    assert state_of(cast.maths, cast.amina) == MembershipState.ENDED
    assert not Delivery.objects.filter(person=cast.amina, state="pending").exists()
    assert Delivery.objects.filter(person=cast.tom, state="pending").exists()
    assert not Ask.objects.open().filter(person=cast.amina).exists()
    assert cast.fatima.notifications.get().activity.kind == "communities.left"
    assert cast.maths.question not in amina.get(cast.maths.get_absolute_url()).text  # only the card


def test_reading_on_is_the_choice_of_the_plg_and_only_for_who_left_by_herself(cast, signed_in):
    Community.objects.filter(pk=cast.maths.pk).update(leavers_read=True)
    actions.leave(cast.maths.memberships.get(person=cast.amina), by=cast.amina)
    actions.remove(cast.maths.memberships.get(person=cast.tom), by=cast.fatima, reason="Je was er nooit.")
    home = cast.maths.get_absolute_url()
    assert cast.maths.question in signed_in(cast.amina).get(home).text
    assert cast.maths.question not in signed_in(cast.tom).get(home).text
    assert signed_in(cast.amina).get(f"{home}leave/").status_code in (302, 403)


def test_taking_back_a_request_opens_no_reading(cast, signed_in):
    Community.objects.filter(pk=cast.maths.pk).update(leavers_read=True)
    place = actions.join(cast.maths, by=cast.els, promised=True)
    actions.withdraw(place, by=cast.els)
    assert cast.maths.question not in signed_in(cast.els).get(cast.maths.get_absolute_url()).text


def test_the_only_facilitator_hands_over_before_leaving(cast, signed_in):
    place = cast.maths.memberships.get(person=cast.fatima)
    with pytest.raises(Refused, match="Hand over"):
        actions.leave(place, by=cast.fatima)
    assert "hand-over" in signed_in(cast.fatima).get(f"/communities/{cast.maths.pk}/leave/").text
    assert state_of(cast.maths, cast.fatima) == MembershipState.ACTIVE


def test_a_facilitator_who_is_alone_may_leave_and_the_administrator_hears_of_it(cast):
    plg = open_plg(cast)
    actions.leave(plg.memberships.get(person=cast.fatima), by=cast.fatima)
    assert Ask.objects.open().get(kind="communities.no_facilitator").person == cast.ben


def test_with_a_co_facilitator_the_facilitator_may_go(cast):
    actions.change_role(cast.maths.memberships.get(person=cast.tom), by=cast.fatima, role=Role.CO_FACILITATOR)
    actions.leave(cast.maths.memberships.get(person=cast.fatima), by=cast.fatima)
    assert not Ask.objects.filter(kind="communities.no_facilitator").exists()


def test_leaving_twice_is_a_sentence(cast):
    place = cast.maths.memberships.get(person=cast.amina)
    actions.leave(place, by=cast.amina)
    with pytest.raises(Refused, match="do not take part"):
        actions.leave(place, by=cast.amina)


def test_removing_tells_her_why(cast, signed_in):
    place = cast.maths.memberships.get(person=cast.amina)
    url = f"/communities/memberships/{place.pk}/remove/"
    fatima = signed_in(cast.fatima)
    assert fatima.get(url).status_code == 200
    assert fatima.post(url, {"reason": ""}).status_code == 422
    assert fatima.post(url, {"reason": "We spraken elkaar gisteren."}).status_code == 302
    place.refresh_from_db()
    assert (place.state, place.message) == (MembershipState.DECLINED, "We spraken elkaar gisteren.")
    assert cast.amina.notifications.get().activity.kind == "communities.removed"


@pytest.mark.parametrize(
    ("who", "answer"), [("tom", 403), ("amina", 403), ("gijs", 404), ("bram", 404), ("ben", 404), ("dele", 404)]
)
def test_only_who_facilitates_removes(cast, signed_in, who, answer):
    place = cast.maths.memberships.get(person=cast.amina)
    sent = signed_in(getattr(cast, who)).post(f"/communities/memberships/{place.pk}/remove/", {"reason": "Weg."})
    assert sent.status_code == answer
    assert state_of(cast.maths, cast.amina) == MembershipState.ACTIVE


def test_nobody_removes_the_facilitator_or_herself(cast):
    actions.change_role(cast.maths.memberships.get(person=cast.tom), by=cast.fatima, role=Role.CO_FACILITATOR)
    facilitator = cast.maths.memberships.get(person=cast.fatima)
    with pytest.raises(Refused):
        actions.remove(facilitator, by=cast.tom, reason="Coup")
    with pytest.raises(Refused):
        actions.remove(facilitator, by=cast.fatima, reason="Zelf")
    assert fresh(cast.maths).memberships.get(role=Role.FACILITATOR).person == cast.fatima


def test_a_guest_may_stop_being_one(cast, signed_in):
    gijs = signed_in(cast.gijs)
    page = gijs.get(f"/communities/{cast.maths.pk}/leave/")
    assert "waiting list" not in page.text and "wachtlijst" not in page.text
    assert gijs.post(f"/communities/{cast.maths.pk}/leave/").status_code == 302
    assert state_of(cast.maths, cast.gijs) == MembershipState.ENDED
