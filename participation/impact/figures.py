"""What the dashboards of a school, board or network show of it: sums over the PLGs that released their averages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.statements import Statement
from participation.impact.questions import OF_PLG
from participation.impact.results import Mark, Row
from participation.registry import FigureBlock

# Each row is of five people or more at both times, so every sum is.
_SUMS = """SELECT question, sum(people_before), sum(sum_before), sum(people_after), sum(sum_after),
    count(*) FROM impact_outcome WHERE year = %s AND {where} GROUP BY question"""
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
    """What PLGs of this place answered at the start and at the end of a school year: one query."""
    statement, keys = STATEMENTS[place.kind]
    found = {key: row for key, *row in statement.rows([year, *[place.pk] * keys])}
    if not found:
        return []
    lines, plgs, before, after = [], 0, 0, 0
    for question in OF_PLG:
        if question.key not in found:
            continue
        people_before, sum_before, people_after, sum_after, count = map(int, found[question.key])
        marks = [Mark(sum_before / people_before, people_before), Mark(sum_after / people_after, people_after)]
        lines.append(Row(question, marks))
        plgs, before, after = max(plgs, count), max(before, people_before), max(after, people_after)
    said = ngettext(
        "%(n)d PLG answered the same questions at the start and at the end of the school year.",
        "%(n)d PLGs answered the same questions at the start and at the end of the school year.",
        plgs,
    )
    return [
        Block(
            title=_("What it brought"),
            sentence=said % {"n": plgs},
            rows=tuple((str(row.question.text), f"{row.before.text} → {row.after.text}") for row in lines),
            lines=tuple(lines),
            legend=_("From 1 (no) to 5 (yes). Start: %(before)d answers, end: %(after)d answers.")
            % {"before": before, "after": after},
            note=_("Hours and answers stand beside each other. The one need not come from the other."),
        )
    ]
