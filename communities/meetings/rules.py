"""Who may see a meeting, answer for it and plan it."""

from django.db.models import Q
from django.db.models.functions import Now

from communities.rules import facts as community_facts
from communities.rules import (
    in_communities_i_lead,
    in_communities_i_take_part_in,
    in_my_communities,
    standing,
)


def view(user):
    """Members of its PLG; guests only of the meetings they are invited to."""
    return in_my_communities(user) | _as_guest(user)


def view_series(user):
    return in_my_communities(user)


def _as_guest(user):
    return Q(community__in=standing(user).guest_of, pk__in=_meetings_as_guest(user))


def _meetings_as_guest(user):
    if not standing(user).guest_of:
        return []
    return list(
        user.memberships.filter(state="active", role="guest")
        .values_list("meetings_as_guest", flat=True)
        .exclude(meetings_as_guest=None)
    )


def answer(user):
    """Whoever is expected there."""
    return in_communities_i_take_part_in(user) | _as_guest(user)


def asked(user):
    """What is still to be answered: of dates that stand and are not over."""
    return answer(user) & Q(state="planned", ends_at__gt=Now())


def plan(user):
    return in_communities_i_lead(user)


def see_date(user):
    """Its date, hours and place are agreed facts: for leaders of the schools that take part, too."""
    rule = community_facts(user)
    return view(user) | _through_community(rule)


def _through_community(rule):
    """The same rule, asked of the community of a row."""
    moved = Q(_connector=rule.connector, _negated=rule.negated)
    for child in rule.children:
        if isinstance(child, Q):
            moved.children.append(_through_community(child))
        else:
            name, value = child
            moved.children.append((f"community__{name}", value))
    return moved
