"""Nobody can find out what fewer than five people did, whatever is shown and however it is combined.

The same attack succeeds where the floor of five is taken away, and where what is shown is not rounded: so it is one.
"""

from random import Random

import pytest

from core.time import today
from organisations.models import Board, Hours
from participation import closing
from participation.models import Closing
from people.calendar import school_year
from plg_platform.demo import build
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


def the_demo(settings):
    """The same of the demo, whose months were all closed one after the other."""
    settings.DEMO = True
    build.fill()
    rows = Hours.objects.exclude(figure_id=None).values_list("pk", "person", "figure_id", "counted_minutes")
    absent = [each for closed in Closing.objects.all() for each in attack.absent_of(closed.board_id, closed.month)]
    this = school_year(today())
    return attack.parts(rows, absent), attack.everything_shown([this, this - 1])


def found_out(found, shown, chance, count, **options):
    """A group of four at most of whom somebody can tell exactly what they did; None is as it should."""
    possible = attack.Possible(found, shown, **options)
    for who, chosen in attack.groups(found, chance, count):
        least, most = possible.between(chosen)
        if most - least < LEAST:
            return who
    return None


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_follows_about_fewer_than_five(db, seed):
    found, shown = a_year(seed)
    assert len(shown) > 100
    assert attack.added_and_subtracted(found, shown) is None
    assert found_out(found, shown, Random(seed), 25) is None


def test_nothing_follows_in_the_demo(db, settings):
    found, shown = the_demo(settings)
    assert len(shown) > 100
    assert attack.added_and_subtracted(found, shown) is None
    assert found_out(found, shown, Random(1), 25) is None


def test_the_demo_tells_of_few_where_the_floor_is_taken_away(db, settings, monkeypatch):
    monkeypatch.setattr(closing, "FEWEST", 0)
    found, shown = the_demo(settings)
    assert attack.added_and_subtracted(found, shown)
    assert found_out(found, shown, Random(1), 25)


def test_it_does_where_the_floor_is_taken_away(db, monkeypatch):
    monkeypatch.setattr(closing, "FEWEST", 0)
    found, shown = a_year(1)
    assert attack.added_and_subtracted(found, shown)
    assert found_out(found, shown, Random(1), 40)


def test_it_does_where_everybody_came_and_that_is_shown(db, monkeypatch):
    monkeypatch.setattr(closing.Pool, "shown", closing.Pool.counted)
    found, shown = a_year(1)
    assert attack.added_and_subtracted(found, shown) is None
    assert found_out(found, shown, Random(1), 120)
