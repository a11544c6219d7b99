"""Innovation time: what a board agrees, and what of it becomes each person's."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.registry import mergers
from core.time import today
from organisations import budgets
from organisations.models import Board, School, TimeBudget, TimeRule
from people.calendar import school_year

MOST_RULES = 12


@transaction.atomic
def add_time_rule(board, *, by, year, name, minutes, functions):
    """Agree something for one school year. Refused when there is one of that name, or when there are too many."""
    Board.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    there = TimeRule.objects.filter(board=board, year=year)
    if there.filter(name=name).exists():
        raise Refused(_("There is one with this name in this school year already."), field="name")
    if there.count() >= MOST_RULES:
        raise Refused(_("There are %(most)d agreements already. Put some together.") % {"most": MOST_RULES})
    rule = TimeRule.objects.create(board=board, year=year, name=name, minutes=minutes, functions=functions)
    record("organisations.time_rule_added", by=by, about=rule)
    return rule


@transaction.atomic
def edit_time_rule(rule, *, by, name, minutes, functions):
    """Another name, number or for others. What people have of it changes once it is worked out anew."""
    rule = TimeRule.objects.select_for_update().get(pk=rule.pk)
    same_name = TimeRule.objects.filter(board=rule.board_id, year=rule.year, name=name).exclude(pk=rule.pk)
    if same_name.exists():
        raise Refused(_("There is one with this name in this school year already."), field="name")
    before = rule.minutes
    rule.name, rule.minutes, rule.functions = name, minutes, functions
    rule.save()
    record("organisations.time_rule_changed", by=by, about=rule, before=before, minutes=minutes)
    return rule


@transaction.atomic
def remove_time_rule(rule, *, by):
    """Take an agreement away, and what people had of it."""
    people = TimeBudget.objects.filter(rule=rule).count()
    record("organisations.time_rule_removed", by=by, about=rule.board, year=rule.year, people=people)
    TimeRule.objects.filter(pk=rule.pk).delete()


@transaction.atomic
def copy_time_rules(board, *, by, year):
    """Begin a school year with the agreements of the one before; returns how many came along."""
    Board.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    known = set(TimeRule.objects.filter(board=board, year=year).values_list("name", flat=True))
    rows = [
        TimeRule(board=board, year=year, name=rule.name, minutes=rule.minutes, functions=rule.functions)
        for rule in TimeRule.objects.filter(board=board, year=year - 1)
        if rule.name not in known
    ]
    if not rows:
        raise Refused(_("There is nothing in the school year before that does not stand here already."))
    TimeRule.objects.bulk_create(rows)
    record("organisations.time_rules_copied", by=by, about=board, year=year, count=len(rows))
    return len(rows)


@transaction.atomic
def set_time(school, *, by, year, factors):
    """Work out the time of everybody at one school, with these factors {person id: factor or None}."""
    _hold([school.pk])
    _refuse_without_rules(school.board_id, year)
    typed = {(person, school.pk): factor for person, factor in factors.items()}
    return _write([school.pk], school.board_id, year, typed, by)


@transaction.atomic
def apply_time_rules(board, *, by, year):
    """Work out the time of everybody at all schools of a board of whom a factor is known. Returns whom it touched."""
    Board.objects.select_for_update(of=("self",), no_key=True).get(pk=board.pk)
    _refuse_without_rules(board.pk, year)
    schools = _hold(board.schools.open().values("pk"))
    return _write(schools, board.pk, year, None, by)


def _hold(schools):
    """Whoever writes budgets of these schools, one person's or everybody's, waits for the others. Returns the ids."""
    rows = School.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=schools)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _refuse_without_rules(board_id, year):
    if not TimeRule.objects.filter(board=board_id, year=year).exists():
        raise Refused(_("Your board has not written down yet what it agreed for this school year."))


def _write(schools, board_id, year, factors, by):
    lines = budgets.lines_of(schools, board_id, year, factors)
    budgets.check(lines, board_id, year)
    said, moment = budgets.touch(lines), now()
    rows = [
        TimeBudget(
            person=line.person, school_id=line.school_id, rule=rule, factor=line.factor, first=line.bounds[0],
            last=line.bounds[1], minutes=line.due[rule], changed_by=by, changed_at=moment,
        )
        for line in lines
        for rule in line.changes
    ]  # fmt: skip
    TimeBudget.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "school", "rule"],
        update_fields=["factor", "first", "last", "minutes", "changed_by", "changed_at"],
        batch_size=1000,
    )
    gone = [row.pk for line in lines for row in line.gone]
    TimeBudget.objects.filter(pk__in=gone).delete()
    _tell(lines, schools, year, by)
    return said


def _tell(lines, schools, year, by):
    """Whoever got another number finds a line in her bell; one journal row a school."""
    for school in School.objects.filter(pk__in=schools):
        told = [line.person for line in lines if line.school_id == school.pk and (line.changes or line.gone)]
        if told:
            record("organisations.time_set", by=by, about=school, tell=told, year=year, count=len(told))


@transaction.atomic
def edit_time_budget(budget, *, by, factor, first=None, last=None, minutes=None):
    """What was agreed with one person: another factor, part of the year, or number of hours.

    With neither days nor hours it follows the agreement of the board again.
    """
    _hold([budget.school_id])
    budget = (
        TimeBudget.objects.select_for_update(of=("self",)).select_related("rule", "person", "school").get(pk=budget.pk)
    )
    rule = budget.rule
    if line := budgets.line_of(budget):
        line.factor = factor
        line.first, line.last = max(first or line.first, line.first), min(last or line.last, line.last)
        if line.last < line.first:
            raise Refused(_("She does not work here on these days."), field="first")
        budgets.check([line], rule.board_id, rule.year)
    begin, end = (line.first, line.last) if line else (first, last)
    budget.factor, budget.first, budget.last = factor, *(line.bounds if line else (first, last))
    budget.by_hand = bool(first or last) or minutes is not None
    budget.minutes = rule.minutes_for(factor, begin, end) if minutes is None else minutes
    budget.changed_by, budget.changed_at = by, now()
    budget.save()
    record("organisations.time_set", by=by, about=budget.school, tell=[budget.person], year=rule.year, count=1)
    return budget


def shorten_time(affiliation):
    """Somebody's work at a school ended: of this year she keeps the part until her last day, of later years nothing."""
    if not affiliation.school_id or not affiliation.until_on:
        return
    year = school_year(affiliation.until_on)
    rows = TimeBudget.objects.filter(
        person=affiliation.person_id, school=affiliation.school_id, rule__year__gte=year, by_hand=False
    )
    for row in rows.select_for_update(of=("self",)).select_related("rule").order_by("pk"):
        if (line := budgets.line_of(row)) is None:
            row.delete()
        else:
            row.first, row.last = line.bounds
            row.minutes = row.rule.minutes_for(row.factor, row.first, row.last)
            row.save(update_fields=["first", "last", "minutes"])


@mergers.register("organisations.time")
def merge_time(gone, into):
    """A school goes up into another: of its agreements everybody keeps the part until then, the rest goes along.

    Agreements of a board that goes up into another stay with people until its new board works them out anew.
    """
    if not isinstance(gone, School):
        return
    rows = TimeBudget.objects.filter(school=gone, rule__year__gte=school_year(today()))
    for year in sorted(set(rows.values_list("rule__year", flat=True))):
        _merge_year(rows.of_year(year), gone, into, year)


def _merge_year(here, gone, into, year):
    there = TimeBudget.objects.filter(school=into, person=OuterRef("person"), rule=OuterRef("rule"))
    here.filter(~Exists(there), by_hand=True).update(school=into)
    known = set(TimeBudget.objects.of_year(year).filter(school=into).values_list("person", flat=True))
    rows = here.filter(by_hand=False).exclude(person__in=known).values_list("person", "factor")
    typed = {(person, into.pk): factor for person, factor in rows}
    worked = {line.person.pk for line in budgets.lines_of([gone.pk], gone.board_id, year)}
    here.exclude(person__in=worked).delete()  # nothing of that year lies before the merger
    _write([gone.pk, into.pk], into.board_id, year, typed, None)
