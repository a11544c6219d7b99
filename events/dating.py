"""Who meets whom in speed-dates. Pure: people and rules go in, rounds of tables come out; nothing is stored.

Pairs: in each round a maximum-weight matching among those who may still meet; who sat out before comes first. Tables
of three and four: begun from such pairs, then the best exchange of two people until none makes it better. The score is
the number of themes that people at a table share, two by two; beside it stands an upper bound that no plan can pass
(`bound`), so that everybody can see how good the plan is. Up to `EXACT` people a solver proves that it is the best.
"""

from dataclasses import dataclass, field
from itertools import combinations
from math import comb
from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Up to so many people the plan of pairs is the best there is, or we know how far from it we are.
EXACT = 24
#: How long the solver may think, in its own deterministic seconds.
EFFORT = 1.5
#: A plan this close to the bound needs no second look.
GOOD = 0.99
#: More than any score: who sat out before comes first, whatever she shares.
FIRST = 10_000
PAIR = 2
#: With so many others, those with whom she shares most, somebody is tried first.
FEW = 16


@dataclass(frozen=True)
class Dater:
    """Somebody at the speed-dates. Who `stays_out` is at no table."""

    key: int
    interests: frozenset = frozenset()
    school: int | None = None
    plgs: frozenset = frozenset()
    board: int | None = None
    stays_out: bool = False


@dataclass(frozen=True)
class Rules:
    """How many at a table, how many rounds, and in what those at one table differ."""

    size: int = PAIR
    rounds: int = 8
    other_school: bool = True
    other_plg: bool = True
    other_board: bool = False

    def may_meet(self, one, other):
        """They may be put at one table."""
        return not (
            (self.other_school and one.school is not None and one.school == other.school)
            or (self.other_plg and one.plgs & other.plgs)
            or (self.other_board and one.board is not None and one.board == other.board)
        )


@dataclass
class Plan:
    """The rounds, each a list of tables of keys; who sits out in each; the score, and what no plan can pass."""

    rounds: list
    out: list
    score: int
    bound: int
    is_proven: bool = False
    out_twice: list = field(default_factory=list)

    @property
    def share(self):
        """Of the bound: 1 is the best there can be."""
        return self.score / self.bound if self.bound else 1.0

    def figures(self):
        """As they are kept and printed."""
        return {
            "score": self.score,
            "bound": self.bound,
            "share": round(self.share, 4),
            "is_proven": self.is_proven,
            "out": sum(map(len, self.out)),
        }


def pair(one, other):
    """Two keys, always in the same order."""
    return (one, other) if one < other else (other, one)


def tables_of(count, size):
    """The sizes of the tables for so many people: pairs, or tables of three and four so that nobody is left over."""
    if size == PAIR:
        return [PAIR] * (count // PAIR)
    if count < size:
        return [count] if count == size - 1 > PAIR else []
    tables = -(-count // 4) if size == 4 else count // 3
    if tables * 3 > count:
        tables = count // 3
    seated = min(count, tables * 4)
    return [seated // tables + (number < seated % tables) for number in range(tables)]


class Company:
    """Who takes part, and what two of them share: {(one, other): score} of those who may meet."""

    def __init__(self, people, rules, blocked=(), met=()):
        self.people = sorted((person for person in people if not person.stays_out), key=lambda person: person.key)
        self.rules = rules
        never = {pair(*keys) for keys in blocked} | {pair(*keys) for keys in met}
        self.shared = {
            (one.key, other.key): len(one.interests & other.interests)
            for one, other in combinations(self.people, 2)
            if (one.key, other.key) not in never and rules.may_meet(one, other)
        }

    def __len__(self):
        return len(self.people)

    def bound(self, rounds):
        """No plan of so many rounds scores more: the relaxed problem in which half a meeting counts as well, solved
        exactly as a flow of minimum cost. Everybody meets at most so many, every pair at most once."""
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        sizes = tables_of(len(self), self.rules.size)
        if not sizes:
            return 0
        most, meetings = rounds * (max(sizes) - 1), 2 * rounds * sum(comb(size, 2) for size in sizes)
        number = {person.key: n for n, person in enumerate(self.people)}
        flow, count = SimpleMinCostFlow(), len(self)
        source, drain = 2 * count, 2 * count + 1
        for (one, other), shared in self.shared.items():
            if shared:
                flow.add_arc_with_capacity_and_unit_cost(number[one], count + number[other], 1, -shared)
                flow.add_arc_with_capacity_and_unit_cost(number[other], count + number[one], 1, -shared)
        for n in range(count):
            flow.add_arc_with_capacity_and_unit_cost(source, n, most, 0)
            flow.add_arc_with_capacity_and_unit_cost(count + n, drain, most, 0)
        flow.add_arc_with_capacity_and_unit_cost(source, drain, meetings, 0)
        flow.set_node_supply(source, meetings)
        flow.set_node_supply(drain, -meetings)
        if flow.solve() != flow.OPTIMAL:
            raise RuntimeError("The bound of speed-dates has no answer.")
        return -flow.optimal_cost() // 2


def plan(people, rules, *, blocked=(), met=(), sat_out=(), seed=1):
    """Plan `rules.rounds` rounds. `met` and `sat_out` tell what happened in rounds that have begun: those pairs do not
    meet again, and those people do not sit out again. The same input and seed give the same plan."""
    company = Company(people, rules, blocked, met)
    sat_out = set(sat_out)
    planned = _pairs if rules.size == PAIR else _tables
    found = planned(company, sat_out, seed)
    bound = company.bound(rules.rounds)
    made = _plan(company, found, bound, sat_out)
    if rules.size == PAIR and made.share < GOOD:
        found = _improved(company, found, seed)
        made = _plan(company, found, bound, sat_out)
    if rules.size == PAIR and len(company) <= EXACT and not (made.is_proven and not made.out_twice):
        found, bound, proven = _solved(company, found, sat_out, bound)
        made = _plan(company, found, min(bound, made.bound), sat_out)
        made.is_proven = made.is_proven or proven
    return made


def why_not(people, rules, *, blocked=(), made=None):
    """Why no plan holds the rules, told beforehand; "" when it can. With `made` the plan itself is looked at too."""
    company = Company(people, rules, blocked)
    count = len(company)
    if count < rules.size:
        return _("There are too few people for one table: %(count)d.") % {"count": count}
    if reason := _one_group_is_too_large(company):
        return reason
    partners = dict.fromkeys((person.key for person in company.people), 0)
    for one, other in company.shared:
        partners[one] += 1
        partners[other] += 1
    needed = (rules.rounds - 1) * (rules.size - 1)
    if lonely := sum(each < needed for each in partners.values()):
        return ngettext(
            "%(lonely)d person can meet fewer people than these rounds need. Make fewer rounds or fewer rules.",
            "%(lonely)d people can meet fewer people than these rounds need. Make fewer rounds or fewer rules.",
            lonely,
        ) % {"lonely": lonely}
    if made and made.out_twice:
        return ngettext(
            "%(count)d person would sit out twice. Make fewer rounds or fewer rules.",
            "%(count)d people would sit out twice. Make fewer rounds or fewer rules.",
            len(made.out_twice),
        ) % {"count": len(made.out_twice)}
    return ""


def _one_group_is_too_large(company):
    """Who comes from one school can only meet the others: who is left of it sits out, each round again."""
    rules, count, sizes = company.rules, len(company), tables_of(len(company), company.rules.size)
    asked = [(rules.other_school, "school"), (rules.other_board, "board")]
    for wanted, name in asked:
        groups = {}
        for person in company.people:
            if wanted and (of := getattr(person, name)) is not None:
                groups[of] = groups.get(of, 0) + 1
        largest = max(groups.values(), default=0)
        out = max(largest - len(sizes), 0) if rules.size > PAIR else max(2 * largest - count, 0)
        if out * rules.rounds > largest:
            words = {
                "school": _("%(largest)d of %(count)d people come from one school: %(out)d would sit out each round."),
                "board": _("%(largest)d of %(count)d people come from one board: %(out)d would sit out each round."),
            }  # fmt: skip
            return words[name] % {"largest": largest, "count": count, "out": out}
    return ""


def _plan(company, rounds, bound, sat_out):
    """The plan, with what it is worth."""
    keys = {person.key for person in company.people}
    out = [sorted(keys.difference(*tables)) if tables else sorted(keys) for tables in rounds]
    times = {}
    for key in [*sat_out, *(key for each in out for key in each)]:
        times[key] = times.get(key, 0) + 1
    score = sum(company.shared[pair(*two)] for tables in rounds for table in tables for two in combinations(table, 2))
    twice = sorted(key for key, count in times.items() if count > 1)
    return Plan(rounds, out, score, max(bound, score), is_proven=score >= bound, out_twice=twice)


def _matched(company, shared, sat_out):
    """One round of pairs: as many as can be, who sat out before first, then what they share."""
    import rustworkx

    number = {person.key: n for n, person in enumerate(company.people)}
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(number))
    graph.add_edges_from([
        (number[one], number[other], worth + FIRST * ((one in sat_out) + (other in sat_out)))
        for (one, other), worth in shared.items()
    ])  # fmt: skip
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    keys = list(number)
    return sorted(pair(keys[one], keys[other]) for one, other in found)


def _pairs(company, sat_out, seed):
    """Round after round; between equals the seed decides who meets first."""
    left, sat_out, rounds = _drawn(company.shared, seed), set(sat_out), []
    for _round in range(company.rules.rounds):
        tables = _matched(company, _dearest(left), sat_out)
        if len(tables) < len(company) // 2:
            tables = _matched(company, left, sat_out)
        for two in tables:
            del left[two]
        sat_out |= {person.key for person in company.people}.difference(*tables)
        rounds.append(tables)
    return rounds


def _drawn(shared, seed):
    """Those who share most first; between equals the lottery."""
    lottery, pairs = Random(seed), list(shared)  # noqa: S311 - a lottery that anybody can repeat
    lottery.shuffle(pairs)
    pairs.sort(key=shared.get, reverse=True)
    return {two: shared[two] for two in pairs}


def _dearest(left):
    """Of each person the few with whom she shares most: among three hundred the rest is hardly ever chosen."""
    seen, few = {}, {}
    for two, worth in left.items():
        one, other = two
        if seen.get(one, 0) < FEW or seen.get(other, 0) < FEW:
            few[two] = worth
            seen[one], seen[other] = seen.get(one, 0) + 1, seen.get(other, 0) + 1
    return few


def _improved(company, rounds, seed):
    """Plan each round once more, with all that the others leave free; kept when it scores more with as many pairs."""
    rounds, drawn = [list(tables) for tables in rounds], _drawn(company.shared, seed)
    for number, tables in enumerate(rounds):
        taken = {two for other, each in enumerate(rounds) if other != number for two in each}
        seated = {key for two in tables for key in two}
        left = {two: worth for two, worth in drawn.items() if two not in taken and seated.issuperset(two)}
        again = _matched(company, _dearest(left), ())
        if len(again) == len(tables) and sum(left[two] for two in again) > sum(left[two] for two in tables):
            rounds[number] = again
    return rounds


def _solved(company, rounds, sat_out, bound):
    """Pairs for a few people, by a solver that proves what it finds: (rounds, bound, is it proven)."""
    from ortools.sat.python import cp_model

    model, met = cp_model.CpModel(), {}
    numbers = range(len(rounds))
    for two in company.shared:
        for number in numbers:
            met[two, number] = model.new_bool_var("")
            model.add_hint(met[two, number], two in rounds[number])
        model.add_at_most_one(met[two, number] for number in numbers)
    seated = []
    for person in company.people:
        mine = [two for two in company.shared if person.key in two]
        sits = [sum(met[two, number] for two in mine) for number in numbers]
        for each in sits:
            model.add(each <= 1)
        model.add(sum(sits) >= len(rounds) - (person.key not in sat_out))
        seated += sits
    model.add(sum(company.shared[two] * met[two, number] for two, number in met) <= bound)
    model.maximize(sum((FIRST + company.shared[two]) * met[two, number] for two, number in met))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return rounds, bound, False
    found = [sorted(two for two in company.shared if solver.value(met[two, number])) for number in numbers]
    most = int(solver.best_objective_bound) - FIRST * sum(map(len, found))
    proven = status == cp_model.OPTIMAL
    return found, min(bound, most) if proven else bound, proven


def _tables(company, sat_out, seed):
    """Tables of three and four, round after round."""
    import numpy as np

    count = len(company)
    number = {person.key: n for n, person in enumerate(company.people)}
    worth = np.full((count, count), -FIRST, dtype=np.int64)
    np.fill_diagonal(worth, 0)
    for (one, other), shared in company.shared.items():
        worth[number[one], number[other]] = worth[number[other], number[one]] = shared
    sizes, keys, random = tables_of(count, company.rules.size), list(number), np.random.default_rng(seed)
    was_out = np.array([key in sat_out for key in keys], dtype=bool)
    rounds = []
    for _round in range(company.rules.rounds):
        at = _exchanged(worth, sizes, was_out, random)
        tables = [np.flatnonzero(at == table) for table in range(len(sizes))]
        # A table at which two may not meet is given up: its people sit out, and that is told.
        tables = [who for who in tables if all(worth[one, other] >= 0 for one, other in combinations(who, 2))]
        out = np.ones(count, dtype=bool)
        for who in tables:
            out[who] = False
            for one, other in combinations(who, 2):
                worth[one, other] = worth[other, one] = -FIRST
        was_out |= out
        rounds.append([tuple(keys[one] for one in who) for who in tables])
    return rounds


def _exchanged(worth, sizes, was_out, random):
    """Seat everybody at random, then exchange two people for as long as that makes the round better."""
    import numpy as np

    count, chairs = len(worth), sum(sizes)
    table_of_chair = np.repeat(np.arange(len(sizes)), sizes)
    at = np.full(count, len(sizes))
    at[random.permutation(count)[:chairs]] = table_of_chair  # the last "table" is sitting out
    tables = len(sizes) + 1
    sums = np.zeros((count, tables), dtype=np.int64)
    for person in range(count):
        sums[:, at[person]] += worth[:, person]
    sums[:, -1] = np.where(was_out, -FIRST * FIRST, 0)
    everybody = np.arange(count)
    moved = True
    while moved:
        moved = False
        for one in random.permutation(count):
            mine = at[one]
            gain = sums[one, at] + sums[:, mine] - 2 * worth[one] - sums[one, mine] - sums[everybody, at]
            if mine == tables - 1:  # nobody is met while sitting out: the one that comes in loses what she had
                gain = sums[one, at] - worth[one] + sums[:, mine] - sums[one, mine] - sums[everybody, at]
            else:
                out = at == tables - 1
                gain[out] = (sums[one, -1] + sums[:, mine] - worth[:, one] - sums[one, mine] - sums[:, -1])[out]
            gain[at == mine] = 0
            other = int(gain.argmax())
            if gain[other] <= 0:
                continue
            theirs, moved = at[other], True
            for person, source, target in ((one, mine, theirs), (other, theirs, mine)):
                if source != tables - 1:
                    sums[:, source] -= worth[:, person]
                if target != tables - 1:
                    sums[:, target] += worth[:, person]
                at[person] = target
    return at
