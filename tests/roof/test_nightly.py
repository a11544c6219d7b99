"""What runs once a night."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from activity.models import Delivery
from communities import actions as communities
from communities.models import Membership
from core.time import today
from organisations import actions as organisations
from organisations.choices import Function
from organisations.models import Affiliation, Invitation
from plg_platform import tasks


def test_a_step_that_fails_keeps_no_other_from_being_done():
    done = []
    tasks.each_by_itself(lambda: done.append(1), lambda: 1 / 0, lambda: done.append(2))
    assert done == [1, 2]


def test_the_night_after_her_last_day_a_role_ends(cast):
    yesterday = today() - timedelta(days=1)
    Affiliation.objects.filter(person=cast.bram).update(until_on=yesterday)
    tasks.nightly()
    assert not cast.bram.roles.current().exists()


@pytest.mark.parametrize("how", ["expired", "withdrawn", "taken up"])
def test_the_address_of_an_invitation_goes_after_three_months(cast, time_machine, how):
    invitation = organisations.invite(
        "kim@elders.example", cast.wissel, Function.TEACHER, name="Kim de Boer", by=cast.ben
    )
    if how == "withdrawn":
        organisations.revoke(invitation, by=cast.ben)
    if how == "taken up":
        organisations.accept(invitation)
    time_machine.move_to(now() + timedelta(days=85))
    tasks.nightly()
    assert Invitation.objects.exists()
    time_machine.move_to(now() + timedelta(days=25))
    tasks.nightly()
    assert not Invitation.objects.exists()
    assert not Delivery.objects.filter(address="kim@elders.example").exists()


@pytest.mark.parametrize("says_no", [True, False])
def test_an_address_that_took_no_part_goes_from_a_plg(cast, time_machine, says_no):
    membership = communities.invite(cast.maths, by=cast.fatima, address="kim@elders.example", name="Kim de Boer")
    if says_no:
        communities.decline(membership)
    seated = Membership.objects.create(
        community=cast.maths, address="gast@elders.example", state="ended", joined_at=now(), ended_at=now()
    )
    time_machine.move_to(now() + timedelta(days=20))
    tasks.nightly()
    assert Membership.objects.filter(pk=membership.pk).exists()
    time_machine.move_to(now() + timedelta(days=40))
    tasks.nightly()
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert Membership.objects.filter(pk=seated.pk).exists()
