"""What the dashboards of a school, board or network show of it: sums over the PLGs that released their averages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.statements import Statement
from core.time import today
from participation.impact.questions import OF_PLG
from participation.impact.results import Mark, Row
from participation.registry import FigureBlock
from people.calendar import school_year

# Each row is of five people or more at both times, so every sum is.
_SUMS = """SELECT year, question, sum(people_before), sum(sum_before), sum(people_after), sum(sum_after),
    count(*) FROM impact_outcome WHERE year = ANY(%s) AND {where} GROUP BY year, question"""
_WHERE = {
    "school": "school_id = %s",
    "board": "board_id = %s",
    "network": """(network_id = %s OR board_id IN (SELECT board_id FROM organisations_network_boards
        WHERE network_id = %s) OR school_id IN (SELECT school_id FROM organisations_network_schools
        WHERE network_id = %s))""",
    "nation": "TRUE",
}
STATEMENTS = {
    kind: (Statement(_SUMS.format(where=where), 1 + where.count("%s")), where.count("%s"))
    for kind, where in _WHERE.items()
}


@dataclass(frozen=True)
class Block(FigureBlock):
    """The same with a template of its own, which draws `lines`: where a figure was and where it came."""

    lines: tuple = ()
    note: str = ""
    legend: str = ""
    template: str = "impact/block.html"


def blocks(place, year):
    """What PLGs of this place answered at the start and at the end of a school year: one query.

    As long as this school year has no end, what the last one brought.
    """
    statement, keys = STATEMENTS[place.kind]
    is_now = year == school_year(today())
    of_year = {}
    for row_year, key, *row in statement.rows([[year, year - 1] if is_now else [year], *[place.pk] * keys]):
        of_year.setdefault(row_year, {})[key] = row
    if not of_year:
        return []
    return [_block(of_year[max(of_year)], is_last=max(of_year) < year)]


def _block(found, *, is_last):
    lines, plgs, before, after = [], 0, 0, 0
    for question in OF_PLG:
        if question.key not in found:
            continue
        people_before, sum_before, people_after, sum_after, count = map(int, found[question.key])
        marks = [Mark(sum_before / people_before, people_before), Mark(sum_after / people_after, people_after)]
        lines.append(Row(question, marks))
        plgs, before, after = max(plgs, count), max(before, people_before), max(after, people_after)
    return Block(
        title=_("What it brought"),
        sentence=_said(plgs, is_last),
        rows=tuple((str(row.question.text), f"{row.before.text} → {row.after.text}") for row in lines),
        lines=tuple(lines),
        legend=_("From 1 (no) to 5 (yes). Start: %(before)d answers, end: %(after)d answers.")
        % {"before": before, "after": after},
        note=_("Hours and answers stand beside each other. The one need not come from the other."),
    )


def _said(plgs, is_last):
    if is_last:
        said = ngettext(
            "Last school year %(n)d PLG answered the same questions at the start and at the end.",
            "Last school year %(n)d PLGs answered the same questions at the start and at the end.",
            plgs,
        )
    else:
        said = ngettext(
            "%(n)d PLG answered the same questions at the start and at the end of the school year.",
            "%(n)d PLGs answered the same questions at the start and at the end of the school year.",
            plgs,
        )
    return said % {"n": plgs}
