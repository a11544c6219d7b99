"""What a self-scan shows to the team: averages of five answers or more, this year beside the year before."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.floor import FEWEST
from participation.impact.results import Mark, Results, Row
from participation.learning.models import Cycle, Scan
from participation.learning.statements import STATEMENTS
from participation.words import school_year


@dataclass(frozen=True)
class Year:
    """A school year of which something is shown."""

    label: str
    people: int

    @property
    def short(self):
        return self.label

    @property
    def said_people(self):
        return ngettext("%(n)d answer", "%(n)d answers", self.people) % {"n": self.people}


def of(cycle):
    """This year's result, and that of the year before where both can be shown: two queries."""
    before = Cycle.objects.filter(school=cycle.school_id, board=cycle.board_id, year=cycle.year - 1)
    scans = Scan.objects.filter(cycle__in=[cycle.pk, *before.values_list("pk", flat=True)]).select_related("cycle")
    shown = [scan for scan in scans.order_by("cycle__year").prefetch_related("answers") if scan.is_shown]
    if not any(scan.cycle_id == cycle.pk for scan in shown):
        return Results(hidden=[_why_hidden(cycle)])
    groups = [[answer.marks for answer in scan.answers.all()] for scan in shown]
    return Results(
        moments=[Year(school_year(scan.cycle.year), scan.people) for scan in shown],
        rows=[Row(each, [_mark(each.key, group) for group in groups]) for each in STATEMENTS],
    )


def _mark(key, group):
    said = [marks[key] for marks in group if key in marks]
    return Mark(sum(said) / len(said), len(said)) if len(said) >= FEWEST else None


def _why_hidden(cycle):
    scan = cycle.the_scan
    if scan and scan.closed_at:
        return _("Fewer than %(least)d colleagues answered. Then nothing is shown.") % {"least": FEWEST}
    return _("The result comes when the scan is closed, from %(least)d answers on.") % {"least": FEWEST}
