"""Who meets whom: nobody twice, nobody she may not meet, nobody out twice, and as good as can be shown."""

import time
from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.dating import Dater, Rules, pair, plan, tables_of, why_not


def a_company(count, seed=1, schools=14, themes=10, **fields):
    random = Random(seed)
    return [
        Dater(
            key,
            frozenset(random.sample(range(themes), random.randint(2, 4))),
            school=(school := random.randrange(schools)),
            plgs=frozenset([random.randrange(max(count // 8, 2))]),
            board=school // 3,
            **fields,
        )
        for key in range(count)
    ]


def broken(made, people, rules, blocked=(), met=()):
    """What no plan may do, as far as this one does it."""
    by_key, seen, wrong = {person.key: person for person in people}, {pair(*two) for two in met}, []
    never = {pair(*two) for two in blocked}
    for number, tables in enumerate(made.rounds):
        seated = [key for table in tables for key in table]
        if len(seated) != len(set(seated)):
            wrong.append((number, "at two tables"))
        for table in tables:
            if any(by_key[key].stays_out for key in table):
                wrong.append((number, "wanted to stay out"))
            for two in combinations(sorted(table), 2):
                one, other = (by_key[key] for key in two)
                if two in seen or two in never or not rules.may_meet(one, other):
                    wrong.append((number, two))
                seen.add(two)
    return wrong


@pytest.mark.parametrize(("count", "rounds"), [(60, 6), (150, 6), (300, 8)])
def test_a_large_company_is_planned_in_two_seconds_and_as_well_as_can_be(count, rounds):
    people, rules = a_company(count), Rules(rounds=rounds)
    plan(people[:4], rules)  # the solver is read from disk once
    began = time.process_time()
    made = plan(people, rules, blocked=[(0, 1), (2, 3)])
    assert time.process_time() - began < 2
    assert broken(made, people, rules, [(0, 1), (2, 3)]) == []
    assert made.out_twice == []
    assert made.share >= 0.98


def test_planned_anew_from_who_is_there_without_touching_what_began():
    people, rules = a_company(300), Rules(rounds=8)
    first = plan(people, rules)
    began = first.rounds[:3]
    here = people[30:] + [Dater(key, frozenset([1, 2]), school=90 + key % 5) for key in range(900, 915)]
    met = [two for tables in began for two in tables]
    at = time.process_time()
    again = plan(here, Rules(rounds=5), met=met, sat_out=[key for out in first.out[:3] for key in out])
    assert time.process_time() - at < 1
    assert broken(again, here, rules, met=met) == []
    assert again.out_twice == []
    assert again.share >= 0.98


@settings(max_examples=40, deadline=None)
@given(count=st.integers(4, 24), rounds=st.integers(1, 4), seed=st.integers(0, 99), size=st.integers(2, 4))
def test_whatever_the_company_nothing_forbidden_happens(count, rounds, seed, size):
    people = a_company(count, seed, schools=6)
    people[0] = Dater(0, people[0].interests, stays_out=True)
    rules, blocked = Rules(rounds=rounds, size=size), [(1, 2), (3, 1)]
    made = plan(people, rules, blocked=blocked, seed=seed)
    assert broken(made, people, rules, blocked) == []
    assert made.score <= made.bound


def best_by_trying(people, rules):
    """The most that two rounds of pairs can score, by trying all of them."""

    def matchings(keys):
        if not keys:
            yield ()
            return
        for other in keys[1:]:
            if rules.may_meet(people[keys[0]], people[other]):
                left = [key for key in keys[1:] if key != other]
                yield from (((keys[0], other), *more) for more in matchings(left))

    found = list(matchings(list(range(len(people)))))
    worth = {one: sum(len(people[a].interests & people[b].interests) for a, b in one) for one in found}
    return max((worth[a] + worth[b] for a, b in permutations(found, 2) if not set(a) & set(b)), default=None)


@pytest.mark.parametrize("seed", range(8))
def test_a_small_company_gets_the_best_there_is(seed):
    people, rules = a_company(8, seed, schools=8), Rules(rounds=2, other_plg=False)
    made = plan(people, rules)
    assert made.is_proven
    assert made.score == best_by_trying(people, rules)


def test_everybody_meets_everybody_when_there_are_rounds_for_it():
    """Seven rounds of eight people: greedy pairs would get stuck before the last."""
    people = [Dater(key, frozenset([key % 3])) for key in range(8)]
    made = plan(people, Rules(rounds=7))
    assert [len(tables) for tables in made.rounds] == [4] * 7
    assert made.is_proven


def test_with_an_odd_number_another_sits_out_each_round():
    people = a_company(31, schools=10)
    made = plan(people, Rules(rounds=8))
    assert [len(out) for out in made.out] == [1] * 8
    assert made.out_twice == []


def test_the_same_seed_gives_the_same_plan():
    people, rules = a_company(40), Rules(rounds=4)
    assert plan(people, rules, seed=5).rounds == plan(list(reversed(people)), rules, seed=5).rounds


@pytest.mark.parametrize(
    ("count", "size", "tables"),
    [(7, 2, [2, 2, 2]), (9, 4, [3, 3, 3]), (10, 4, [4, 3, 3]), (12, 4, [4, 4, 4]), (8, 3, [4, 4]), (11, 3, [4, 4, 3]),
     (5, 4, [4]), (3, 4, [3]), (2, 3, [])],
)  # fmt: skip
def test_tables_of_three_and_four_seat_everybody(count, size, tables):
    assert tables_of(count, size) == tables


def test_tables_of_four_meet_nobody_twice():
    people, rules = a_company(60), Rules(rounds=5, size=4)
    made = plan(people, rules)
    assert broken(made, people, rules) == []
    assert made.out_twice == []
    assert all(out == [] for out in made.out)
    assert made.share > 0.8


def test_what_cannot_be_is_told_beforehand():
    one_school = [Dater(key, school=1 if key < 40 else key) for key in range(60)]
    assert "40 van de 60 mensen komen van één school: 20 zouden" in why_not(one_school, Rules(rounds=6))
    assert why_not(one_school, Rules(rounds=6, other_school=False)) == ""
    assert "te weinig" in why_not([Dater(1)], Rules())
    assert "minder mensen ontmoeten dan er rondes zijn" in why_not([Dater(key) for key in range(6)], Rules(rounds=8))
    assert why_not(a_company(60), Rules(rounds=6)) == ""
