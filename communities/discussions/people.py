"""Who is in a conversation: whom one can mention, who leads, how names are shown."""

from communities.choices import LEADING, MembershipState, Role
from people.models import User


def members(community):
    """Who takes part in this PLG, by name; guests do not read its conversations."""
    return _active(community).exclude(memberships__role=Role.GUEST)


def leaders(community):
    """Its facilitators."""
    return _active(community).filter(memberships__role__in=LEADING)


def _active(community):
    # one filter() for both conditions of one membership; a person has one in a community
    community = getattr(community, "pk", community)
    rows = User.objects.filter(
        memberships__community=community, memberships__state=MembershipState.ACTIVE, is_active=True
    )
    return rows.order_by("sort_name", "pk")


def found(community, words, besides, most=8):
    """Members whose name, or a part of it, begins like this."""
    words = words.casefold().strip()
    return [
        person
        for person in members(community)
        if person != besides and any(part.startswith(words) for part in _parts(str(person).casefold()))
    ][:most]


def _parts(name):
    words = name.split()
    return [" ".join(words[place:]) for place in range(len(words))]
