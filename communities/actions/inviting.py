"""Invitations: to a person or to a mail address, single use, for a fortnight, to be withdrawn and sent again."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.clearing import forget_addressed
from activity.journal import answered, ask, record
from activity.models import Ask
from communities.actions.joining import accept
from communities.actions.seats import changed, hold, hold_membership, stop
from communities.choices import MembershipState, Role
from communities.models import Membership
from core.refusals import Refused
from organisations.arrivals import begin_account, first_time, must_sign_in
from people.actions import account_of
from people.fields import NAME_LENGTH

INVITATION_DAYS = 14
KEPT_DAYS = 30  # a bare address that said no, or whose invitation expired
MOST_OPEN = 60  # invitations of one PLG that are waiting for an answer


@transaction.atomic
def invite(community, *, by, address="", person=None, name="", role=Role.MEMBER, expertise="", message=""):
    """Invite somebody, by mail address or as a person. Returns the membership.

    Refused when the PLG is not open, when she is in or in line already, or when too many invitations wait.
    """
    community = hold(community)
    typed = (name or address)[:NAME_LENGTH]
    person = person or account_of(address)
    address = "" if person else address.lower()
    known = Membership.objects.filter(community=community, person=person, address=address).first()
    membership = known or Membership(community=community, person=person, address=address)
    membership.community = community
    if reason := _why_not_invite(community, membership):
        raise Refused(reason, field="address")
    membership.state = MembershipState.INVITED
    membership.role, membership.expertise, membership.message = role, expertise, message
    membership.name = typed if person else name
    membership.invited_by, membership.ended_at = by, None
    return _send(membership, by=by)


def _why_not_invite(community, membership):
    if reason := community.why_not_join:
        return reason
    if membership.state == MembershipState.ACTIVE:
        return _("%(name)s takes part in this PLG already.") % {"name": membership.called}
    if membership.state == MembershipState.REQUESTED:
        return _("%(name)s asked to join already. You can say yes on the page of members.") % {
            "name": membership.called
        }
    if membership.state in (MembershipState.WAITING, MembershipState.OFFERED):
        return _("%(name)s is on the waiting list already.") % {"name": membership.called}
    if community.memberships.filter(state=MembershipState.INVITED).count() >= MOST_OPEN:
        return _("%(count)d invitations wait for an answer. Withdraw some of them first.") % {"count": MOST_OPEN}
    return ""


@transaction.atomic
def resend(membership, *, by):
    """Send an invitation once more, with a new term."""
    membership = hold_membership(membership)
    if reason := membership.why_not_revoke or membership.community.why_not_join:
        raise Refused(reason)
    return _send(membership, by=by)


@transaction.atomic
def revoke(membership, *, by):
    """Withdraw an invitation: its link stops working at once, and a bare address is forgotten."""
    membership = hold_membership(membership)
    if reason := membership.why_not_revoke:
        raise Refused(reason)
    stop(membership, MembershipState.DECLINED)
    record("communities.revoked", by=by, about=membership, community=membership.community)
    if membership.address:
        membership.delete()


def _send(membership, *, by):
    membership.invitation_until = now() + timedelta(days=INVITATION_DAYS)
    membership.save()
    changed(membership.community)
    people, addresses = ([membership.person], []) if membership.person_id else ([], [membership.address])
    answered("communities.invited", about=membership)  # what was asked before had another term
    ask(
        "communities.invited",
        about=membership,
        url=reverse("communities:home", args=[membership.community_id]),
        people=people,
        community=membership.community,
        due_on=membership.invitation_until.date(),
    )
    record(
        "communities.invited",
        by=by,
        about=membership,
        tell=people,
        addresses=addresses,
        community=membership.community,
    )
    return membership


def close_expired():
    """An invitation whose term is over asks nothing any more. Returns how many that were; called each night."""
    expired = Membership.objects.filter(state=MembershipState.INVITED, invitation_until__lte=now())
    asks = Ask.objects.open().filter(kind="communities.invited", about_id__in=expired.values("pk"))
    return asks.update(closed_at=now())


def forget_addresses():
    """Every night: a bare address that said no, or nothing, is forgotten. Returns how many.

    Of who took part the address stays: it is the name under which the group knows her.
    """
    since = now() - timedelta(days=KEPT_DAYS)
    no = Q(state=MembershipState.DECLINED, ended_at__lt=since) | Q(
        state=MembershipState.INVITED, invitation_until__lt=since
    )
    return forget_addressed(Membership.objects.filter(no, joined_at=None).exclude(address=""))


@transaction.atomic
def arrive(membership, *, name, promised, language, school=None):
    """Accept from the mail without an account: the account begins, and what waited for its address is hers.

    An account that is no more than a name in a list begins now; any other is signed in to first. Returns the person.
    """
    membership = hold_membership(membership)
    if reason := membership.why_not_accept or membership.community.why_not_join:
        raise Refused(reason)
    owner = account_of(membership.reaches)
    if owner and must_sign_in(owner):
        raise Refused(_("There is an account with this mail address already. Sign in first."))
    person = owner or begin_account(membership.reaches, name=name, language=language)
    if owner:
        first_time(owner, name=name)
    place = Membership.objects.get(community=membership.community_id, person=person)
    accept(place, by=person, promised=promised, school=school)
    return person
