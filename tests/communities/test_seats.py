"""Never more members than seats; who waits is offered the next free one."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from activity.models import Ask
from communities import actions
from communities.choices import JoinPolicy, MembershipState, Role
from communities.forms import EditForm
from communities.models import Community
from core.refusals import Refused
from core.time import today
from people.calendar import after_working_days
from tests.cast import member
from tests.communities._plg import fresh, join, newcomer, open_plg, seated, state_of


@pytest.fixture
def full(cast):
    """A PLG of two seats, both taken: Fatima and Amina."""
    plg = open_plg(cast, seats=2)
    join(plg, cast.amina)
    return plg


def test_who_comes_to_a_full_plg_waits_in_line(cast, full):
    assert join(full, cast.els).state == MembershipState.WAITING
    assert join(full, newcomer(cast, "Ilse Groen")).state == MembershipState.WAITING
    assert [place.person.name for place in full.memberships.in_line()] == ["Els Jansen", "Ilse Groen"]


def test_a_seat_that_comes_free_is_offered_to_the_first_in_line_for_five_working_days(cast, full):
    join(full, cast.els)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    place = full.memberships.get(person=cast.els)
    assert place.state == MembershipState.OFFERED
    assert place.offered_until == after_working_days(today(), 5, "Midden")
    asked = Ask.objects.open().get(person=cast.els)
    assert (asked.kind, asked.due_on) == ("communities.offered", place.offered_until)


def test_the_term_of_an_offer_does_not_run_in_her_holidays(cast, full, time_machine_at):
    time_machine_at("2026-10-16 12:00")  # the Friday before the autumn holiday of region Midden
    join(full, cast.els)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    assert full.memberships.get(person=cast.els).offered_until.isoformat() == "2026-10-30"


def test_an_offered_seat_counts_as_taken(cast, full):
    join(full, cast.els)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    assert join(full, newcomer(cast, "Ilse Groen")).state == MembershipState.WAITING
    assert Community.objects.with_seats().get(pk=full.pk).seats_left == 0


def test_taking_the_offer(cast, full, signed_in):
    join(full, cast.els)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    place = full.memberships.get(person=cast.els)
    url = f"/communities/memberships/{place.pk}/accept-offer/"
    els = signed_in(cast.els)
    assert els.get(url).status_code == 405
    assert signed_in(cast.amina).post(url).status_code == 404
    assert els.post(url).status_code == 302
    assert state_of(full, cast.els) == MembershipState.ACTIVE
    assert seated(full) == 2
    assert not Ask.objects.open().filter(person=cast.els).exists()


def test_leaving_the_offer_to_the_next(cast, full):
    ilse = newcomer(cast, "Ilse Groen")
    join(full, cast.els)
    join(full, ilse)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    actions.decline_offer(full.memberships.get(person=cast.els), by=cast.els)
    assert (state_of(full, cast.els), state_of(full, ilse)) == (MembershipState.DECLINED, MembershipState.OFFERED)


def test_an_offer_that_ran_out_passes_on_once(cast, full):
    ilse = newcomer(cast, "Ilse Groen")
    join(full, cast.els)
    join(full, ilse)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    assert actions.pass_on_offers() == 0  # it still runs
    full.memberships.filter(person=cast.els).update(offered_until=today() - timedelta(days=1))
    assert actions.pass_on_offers() == 1
    assert actions.pass_on_offers() == 0
    assert (state_of(full, cast.els), state_of(full, ilse)) == (MembershipState.DECLINED, MembershipState.OFFERED)
    with pytest.raises(Refused, match="next in line"):
        actions.accept_offer(full.memberships.get(person=cast.els), by=cast.els)


def test_leaving_the_waiting_list(cast, full, signed_in):
    place = join(full, cast.els)
    assert signed_in(cast.els).post(f"/communities/memberships/{place.pk}/withdraw/").status_code == 302
    assert not full.memberships.in_line().exists()


def test_an_accepted_request_of_a_full_plg_waits_too(cast, full):
    Community.objects.filter(pk=full.pk).update(join_policy=JoinPolicy.REQUEST)
    place = join(full, cast.els)
    assert place.state == MembershipState.REQUESTED
    assert actions.admit(place, by=cast.fatima).state == MembershipState.WAITING
    assert seated(full) == 2


def edited(plg, **fields):
    """The edit form of this PLG with these fields changed."""
    form = EditForm(instance=fresh(plg))
    data = {name: value for name, value in form.initial.items() if value not in (None, False)} | fields
    return EditForm(data, instance=fresh(plg))


def test_more_seats_are_offered_to_the_line_at_once(cast, full):
    join(full, cast.els)
    form = edited(full, seats_max=4)
    assert form.is_valid(), form.errors
    actions.edit(form, by=cast.fatima)
    assert state_of(full, cast.els) == MembershipState.OFFERED


def test_there_are_never_fewer_seats_than_members(cast, full, signed_in):
    Community.objects.filter(pk=full.pk).update(seats_max=5)
    join(full, cast.els)
    form = edited(full, seats_max=2)
    answer = signed_in(cast.fatima).post(f"/communities/{full.pk}/edit/", form.data)
    assert answer.status_code == 422
    assert fresh(full).seats_max == 5


def test_a_guest_takes_no_seat_but_a_guest_who_becomes_member_needs_one(cast, full):
    guest = member(full, cast.tom, Role.GUEST)
    assert seated(full) == 2
    with pytest.raises(Refused, match="no free seat"):
        actions.change_role(guest, by=cast.fatima, role=Role.MEMBER)
    Community.objects.filter(pk=full.pk).update(seats_max=3)
    assert actions.change_role(guest, by=cast.fatima, role=Role.MEMBER).role == Role.MEMBER


def test_while_paused_nobody_is_offered_a_seat_and_afterwards_everybody_is(cast, full):
    join(full, cast.els)
    actions.rest(full, by=cast.fatima)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    assert state_of(full, cast.els) == MembershipState.WAITING
    actions.resume(full, by=cast.fatima)
    assert state_of(full, cast.els) == MembershipState.OFFERED


@pytest.mark.parametrize("state", [MembershipState.DECLINED, MembershipState.ENDED, MembershipState.INVITED])
@pytest.mark.parametrize("role", [Role.CO_FACILITATOR, Role.FACILITATOR, Role.GUEST])
def test_whoever_joins_by_herself_is_a_member_whatever_she_was_or_was_asked_for(cast, role, state):
    plg = open_plg(cast)
    yesterday = now() - timedelta(days=1)
    member(plg, cast.els, role, state=state, joined_at=None, invitation_until=yesterday, invited_by=cast.fatima)
    assert join(plg, cast.els).role == Role.MEMBER


def test_a_pause_takes_no_offered_seat_away(cast, full):
    join(full, cast.els)
    actions.leave(full.memberships.get(person=cast.amina), by=cast.amina)
    actions.rest(full, by=cast.fatima)
    full.memberships.filter(person=cast.els).update(offered_until=today() - timedelta(days=1))
    assert actions.pass_on_offers() == 0
    actions.resume(full, by=cast.fatima)
    offer = full.memberships.get(person=cast.els)
    assert offer.offered_until > today()
    assert Ask.objects.open().get(person=cast.els, kind="communities.offered").due_on == offer.offered_until
    assert seated(full) == 1
