"""What people's own pages learn from PLGs: the themes there are, and who knows whom."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q

from communities.choices import MembershipState, Theme
from communities.rules import standing
from core.names import acquainted
from organisations.rules import standing as at_work
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


@acquainted.register("communities")
def no_pupils(user):
    """Who takes part in a PLG of the user's, how those PLGs and her schools are called: none of these is a pupil."""
    mine = standing(user)
    people = get_user_model().objects.filter(fellow_members(user)).values_list("name", flat=True)
    plgs = apps.get_model("communities", "Community").objects.filter(pk__in=mine.member_of | mine.guest_of)
    schools = apps.get_model("organisations", "School").objects.filter(pk__in=at_work(user).works_at)
    return [*people, *plgs.values_list("name", flat=True), *schools.values_list("name", flat=True)]
