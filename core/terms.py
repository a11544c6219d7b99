"""How long what is kept: one term for each kind, with the platform's own number and bounds for those of a board.

`clear(over)` does the work. `over(rows, "at", person="person")` gives it the rows that are over their time: those of a
person or PLG by the strictest of their boards, all others by the platform's own number.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.registry import Registry, terms

#: How long something is kept of one person: name of an app -> function(names of terms, person) -> {name: days}.
own_terms = Registry("terms that hold for somebody")

USUALLY = _("We keep it for %(term)s.")


@dataclass(frozen=True)
class Term:
    """How long one kind of data is kept, in days."""

    title: str | Promise
    goes: str | Promise  # a sentence: what happens when the time is over
    days: int
    clear: Callable | None = None  # function(over) -> how many; None where something else sees to it
    least: int = 0
    most: int = 0  # 0: the platform's own number holds for all
    kept: str | Promise = USUALLY  # as it is said to the person herself

    @property
    def is_chosen(self):
        """A board may set its own."""
        return self.most > self.least

    @property
    def said(self):
        return in_words(self.days)

    def said_to(self, days):
        """As it is said to somebody for whom it is kept so long."""
        return self.kept % {"term": in_words(days)}


def in_words(days):
    """So many days as people say it: 90 days, 6 months, 3 years."""
    if days % 365 == 0:
        return ngettext("%(count)d year", "%(count)d years", days // 365) % {"count": days // 365}
    if days % 30 == 0 and days >= 60:
        return ngettext("%(count)d month", "%(count)d months", days // 30) % {"count": days // 30}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def terms_of(person):
    """{name: how it is said to her} of all terms, as they hold for this person."""
    days = {name: term.days for name, term in terms.items()}
    for of_app in own_terms.values():
        days |= of_app(list(terms), person)
    return {name: term.said_to(days[name]) for name, term in terms.items()}


def keep_for(name, **term):
    """Make a term known."""
    return terms.add(name, Term(**term))
