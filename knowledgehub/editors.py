"""Who looks along: the facilitators of a PLG, the connectors of a network, and above them who keeps the platform."""

from communities.models import Community
from communities.rules import standing
from knowledgehub.choices import Audience
from knowledgehub.models import Author
from organisations.choices import RoleKind
from organisations.models import Network, Role
from organisations.rules import standing as at_work
from people.models import User


def of_community(community):
    """The facilitators of a PLG."""
    rows = community.memberships.leading().exclude(person=None)
    return list(User.objects.filter(pk__in=rows.values("person"), is_active=True).order_by("pk"))


def _with_role(**where):
    rows = Role.objects.current().filter(**where)
    return list(User.objects.filter(pk__in=rows.values("person"), is_active=True).order_by("pk"))


def of_network(network):
    """The connectors of a network."""
    return _with_role(kind=RoleKind.CONNECTOR, network=network)


def of_platform():
    """Who keeps the platform."""
    return _with_role(kind=RoleKind.PLATFORM_ADMIN)


def editors_of(review):
    """Whoever may decide on this review now."""
    return of_community(review.community) if review.community_id else of_network(review.network)


def moderators_of(resource):
    """Whoever settles what is objected to it: those of its place who did not make it; else the platform's."""
    if resource.audience == Audience.PRIVATE:
        return []
    makers = set(Author.everyone.filter(resource=resource).values_list("person", flat=True))
    near = []
    if resource.audience == Audience.PLG:
        near = of_community(resource.community)
    elif resource.audience == Audience.NETWORK:
        near = of_network(resource.network)
    return _others(near, makers) or _others(of_platform(), makers)


def _others(people, makers):
    return [person for person in people if person.pk not in makers]


def places_to_ask(user):
    """The PLGs and networks of hers where somebody else can look along: [(place, editors)]."""
    communities = Community.objects.filter(pk__in=standing(user).member_of).order_by("sort_name", "pk")
    networks = Network.objects.filter(pk__in=at_work(user).networks).order_by("sort_name", "pk")
    found = [(row, of_community(row)) for row in communities] + [(row, of_network(row)) for row in networks]
    return [(place, people) for place, people in found if any(person != user for person in people)]
