"""Seats: one lock for whoever takes or frees one, so that there are never more members than chairs.

Every deed that changes who sits where begins with `hold`: the row of the
community is locked until the deed is done, and the next one counts what this
one left. An offered seat counts as taken.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import answered, ask, record
from activity.models import Ask, Notification
from communities.choices import MembershipState, Role, State
from communities.models import Community, Membership
from communities.registry import arrivals
from core.refusals import Refused
from core.streams import tell as tell_pages
from core.time import today
from people.calendar import after_working_days

OFFER_DAYS = 5  # working days; school holidays of her region are not counted


def hold(community):
    """The community, with its row locked for this transaction."""
    pk = community if isinstance(community, int) else community.pk
    return Community.objects.select_for_update(no_key=True).get(pk=pk)


def hold_membership(membership):
    """The membership as it is now, with the row of its community locked."""
    community = hold(membership.community_id)
    membership = Membership.objects.select_related("person", "school").get(pk=membership.pk)
    membership.community = community
    return membership


def has_room(community):
    """Is a seat free? Only true until the lock is gone."""
    return community.memberships.taking_seats().count() < community.seats_max


def seat(membership, *, state=None):
    """Give a seat if there is one, else a place in line; guests need none. Returns True for a seat.

    The community must be held.
    """
    membership.offered_until = membership.invitation_until = membership.ended_at = None
    if membership.role == Role.GUEST or has_room(membership.community):
        membership.state = MembershipState.ACTIVE
        membership.waiting_since = None
        membership.joined_at = now()
    else:
        membership.state = MembershipState.WAITING
        membership.waiting_since = membership.waiting_since or now()
    membership.save()
    changed(membership.community)
    if membership.state == MembershipState.ACTIVE:
        arrived(membership)
    return membership.state == MembershipState.ACTIVE


def arrived(membership):
    """What upper floors do for somebody who takes part from now on: her reminders, her calendar."""
    for follow in arrivals.values():
        follow(membership)


def changed(community):
    """Pages that show who is in this PLG fetch themselves anew."""
    tell_pages(f"community:{community.pk}", "members")


def offer_free_seats(community):
    """Offer every free seat to the first in line. The community must be held, and open for members."""
    if community.why_not_join:
        return
    free = community.seats_max - community.memberships.taking_seats().count()
    for membership in community.memberships.in_line().select_related("person", "school")[: max(free, 0)]:
        membership.community = community
        _offer(membership)


def _offer(membership):
    membership.state = MembershipState.OFFERED
    membership.offered_until = after_working_days(today(), OFFER_DAYS, membership.region)
    membership.save(update_fields=["state", "offered_until"])
    until = membership.offered_until
    ask(
        "communities.offered",
        about=membership,
        url=reverse("communities:home", args=[membership.community_id]),
        people=[membership.person],
        community=membership.community,
        due_on=until,
    )
    record(
        "communities.offered",
        about=membership,
        tell=[membership.person],
        community=membership.community,
        until=until.isoformat(),
    )
    changed(membership.community)


@transaction.atomic
def accept_offer(membership, *, by):
    """Take the seat on offer. Refused when it went to the next in line."""
    membership = hold_membership(membership)
    if reason := membership.why_not_accept_offer or membership.community.why_not_join:
        raise Refused(reason)
    membership.state, membership.offered_until, membership.waiting_since = MembershipState.ACTIVE, None, None
    membership.joined_at = now()
    membership.save(update_fields=["state", "offered_until", "waiting_since", "joined_at"])
    answered("communities.offered", about=membership)
    changed(membership.community)
    arrived(membership)
    record(
        "communities.joined",
        by=by,
        about=membership,
        tell=leaders(membership.community),
        community=membership.community,
    )


@transaction.atomic
def decline_offer(membership, *, by):
    """Leave the seat to the next in line."""
    membership = hold_membership(membership)
    if membership.state != MembershipState.OFFERED:
        raise Refused(_("There is no place on offer for you any more."))
    stop(membership, MembershipState.DECLINED)
    offer_free_seats(membership.community)
    record("communities.offer_declined", by=by, about=membership, community=membership.community)


def pass_on_offers():
    """Give the seats whose offer ran out to the next in line. Returns how many; called each night."""
    late = Membership.objects.filter(state=MembershipState.OFFERED, offered_until__lt=today())
    late = late.exclude(community__state=State.RESTING)  # during a pause nobody can answer
    return sum(_pass_on(membership) for membership in late.order_by("pk"))


def renew_offers(community):
    """After a pause: an offer that ran out meanwhile gets its term anew. The community must be held."""
    late = community.memberships.filter(state=MembershipState.OFFERED, offered_until__lt=today())
    for membership in late.select_related("person", "school"):
        membership.community = community
        answered("communities.offered", about=membership)
        _offer(membership)


@transaction.atomic
def _pass_on(membership):
    membership = hold_membership(membership)
    if membership.state != MembershipState.OFFERED or membership.offered_until >= today():
        return False  # answered in this very moment
    stop(membership, MembershipState.DECLINED)
    record(
        "communities.offer_expired",
        about=membership,
        tell=[membership.person],
        community=membership.community,
    )
    offer_free_seats(membership.community)
    return True


def stop(membership, state):
    """End what somebody had in a PLG, and everything that was on its way to her. The community must be held."""
    membership.state, membership.ended_at = state, now()
    membership.offered_until = membership.waiting_since = membership.invitation_until = None
    membership.to_decide = False
    membership.save()
    whose = {"person": membership.person} if membership.person_id else {"address": membership.address}
    outbox.withdraw(community_id=membership.community_id, **whose)
    if membership.person_id:  # what she may no longer see is not counted as new
        news = Notification.objects.unread().filter(activity__community_id=membership.community_id, **whose)
        news.update(read_at=now())
    answered("communities.requested", about=membership)  # asked of the facilitators
    Ask.objects.open().filter(community_id=membership.community_id, **whose).update(closed_at=now())
    changed(membership.community)


def leaders(community):
    """The people who facilitate this PLG."""
    rows = community.memberships.leading().exclude(person=None).select_related("person")
    return [membership.person for membership in rows]
