"""One fair division of places in workshops, from ranked wishes. Pure: rows go in, rows come out; nothing is stored.

We begin with what "first come" would have given, and then divide one slot of time after the other anew, each time by a
minimum-cost flow that knows what everybody has in the other slots. A division is better when fewer people have nothing
of their lists, then when fewer have little, then when more wishes of a higher rank are met; earlier misses count
double there, and between equals a lottery decides. Its seed is published: who runs it again gets the same. Only what
is better is kept, so it is never worse than "first come" on who has nothing and on what the least lucky person has.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: What a first, second and later wish is worth; nothing of the list is worth nothing.
WORTH = (3, 2, 1)
#: The solver counts with whole numbers of 63 bits, and multiplies costs by the number of nodes and some more.
LARGEST = 2**55
#: Tickets of the lottery, and after how many rounds over all slots we stop even when something could still move.
TICKETS, SWEEPS = 16, 8
MOST_MISSES = 5


@dataclass(frozen=True)
class Wisher:
    """Somebody and her wishes: for each slot her sessions, the dearest first. `came` orders "first come"."""

    key: int
    wishes: dict = field(hash=False)
    missed: int = 0
    came: int = 0


@dataclass(frozen=True)
class Outcome:
    """What somebody got in a slot: the session and which of her wishes it was, or neither."""

    person: int
    slot: object
    session: object = None
    rank: int | None = None
    #: For each dearer wish that she did not get: (session, how many wanted it, places).
    full: tuple = ()


def worth(rank):
    """Of the nth wish, counted from one; of none, nothing."""
    return WORTH[min(rank, len(WORTH)) - 1] if rank else 0


def allocate(people, places, *, seed):
    """Divide: `places` says for each session how many there are (None: as many as come). Returns Outcomes, ordered by
    person and slot. The same people, places and seed give the same answer, in whichever order they come in."""
    people = sorted(people, key=lambda person: person.key)
    return _told(people, places, Division(people, places, seed).improved())


def first_come(people, places):
    """What would have been when each chose in the order of arrival: for comparison."""
    people = sorted(people, key=lambda person: person.key)
    return _told(people, places, _first_come(people, places))


def figures(people, outcomes):
    """How good a division is: who has nothing of her list, what the least lucky has, and which wish how often."""
    total, ranks = {person.key: 0 for person in people if any(person.wishes.values())}, {}
    for outcome in outcomes:
        total[outcome.person] += worth(outcome.rank)
        name = str(outcome.rank or "none")
        ranks[name] = ranks.get(name, 0) + 1
    return {
        "people": len(total),
        "unlisted": sum(each == 0 for each in total.values()),
        "least": min(total.values(), default=0),
        "ranks": dict(sorted(ranks.items())),
    }


def explain(outcome, titles):
    """Why she got this, to her: "your 2nd choice, because your 1st was full: 40 wanted it, 24 places"."""
    wishes = [
        _("your %(rank)s (%(title)s) was full: %(wanted)d wanted it, %(places)s")
        % {
            "rank": called(number),
            "title": titles.get(session, ""),
            "wanted": wanted,
            "places": ngettext("%(n)d place", "%(n)d places", places) % {"n": places},
        }
        for number, (session, wanted, places) in enumerate(outcome.full, 1)
    ]
    if outcome.rank == 1:
        return _("Your first choice.")
    because = "; ".join(wishes)
    if not because:
        return (
            _("Your %(rank)s.") % {"rank": called(outcome.rank)} if outcome.rank else _("Nothing of your list is left.")
        )
    if outcome.rank is None:
        return _("Nothing of your list: %(because)s.") % {"because": because}
    return _("Your %(rank)s, because %(because)s.") % {"rank": called(outcome.rank), "because": because}


def called(rank):
    """The nth choice in words."""
    names = {1: _("1st choice"), 2: _("2nd choice"), 3: _("3rd choice")}
    return names.get(rank) or _("%(rank)dth choice") % {"rank": rank}


def _first_come(people, places):
    free, got = dict(places), {}
    for person in sorted(people, key=lambda each: (each.came, each.key)):
        for slot, wishes in person.wishes.items():
            for session in wishes:
                if session in free and (free[session] is None or free[session] > 0):
                    if free[session] is not None:
                        free[session] -= 1
                    got[person.key, slot] = session
                    break
    return got


class Division:
    """Who has what, {(person, slot): session}, and how it gets better."""

    def __init__(self, people, places, seed):
        self.people = people
        self.places = places
        self.slots = sorted({slot for person in people for slot, wishes in person.wishes.items() if wishes}, key=str)
        self.got = _first_come(people, places)
        lottery = Random(seed)  # noqa: S311 - a lottery that anybody can repeat
        self.ticket = {person.key: lottery.randrange(1, TICKETS) for person in people}
        self.rank = {
            (person.key, session): number
            for person in people
            for wishes in person.wishes.values()
            for number, session in enumerate(wishes, 1)
        }
        lottery.shuffle(self.slots)  # which slot is divided first favours some: that too is drawn

    def improved(self):
        """Divide slot after slot until nothing gets better."""
        best = self.goodness()
        for _sweep in range(SWEEPS):
            before = best
            for slot in self.slots:
                was = {place: session for place, session in self.got.items() if place[1] == slot}
                for place in was:
                    del self.got[place]
                self.got |= self.divided(slot)
                if (now := self.goodness()) > best:
                    best = now
                else:
                    for place in [place for place in self.got if place[1] == slot]:
                        del self.got[place]
                    self.got |= was
            if best == before:
                break
        return self.got

    def totals(self, without=None):
        """What everybody has, but for one slot."""
        total = {person.key: 0 for person in self.people}
        for (person, slot), session in self.got.items():
            if slot != without:
                total[person] += worth(self.rank[person, session])
        return total

    def goodness(self):
        """Larger is better: few with nothing, few with little, then the wishes that are met."""
        totals = self.totals()
        wishing = [person for person in self.people if any(person.wishes.values())]
        highest = len(self.slots) * WORTH[0]
        few = tuple(-sum(totals[person.key] == level for person in wishing) for level in range(highest))
        return *few, sum(self.weight(person) * totals[person.key] for person in wishing), self.luck()

    def luck(self):
        return -sum(self.ticket[person] * self.rank[person, session] for (person, _slot), session in self.got.items())

    def weight(self, person):
        return 1 + min(person.missed, MOST_MISSES)

    def divided(self, slot):
        """The best division of one slot, when the others stay as they are."""
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        wishing = [person for person in self.people if person.wishes.get(slot)]
        sessions = sorted({session for person in wishing for session in person.wishes[slot]} & set(self.places))
        node = {session: len(wishing) + number for number, session in enumerate(sessions)}
        drain = len(wishing) + len(sessions)
        cost, flow, arcs = self.costs(slot, wishing, drain + 1), SimpleMinCostFlow(), {}
        for number, person in enumerate(wishing):
            flow.set_node_supply(number, 1)
            flow.add_arc_with_capacity_and_unit_cost(number, drain, 1, cost(person, None))
            for session in person.wishes[slot]:
                if session in node:
                    arc = flow.add_arc_with_capacity_and_unit_cost(number, node[session], 1, cost(person, session))
                    arcs[arc] = person.key, session
        for session in sessions:
            room = len(wishing) if self.places[session] is None else max(self.places[session], 0)
            flow.add_arc_with_capacity_and_unit_cost(node[session], drain, room, 0)
        flow.set_node_supply(drain, -len(wishing))
        if flow.solve() != flow.OPTIMAL:
            raise RuntimeError("The division of a slot has no answer.")  # nobody has to get a place: there is one
        return {(person, slot): session for arc, (person, session) in arcs.items() if flow.flow(arc)}

    def costs(self, slot, wishing, nodes):
        """What it costs when somebody gets a session: every person at a low level outweighs all at higher ones."""
        others = self.totals(without=slot)
        heaviest = max(self.weight(person) for person in wishing)
        ranks = max(len(person.wishes[slot]) for person in wishing) + 1
        lottery = TICKETS * ranks * len(wishing) + 1
        step = lottery * heaviest * WORTH[0] * len(wishing) + 1
        low, levels, price = min(others[person.key] for person in wishing), [], step
        while price * nodes * len(wishing) < LARGEST and len(levels) < WORTH[0] * len(self.slots):
            levels.append(price)
            price *= len(wishing) + 1
        levels.reverse()  # the lowest level is the dearest
        if not levels:
            lottery, levels = 1, [WORTH[0] * heaviest * len(wishing) + 1]

        def cost(person, session):
            rank = self.rank[person.key, session] if session is not None else None
            total = others[person.key] + worth(rank) - low
            price = levels[total] if total < len(levels) else 0
            price += (WORTH[0] - worth(rank)) * self.weight(person) * lottery
            return price + (self.ticket[person.key] * (rank or ranks) if lottery > 1 else 0)

        return cost


def _told(people, places, got):
    """Outcomes, with for each wish that was not met how many wanted it: who has it and who would rather have had it."""
    wanted = {}
    for person in people:
        for slot, wishes in person.wishes.items():
            for session in wishes:
                wanted[session] = wanted.get(session, 0) + 1
                if session == got.get((person.key, slot)):
                    break
    outcomes = []
    for person in people:
        for slot in sorted((slot for slot, wishes in person.wishes.items() if wishes), key=str):
            session = got.get((person.key, slot))
            wishes = person.wishes[slot]
            rank = wishes.index(session) + 1 if session is not None else None
            dearer = wishes[: rank - 1] if rank else wishes
            full = tuple((each, wanted[each], places[each]) for each in dearer if places.get(each) is not None)
            outcomes.append(Outcome(person.key, slot, session, rank, full))
    return outcomes
