"""Fifty people register for ten places at the same instant, twenty times; and the same with the lock off."""

import pytest

from tests import cast as people
from tests.events import world
from tests.events.test_at_once import rush, without_constraint, without_lock  # noqa: F401 - fixtures

HANDS, PLACES, TIMES = 50, 10, 20


def overbooked():
    """Twenty times: how many more have a place than there are."""
    cast = people.cast()
    hands = [people.person(f"Hand {n}") for n in range(HANDS)]
    over = []
    for _ in range(TIMES):
        event = world.an_event(cast, capacity=PLACES)
        seated, _taken, _answers = rush(event, hands)
        over.append(seated - PLACES)
    return over


@pytest.mark.django_db(transaction=True)
def test_fifty_at_ten_places_twenty_times():
    over = overbooked()
    print(f"places.overbooked {sum(each > 0 for each in over)} of_{TIMES}")
    print(f"places.empty {sum(each < 0 for each in over)} of_{TIMES}")
    assert over == [0] * TIMES


@pytest.mark.django_db(transaction=True)
def test_the_same_with_the_lock_off(without_lock, without_constraint):  # noqa: F811
    over = overbooked()
    print(f"places.overbooked_without_lock {sum(each > 0 for each in over)} of_{TIMES}")
    assert any(each > 0 for each in over)
