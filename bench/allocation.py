"""How long a division of three hundred people over three slots takes, and how it stands beside first come."""

import time
from random import Random
from statistics import median

from events.allocating import Wisher, allocate, first_come
from events.allocating import figures as figures_of

TIMES, PEOPLE, SLOTS, SESSIONS = 5, 300, 3, 12


def figures():
    """`allocation.300x3.seconds`, and who has nothing of her list and what the least has: ours, and first come."""
    people, places = a_day()
    allocate(people[:5], places, seed=1)  # the solver is read from disk once
    took = []
    for _time in range(TIMES):
        began = time.process_time()
        outcomes = allocate(people, places, seed=7)
        took.append(time.process_time() - began)
    name, ours, theirs = (
        f"allocation.{PEOPLE}x{SLOTS}", figures_of(people, outcomes), figures_of(people, first_come(people, places)),
    )  # fmt: skip
    yield f"{name}.seconds", median(took), "s"
    yield f"{name}.unlisted", ours["unlisted"], "people"
    yield f"{name}.unlisted_first_come", theirs["unlisted"], "people"
    yield f"{name}.least", ours["least"], "points"
    yield f"{name}.least_first_come", theirs["least"], "points"
    yield f"{name}.changed_with_same_seed", int(outcomes != allocate(people, places, seed=7)), "times"


def a_day():
    """Wishes as they are: some workshops are wanted by nearly everybody."""
    random = Random(1)
    places = {(slot, n): random.choice([15, 20, 24, 30]) for slot in range(SLOTS) for n in range(SESSIONS)}
    drawn = [1 / (n + 1) for n in range(SESSIONS)]
    people = []
    for key in range(PEOPLE):
        wishes = {}
        for slot in range(SLOTS):
            chosen = dict.fromkeys(random.choices(range(SESSIONS), drawn, k=6))
            wishes[slot] = [(slot, n) for n in list(chosen)[:4]]
        people.append(Wisher(key, wishes, missed=random.choice([0, 0, 0, 1]), came=random.randrange(10_000)))
    return people, places
