"""A school or board goes up into another one: PLGs and who takes part now go along."""

from django.db.models import Exists, OuterRef

from communities.choices import MembershipState
from communities.models import Community, Membership, SchoolPair
from core.registry import merger_counts, mergers
from organisations.models import School

#: Where somebody stopped or said no, the school of that day stays written.
OVER = (MembershipState.ENDED, MembershipState.DECLINED)


@mergers.register("communities")
def go_along(gone, into):
    """Its PLGs belong to the other place; its people take part for the other school."""
    if not isinstance(gone, School):
        Community.objects.filter(owner_board=gone).update(owner_board=into, board=into)
        return
    Community.objects.filter(owner_school=gone).update(owner_school=into, board=into.board_id)
    Membership.objects.filter(school=gone).exclude(state__in=OVER).update(school=into)
    pairs = SchoolPair.objects.filter(school=gone)
    pairs.filter(Exists(SchoolPair.objects.filter(community=OuterRef("community"), school=into))).delete()
    pairs.update(school=into)


@merger_counts.register("communities")
def count(gone):
    """How many PLGs belong to it."""
    owner = "owner_school" if isinstance(gone, School) else "owner_board"
    return Community.objects.filter(**{owner: gone}).count()
