"""What a certificate does elsewhere: the shield beside a name, and the hint where a board wants it."""

import pytest
from django.urls import reverse

from communities.models import Membership
from organisations.models import Qualification
from tests import cast as make
from tests.training import credentials_world as world
from training.credentials import actions

SHIELD = "shield-check"


@pytest.fixture
def issued(cast, signing):
    return world.issued(cast)


def test_a_shield_stands_beside_her_name_as_long_as_it_counts(cast, issued, signed_in):
    page = reverse("communities:members", args=[cast.maths.pk])
    assert signed_in(cast.tom).get(page).content.decode().count(SHIELD) == 1
    actions.suspend(issued, by=cast.paula, because="We zoeken iets uit.")
    assert SHIELD not in signed_in(cast.tom).get(page).content.decode()


def test_a_board_that_wants_it_gets_a_hint_where_a_facilitator_is_chosen_and_refuses_nobody(cast, issued, signed_in):
    page = reverse("communities:hand_over", args=[cast.maths.pk])
    fatima = signed_in(cast.fatima)
    assert "Amina Yildiz." not in fatima.get(page).content.decode()
    edit = reverse("organisations:edit_board", args=[cast.board.pk])
    ben = signed_in(cast.ben)
    assert ben.post(edit, {"name": cast.board.name, "wants_qualified": "on"}).status_code == 302
    assert "Amina Yildiz." in fatima.get(page).content.decode()
    tom = Membership.objects.get(community=cast.maths, person=cast.tom)
    fatima.post(page, {"to": tom.pk, "stays_as": "member"})
    tom.refresh_from_db()
    assert tom.role == "facilitator"


@pytest.mark.parametrize("count", [1, 3])
def test_shields_cost_no_query_more(cast, issued, signed_in, count, django_assert_num_queries):
    for n in range(count):
        person = make.person(f"Lid {n}")
        make.member(cast.maths, person)
        Qualification.objects.create(person=person, kind="facilitator", title="PLG-facilitator", source=f"x{n}")
    page = reverse("communities:members", args=[cast.maths.pk])
    tom = signed_in(cast.tom)
    tom.get(page)
    with django_assert_num_queries(3):
        assert tom.get(page).content.decode().count(SHIELD) == count + 1
