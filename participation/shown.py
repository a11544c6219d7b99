"""What a page, a file and a sheet of paper show of a year's figures: sentences first, then the numbers beneath them.

All three are made of the same object, so that no download knows more than the page.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from participation import words
from participation.budgets import Budget
from participation.facts import Count, Facts
from participation.figures import Place, YearFigures
from participation.floor import FEWEST

SUMMER = (7, 8)  # the months


@dataclass(frozen=True)
class Bar:
    """A month: minutes of this year and of the year before; None where it is not counted (yet)."""

    first: date
    this: int | None
    last: int | None


@dataclass(frozen=True)
class Theme:
    """A line of the table by theme: a cell for each month that is shown."""

    key: str
    label: str
    cells: list
    minutes: int
    last_year: int
    url: str
    current: bool


@dataclass(frozen=True)
class Counted:
    """The figures of one place and school year, as they are shown; `chosen` is a theme's key or ""."""

    place: Place
    year: int
    figures: YearFigures
    facts: Facts
    address: str
    wished: str = ""
    blocks: tuple = ()
    budget: Budget | None = None

    @property
    def span(self):
        return words.school_year(self.year)

    @cached_property
    def is_over(self):
        """Whether all months of this school year are counted."""
        return all(month.closed for month in self.figures.months)

    @property
    def labels(self):
        """What stands above this year and the one before: in full, and short for a phone."""
        if self.is_over:
            years = [self.year, self.year - 1]
            return [*map(words.school_year, years), *(f"{year % 100:02}–{(year + 1) % 100:02}" for year in years)]
        return [_("This year"), _("Last year"), _("now"), _("before")]

    @cached_property
    def subject(self):
        """The theme to which the months are narrowed, if it is one of this year's."""
        return next((each for each in self.figures.subjects if self.wished and each.key == self.wished), None)

    @cached_property
    def closed(self):
        """The months that are past and counted, from the first with something in it."""
        past = [month for month in self.figures.months if month.closed]
        while past and not past[0].minutes and not past[0].last_year:
            past = past[1:]
        return past

    @property
    def has_figures(self):
        return self.figures.minutes > 0

    @property
    def had_figures(self):
        """Whether there is a year before to stand beside."""
        return self.figures.last_year > 0

    @property
    def has_months(self):
        """False where all that was counted was counted of several months together."""
        return any(bar.this or bar.last for bar in self.bars)

    @property
    def shows_last_year(self):
        """Whether a column for last year stands beside each month; of one theme it is known for the year only."""
        return self.had_figures and not self.subject

    @cached_property
    def shown_months(self):
        """Those of the school year; not the summer's, when nobody learned in them."""
        return [
            month
            for month in self.figures.months
            if month.first.month not in SUMMER or month.minutes or month.last_year
        ]

    @cached_property
    def bars(self):
        """The months of the school year, of all themes together or of the chosen one."""
        if self.subject:
            theirs = self.subject.months
            return [Bar(m.first, theirs.get(m.first, 0) if m.closed else None, None) for m in self.shown_months]
        return [Bar(m.first, m.minutes if m.closed else None, m.last_year or None) for m in self.shown_months]

    @property
    def this_bars(self):
        return [bar.this or 0 for bar in self.bars]

    @property
    def last_bars(self):
        return [bar.last or 0 for bar in self.bars]

    @property
    def most(self):
        """The longest bar."""
        return max([*self.this_bars, *self.last_bars, 1])

    @cached_property
    def themes(self):
        """A line for each theme, by the alphabet; the small ones together at the end."""
        return [
            Theme(
                each.key,
                capfirst(each.label),
                [each.months.get(month.first, 0) for month in self.closed],
                each.minutes,
                each.last_year,
                self.url(theme=each.key) if each.key else "",
                each is self.subject,
            )
            for each in self.figures.subjects
        ]

    @property
    def heat_most(self):
        return max((cell for theme in self.themes for cell in theme.cells), default=0)

    def url(self, **changed):
        """The address of this view with something else chosen."""
        chosen = {"year": self.year} | {key: value for key, value in changed.items() if value}
        return f"{self.address}?{urlencode(chosen)}"

    @property
    def whole(self):
        """The same year with all its themes."""
        return replace(self, wished="")

    # Sentences ---------------------------------------------------------------------------------
    @cached_property
    def sentences(self):
        """What the figures say: how much, beside last year, how many were there, within the timetable."""
        if not self.has_figures:
            return [self._why_nothing]
        found = [self._how_much, self._in_timetable, self._of_no_month, self._beside_last_year, self._attendance]
        return [sentence for sentence in found if sentence]

    @property
    def when(self):
        """Which months these figures are about: those that were counted, or the school year."""
        if self.is_over or not any(month.minutes for month in self.closed):
            return _("school year %(span)s") % {"span": self.span}
        return words.span_of([month.first for month in self.closed])

    @property
    def _how_much(self):
        said = {"months": self.when, "hours": words.hours(self.figures.minutes)}
        if self.place.kind == "school":
            return _("In %(months)s you learned together for %(hours)s.") % said
        return _("In %(months)s people learned together for %(hours)s.") % said

    @property
    def _beside_last_year(self):
        if self.is_over:
            then, said = self.figures.last_year, _("In the school year before it was %(hours)s.")
        else:
            then = sum(month.last_year for month in self.closed)
            said = _("In the same months of last year it was %(hours)s.")
        return said % {"hours": words.hours(then)} if then else ""

    @property
    def _in_timetable(self):
        if not self.figures.in_timetable:
            return ""
        return _("Of these, %(hours)s fell within the timetable.") % {"hours": words.hours(self.figures.in_timetable)}

    @property
    def _attendance(self):
        if not self.figures.attendance:
            return ""
        said = {"share": self.figures.attendance, "last": self.figures.attendance_last_year}
        if not self.figures.attendance_last_year:
            return _("At the meetings %(share)s of who was expected came.") % said
        if self.is_over:
            return _("At the meetings %(share)s of who was expected came, the year before %(last)s.") % said
        return _("At the meetings %(share)s of who was expected came, last year %(last)s.") % said

    @property
    def _of_no_month(self):
        """Small numbers of several months that were counted together stand in the sum, and in no month."""
        rest = self.figures.minutes - sum(month.minutes for month in self.figures.months)
        if rest <= 0:
            return ""
        return _("Of these, %(hours)s stand in no month, but in the sum.") % {"hours": words.hours(rest)}

    @property
    def _why_nothing(self):
        if self.place.kind == "school" and self.facts.staff and self.facts.staff <= FEWEST:
            return _(
                "Your team is small, and a figure about a few people is a figure about each of them. So nothing "
                "stands here. What you do counts along in the figures of your board, with the other small schools."
            )
        if not any(month.closed for month in self.figures.months):
            return _("The school year has just begun. The first figures come when a whole month is past.")
        return _(
            "Nothing stands here yet. A figure comes as soon as five colleagues or more have learned together, in "
            "months that are past."
        )

    # Parts -------------------------------------------------------------------------------------
    @cached_property
    def parts(self):
        """The schools of a board or the boards of a network, by the alphabet: figures, and the facts beside them."""
        return [
            {"name": each.name, "pk": each.pk, "minutes": each.minutes, "last_year": each.last_year,
             "facts": self.facts.parts.get(each.pk, Count())}
            for each in self.figures.parts
        ]  # fmt: skip
