"""Who works with whom: how many PLGs two boards share, or two schools. Agreed facts, sorted by the alphabet."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from communities.models import Community, Membership

MOST_COLUMNS = 14  # more do not fit beside each other


@dataclass(frozen=True)
class Unit:
    """A board or school."""

    pk: int
    name: str

    def __str__(self):
        return self.name


class Together:
    """Units by the alphabet, and of each two the number of PLGs in which both have somebody."""

    def __init__(self, units, places):
        """`places` are pairs (PLG, unit's id)."""
        self.units = list(units)
        self.names = {unit.pk: unit.name for unit in self.units}
        self.pairs, of_plg = Counter(), {}
        for community, unit in places:
            of_plg.setdefault(community, set()).add(unit)
        for found in of_plg.values():
            self.pairs.update(combinations(sorted(found), 2))
        self.busy_ids = {pk for pair in self.pairs for pk in pair}

    @property
    def total(self):
        return len(self.units)

    @property
    def busy(self):
        """How many work with another."""
        return sum(unit.pk in self.busy_ids for unit in self.units)

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


def of_boards(user, boards):
    """How these boards work together, as far as this user knows the facts of their PLGs: one query."""
    ids = [board.pk for board in boards]
    places = _places(user).filter(school__board__in=ids).values_list("community", "school__board").distinct()
    return Together([Unit(board.pk, board.name) for board in boards], places)


def of_schools(user, schools):
    """The same of schools: one query."""
    ids = [school.pk for school in schools]
    places = _places(user).filter(school__in=ids).values_list("community", "school").distinct()
    return Together([Unit(school.pk, school.name) for school in schools], places)


def _places(user):
    known = Community.objects.allowing(user, "facts").living()
    return Membership.objects.active().filter(community__in=known)
