"""How long speed-dates take to plan (processor time), how near the bound they come, and what is forbidden in them."""

import time
from itertools import combinations
from random import Random
from statistics import median

from events.dating import Dater, Rules, pair, plan

TIMES = 3
COMPANIES = ((60, 6), (150, 6), (300, 8))
SCHOOLS, THEMES, BEGUN = 14, 10, 3


def figures():
    """`speeddate.<people>x<rounds>.{seconds,score,forbidden}`, and of the same planned anew after three rounds."""
    plan(a_company(8), Rules(rounds=2))  # the solvers are read from disk once
    for count, rounds in COMPANIES:
        yield from _company(f"speeddate.{count}x{rounds}", count, rounds)


def _company(name, count, rounds):
    people = a_company(count)
    random = Random(count)
    blocked = [tuple(random.sample(range(count), 2)) for _block in range(count // 10)]
    seconds, made = _timed(lambda: plan(people, Rules(rounds=rounds), blocked=blocked))
    yield f"{name}.seconds", seconds, "s"
    yield f"{name}.score", made.share, "of bound"
    yield f"{name}.bound", made.bound, "themes"
    yield f"{name}.forbidden", forbidden(made, people, blocked), "pairs"
    yield f"{name}.out_twice", len(made.out_twice), "people"
    here = people[count // 10 :] + a_company(count // 20, seed=2, first=count)
    met = [two for tables in made.rounds[:BEGUN] for two in tables]
    out = [key for each in made.out[:BEGUN] for key in each]
    seconds, again = _timed(lambda: plan(here, Rules(rounds=rounds - BEGUN), blocked=blocked, met=met, sat_out=out))
    yield f"{name}.again.seconds", seconds, "s"
    yield f"{name}.again.score", again.share, "of bound"
    yield f"{name}.again.forbidden", forbidden(again, here, blocked, met), "pairs"


def _timed(deed):
    took = []
    for _time in range(TIMES):
        began = time.process_time()
        outcome = deed()
        took.append(time.process_time() - began)
    return median(took), outcome


def forbidden(made, people, blocked, met=()):
    """How many pairs met that should not have, or met twice."""
    by_key, seen, count = {person.key: person for person in people}, {pair(*two) for two in met}, 0
    never = {pair(*two) for two in blocked}
    for table in (table for tables in made.rounds for table in tables):
        for two in combinations(sorted(table), 2):
            one, other = (by_key[key] for key in two)
            alike = one.school == other.school or one.plgs & other.plgs
            count += bool(two in seen or two in never or alike)
            seen.add(two)
    return count


def a_company(count, seed=1, first=0):
    """People of fourteen schools with two to four themes of ten each."""
    random = Random(seed)
    return [
        Dater(
            first + key,
            frozenset(random.sample(range(THEMES), random.randint(2, 4))),
            school=random.randrange(SCHOOLS),
            plgs=frozenset([random.randrange(max(count // 8, 2))]),
        )
        for key in range(count)
    ]
