"""Who does what in a PLG, and how somebody leaves it."""

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from communities.actions import logbook
from communities.actions.seats import (
    changed,
    has_room,
    hold,
    hold_membership,
    leaders,
    offer_free_seats,
    stop,
)
from communities.choices import MembershipState, Role
from communities.registry import partings
from core.refusals import Refused
from core.standing import forget
from organisations import models as organisations
from organisations.choices import RoleKind

STAYS_AS = (Role.CO_FACILITATOR, Role.MEMBER)


def why_not_leave(membership):
    """Why somebody cannot leave now: the only facilitator of others hands over first."""
    if reason := membership.why_not_leave:
        return reason
    if membership.role == Role.GUEST or not membership.leads:
        return ""
    others = membership.community.memberships.seated().exclude(pk=membership.pk)
    if others.exists() and not others.leading().exists():
        return _("You are the only facilitator. Hand over to somebody else first, then you can leave.")
    return ""


@transaction.atomic
def leave(membership, *, by):
    """Stop taking part. Mail of this PLG stops at once, and the first in line is offered the seat."""
    membership = hold_membership(membership)
    if reason := why_not_leave(membership):
        raise Refused(reason)
    _part(membership, MembershipState.ENDED)
    forget(by)
    record(
        "communities.left",
        by=by,
        about=membership,
        tell=leaders(membership.community),
        community=membership.community,
    )
    tell_if_leaderless(membership.community)


@transaction.atomic
def depart(membership):
    """She leaves the platform itself: her seat comes free, and the journal does not say whose it was."""
    membership = hold_membership(membership)
    _part(membership, MembershipState.ENDED)
    tell_if_leaderless(membership.community)


@transaction.atomic
def remove(membership, *, by, reason=""):
    """The facilitator ends somebody's part, and tells her why. Unlike who leaves, she does not read on."""
    membership = hold_membership(membership)
    if sentence := _why_not_manage(membership, by):
        raise Refused(sentence)
    if membership.state != MembershipState.ACTIVE:
        raise Refused(_("This person does not take part any more."))
    membership.message = reason
    _part(membership, MembershipState.DECLINED)
    record(
        "communities.removed",
        by=by,
        about=membership,
        tell=[membership.person] if membership.person else [],
        addresses=[membership.address] if membership.address else [],
        community=membership.community,
    )


@transaction.atomic
def keep(membership, *, by):
    """Somebody whose work at her school ended stays in the PLG all the same."""
    membership = hold_membership(membership)
    if not membership.to_decide:
        raise Refused(_("This was decided already."))
    membership.to_decide = False
    membership.save(update_fields=["to_decide"])
    answered("communities.member_to_decide", about=membership)
    changed(membership.community)
    record("communities.kept", by=by, about=membership, community=membership.community)


@transaction.atomic
def change_role(membership, *, by, role):
    """Make somebody co-facilitator, member or guest. Who facilitates is handed over, not changed here."""
    membership = hold_membership(membership)
    if sentence := _why_not_manage(membership, by):
        raise Refused(sentence)
    if membership.state != MembershipState.ACTIVE:
        raise Refused(_("This person does not take part any more."))
    if role == Role.FACILITATOR or role not in Role:
        raise Refused(_("Hand over the PLG to make somebody else facilitator."))
    if membership.role == Role.GUEST and role != Role.GUEST and not has_room(membership.community):
        raise Refused(_("There is no free seat. Raise the number of seats, or wait until one comes free."))
    was_guest, membership.role = membership.role == Role.GUEST, role
    membership.save(update_fields=["role"])
    if role == Role.GUEST and not was_guest:
        logbook.parted(membership)  # a guest reads nothing of it, and shares nothing
        offer_free_seats(membership.community)
    changed(membership.community)
    record(
        "communities.role_changed",
        by=by,
        about=membership,
        tell=[membership.person],
        community=membership.community,
        role=role,
    )
    return membership


@transaction.atomic
def hand_over(community, *, by, to, stays_as=Role.CO_FACILITATOR):
    """Another member facilitates from now on; the old facilitator stays as co-facilitator or member."""
    community = hold(community)
    old = community.memberships.active().filter(role=Role.FACILITATOR)
    if old.exists() and not old.filter(person=by).exists():
        raise Refused(_("Only the facilitator hands over the PLG."))
    new = community.memberships.seated().select_related("person").filter(pk=to.pk).first()
    if not new or new.person_id == by.pk:
        raise Refused(_("Choose another member of this PLG."), field="to")
    old.update(role=stays_as if stays_as in STAYS_AS else Role.CO_FACILITATOR)
    make_facilitator(new)
    forget(by)
    record(
        "communities.handed_over",
        by=by,
        about=new,
        tell=[membership.person for membership in community.memberships.seated().select_related("person")],
        community=community,
    )
    return new


def make_facilitator(membership):
    """Give the role, and settle what was proposed."""
    membership.role = Role.FACILITATOR
    membership.save(update_fields=["role"])
    settle(membership.community)
    changed(membership.community)


def settle(community):
    """Somebody facilitates: nobody needs to propose or appoint any more."""
    community.proposals.filter(settled_at=None).update(settled_at=now())
    answered("communities.no_facilitator", about=community)


def tell_if_leaderless(community):
    """When nobody facilitates any more, the owner's administrators are asked to appoint, and members may propose."""
    if community.is_closed or community.memberships.leading().exists():
        return
    admins = admins_of(community)
    members = [each.person for each in community.memberships.seated().select_related("person")]
    ask(
        "communities.no_facilitator",
        about=community,
        url=reverse("communities:appoint", args=[community.pk]),
        people=admins,
        community=None,
    )
    record("communities.no_facilitator", about=community, tell=[*admins, *members], community=community)


def admins_of(community):
    """The administrators of the owner, of its network or else of its board; where there is none, of the platform."""
    if community.owner_network_id:
        whose = Q(kind=RoleKind.NETWORK_ADMIN, network=community.owner_network_id)
    else:
        whose = Q(kind=RoleKind.BOARD_ADMIN, board=community.board_id)
    current = organisations.Role.objects.current().filter(person__is_active=True).select_related("person")
    roles = current.filter(whose) or current.filter(kind=RoleKind.PLATFORM_ADMIN)
    return list(dict.fromkeys(role.person for role in roles))


def _why_not_manage(membership, by):
    if membership.person_id == by.pk:
        return _("You cannot change your own role. Hand over the PLG, or leave it.")
    if membership.role == Role.FACILITATOR:
        return _("Nobody can change the facilitator's place but she herself, by handing over.")
    return ""


def _part(membership, state):
    """What follows whenever somebody stops: mail and requests end, others are told, the line moves up."""
    stop(membership, state)
    answered("communities.member_to_decide", about=membership)
    for follow in partings.values():
        follow(membership)
    offer_free_seats(membership.community)
