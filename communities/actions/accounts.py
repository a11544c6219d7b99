"""What becomes of places in a PLG when an account begins, two become one, or somebody's work ends; and of PLGs."""

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from activity.journal import ask, record
from communities.actions.members import tell_if_leaderless
from communities.actions.seats import changed, hold, leaders, offer_free_seats
from communities.choices import MembershipState, Role
from communities.models import (
    Community,
    Complaint,
    HandIn,
    HomeTask,
    Introduction,
    LogbookEntry,
    Membership,
    Proposal,
    SchoolPair,
)
from core.registry import claims, farewells, merges, moves
from core.time import today
from organisations.models import School
from people.fields import NAME_LENGTH

# Of two places in one PLG the one that goes furthest stays.
FURTHEST = (
    MembershipState.ACTIVE,
    MembershipState.OFFERED,
    MembershipState.WAITING,
    MembershipState.REQUESTED,
    MembershipState.INVITED,
    MembershipState.ENDED,
    MembershipState.DECLINED,
)
HIGHEST = (Role.FACILITATOR, Role.CO_FACILITATOR, Role.MEMBER, Role.GUEST)


@claims.register("communities")
@transaction.atomic
def claim(person, address):
    """A mail address got an account: what was kept under the address is hers now."""
    for membership in Membership.objects.filter(address=address.lower()).order_by("pk"):
        community = hold(membership.community_id)
        own = community.memberships.filter(person=person).first()
        if own:
            _unite(own, membership)
        else:
            membership.name = membership.name or membership.address[:NAME_LENGTH]  # what its sender knows of her
            membership.person, membership.address = person, ""
            membership.save(update_fields=["person", "address", "name"])
        if membership.pk and membership.state == MembershipState.INVITED:
            _ask_again(membership)


@merges.register("communities")
@transaction.atomic
def merge(kept, gone):
    """Two accounts of one person became one: her places in PLGs are united, none of them double."""
    for membership in Membership.objects.filter(person=gone).order_by("community_id"):
        community = hold(membership.community_id)
        own = community.memberships.filter(person=kept).first()
        if own:
            _unite(own, membership)
            offer_free_seats(community)  # two seats became one
        else:
            membership.person = kept
            membership.save(update_fields=["person"])
        changed(community)
    for name in ("first", "second", "promised_by"):
        SchoolPair.objects.filter(**{name: gone}).update(**{name: kept})
    for model, name in [
        (Membership, "invited_by"),
        (HomeTask, "set_by"),
        (HandIn, "answered_by"),
        (Introduction, "by"),
        (LogbookEntry, "person"),
    ]:
        model.objects.filter(**{name: gone}).update(**{name: kept})
    _same_expert(kept, gone)
    Complaint.objects.filter(by=gone).update(by=kept)
    Complaint.objects.filter(confidant=gone).update(confidant=kept)
    Proposal.objects.filter(person=gone).update(person=kept)
    theirs = Proposal.objects.filter(by=kept, settled_at=None).values("community")
    Proposal.objects.filter(by=gone, settled_at=None, community__in=theirs).delete()
    Proposal.objects.filter(by=gone).update(by=kept)


def _same_expert(kept, gone):
    """What a connector proposed to her is hers; where both accounts were proposed to one PLG, the kept one's stays."""
    theirs = Introduction.objects.filter(expert=kept).values("one")
    Introduction.objects.filter(expert=gone, one__in=theirs).delete()
    Introduction.objects.filter(expert=gone).update(expert=kept)


def _unite(own, other):
    """Keep the better of two places in one PLG; guest meetings of both are hers."""
    better, _worse = sorted((own, other), key=lambda place: FURTHEST.index(place.state))
    values = {
        name: getattr(better, name)
        for name in ("state", "waiting_since", "offered_until", "invitation_until", "invited_by_id", "ended_at")
    }
    values["joined_at"] = min(filter(None, (own.joined_at, other.joined_at)), default=None)
    values["accepted_at"] = own.accepted_at or other.accepted_at
    values["school_id"] = own.school_id or other.school_id
    values["to_decide"] = own.to_decide and other.to_decide
    same = own.state == other.state
    values["role"] = min((own.role, other.role), key=HIGHEST.index) if same else better.role
    for relation in Membership._meta.related_objects:
        if relation.many_to_many:  # of upper floors: the meetings to which a guest is invited
            name = relation.get_accessor_name()
            getattr(own, name).add(*getattr(other, name).all())
    done = own.hand_ins.values("task")
    other.hand_ins.exclude(task__in=done).update(membership=own)
    other.delete()
    for name, value in values.items():
        setattr(own, name, value)
    own.save()


def _ask_again(membership):
    ask(
        "communities.invited",
        about=membership,
        url=reverse("communities:home", args=[membership.community_id]),
        people=[membership.person],
        community=membership.community_id,
        due_on=membership.invitation_until.date() if membership.invitation_until else None,
    )


@farewells.register("communities")
@transaction.atomic
def farewell(affiliation, by):
    """The last affiliation of a person ended: those who facilitate with her say whether she stays.

    Who facilitated alone becomes a member, and the owner's administrators are asked for another facilitator.
    """
    person = affiliation.person
    others = person.affiliations.filter(Q(until_on=None) | Q(until_on__gte=today()), ended_at=None)
    if others.exclude(pk=affiliation.pk).exists():
        return
    for membership in person.memberships.filter(state=MembershipState.ACTIVE).order_by("community_id"):
        community = hold(membership.community_id)
        if community.is_closed:
            continue
        if membership.leads:
            membership.role = Role.MEMBER
        membership.to_decide = True
        membership.save(update_fields=["role", "to_decide"])
        whom = leaders(community)
        ask(
            "communities.member_to_decide",
            about=membership,
            url=reverse("communities:members", args=[community.pk]),
            people=whom,
            community=community,
        )
        record("communities.member_to_decide", by=by, about=membership, tell=whom, community=community)
        changed(community)
        tell_if_leaderless(community)


@moves.register("communities")
def move(schools):
    """Schools went to another board: so do the PLGs that belong to them, and who may know and appoint there."""
    board = School.objects.filter(pk=OuterRef("owner_school")).values("board")
    Community.objects.filter(owner_school__in=schools).update(board=Subquery(board))
