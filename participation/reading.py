"""The figures that an address asks for: place, school year, theme."""

from django import forms

from core.time import today
from participation import budgets, facts, figures
from participation.registry import figures as more
from participation.shown import Counted
from people.calendar import school_year

FIRST_YEAR, LAST_YEAR = 2000, 2100


class ChoiceForm(forms.Form):
    """Which school year, narrowed to which theme."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    theme = forms.CharField(max_length=60, required=False)


def wished(place, asked, address, known=None):
    """The figures of the school year and theme that an address names; without, those of this year.

    `known` are its facts, where the caller has them already.
    """
    form = ChoiceForm(asked)
    form.is_valid()
    year = form.cleaned_data.get("year") or school_year(today())
    return of(place, min(year, school_year(today())), address, form.cleaned_data.get("theme", ""), known)


def of(place, year, address, theme="", known=None):
    """The figures of a place in a school year, with what other apps have to tell of it."""
    blocks = tuple(block for tell in more.values() for block in tell(place, year))
    found = figures.of(place, year)
    budget = budgets.of(place, found, year)
    return Counted(place, year, found, known or facts.of(place), address, theme, blocks, budget)


def years(counted):
    """The way to the school year before, where it has figures, and back."""
    this = school_year(today())
    found = [counted.year]
    if counted.had_figures:
        found.insert(0, counted.year - 1)
    if counted.year < this:
        found += sorted({counted.year + 1, this})
    return [
        {
            "label": f"{year}–{year + 1}",
            "url": f"{counted.address}?year={year}",
            "current": year == counted.year,
        }
        for year in found
    ]
