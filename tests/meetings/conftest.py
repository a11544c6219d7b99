"""A meeting of PLG Rekenen, and the few things that all these tests need."""

from datetime import date

import pytest
import time_machine

from communities.models import Membership
from tests.cast import meeting as make_meeting


@pytest.fixture
def at():
    """Travel to an instant: `with at("2026-11-22 10:00+01:00"):`. The clock stands still there."""
    return lambda moment: time_machine.travel(moment, tick=False)


@pytest.fixture
def thursday(cast, at):
    """Today is Monday 9 November 2026; the PLG meets on Thursday 26 November at 15.30."""
    with at("2026-11-09 10:00:00+01:00"):
        yield make_meeting(cast.maths, held_on=date(2026, 11, 26))


@pytest.fixture
def membership(cast):
    """The membership of a person in PLG Rekenen: `membership(cast.amina)`."""
    return lambda person: Membership.objects.select_related("person", "school").get(community=cast.maths, person=person)
