"""What the two say afterwards, in the order in which they say it: who was visited first.

Feed up (where do you work towards), facts and their effect, feedforward that the visited teacher chooses herself, and
what the visitor takes along. Nobody marks anybody.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lessonstudy.visits.choices import State
from lessonstudy.visits.steps import VISITED, VISITOR


@dataclass(frozen=True)
class Part:
    """One turn: whose it is, what it fills, and where its moment stands."""

    key: str
    title: str | Promise
    who: str
    fields: tuple
    moment: str
    required: tuple


PARTS = (
    Part("speak", _("Who was visited speaks first"), VISITED, ("went", "aims"), "spoke_at", ("went",)),
    Part("tell", _("What there was to see, and what it did"), VISITOR, ("facts", "effect"), "told_at", ("facts",)),
    Part("choose", _("What to do next, chosen by who was visited"), VISITED, ("first_step", "second_step"),
         "chose_at", ("first_step",)),
    Part("take", _("What the visitor takes along"), VISITOR, ("takes_along",), "took_at", ("takes_along",)),
)  # fmt: skip
BY_KEY = {part.key: part for part in PARTS}


def is_said(feedback, part):
    return bool(feedback and getattr(feedback, part.moment))


def turn(visit, feedback):
    """The part that is next; None when all was said, or nothing can be said yet."""
    if not visit.was_there:
        return None
    return next((part for part in PARTS if not is_said(feedback, part)), None)


def why_not_say(visit, feedback, part, parts):
    """Why somebody with these parts of the visit does not write this now."""
    if part.who not in parts:
        return _now("This is for %(name)s to write.") % {"name": whose(visit, part)}
    if not visit.was_there:
        return _now("First the visit, then the talk.")
    if visit.state == State.CLOSED:
        return _now("This visit is completed.")
    place = PARTS.index(part)
    for before in PARTS[:place]:
        if not is_said(feedback, before):
            return _now("First %(name)s: who was visited speaks first.") % {"name": whose(visit, before)}
    if any(is_said(feedback, after) for after in PARTS[place + 1 :]):
        return _now("You have talked on since then, so this stays as it is.")
    return ""


def whose(visit, part):
    """Who writes this part."""
    return visit.visited if part.who == VISITED else visit.visitor


def shown(visit, feedback, parts):
    """All parts for the page: whose, what was said, and whether this reader may write it now."""
    found, here = [], turn(visit, feedback)
    for part in PARTS:
        said = is_said(feedback, part)
        lines = [
            (feedback._meta.get_field(name).verbose_name, getattr(feedback, name))
            for name in part.fields
            if said and getattr(feedback, name)
        ]
        may = visit.was_there and not why_not_say(visit, feedback, part, parts)
        found.append({"part": part, "person": whose(visit, part), "lines": lines, "may": may, "is_next": part is here})
    return found
