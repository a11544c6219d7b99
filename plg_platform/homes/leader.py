"""The home of a school leader: agreed facts to plan with and, in a panel of their own, what is counted."""

from activity import asks
from core.links import address
from organisations.models import School
from organisations.rules import standing
from participation import agreed, places, reading


def context(user):
    """What the page shows of the schools she leads: who takes part, where and when; and the figures of the first."""
    schools = list(School.objects.filter(pk__in=standing(user).schools_led).order_by("sort_name"))
    facts = agreed.of(schools)
    first = places.Place("school", schools[0].pk, schools[0].name)
    counted = reading.wished(first, {}, places.page_of(first), known=facts.of_school[first.pk])
    return {
        "schools": schools,
        "agreed": facts,
        "counted": counted,
        "colleagues_url": address("participation:leader_sees_of", first.pk),
        "asks": asks.for_today(user, limit=3),
    }
