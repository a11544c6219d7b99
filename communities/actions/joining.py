"""Coming in: at once, on request, or by invitation. The promises of the PLG are accepted on the way in."""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from communities.actions.members import settle
from communities.actions.seats import hold, hold_membership, leaders, offer_free_seats, seat, stop
from communities.choices import JoinPolicy, MembershipState, Role
from communities.models import Membership
from communities.places import school_of
from core.refusals import Refused
from core.standing import forget

IN_LINE = (MembershipState.WAITING, MembershipState.OFFERED)


@transaction.atomic
def join(community, *, by, promised, school=None, message=""):
    """Take a seat, or ask for one where the PLG wants to be asked. Returns the membership as it is then.

    Refused when the PLG is not open, when she is in or in line already, or without her promise.
    """
    community = hold(community)
    membership = community.memberships.filter(person=by).first() or Membership(community=community, person=by)
    membership.community = community
    if reason := why_not_join(community, membership):
        raise Refused(reason)
    invited = membership.state == MembershipState.INVITED and not membership.is_expired
    if not invited:
        membership.role = Role.MEMBER  # whatever she was here, or was asked for, before
    _refuse_own(membership, by)
    _promise(promised, community)
    was_removed = membership.state == MembershipState.DECLINED and membership.joined_at
    membership.school = school_of(by, near=community, chosen=school)
    membership.accepted_at = now()
    forget(by)
    if invited:
        answered("communities.invited", about=membership)
    elif community.join_policy != JoinPolicy.OPEN or was_removed:
        return _request(membership, by=by, message=message)
    return _sit(membership, by=by)


def why_not_join(community, membership):
    """Why this person cannot join now, or "". `membership` is what she has here, if anything."""
    if reason := community.why_not_join:
        return reason
    if membership.state == MembershipState.ACTIVE and membership.role != Role.GUEST:
        return _("You take part in this PLG already.")
    if membership.state == MembershipState.REQUESTED:
        return _("You asked to join already. The facilitator will answer you.")
    if membership.state in IN_LINE:
        return _("You are on the waiting list already.")
    invited = membership.state == MembershipState.INVITED and not membership.is_expired
    if community.join_policy == JoinPolicy.INVITATION and not invited:
        return _("This PLG works by invitation only. Ask its facilitator.")
    return ""


@transaction.atomic
def accept(membership, *, by, promised, school=None):
    """Say yes to an invitation. Full meanwhile: she comes first in line of those who come now."""
    membership = hold_membership(membership)
    if reason := membership.why_not_accept or membership.community.why_not_join:
        raise Refused(reason)
    if membership.person_id != by.pk:
        raise Refused(_("This invitation is for somebody else."))
    _refuse_own(membership, by)
    _promise(promised, membership.community)
    membership.school = school_of(by, near=membership.community, chosen=school)
    membership.accepted_at = now()
    answered("communities.invited", about=membership)
    forget(by)
    return _sit(membership, by=by)


@transaction.atomic
def decline(membership, *, by=None):
    """Say no to an invitation; without an account this is possible, too."""
    membership = hold_membership(membership)
    if reason := membership.why_not_accept:
        raise Refused(reason)
    stop(membership, MembershipState.DECLINED)
    if by:
        forget(by)
    record(
        "communities.declined",
        by=by,
        about=membership,
        tell=[membership.invited_by] if membership.invited_by else leaders(membership.community),
        community=membership.community,
    )


@transaction.atomic
def admit(membership, *, by, word=""):
    """The facilitator says yes to a request; when the PLG is full, to a place on the waiting list."""
    membership = hold_membership(membership)
    if reason := membership.why_not_admit or membership.community.why_not_join:
        raise Refused(reason)
    answered("communities.requested", about=membership)
    membership.message = word
    seated = seat(membership)
    record(
        "communities.admitted",
        by=by,
        about=membership,
        tell=[membership.person],
        community=membership.community,
        seated=seated,
    )
    return membership


@transaction.atomic
def turn_down(membership, *, by, word=""):
    """The facilitator says no to a request, with a word if she wishes."""
    membership = hold_membership(membership)
    if reason := membership.why_not_admit:
        raise Refused(reason)
    membership.message = word
    stop(membership, MembershipState.DECLINED)
    record(
        "communities.turned_down",
        by=by,
        about=membership,
        tell=[membership.person],
        community=membership.community,
    )


@transaction.atomic
def withdraw(membership, *, by):
    """Take back one's own request, or leave the waiting list."""
    membership = hold_membership(membership)
    if membership.state not in (MembershipState.REQUESTED, *IN_LINE):
        raise Refused(_("There is nothing to take back: your request was answered already."))
    stop(membership, MembershipState.DECLINED)
    offer_free_seats(membership.community)
    forget(by)
    record("communities.withdrawn", by=by, about=membership, community=membership.community)


def not_yourself():
    """Managing a board opens no door to what a PLG writes, not by a second address either."""
    return _("You cannot appoint yourself. Ask another administrator to do that.")


def _refuse_own(membership, by):
    """An invitation to facilitate that became one's own: it went to an address that was added afterwards."""
    if (
        membership.state == MembershipState.INVITED
        and membership.role == Role.FACILITATOR
        and membership.invited_by == by
    ):
        raise Refused(not_yourself())


def _promise(promised, community):
    if not promised and community.commitments.strip():
        raise Refused(_("Tick that you agree with what members promise each other."), field="promised")


def _request(membership, *, by, message):
    membership.state, membership.role = MembershipState.REQUESTED, Role.MEMBER
    membership.message = message
    membership.ended_at = membership.invitation_until = None
    membership.save()
    whom = leaders(membership.community)
    ask(
        "communities.requested",
        about=membership,
        url=reverse("communities:members", args=[membership.community_id]),
        people=whom,
        community=membership.community,
    )
    record("communities.requested", by=by, about=membership, tell=whom, community=membership.community)
    return membership


def _sit(membership, *, by):
    """A seat, or the end of the line; whoever was invited to facilitate does so if nobody else does."""
    community = membership.community
    if membership.role == Role.FACILITATOR and community.memberships.active().filter(role=Role.FACILITATOR).exists():
        membership.role = Role.CO_FACILITATOR
    seated = seat(membership)
    if membership.leads:
        settle(community)
    record(
        "communities.joined" if seated else "communities.queued",
        by=by,
        about=membership,
        tell=leaders(community),
        community=community,
    )
    return membership
