"""Who works where; and what follows when the last place ends."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity import outbox
from activity.choices import State
from activity.models import Delivery
from core import registry
from core.refusals import Refused
from core.standing import forget
from core.time import today
from organisations import actions
from organisations.choices import Function, RoleKind
from organisations.rules import standing
from tests import cast as make

YESTERDAY = today() - timedelta(days=1)


def test_two_places_are_normal_and_the_same_place_twice_is_not(cast):
    actions.add_affiliation(cast.amina, cast.wissel, Function.CARE, by=cast.ben)
    assert standing(cast.amina).works_at == {cast.regenboog.pk, cast.wissel.pk}
    with pytest.raises(Refused):
        actions.add_affiliation(cast.amina, cast.wissel, Function.TEACHER, by=cast.ben)


def test_a_last_day_before_the_first_is_refused(cast):
    with pytest.raises(Refused):
        actions.add_affiliation(
            cast.amina, cast.wissel, Function.TEACHER, by=cast.ben, from_on=today(), until_on=YESTERDAY
        )
    assert cast.amina.affiliations.count() == 1


def test_leaving_one_of_two_schools_ends_only_the_roles_there(cast):
    make.works(cast.bram, cast.wissel)
    planner = actions.give_role(cast.bram, RoleKind.PLANNER, cast.wissel, by=cast.ben)
    actions.end_affiliation(cast.bram.affiliations.get(school=cast.regenboog), by=cast.ben)
    assert [role.pk for role in cast.bram.roles.current()] == [planner.pk]


def test_the_last_place_takes_everything_along_but_the_account(cast, signed_in):
    seen = []
    registry.farewells.add("test", lambda affiliation, by: seen.append(affiliation.person))
    browser = signed_in(cast.bram)
    occasion = {"occasion": "test", "about": cast.maths, "people": [cast.bram], "due_at": now() + timedelta(days=1)}
    outbox.put("meetings.reminder", **occasion)
    try:
        actions.end_affiliation(cast.bram.affiliations.get(), by=cast.ben)
    finally:
        del registry.farewells["test"]
    assert seen == [cast.bram]
    assert not cast.bram.roles.current().exists()
    assert browser.get(reverse("organisations:index")).status_code == 302
    cast.bram.refresh_from_db()
    assert cast.bram.is_active
    forget(cast.bram)
    assert not standing(cast.bram).schools_led


def test_waiting_mail_stops_but_not_what_cannot_be_turned_off(cast):
    later = now() + timedelta(days=1)
    outbox.put("organisations.role_given", occasion="a", about=cast.bram.roles.get(), people=[cast.bram], due_at=later)
    outbox.put("people.merged", occasion="b", about=cast.bram, people=[cast.bram], due_at=later)
    actions.end_affiliation(cast.bram.affiliations.get(), by=cast.ben)
    states = dict(Delivery.objects.filter(person=cast.bram, occasion__in="ab").values_list("occasion", "state"))
    assert states == {"a": State.CANCELLED, "b": State.PENDING}
    waiting = Delivery.objects.filter(person=cast.bram, state=State.PENDING).exclude(occasion="b")
    assert [letter.kind for letter in waiting] == ["organisations.affiliation_ended"]  # that much she is told


def test_a_board_cannot_leave_the_platform_without_anybody(cast):
    """Also where nobody decides: the night on which her last day has passed."""
    make.works(cast.paula, cast.wissel, until_on=YESTERDAY)
    assert actions.end_due() == 1
    assert cast.paula.roles.current().exists()


@pytest.mark.parametrize("who", ["noor", "paula"])
@pytest.mark.parametrize("day", [None, today(), today() + timedelta(days=7)])
def test_the_last_place_of_who_stands_above_is_not_for_a_board_to_end(cast, signed_in, who, day):
    person = getattr(cast, who)
    make.role(cast.tom, RoleKind.PLATFORM_ADMIN)  # so that Paula is not the last one, whose role never ends
    if not person.affiliations.exists():
        make.works(person, cast.wissel)
    with pytest.raises(Refused, match=str(person)):
        actions.end_affiliation(person.affiliations.get(), by=cast.ben, until_on=day)
    assert person.roles.current().exists()
    page = signed_in(cast.ben).get(reverse("organisations:end_affiliation", args=[person.affiliations.get().pk]))
    assert str(person) in page.context["why_not"]


def test_nor_by_ending_two_places_on_one_day(cast):
    make.works(cast.noor, cast.wissel)
    one, other = cast.noor.affiliations.order_by("pk")
    actions.end_affiliation(one, by=cast.ben, until_on=today())
    with pytest.raises(Refused):
        actions.end_affiliation(other, by=cast.ben, until_on=today())
    actions.end_affiliation(other, by=cast.paula, until_on=today())


def test_nobody_ends_her_own_roles_by_leaving(cast):
    with pytest.raises(Refused):
        actions.end_affiliation(cast.ben.affiliations.get(), by=cast.ben)
    actions.end_affiliation(cast.ben.affiliations.get(), by=cast.paula)
    assert not cast.ben.roles.current().exists()


def test_a_day_to_come_waits_for_the_night_after_it(cast):
    affiliation = actions.end_affiliation(cast.bram.affiliations.get(), by=cast.ben, until_on=today())
    assert actions.end_due() == 0
    assert cast.bram.roles.current().exists()
    type(affiliation).objects.filter(pk=affiliation.pk).update(until_on=YESTERDAY)
    assert actions.end_due() == 1
    assert actions.end_due() == 0
    assert not cast.bram.roles.current().exists()


def test_who_never_signed_in_gets_no_news_of_her_place(cast):
    """A list brought her in; her first letter is an invitation, and may still be to come."""
    affiliation = make.works(make.person("Kim de Boer", joined_at=None), cast.wissel)
    actions.change_function(affiliation, Function.CARE, by=cast.ben)
    actions.end_affiliation(affiliation, by=cast.ben, until_on=today())
    actions.end_affiliation(affiliation, by=cast.ben)
    assert not Delivery.objects.filter(person=affiliation.person).exists()


def test_ending_twice_is_refused(cast):
    affiliation = cast.els.affiliations.get()
    actions.end_affiliation(affiliation, by=cast.ben)
    with pytest.raises(Refused):
        actions.end_affiliation(affiliation, by=cast.ben)


def test_the_pages_change_and_end(cast, signed_in):
    ben, affiliation = signed_in(cast.ben), cast.els.affiliations.get()
    change = reverse("organisations:change_function", args=[affiliation.pk])
    assert ben.post(change, {"function": Function.CARE, "title": ""}).status_code == 302
    affiliation.refresh_from_db()
    assert affiliation.function == Function.CARE
    end = reverse("organisations:end_affiliation", args=[affiliation.pk])
    assert ben.get(end).status_code == 200
    assert ben.post(end, {"until_on": "2001-01-01"}).status_code == 422
    assert ben.post(end, {"until_on": ""}).status_code == 302
    affiliation.refresh_from_db()
    assert affiliation.ended_at
    for who, answer in ((cast.bram, 403), (cast.noor, 404), (cast.dele, 404)):
        assert signed_in(who).post(end).status_code == answer, who


def test_a_board_adds_a_person_only_to_schools_of_its_own(cast, signed_in):
    add = reverse("organisations:add_affiliation", args=[cast.els.pk])
    ben = signed_in(cast.ben)
    assert ben.post(add, {"school": cast.waterlelie.pk, "function": "teacher"}).status_code == 403
    assert ben.post(add, {"school": cast.wissel.pk, "function": "teacher"}).status_code == 302
    assert cast.els.affiliations.count() == 2


def test_a_plg_goes_along_with_a_school_that_gets_a_board(cast):
    alone = make.school("De Vlier", "01XX00")
    plg = make.plg(alone, "PLG Taal")
    actions.link_schools(cast.board, [alone], by=cast.ben)
    plg.refresh_from_db()
    assert plg.board == cast.board
    assert type(plg).objects.allowing(cast.ben, "appoint").filter(pk=plg.pk).exists()
