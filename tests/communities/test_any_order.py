"""Whatever people do in whatever order: never too many seats, nobody sees or gets what is not hers."""

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity.models import Ask, Delivery
from communities import actions
from communities.choices import JoinPolicy, MembershipState, Role
from communities.models import Community, Membership
from core.refusals import Refused
from core.standing import forget
from core.time import today
from tests.communities._plg import fresh, newcomer, open_plg

CROWD = 5
OWN = ("join", "leave", "withdraw", "accept", "decline", "accept_offer", "decline_offer")
LED = ("invite", "invite_guest", "admit", "turn_down", "remove", "revoke", "to_guest", "to_member", "to_co")
WHOLE = ("more_seats", "fewer_seats", "rest", "resume", "pass_on", "open", "on_request", "reads_on")
steps = st.lists(st.tuples(st.sampled_from(OWN + LED + WHOLE), st.integers(0, CROWD - 1)), min_size=5, max_size=25)


class Undo(Exception):
    """Take back what an example did."""


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_no_order_of_deeds_breaks_a_promise(cast, django_user_model, steps):
    try:
        with transaction.atomic():
            plg = open_plg(cast, seats=3, leavers_read=False)
            crowd = [newcomer(cast, f"Collega {n}") for n in range(CROWD)]
            for verb, n in steps:
                try:
                    with transaction.atomic():
                        do(verb, plg, crowd[n], cast.fatima)
                except Refused:
                    pass
                promises_hold(fresh(plg), crowd)
            raise Undo
    except Undo:
        pass


def do(verb, plg, one, facilitator):
    plg = fresh(plg)
    place = plg.memberships.filter(person=one).first() or Membership(community=plg, person=one, state="none")
    if verb == "join":
        actions.join(plg, by=one, promised=True)
    elif verb in ("invite", "invite_guest"):
        role = Role.GUEST if verb == "invite_guest" else Role.MEMBER
        actions.invite(plg, by=facilitator, person=one, role=role)
    elif verb in ("rest", "resume"):
        getattr(actions, verb)(plg, by=facilitator)
    elif verb == "pass_on":
        plg.memberships.filter(state=MembershipState.OFFERED).update(offered_until=today() - timedelta(days=1))
        actions.pass_on_offers()
    elif verb in WHOLE:
        change(verb, plg, facilitator)
    elif place.pk:
        with_place(verb, place, one, facilitator)


def change(verb, plg, facilitator):
    from tests.communities.test_seats import edited

    fields = {
        "more_seats": {"seats_max": plg.seats_max + 1},
        "fewer_seats": {"seats_max": max(plg.seats_max - 1, 2)},
        "open": {"join_policy": JoinPolicy.OPEN},
        "on_request": {"join_policy": JoinPolicy.REQUEST},
        "reads_on": {"leavers_read": True},
    }[verb]
    form = edited(plg, **fields)
    assert form.is_valid(), form.errors
    actions.edit(form, by=facilitator)


def with_place(verb, place, one, facilitator):
    to = {"to_guest": Role.GUEST, "to_member": Role.MEMBER, "to_co": Role.CO_FACILITATOR}
    if verb in to:
        actions.change_role(place, by=facilitator, role=to[verb])
    elif verb == "accept":
        actions.accept(place, by=one, promised=True)
    elif verb == "remove":
        actions.remove(place, by=facilitator, reason="Zo afgesproken.")
    else:
        getattr(actions, verb)(place, by=facilitator if verb in LED else one)


def promises_hold(plg, crowd):
    taken = plg.memberships.taking_seats().count()
    assert taken <= plg.seats_max, "more members than seats"
    if not plg.why_not_join and taken < plg.seats_max:
        assert not plg.memberships.in_line().exists(), "somebody waits beside a free seat"
    for one in crowd:
        forget(one)
        place = plg.memberships.filter(person=one).first()
        state = place.state if place else None
        inside = Community.objects.allowing(one, "enter").filter(pk=plg.pk).exists()
        if inside:
            reads_on = state == MembershipState.ENDED and plg.leavers_read
            assert reads_on or (state == MembershipState.ACTIVE and place.role != Role.GUEST), state
        if place and state == MembershipState.ACTIVE:
            assert place.accepted_at, "in without a promise"
        if state in (MembershipState.ENDED, MembershipState.DECLINED):
            assert not Ask.objects.open().filter(person=one, community_id=plg.pk).exists()
            since = Delivery.objects.filter(person=one, community_id=plg.pk, state="pending")
            assert not since.exclude(
                kind__in=["communities.removed", "communities.turned_down", "communities.offer_expired"]
            ).exists()
