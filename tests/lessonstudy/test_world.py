"""The cycles of `world.py` are what they say they are."""

import pytest

from lessonstudy import steps
from lessonstudy.choices import State
from tests.lessonstudy import world

FORWARD = {"orienting": "design", "designing": "make_ready", "ready": "give", "given": "discuss",
           "discussing": "redesign", "reflecting": "share", "sharing": "complete"}  # fmt: skip


@pytest.mark.parametrize("state", world.ORDER)
def test_a_cycle_stands_where_it_was_asked(cast, state):
    cycle = world.a_cycle(cast, state)
    assert cycle.state == state
    assert cycle.members.team().count() == 3


def test_a_lesson_of_today_began(cast):
    cycle = world.a_cycle(cast, State.GIVEN)
    assert steps.asked(cycle, steps.step(cycle, "discuss")) == []
