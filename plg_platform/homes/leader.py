"""The home of a school leader: agreed facts to plan with and, in a panel of their own, what is counted."""

from activity import asks
from core.links import address
from organisations.room import open_for
from organisations.rules import standing
from participation import agreed, places, reading


def context(user):
    """What the page shows of the schools she leads: who takes part, where and when; and the figures of the first."""
    facts = agreed.of(sorted(standing(user).schools_led))
    first = facts.schools[0]
    counted = reading.wished(first, {}, places.page_of(first), known=facts.of_school[first.pk])
    return {
        "schools": facts.schools,
        "agreed": facts,
        "room": open_for(school.pk for school in facts.schools),
        "counted": counted,
        "figures_of": [
            {"url": places.page_of(school), "label": school.name, "current": school == first}
            for school in facts.schools
        ],
        "colleagues_url": address("participation:leader_sees_of", first.pk),
        "asks": asks.for_today(user, limit=3),
    }
