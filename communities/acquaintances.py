"""What people's own pages learn from PLGs: the themes there are, and who knows whom."""

from django.apps import apps
from django.db.models import Q

from communities.choices import MembershipState, Theme
from communities.rules import standing
from people.choices import themes
from people.rules import acquaintances

themes.add("communities", Theme.choices)


@acquaintances.register("communities")
def fellow_members(user):
    """Who takes part in a PLG of the user's."""
    memberships = apps.get_model("communities", "Membership").objects
    mine = standing(user)
    here = memberships.filter(community__in=mine.member_of | mine.guest_of, state=MembershipState.ACTIVE)
    return Q(pk__in=here.values("person"))
