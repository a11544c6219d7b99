"""Nobody can find out what fewer than five people did, whatever is shown and however it is combined.

The same attack succeeds where the floor of five is taken away, and where what is shown is not rounded: so it is one.
"""

from random import Random

import pytest

from organisations.models import Board
from participation import closing
from tests.participation import attack
from tests.participation.worlds import World

YEARS = [2024, 2025]
LEAST = 1  # a minute


def a_year(seed):
    """A random school year and some months, closed month after month; what an attacker knows and sees of it."""
    world, absent = World(seed), []
    for _n in range(14):
        month = world.month
        world.through(1)
        for board in Board.objects.values_list("pk", flat=True):
            absent += attack.absent_of(board, month)
    found = attack.parts(world.made, absent)
    return found, attack.everything_shown(YEARS)


def found_out(found, shown, chance, count, **options):
    """Groups of four at most of whom somebody can tell exactly what they did."""
    possible = attack.Possible(found, shown, **options)
    told = []
    for who, chosen in attack.groups(found, chance, count):
        least, most = possible.between(chosen)
        if most - least < LEAST and any(found[n].most for n in chosen):
            told.append(who)
    return told


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_follows_about_fewer_than_five(db, seed):
    found, shown = a_year(seed)
    assert len(shown) > 100
    assert attack.added_and_subtracted(found, shown) == []
    assert found_out(found, shown, Random(seed), 25) == []


def test_it_does_where_the_floor_is_taken_away(db, monkeypatch):
    monkeypatch.setattr(closing, "FEWEST", 0)
    found, shown = a_year(1)
    assert attack.added_and_subtracted(found, shown) != []
    assert found_out(found, shown, Random(1), 40)


def test_it_does_where_everybody_came_and_that_is_shown(db, monkeypatch):
    monkeypatch.setattr(closing.Pool, "shown", closing.Pool.counted)
    found, shown = a_year(1)
    assert attack.added_and_subtracted(found, shown) == []
    assert found_out(found, shown, Random(1), 120)
