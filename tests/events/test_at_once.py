"""Fifty hands at ten places. `tests/faults/test_places.py` does it twenty times; here once, and with the lock off."""

import pytest
from django.db import IntegrityError, connection
from django.db.models import Q

from events.actions import registering, waiting
from events.choices import RegistrationState
from events.models import Event, Registration
from tests import cast as people
from tests.events import world
from tests.hands import together

R = RegistrationState
HANDS, PLACES = 16, 4


def rush(event, persons, *, lock=True):
    """All of them register at the same instant: how many have a place, and what was counted."""

    def hand(person):
        def deed():
            try:
                return registering.register(event, by=person)
            except IntegrityError as refused:
                return refused

        return deed

    answers = together(*map(hand, persons))
    event = Event.objects.get(pk=event.pk)
    return Registration.objects.filter(event=event).seated().count(), event.taken, answers


@pytest.fixture
def without_lock(monkeypatch):
    """The control run: the same deed, but reading the event without holding it."""
    from events.actions import moving

    def read(event):
        return Event.objects.get(pk=event if isinstance(event, int) else event.pk)

    for module in (moving, registering, waiting):
        monkeypatch.setattr(module, "hold", read)


@pytest.fixture
def without_constraint(transactional_db):
    """The database as it would be without the promise."""
    promise = next(each for each in Event._meta.constraints if each.name == "event_not_overbooked")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Event, promise)
    yield
    Event.objects.exclude(capacity=None).update(taken=0)
    with connection.schema_editor() as editor:
        editor.add_constraint(Event, promise)


@pytest.mark.django_db(transaction=True)
def test_whoever_comes_at_the_same_instant_nobody_is_overbooked():
    event = world.an_event(people.cast(), capacity=PLACES)
    seated, taken, _answers = rush(event, [people.person(f"Hand {n}") for n in range(HANDS)])
    assert (seated, taken) == (PLACES, PLACES)
    assert Registration.objects.filter(state=R.WAITING).count() == HANDS - PLACES


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_is_overbooked_so_the_test_above_can_fail(without_lock, without_constraint):
    event = world.an_event(people.cast(), capacity=PLACES)
    seated, _taken, _answers = rush(event, [people.person(f"Hand {n}") for n in range(HANDS)])
    assert seated > PLACES


@pytest.mark.django_db(transaction=True)
def test_a_place_is_taken_by_her_or_goes_on_but_never_both():
    cast = people.cast()
    event = world.an_event(cast, capacity=1)
    for person in (cast.amina, cast.tom, cast.els):
        registering.register(event, by=person)
    waiting.leave(Registration.objects.get(person=cast.amina), by=cast.amina)
    offered = Registration.objects.get(person=cast.tom)
    together(
        lambda: waiting.take_offer(offered, by=cast.tom),
        lambda: waiting.leave(offered, by=cast.tom),
        lambda: registering.register(event, by=cast.bram),
        lambda: registering.register(event, by=cast.noor),
    )
    event.refresh_from_db()
    assert event.taken == Registration.objects.filter(event=event).seated().count() == 1
    assert not Registration.objects.filter(Q(state=R.OFFERED), offered_until=None).exists()
