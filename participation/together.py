"""Who works with whom: how many PLGs two boards share, or two schools. Agreed facts, sorted by the alphabet."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from django.db.models import Q
from django.utils.timezone import now

from communities.choices import MembershipState
from communities.models import Community, Membership

MOST_COLUMNS = 14  # more do not fit beside each other
TOOK_PART = (MembershipState.ACTIVE, MembershipState.ENDED)


@dataclass(frozen=True)
class Unit:
    """A board or school."""

    pk: int
    name: str

    def __str__(self):
        return self.name


class Together:
    """Units by the alphabet, and of each two the number of PLGs in which both have somebody."""

    def __init__(self, units, places, before=()):
        """`places` are pairs (PLG, unit's id); `before` those of a year ago."""
        self.units = list(units)
        self.names = {unit.pk: unit.name for unit in self.units}
        self.pairs = _pairs(places)
        self.busy_ids = {pk for pair in self.pairs for pk in pair}
        self.busy_before = len({pk for pair in _pairs(before) for pk in pair})

    @property
    def total(self):
        return len(self.units)

    @property
    def busy(self):
        """How many work with another."""
        return sum(unit.pk in self.busy_ids for unit in self.units)

    @property
    def tells_before(self):
        """Whether a year ago was another number, and not before anything began."""
        return self.busy_before not in (0, self.busy)

    @property
    def alone(self):
        """Three of those who do not yet."""
        return [unit for unit in self.units if unit.pk not in self.busy_ids][:3]

    @property
    def best(self):
        """The two that share most; where more do, none of them is singled out."""
        best = self.pairs.most_common(2)
        if not best or (len(best) == 2 and best[0][1] == best[1][1]):
            return None
        pair, count = best[0]
        return {"names": sorted(self.names.get(pk, "") for pk in pair), "count": count}

    @property
    def shown(self):
        """Those that stand in the triangle: who works together first where not all fit, then by the alphabet."""
        if self.total <= MOST_COLUMNS:
            return self.units
        busy = [unit for unit in self.units if unit.pk in self.busy_ids]
        idle = [unit for unit in self.units if unit.pk not in self.busy_ids]
        kept = {unit.pk for unit in (busy + idle)[:MOST_COLUMNS]}
        return [unit for unit in self.units if unit.pk in kept]

    @property
    def table(self):
        """The rows of a triangle of numbers."""
        shown = self.shown
        return [
            {
                "number": place + 1,
                "unit": unit,
                "cells": [self.count(unit.pk, other.pk) for other in shown[:place]],
                "rest": range(len(shown) - place - 1),
            }
            for place, unit in enumerate(shown)
        ]

    def count(self, one, other):
        return self.pairs[tuple(sorted((one, other)))]

    def partners(self, pk):
        """[(name, PLGs shared)] of one unit, by the alphabet of who stands in this list."""
        return [(unit.name, self.count(pk, unit.pk)) for unit in self.units if self.count(pk, unit.pk)]


def _pairs(places):
    """In how many PLGs each two are together."""
    of_plg = {}
    for community, unit in places:
        of_plg.setdefault(community, set()).add(unit)
    return Counter(pair for found in of_plg.values() for pair in combinations(sorted(found), 2))


def of_boards(user, boards):
    """How these boards work together, as far as this user knows the facts of their PLGs: two queries."""
    units = [Unit(board.pk, board.name) for board in boards]
    return Together(units, *_places(user, "school__board", units))


def of_schools(user, schools):
    """The same of schools."""
    units = [Unit(school.pk, school.name) for school in schools]
    return Together(units, *_places(user, "school", units))


def _places(user, unit, units):
    """(PLG, unit) of whoever takes part, now and a year ago."""
    known = Community.objects.allowing(user, "facts")
    rows = Membership.objects.filter(**{f"{unit}__in": [each.pk for each in units]}).order_by()
    then = now() - timedelta(days=365)
    stayed = Q(ended_at=None) | Q(ended_at__gt=then)
    before = rows.filter(stayed, state__in=TOOK_PART, joined_at__lt=then, community__in=known)
    return [
        found.values_list("community", unit).distinct()
        for found in (rows.active().filter(community__in=known.living()), before)
    ]
