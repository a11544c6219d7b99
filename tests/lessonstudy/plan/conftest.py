"""A team that designs its lesson, and its plan."""

from types import SimpleNamespace

import pytest

from tests.lessonstudy import world


@pytest.fixture
def design(cast):
    """Fatima, Amina and Tom write a plan of three parts; Gijs is their expert."""
    cycle = world.a_cycle(cast, "designing")
    stages = list(cycle.plan.stages.all())
    return SimpleNamespace(cycle=cycle, plan=cycle.plan, stages=stages, first=stages[0], **vars(cast))
