"""What somebody can find out who has every page of figures of every place and year, and a computer.

She knows more than anybody really does: which rows of the ledger stand behind each number, who was asked for which
meeting and how long it took; everything but the minutes. Once with linear algebra (whatever can be added and
subtracted), once with linear programming (minutes are not negative, and not more than a meeting took).
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from communities.meetings import ledger
from communities.meetings.models import Meeting
from communities.models import Community
from organisations.models import Board, Hours, Network, Role, School
from organisations.room import RoomRequest
from participation import closing, figures, months
from participation.figures import Place
from participation.models import Figure

UNKNOWN = 24 * 60  # minutes that something may have taken of which she does not know the plan
FEW = 5


@dataclass(frozen=True)
class Part:
    """What one row of the ledger gave to a figure: so much, at most `most`; None where no plan is known."""

    row: object
    person: int
    figure: int
    minutes: int
    most: int | None = None


def parts(made, absent=()):
    """Of each (row, person, figure, minutes) that was counted and each who was missing: what an attacker may know."""
    sources = dict(Hours.objects.values_list("pk", "source"))
    planned = {ledger.source(meeting.pk): meeting.minutes for meeting in Meeting.objects.all()}
    first, found = set(), []
    for row, person, figure, minutes in made:
        known = planned.get(sources.get(row)) if row not in first else None
        first.add(row)
        found.append(Part(row, person, figure, minutes, known and max(known, minutes)))
    return found + [Part(key, person, figure, 0, planned[source]) for key, person, figure, source in absent]


def everything_shown(years):
    """(number on some page, the figures that it sums up), each checked against the pages' own face."""
    figures_of = list(Figure.objects.all())
    shown = []
    for place, holds in places():
        here = [figure for figure in figures_of if holds(figure)]
        for year in years:
            said = figures.of(place, year)
            span = months.of_school_year(year)
            this = [figure for figure in here if span[0] <= figure.month <= span[-1]]
            numbers = [
                (said.minutes, this),
                (said.in_timetable, [figure for figure in this if figure.in_timetable]),
            ]
            numbers += [
                (month.minutes, [f for f in this if f.month == month.first and not f.spread]) for month in said.months
            ]
            for subject in said.subjects:
                of_it = [figure for figure in this if figure.subject == subject.key]
                numbers.append((subject.minutes, of_it))
                for month, minutes in subject.months.items():
                    numbers.append((minutes, [f for f in of_it if f.month == month and not f.spread]))
            for part in said.parts:
                level = "school_id" if place.kind == "board" else "board_id"
                numbers.append((part.minutes, [f for f in this if getattr(f, level) == part.pk]))
            for number, of in numbers:
                assert number == sum(figure.minutes for figure in of), (place, year)
                if of:
                    shown.append((number, of))
    return shown


def places():
    """Every place, and which figures are its own."""
    yield Place("nation", 0, ""), lambda figure: True
    for network in Network.objects.all():
        boards = set(network.boards.values_list("pk", flat=True))
        schools = set(network.schools.values_list("pk", flat=True))
        yield (
            Place("network", network.pk, ""),
            lambda figure, boards=boards, schools=schools: figure.board_id in boards or figure.school_id in schools,
        )
    for board in Board.objects.all():
        yield Place("board", board.pk, ""), lambda figure, pk=board.pk: figure.board_id == pk
    for school in School.objects.all():
        yield Place("school", school.pk, ""), lambda figure, pk=school.pk: figure.school_id == pk


def looking():
    """Those who see figures, and know what they did themselves."""
    return set(Role.objects.filter(kind__in=closing.LOOKING).values_list("person", flat=True))


# Adding and subtracting --------------------------------------------------------------------------


def added_and_subtracted(found, shown):
    """Fewer than five people (besides who looks) whose minutes follow from the numbers alone; None is as it should."""
    columns = {figure.pk: n for n, figure in enumerate({f.pk: f for _number, of in shown for f in of}.values())}
    matrix = np.zeros((len(shown), len(columns)))
    for n, (_number, of) in enumerate(shown):
        for figure in of:
            matrix[n, columns[figure.pk]] += 1
    # Rows that stand in the same numbers cannot be told apart: classes of figures with equal columns.
    classes = defaultdict(set)
    for figure, column in columns.items():
        classes[tuple(matrix[:, column])].add(figure)
    people = defaultdict(set)
    others = looking()
    for part in found:
        if part.minutes and part.person and part.person not in others:
            people[part.figure].add(part.person)
    kinds = list(classes)
    table = np.array(kinds).T
    of_class = [set().union(*(people[figure] for figure in classes[kind])) for kind in kinds]
    rank = np.linalg.matrix_rank(table)
    small = [n for n, who in enumerate(of_class) if len(who) < FEW]
    for size in (1, 2):
        for some in combinations(small, size):
            group = set().union(*(of_class[n] for n in some))
            if len(group) < FEW and np.linalg.matrix_rank(np.delete(table, some, axis=1)) < rank:
                return group
    return None


# With what is possible ---------------------------------------------------------------------------


class Possible:
    """All minutes that agree with what is shown: between which bounds does a group's sum lie?"""

    def __init__(self, found, shown, *, rounded=True):
        self.found = found
        at = defaultdict(list)
        for n, part in enumerate(found):
            at[part.figure].append(n)
        self.at = at
        rows, lows, highs = [], [], []
        for number, of in shown:
            slack = sum(self._slack(figure) for figure in of) if rounded else 0
            rows.append([n for figure in of for n in at[figure.pk]])
            lows.append(number)
            highs.append(number + slack)
        self.matrix = lil_matrix((2 * len(rows), len(found)))
        self.limit = np.zeros(2 * len(rows))
        for n, (columns, low, high) in enumerate(zip(rows, lows, highs, strict=True)):
            self.matrix[2 * n, columns] = 1
            self.matrix[2 * n + 1, columns] = -1
            self.limit[2 * n], self.limit[2 * n + 1] = high, -low
        self.matrix = self.matrix.tocsr()
        known = looking()  # they work together, and each knows her own
        self.bounds = [self._bounds(part, known) for part in found]

    def _bounds(self, part, known):
        if part.person is None or part.person in known:
            return part.minutes, part.minutes
        if part.most is None:
            return (-UNKNOWN if part.minutes < 0 else 0), UNKNOWN
        return 0, part.most

    def _slack(self, figure):
        """By how much more it may be than it says; she can tell where that is, and what it is at most."""
        possible = defaultdict(int)
        others = looking()
        for n in self.at[figure.pk]:
            part = self.found[n]
            if part.most is not None and part.person and part.person not in others:
                possible[part.person] += part.most
        return max(possible.values(), default=0) if figure.minutes < figure.counted else 0

    def between(self, chosen):
        """The least and the most that these parts may add up to."""
        wish = np.zeros(len(self.found))
        wish[list(chosen)] = 1
        ends = []
        for sign in (1, -1):
            answer = linprog(sign * wish, A_ub=self.matrix, b_ub=self.limit, bounds=self.bounds, method="highs")
            assert answer.status == 0, answer.message
            ends.append(sign * answer.fun)
        return round(ends[0]), round(ends[1])


def groups(found, chance, count):
    """Some groups of one to four people, with their parts of one figure, or of all."""
    others, of_figure, of_person = looking(), defaultdict(lambda: defaultdict(list)), defaultdict(list)
    for n, part in enumerate(found):
        if part.person and part.person not in others:
            of_figure[part.figure][part.person].append(n)
            of_person[part.person].append(n)
    for _n in range(count):
        by_person = of_figure[chance.choice(sorted(of_figure))] if chance.random() < 0.7 else of_person
        who = chance.sample(sorted(by_person), min(chance.choice([1, 1, 2, 4]), len(by_person)))
        yield who, [n for person in who for n in by_person[person]]


def absent_of(board, month):
    """Who was asked and did not come in this month: (key, person, figure, source), for each whose figure was made."""
    themes = dict(Community.objects.values_list("pk", "theme"))
    granted = set(RoomRequest.objects.granted().values_list("person", "source"))
    made = list(Figure.objects.filter(board=board, month=month))
    for row in closing._absent(board, month):
        inside = (row.person_id, row.source) in granted
        here = [figure for figure in made if figure.school_id == row.school_id]
        exact = [figure for figure in here if figure.subject == themes[row.community_id]]
        if len(exact) == 2:  # within the timetable and outside it
            exact = [figure for figure in exact if figure.in_timetable == inside]
        together = [figure for figure in here if figure.subject == ""] or [f for f in made if f.school_id is None]
        for figure in (exact or together)[:1]:
            yield (row.person_id, row.source), row.person_id, figure.pk, row.source
