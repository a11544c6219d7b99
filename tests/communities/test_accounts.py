"""An address becomes a person, two accounts become one: places in PLGs follow, none double."""

from communities import actions
from communities.choices import MembershipState, Role
from communities.models import Membership
from core.registry import claims, merges
from tests.cast import member, person, plg
from tests.communities._plg import open_plg, state_of

ADDRESS = "amina@prive.example"


def test_what_waited_for_an_address_is_hers_once_she_has_an_account(cast):
    place = actions.invite(cast.maths, by=cast.fatima, address="nieuw@school.example", name="Nieuw")
    someone = person("Nieuwe Collega", "nieuw@school.example")
    claims["communities"](someone, "Nieuw@School.example")
    place.refresh_from_db()
    assert (place.person, place.address, place.state) == (someone, "", MembershipState.INVITED)


def test_an_invitation_to_her_other_address_changes_nothing_for_a_member(cast):
    actions.invite(cast.maths, by=cast.fatima, address=ADDRESS)
    claims["communities"](cast.amina, ADDRESS)
    assert state_of(cast.maths, cast.amina) == MembershipState.ACTIVE
    assert not Membership.objects.filter(address=ADDRESS).exists()


def test_two_accounts_become_one_without_doubles(cast):
    double = person("Amina Yildiz", ADDRESS)
    other = plg(cast.wissel, "PLG Lezen")
    member(cast.maths, double, Role.CO_FACILITATOR)
    member(other, double)
    merges["communities"](cast.amina, double)
    assert cast.maths.memberships.get(person=cast.amina).role == Role.CO_FACILITATOR
    assert state_of(other, cast.amina) == MembershipState.ACTIVE
    assert not Membership.objects.filter(person=double).exists()


def test_the_seat_of_the_double_is_offered_to_the_line(cast):
    full = open_plg(cast, seats=3)
    double = person("Amina Yildiz", ADDRESS)
    member(full, cast.amina)
    member(full, double)
    actions.join(full, by=cast.els, promised=True)
    merges["communities"](cast.amina, double)
    assert state_of(full, cast.els) == MembershipState.OFFERED


def test_a_place_goes_before_an_ended_one(cast):
    double = person("Tom Hendriks", "tom@prive.example")
    member(cast.maths, double, state=MembershipState.ENDED)
    merges["communities"](cast.tom, double)
    assert state_of(cast.maths, cast.tom) == MembershipState.ACTIVE
