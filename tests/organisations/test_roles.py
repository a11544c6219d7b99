"""Roles are given from above, never by oneself; each change is told and stands in the journal."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activity.models import Activity
from core.refusals import Refused
from organisations import actions
from organisations.choices import RoleKind
from organisations.models import Role

#: Who may give which role where: everybody not named may not.
GIVES = [
    (RoleKind.PLATFORM_ADMIN, None, {"paula"}),
    (RoleKind.NETWORK_ADMIN, "network", {"paula", "noor"}),
    (RoleKind.BOARD_ADMIN, "board", {"paula", "ben"}),
    (RoleKind.CONFIDANT, "board", {"ben"}),
    (RoleKind.SCHOOL_LEADER, "regenboog", {"ben"}),
    (RoleKind.PLANNER, "regenboog", {"ben"}),
    (RoleKind.BOARD_ADMIN, "other_board", {"paula"}),
    (RoleKind.SCHOOL_LEADER, "waterlelie", set()),
]
EVERYBODY = ("amina", "bram", "ben", "noor", "paula", "dele", "fatima", "gijs")


@pytest.mark.parametrize(("kind", "where", "givers"), GIVES)
@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_give_which_role(cast, kind, where, givers, who):
    place = getattr(cast, where) if where else None
    by = getattr(cast, who)
    if who in givers:
        role = actions.give_role(cast.els, kind, place, by=by)
        assert (role.kind, role.place, role.given_by) == (kind, place, by)
    else:
        with pytest.raises(PermissionDenied):
            actions.give_role(cast.els, kind, place, by=by)
        assert not cast.els.roles.exists()


@pytest.mark.parametrize(("kind", "where", "givers"), [row for row in GIVES if row[2]])
def test_nobody_gives_a_role_to_herself(cast, kind, where, givers):
    place = getattr(cast, where) if where else None
    for who in givers:
        person = getattr(cast, who)
        before = person.roles.count()
        with pytest.raises(Refused, match=r"yourself|jezelf"):
            actions.give_role(person, kind, place, by=person)
        assert person.roles.count() == before


def test_a_role_of_a_wrong_kind_of_place_is_nobodys(cast):
    for kind, place in ((RoleKind.PLANNER, cast.board), (RoleKind.BOARD_ADMIN, cast.regenboog), ("king", cast.board)):
        with pytest.raises(PermissionDenied):
            actions.give_role(cast.els, kind, place, by=cast.paula)


def test_a_leader_works_at_the_board(cast):
    with pytest.raises(Refused):
        actions.give_role(cast.dele, RoleKind.SCHOOL_LEADER, cast.regenboog, by=cast.ben)


def test_twice_is_once(cast):
    actions.give_role(cast.els, RoleKind.PLANNER, cast.wissel, by=cast.ben)
    with pytest.raises(Refused):
        actions.give_role(cast.els, RoleKind.PLANNER, cast.wissel, by=cast.ben)
    assert cast.els.roles.count() == 1


def test_the_person_is_told_and_the_journal_knows(cast):
    role = actions.give_role(cast.els, RoleKind.PLANNER, cast.wissel, by=cast.ben)
    actions.end_role(role, by=cast.ben)
    kinds = [row.activity.kind for row in cast.els.notifications.select_related("activity").order_by("pk")]
    assert kinds == ["organisations.role_given", "organisations.role_ended"]
    assert Activity.objects.filter(kind="organisations.role_ended", by=cast.ben).exists()


def test_the_page_gives_and_ends_a_role(cast, signed_in):
    ben = signed_in(cast.ben)
    give = reverse("organisations:give_role", args=["school", cast.wissel.pk])
    assert ben.get(give).status_code == 200
    answer = ben.post(give, {"email": "niemand@school.example", "kind": RoleKind.PLANNER})
    assert answer.status_code == 422
    assert "niemand@school.example" in answer.content.decode()
    assert ben.post(give, {"email": cast.tom.email, "kind": RoleKind.SCHOOL_LEADER}).status_code == 302
    role = cast.tom.roles.get()
    assert ben.post(reverse("organisations:end_role", args=[role.pk])).status_code == 302
    role.refresh_from_db()
    assert role.ended_at


@pytest.mark.parametrize(
    ("whose", "ends"),
    [("bram", {"ben", "paula"}), ("ben", {"paula"}), ("noor", {"paula"}), ("paula", set())],
)
def test_who_may_end_a_role(cast, signed_in, whose, ends):
    role = getattr(cast, whose).roles.get()
    url = reverse("organisations:end_role", args=[role.pk])
    for who in EVERYBODY:
        if who not in ends:
            assert signed_in(getattr(cast, who)).post(url).status_code == (403 if who == whose else 404), who
    assert not Role.objects.get(pk=role.pk).ended_at
    for who in sorted(ends)[:1]:
        assert signed_in(getattr(cast, who)).post(url).status_code == 302


def test_the_last_platform_administrator_stays(cast):
    with pytest.raises(Refused):
        actions.end_role(cast.paula.roles.get(), by=None)


def test_a_role_is_not_slipped_in_with_another_form(cast, signed_in):
    give = reverse("organisations:give_role", args=["board", cast.board.pk])
    answer = signed_in(cast.ben).post(give, {"email": cast.els.email, "kind": RoleKind.PLATFORM_ADMIN})
    assert answer.status_code == 422
    assert not cast.els.roles.exists()
