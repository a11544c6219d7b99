"""A row that goes through states by steps: the table of them is written once, by whoever owns the row.

A guard is a function of the row that returns a sentence for the reader, or "". Those under `hard` always hold; those
under `asks` may be passed over with a reason. Pages, deeds and the test of every state, verb and part read the table.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Step:
    """One step: its verb, the states it leads from and to, and which parts somebody must have to take it."""

    verb: str
    label: str | Promise
    sources: tuple
    to: str
    who: frozenset = frozenset()
    hard: tuple = ()
    asks: tuple = ()
    needs_reason: bool = False
    goes_back: bool = False

    def refused(self, row):
        """The sentences of the hard guards that stand in its way."""
        return [sentence for guard in self.hard if (sentence := guard(row))]

    def asked(self, row):
        """The sentences of the other guards: one may go on all the same, with a reason."""
        return [sentence for guard in self.asks if (sentence := guard(row))]


def step(verb, label, sources, to, **more):
    """A `Step`, with one source or several."""
    return Step(verb, label, (sources,) if isinstance(sources, str) else tuple(sources), to, **more)


def find(table, state, verb):
    """The step of this name from this state; None where there is none."""
    return next((each for each in table if each.verb == verb and state in each.sources), None)


def open_to(table, state, parts):
    """The steps from this state that somebody with these parts may take, forward ones first."""
    return sorted(
        (each for each in table if state in each.sources and each.who & parts), key=lambda each: each.goes_back
    )


def why_not(table, row, verb):
    """Why nobody takes this step now, whoever she is; "" where it follows from where the row is."""
    if find(table, row.state, verb):
        return ""
    return _("This step does not follow from where it is now: %(state)s.") % {"state": row.get_state_display()}
