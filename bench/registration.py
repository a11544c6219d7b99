"""Fifty people register for ten places at the same instant, twenty times; and the same with the lock off, as a control:
then there are more people than places, or the database has to refuse who is one too many."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import time as clock
from datetime import timedelta
from statistics import median

TIMES, HANDS, PLACES = 20, 50, 10


def figures():
    """`registration.50x20.{overbooked,empty,ms}`, and of the control `registration.50x20.without_lock.wrong`."""
    name = f"registration.{HANDS}x{TIMES}"
    people = _people()
    runs = [_rush(people) for _time in range(TIMES)]
    yield f"{name}.overbooked", sum(seated > PLACES for seated, _refused, _ms in runs), f"of {TIMES}"
    yield f"{name}.empty", sum(seated < PLACES for seated, _refused, _ms in runs), f"of {TIMES}"
    yield f"{name}.ms", median(ms for _seated, _refused, ms in runs) / HANDS, "ms a person"
    with _without_lock():
        control = [_rush(people) for _time in range(TIMES)]
    wrong = sum(seated > PLACES or refused > 0 for seated, refused, _ms in control)
    yield f"{name}.without_lock.wrong", wrong, f"of {TIMES}"


def _people():
    from people.models import User

    return list(User.objects.filter(is_active=True, merged_into=None).order_by("pk")[:HANDS])


def _rush(people):
    """All of them at once: (places given, how many the database refused, ms)."""
    from django.db import IntegrityError, connection

    from events.actions import registering
    from events.models import Event

    event, start = _event(people[0]), threading.Barrier(len(people))

    def hand(person):
        try:
            connection.ensure_connection()
            start.wait(60)
            registering.register(event, by=person)
        except IntegrityError:
            return 1
        finally:
            connection.close()
        return 0

    began = time.perf_counter()
    with ThreadPoolExecutor(len(people)) as pool:
        refused = sum(pool.map(hand, people))
    took = (time.perf_counter() - began) * 1000
    return Event.objects.get(pk=event.pk).registrations.seated().count(), refused, took


def _event(organiser):
    from core.time import today
    from events.models import Event

    day = today() + timedelta(days=30)
    return Event.objects.create(
        title="Vijftig mensen, tien plekken", state="open", scope="public", held_on=day, last_on=day, starts=clock(13),
        ends=clock(17), venue="De Loods", capacity=PLACES, created_by=organiser,
    )  # fmt: skip


@contextmanager
def _without_lock():
    """The same deed, but it reads the event without holding it."""
    from events.actions import moving, registering, waiting
    from events.models import Event

    def read(event):
        return Event.objects.get(pk=event if isinstance(event, int) else event.pk)

    held = moving.hold
    for module in (moving, registering, waiting):
        module.hold = read
    try:
        yield
    finally:
        for module in (moving, registering, waiting):
            module.hold = held
