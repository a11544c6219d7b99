"""Figures on paper, for a team or a board: the sentences of the page, and its tables."""

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation import words


def of(counted):
    """What the template of the PDF takes; every number as it stands on the page."""
    printed = _("printed on %(day)s") % {"day": date_format(localdate(), "j F Y")}
    return {
        "title": _("Learned together"),
        "subtitle": f"{counted.place.name} · {_('school year %(span)s') % {'span': counted.span}}",
        "foot": f"{counted.place.name} · {printed}",
        "facts": facts_said(counted.facts),
        "sentences": counted.sentences,
        "labels": {
            "agreed": _("Agreed: this is how it stands today"),
            "counted": _("Counted"),
            "this": counted.labels[0],
            "last": counted.labels[1],
            "themes": _("By theme"),
            "theme": _("Theme"),
            "month": _("Month"),
            "hours": _("Hours"),
            "parts": _("By school") if counted.place.kind == "board" else _("By board"),
            "budget": _("Hours and budget"),
            "part": _("School") if counted.place.kind == "board" else _("Board"),
            "staff": _("Colleagues"),
            "taking_part": _("Take part"),
            "alphabet": _("By the alphabet. One is larger than another, so look at each beside its own last year."),
        },
        "budget": _budget(counted.budget),
        "note": f"{_note()} {_('Hours are rounded, so a sum can differ a little from its parts.')}",
        "months": _months(counted) if counted.whole.has_months else [],
        "themes": [[theme.label, _hours(theme.minutes), _hours(theme.last_year)] for theme in counted.themes],
        "parts": [_part(part) for part in counted.parts],
        "blocks": [
            {
                "title": str(block.title),
                "sentence": str(block.sentence),
                "rows": [[str(cell) for cell in row[:2]] for row in block.rows],
            }
            for block in counted.blocks
        ],
    }


def _note():
    return _(
        "Only months that are past, and only numbers about five colleagues or more. What is about fewer waits, or "
        "counts along with something larger. What people say, write and try out in a PLG is for that PLG."
    )


def facts_said(facts):
    """How many colleagues take part today, in a sentence."""
    if not facts.plgs:
        return _("There is no PLG here yet")
    said = {"n": facts.plgs, "taking_part": facts.taking_part, "staff": facts.staff}
    return (
        ngettext(
            "%(taking_part)s of the %(staff)s colleagues learn together, in %(n)s PLG",
            "%(taking_part)s of the %(staff)s colleagues learn together, in %(n)s PLGs",
            facts.plgs,
        )
        % said
    )


def _months(counted):
    most = counted.whole.most
    return [
        {
            "name": words.month(bar.first),
            "this": _hours(bar.this),
            "last": _hours(bar.last),
            "this_share": (bar.this or 0) / most,
            "last_share": (bar.last or 0) / most,
        }
        for bar in counted.whole.bars
    ]


def _budget(budget):
    """Innovation time: what was agreed, used, planned and free."""
    if not budget:
        return []
    lines = [
        (_("Agreed"), budget.agreed),
        (_("Used, as far as counted"), budget.used),
        (_("Planned"), budget.planned),
        (_("Free"), budget.free),
    ]
    return [[label, _hours(minutes)] for label, minutes in lines]


def _part(part):
    people = [str(part["facts"].staff), str(part["facts"].taking_part)]
    return [part["name"], *people, _hours(part["minutes"]), _hours(part["last_year"])]


def _hours(minutes):
    return words.number_of_hours(minutes) if minutes else "·"
