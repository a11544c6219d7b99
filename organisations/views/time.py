"""Innovation time: what a board agreed, and what of it is each person's at a school."""

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from activity import looks
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from core.time import today
from organisations import budgets
from organisations.actions import time as actions
from organisations.hours import in_words
from organisations.innovation_time import YEARS
from organisations.models import Board, School, TimeBudget, TimeRule
from organisations.rules import standing
from organisations.time_forms import BudgetForm, FactorField, TimeRuleForm, as_typed
from organisations.views.hours import span
from people.calendar import school_year


def year_of(request):
    """The school year that is asked for in the address; this one otherwise."""
    year = number(request.GET.get("year", ""), 0)
    return year if YEARS[0] <= year < YEARS[1] else school_year(today())


def _chips(year):
    now = school_year(today())
    years = sorted({now - 1, now, now + 1, year}, reverse=True)
    return [{"label": span(each), "url": f"?year={each}", "current": each == year} for each in years]


def _at(name, pk, year):
    return f"{reverse(f'organisations:{name}', args=[pk])}?year={year}"


# Of a board -----------------------------------------------------------------------------------------


def time_rules(request, pk):
    """What the board agreed for a school year, with a form for one more, and how far its schools are."""
    board = get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)
    year = year_of(request)
    form = TimeRuleForm(request.POST or None)
    deed = {"by": request.user, "year": year}
    if form.is_valid() and attempt(form, actions.add_time_rule, board, **deed | form.cleaned_data):
        messages.success(request, _("Saved. It counts for nobody before you work it out."))
        return redirect(_at("time_rules", board.pk, year))
    rules = TimeRule.objects.for_page(request.user, "manage").filter(board=board)
    rows = [{"rule": rule, "time": in_words(rule.minutes), "whom": _whom(rule)} for rule in rules.filter(year=year)]
    context = {
        "board": board,
        "year": year,
        "span": span(year),
        "chips": _chips(year),
        "form": form,
        "rules": rows,
        "may_copy": not rows and rules.filter(year=year - 1).exists(),
        "last_span": span(year - 1),
        "schools": _schools(request.user, board, year) if rows else [],
    }
    return render(request, "organisations/time_rules.html", context, status=422 if form.is_bound else 200)


def _whom(rule):
    labels = dict(TimeRuleForm.base_fields["functions"].choices)
    return ", ".join(str(labels.get(each, each)) for each in rule.functions)


def _schools(user, board, year):
    """Each school with how many people have time there, and how much together: two queries."""
    rows = TimeBudget.objects.of_year(year).filter(school__board=board).order_by().values("school")
    known = {row["school"]: row for row in rows.annotate(people=Count("person", distinct=True), total=Sum("minutes"))}
    return [
        {
            "school": school,
            "people": known.get(school.pk, {}).get("people", 0),
            "time": in_words(known[school.pk]["total"]) if school.pk in known else "",
            "url": _at("school_time", school.pk, year),
        }
        for school in board.schools.open().with_powers(user, "keep_time").order_by("sort_name", "pk")
    ]


def edit_time_rule(request, pk):
    """Another name, number, or for others."""
    rule = _rule(request, pk)
    form = TimeRuleForm(request.POST or None, instance=rule)
    if form.is_valid() and attempt(form, actions.edit_time_rule, rule, by=request.user, **form.cleaned_data):
        messages.success(request, _("Saved. What people have changes once you work it out anew."))
        return redirect(_at("time_rules", rule.board_id, rule.year))
    context = {
        "form": form,
        "title": _("Change the agreement"),
        "back": _at("time_rules", rule.board_id, rule.year),
        "back_label": _("Innovation time"),
    }
    return render(request, "organisations/form.html", context, status=422 if form.is_bound else 200)


def _rule(request, pk):
    rows = TimeRule.objects.for_page(request.user, "manage").select_related("board")
    return get_or_refuse(rows, "manage", pk=pk)


@require_POST
def remove_time_rule(request, pk):
    """Take it away, with what people had of it."""
    rule = _rule(request, pk)
    actions.remove_time_rule(rule, by=request.user)
    messages.success(request, _("Taken away."))
    return redirect(_at("time_rules", rule.board_id, rule.year))


@require_POST
def copy_time_rules(request, pk):
    """Begin a school year with what was agreed for the last."""
    board = get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)
    year = year_of(request)
    actions.copy_time_rules(board, by=request.user, year=year)
    messages.success(request, _("The agreements of last year stand here now. Look whether they still hold."))
    return redirect(_at("time_rules", board.pk, year))


def apply_time_rules(request, pk):
    """Work it out for all schools at once, after a page that says whom that touches."""
    board = get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)
    year = year_of(request)
    if request.method == "POST":
        said = actions.apply_time_rules(board, by=request.user, year=year)
        messages.success(request, _done(said))
        return redirect(_at("time_rules", board.pk, year))
    schools = list(board.schools.open().values_list("pk", flat=True))
    touch = budgets.touch(budgets.lines_of(schools, board.pk, year))
    context = {
        "board": board,
        "span": span(year),
        "touch": touch,
        "was": in_words(touch.was),
        "becomes": in_words(touch.minutes),
        "back": _at("time_rules", board.pk, year),
    }
    return render(request, "organisations/apply_time.html", context)


def _done(touch):
    sentence = ngettext("%(n)d person has another number now.", "%(n)d people have another number now.", touch.people)
    return sentence % {"n": touch.people} if touch.people else _("Nothing changed: everybody had this already.")


# Of a school ----------------------------------------------------------------------------------------


class FactorsForm(forms.Form):
    """The working-time factor of everybody at a school, a field for each person."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        for line in lines:
            label = _("Working-time factor of %(person)s") % {"person": line.person}
            self.fields[f"factor_{line.person.pk}"] = FactorField(label=label, required=False, initial=line.factor)
            self.fields[f"factor_{line.person.pk}"].widget.attrs["class"] = "form-control"

    @property
    def factors(self):
        """{person id: factor or None} of whom the page had a field: who came since keeps what she has."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in self.data}
        return {int(name.removeprefix("factor_")): value for name, value in typed.items()}


def school_time(request, pk):
    """Everybody's factor and time at one school; looked at first, then saved."""
    school = get_or_refuse(School.objects.for_page(request.user, "keep_time"), "keep_time", pk=pk)
    year = year_of(request)
    lines = budgets.lines_of([school.pk], school.board_id, year)
    form = FactorsForm(request.POST or None, lines=lines)
    touch = None
    if form.is_valid():
        if "save" in request.POST and (
            said := attempt(form, actions.set_time, school, by=request.user, year=year, factors=form.factors)
        ):
            messages.success(request, _done(said))
            return redirect(_at("school_time", school.pk, year))
        typed = {(person, school.pk): factor for person, factor in form.factors.items()}
        lines = budgets.lines_of([school.pk], school.board_id, year, typed)
        touch = budgets.touch(lines) if _is_possible(form, lines, school, year) else None
    rules = list(TimeRule.objects.for_page(request.user).filter(board=school.board_id, year=year))
    looks.note(request.user, [line.person for line in lines], "organisations.school_time")
    context = {
        "school": school,
        "year": year,
        "span": span(year),
        "chips": _chips(year),
        "form": form,
        "rules": rules,
        "rows": [_row(line, rules, form, year) for line in lines],
        "touch": touch,
        "total": in_words(sum(line.minutes for line in lines)),
        "becomes": in_words(touch.minutes) if touch else "",
        "runs_board": school.board_id in standing(request.user).boards_run,
    }
    return render(request, "organisations/school_time.html", context, status=422 if form.errors else 200)


def _is_possible(form, lines, school, year):
    try:
        budgets.check(lines, school.board_id, year)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return not form.errors


def _row(line, rules, form, year):
    """One person as the table shows her."""
    cells = []
    for rule in rules:
        has = line.has.get(rule)
        due = line.due.get(rule)
        cells.append(
            {
                "label": rule.name,
                "budget": has,
                "time": in_words(has.minutes) if has else "",
                "new": in_words(due) if due is not None and rule in line.changes else "",
                "gone": has in line.gone,
            }
        )
    first, last = line.bounds
    return {"line": line, "field": form[f"factor_{line.person.pk}"], "cells": cells, "first": first, "last": last}


def edit_time_budget(request, pk):
    """What was agreed with one person: another factor, part of the year, or number of hours."""
    rows = TimeBudget.objects.for_page(request.user, "manage").select_related("rule", "person", "school")
    budget = get_or_refuse(rows, "manage", pk=pk)
    rule, own = budget.rule, budget.by_hand
    looks.note(request.user, [budget.person], "organisations.school_time")
    initial = {
        "factor": budget.factor,
        "first": budget.first if own else None,
        "last": budget.last if own else None,
        "minutes": budget.minutes if own and not _follows(budget) else None,
    }
    form = BudgetForm(request.POST or None, initial=initial, year=rule.year)
    if form.is_valid() and attempt(form, actions.edit_time_budget, budget, by=request.user, **form.cleaned_data):
        messages.success(request, _("Saved. %(person)s finds it with her hours.") % {"person": budget.person})
        return redirect(_at("school_time", budget.school_id, rule.year))
    context = {
        "budget": budget,
        "form": form,
        "span": span(rule.year),
        "time": in_words(budget.minutes),
        "full": in_words(rule.minutes),
        "factor": as_typed(budget.factor),
        "back": _at("school_time", budget.school_id, rule.year),
    }
    return render(request, "organisations/time_budget.html", context, status=422 if form.is_bound else 200)


def _follows(budget):
    """True when its hours are those that factor and days give."""
    return budget.minutes == budget.rule.minutes_for(budget.factor, budget.first, budget.last)
