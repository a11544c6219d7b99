"""Many hands, one seat: with the lock never one too many; without it there would be."""

import threading
from functools import partial

import pytest
from django.db import transaction
from django.utils.timezone import now

from communities import actions
from communities.actions import seats
from communities.choices import JoinPolicy, MembershipState, Role
from communities.models import Community, Membership
from core.refusals import Refused
from tests import cast as people
from tests.communities._plg import seated
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(transactional_db):
    """A PLG with one free seat, and ten colleagues who want it."""
    school = people.school(board=people.board())
    plg = people.plg(school, seats_min=2, seats_max=2, join_policy=JoinPolicy.OPEN)
    people.member(plg, people.person("Fatima Aydin"), Role.FACILITATOR)
    colleagues = [people.person(f"Collega {n}") for n in range(10)]
    for colleague in colleagues:
        people.works(colleague, school)
    return plg, colleagues


@pytest.mark.parametrize("hands", [2, 10])
def test_the_last_seat_goes_to_one_of_them_and_the_others_stand_in_line(crowd, hands):
    plg, colleagues = crowd
    together(*(partial(actions.join, plg, by=one, promised=True) for one in colleagues[:hands]))
    assert seated(plg) == 2
    assert plg.memberships.in_line().count() == hands - 1


def test_without_the_lock_there_would_be_one_too_many(crowd):
    """The control: the same pieces in the same order, only nobody holds the row."""
    plg, colleagues = crowd
    counted = threading.Barrier(len(colleagues))

    @transaction.atomic
    def join_without_lock(one):
        community = Community.objects.get(pk=plg.pk)  # instead of seats.hold(plg)
        free = seats.has_room(community)
        counted.wait(30)  # all have counted before anybody sits down: what the lock makes impossible
        state = MembershipState.ACTIVE if free else MembershipState.WAITING
        Membership.objects.create(community=community, person=one, state=state, joined_at=now())

    together(*(partial(join_without_lock, one) for one in colleagues))
    assert seated(plg) > plg.seats_max


def test_one_person_with_two_devices_gets_one_place(crowd):
    plg, colleagues = crowd
    outcomes = together(*[partial(actions.join, plg, by=colleagues[0], promised=True)] * 4)
    assert plg.memberships.filter(person=colleagues[0]).count() == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 3


def test_leaving_and_joining_at_the_same_instant_keeps_the_bound(crowd):
    plg, colleagues = crowd
    first = actions.join(plg, by=colleagues[0], promised=True)
    for colleague in colleagues[1:4]:
        actions.join(plg, by=colleague, promised=True)

    def deed(one):
        if one == colleagues[0]:
            return actions.leave(first, by=one)
        return actions.join(plg, by=one, promised=True)

    together(*(partial(deed, one) for one in [colleagues[0], *colleagues[4:10]]))
    assert plg.memberships.taking_seats().count() == 2
    assert plg.memberships.get(state=MembershipState.OFFERED).person == colleagues[1]  # the first in line, nobody else


def test_the_offer_taken_while_it_runs_out_has_one_outcome(crowd):
    from datetime import timedelta

    from core.time import today

    plg, colleagues = crowd
    first = actions.join(plg, by=colleagues[0], promised=True)
    offered = actions.join(plg, by=colleagues[1], promised=True)
    actions.join(plg, by=colleagues[2], promised=True)
    actions.leave(first, by=colleagues[0])
    plg.memberships.filter(pk=offered.pk).update(offered_until=today() - timedelta(days=1))
    together(partial(actions.accept_offer, offered, by=colleagues[1]), actions.pass_on_offers)
    assert plg.memberships.taking_seats().count() == 2


def test_a_mail_invitation_used_twice_at_once_makes_one_account(crowd):
    from people.models import User

    plg, _colleagues = crowd
    Community.objects.filter(pk=plg.pk).update(seats_max=10)
    facilitator = plg.memberships.get(role=Role.FACILITATOR).person
    invited = actions.invite(plg, by=facilitator, address="nieuw@school.example")
    together(*[partial(actions.arrive, invited, name="Nieuwe Collega", promised=True, language="nl")] * 4)
    assert User.objects.filter(email="nieuw@school.example").count() == 1
    assert plg.memberships.filter(person__email="nieuw@school.example", state=MembershipState.ACTIVE).count() == 1
