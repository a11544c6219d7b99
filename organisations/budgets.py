"""Working out innovation time: agreement × working-time factor × the part of the year in which somebody works there.

This reads and counts; `organisations.actions.time` writes. What was agreed with one person by hand stays as it is.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from core.refusals import Refused
from core.time import today
from organisations.choices import Function
from organisations.innovation_time import MOST_FACTOR, planned_by
from organisations.models import Affiliation, TimeBudget, TimeRule
from people.calendar import days_of_school_year, school_year


@dataclass
class Line:
    """One person at one school in one year: what she works there, what she has, and what she would have."""

    person: object
    school_id: int
    first: date  # of her work there in that year
    last: date
    functions: set = field(default_factory=set)
    called: str = ""
    factor: Decimal | None = None
    from_last_year: bool = False
    has: dict = field(default_factory=dict)  # TimeRule -> TimeBudget
    due: dict = field(default_factory=dict)  # TimeRule -> minutes

    @property
    def minutes(self):
        """What stands there now."""
        return sum(row.minutes for row in self.has.values())

    @property
    def new_minutes(self):
        """What it would be: what was agreed by hand, and the rest as worked out."""
        by_hand = {rule: row.minutes for rule, row in self.has.items() if row.by_hand}
        return sum((self.due | by_hand).values())

    @property
    def is_by_hand(self):
        return any(row.by_hand for row in self.has.values())

    @property
    def changes(self):
        """The agreements of which this person would get another number than she has."""
        return [
            rule
            for rule in self.due
            if rule not in self.has or (not self.has[rule].by_hand and not _same(self.has[rule], self, rule))
        ]

    @property
    def gone(self):
        """What she has by an agreement that is not for her any more; what was agreed by hand stays."""
        return [row for rule, row in self.has.items() if rule not in self.due and not row.by_hand]

    @property
    def bounds(self):
        """First and last day as a budget keeps them: None where it is the whole year."""
        year = days_of_school_year(school_year(self.first))
        return tuple(None if own == its else own for own, its in zip((self.first, self.last), year, strict=True))


def _same(row, line, rule):
    return (row.minutes, row.factor, (row.first, row.last)) == (line.due[rule], line.factor, line.bounds)


def lines_of(schools, board_id, year, factors=None):
    """Everybody who works at these schools (ids) in this year, with what is due to her: four queries.

    `factors`: {(person id, school id): factor} as typed now; otherwise what is known of this year, or of the last.
    """
    begin, end = days_of_school_year(year)
    agreed = list(TimeRule.objects.filter(board=board_id, year=year))
    there = Affiliation.objects.filter(school__in=schools, from_on__lte=end).exclude(function=Function.GUEST)
    there = there.filter(Q(until_on=None) | Q(until_on__gte=begin)).select_related("person")
    lines = {}
    for row in there.order_by("person__sort_name", "person_id", "from_on", "pk"):
        line = lines.setdefault(
            (row.person_id, row.school_id), Line(row.person, row.school_id, max(row.from_on, begin), begin)
        )
        line.last = max(line.last, min(row.until_on or end, end))
        line.functions.add(row.function)
        line.called = row.called
    _remember(lines, schools, year)
    for key, line in lines.items():
        if factors and key in factors:
            line.factor, line.from_last_year = factors[key], False
        if line.factor:
            for rule in agreed:
                if any(rule.is_for(function) for function in line.functions):
                    line.due[rule] = rule.minutes_for(line.factor, line.first, line.last)
    return list(lines.values())


def line_of(budget):
    """The line of the person to whom this belongs; None where she never worked there in that year."""
    lines = lines_of([budget.school_id], budget.rule.board_id, budget.rule.year)
    return next((line for line in lines if line.person.pk == budget.person_id), None)


def _remember(lines, schools, year):
    """What is known of these people: their budgets of this year, and their factor of the last."""
    rows = TimeBudget.objects.filter(school__in=schools, rule__year__in=[year - 1, year]).select_related("rule")
    for row in rows.order_by("rule__year", "pk"):
        if (line := lines.get((row.person_id, row.school_id))) is None:
            continue
        line.factor, line.from_last_year = row.factor, row.rule.year < year
        if row.rule.year == year:
            line.has[row.rule] = row


def check(lines, board_id, year):
    """Refuse what nobody can work: at all schools of this board together more than one and a half jobs at a time."""
    people = {line.person.pk for line in lines}
    here = {line.school_id for line in lines}
    elsewhere = (
        TimeBudget.objects.of_year(year).filter(person__in=people, rule__board=board_id).exclude(school__in=here)
    )
    begin, end = days_of_school_year(year)
    works = {}
    for row in elsewhere.order_by("pk"):
        works.setdefault(row.person_id, {})[row.school_id] = (row.first or begin, row.last or end, row.factor)
    for line in lines:
        if not line.factor:
            continue
        works.setdefault(line.person.pk, {})[line.school_id] = (line.first, line.last, line.factor)
        spans = works[line.person.pk].values()
        most = max(sum(part for first, last, part in spans if first <= day <= last) for day, _last, _part in spans)
        if most > MOST_FACTOR:
            sentence = _("%(person)s would work %(factor)s of a full-time job at your schools together.")
            raise Refused(sentence % {"person": line.person, "factor": f"{most.normalize():f}".replace(".", ",")})


@dataclass(frozen=True)
class Touch:
    """Whom working it out would touch, said before it is done."""

    people: int  # who get another number
    minutes: int  # of all together, afterwards
    was: int
    by_hand: int  # people whose own agreement stays
    without: int  # people of whom no factor is known


def touch(lines):
    """The same as numbers."""
    return Touch(
        people=len({line.person.pk for line in lines if line.changes or line.gone}),
        minutes=sum(line.new_minutes for line in lines),
        was=sum(line.minutes for line in lines),
        by_hand=len({line.person.pk for line in lines if line.is_by_hand}),
        without=len({line.person.pk for line in lines if not line.factor}),
    )


# One's own ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MyTime:
    """One school year of one person, in minutes: what was agreed, used, and is planned still."""

    rows: list
    used: int
    planned: int
    plans: list

    @property
    def agreed(self):
        return sum(row.minutes for row in self.rows)

    @property
    def left(self):
        """What is free still; less than nothing where more is planned than was agreed."""
        return self.agreed - self.used - self.planned

    @property
    def over(self):
        return max(0, -self.left)

    @property
    def free(self):
        return max(0, self.left)


def of_person(person, year, used):
    """Hers: what was agreed at each school, and what is planned from now on that the ledger does not have yet.

    `used` are her rows of the ledger of that year.
    """
    first, last = days_of_school_year(year)
    rows = TimeBudget.objects.of_year(year).filter(person=person).select_related("rule", "school")
    rows = list(rows.order_by("school__sort_name", "rule__name", "pk"))
    known = {row.source for row in used}
    coming = planned_by(person, max(first, today()), last) if last >= today() else []
    coming = [row for row in coming if row.source not in known]
    return MyTime(rows, sum(row.minutes for row in used), sum(row.minutes for row in coming), coming)
