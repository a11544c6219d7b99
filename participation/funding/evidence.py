"""What shows that funded work was done: dates as they were planned, and sums that are about enough people.

Dates of PLGs are agreed facts. Hours and attendance are behaviour: only figures of a board or network stand here, of
months that are closed and lie within the term as a whole (docs/decisions/0014). Of a single PLG there are none.
"""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.meetings.models import Meeting
from core.templatetags.ui import clock
from participation import figures, months
from participation.reports.paper import blocks, printed
from participation.words import hours, school_year
from people.calendar import school_year as year_of


@dataclass(frozen=True)
class Evidence:
    """Rows of (PLG, day, from–until, minutes), of (month, minutes), and of (school year, attendance in words)."""

    dates: list
    sums: list
    attendance: list

    @property
    def minutes(self):
        return sum(minutes for _month, minutes in self.sums)

    @property
    def planned(self):
        return sum(row[-1] for row in self.dates)

    @property
    def said(self):
        """What it comes to, in sentences."""
        found = [
            ngettext(
                "%(n)d meeting, %(hours)s by the clock.", "%(n)d meetings, %(hours)s by the clock.", len(self.dates)
            )
            % {"n": len(self.dates), "hours": hours(self.planned)}
        ]
        if self.minutes:
            found.append(_("People learned together for %(hours)s.") % {"hours": hours(self.minutes)})
        found += [
            _("In %(year)s %(share)s of who was expected came to meetings.") % {"year": year, "share": share}
            for year, share in self.attendance
        ]
        return found


def of(grant):
    """All that there is within the term."""
    rows = Meeting.objects.past().filter(
        community__in=grant.communities.all(), held_on__range=(grant.starts_on, grant.ends_on)
    )
    dates = [
        (row.community.name, row.held_on, f"{clock(row.starts)}–{clock(row.ends)}", row.minutes)
        for row in rows.select_related("community").order_by("held_on", "starts", "pk")
    ]
    sums, attendance = [], []
    if not grant.community_id:
        place = figures.Place(grant.kind, grant.place.pk, grant.place.name)
        for year in range(year_of(grant.starts_on), year_of(grant.ends_on) + 1):
            found = figures.of(place, year)
            sums += [(each.first, each.minutes) for each in found.months if each.minutes and _within(grant, each.first)]
            if found.attendance and all(_within(grant, each.first) for each in found.months if each.closed):
                attendance.append((school_year(year), found.attendance))
    return Evidence(dates, sums, attendance)


def _within(grant, first):
    """Whether the whole month lies in the term: a part of a month is no figure."""
    return grant.starts_on <= first and months.after(first).toordinal() - 1 <= grant.ends_on.toordinal()


def table(grant, found):
    """The rows of the spreadsheet."""
    head = [_("What"), _("PLG or place"), _("Day or month"), _("From – until"), _("Minutes"), _("In words")]
    yield head
    for plg, day, times, minutes in found.dates:
        yield [_("date (agreed)"), plg, day, times, minutes, ""]
    for first, minutes in found.sums:
        yield [_("hours learned (sum)"), grant.place.name, date_format(first, "F Y"), "", minutes, ""]
    for year, share in found.attendance:
        yield [_("attendance (share)"), grant.place.name, year, "", "", share]


def paper(grant, found):
    """What the template of the PDF takes."""
    facts = [
        _("For: %(place)s") % {"place": grant.place},
        _("From: %(source)s") % {"source": grant.source},
        _("Amount: € %(amount)s") % {"amount": number_format(grant.amount, 2, use_l10n=True, force_grouping=True)},
        _("Term: %(term)s") % {"term": grant.term},
    ]
    parts = [_part(_("What it is about"), [{"kind": "list", "lines": facts}, *blocks(grant.conditions)])]
    parts.append(_part(_("What was done"), [{"kind": "text", "lines": found.said}]))
    if found.sums:
        rows = [[date_format(first, "F Y"), hours(minutes)] for first, minutes in found.sums]
        parts.append(
            _part(_("Hours by month"), tables=[{"columns": [_("Month"), _("Learned together")], "rows": rows}])
        )
    if found.dates:
        rows = [[plg, date_format(day, "j F Y"), times] for plg, day, times, _minutes in found.dates]
        columns = [_("PLG"), _("Day"), _("From – until")]
        parts.append(_part(_("Dates"), tables=[{"columns": columns, "rows": rows}]))
    return {
        "title": _("Evidence: %(name)s") % {"name": grant.name},
        "subtitle": f"{grant.place} · {grant.term}",
        "foot": f"{grant.place} · {printed()}",
        "note": why(grant),
        "parts": parts,
    }


def why(grant):
    """What stands here, and what never does."""
    if grant.community_id:
        return _("Dates are agreed facts. Hours and attendance of one PLG are not given to others.")
    return _(
        "Dates are agreed facts. Hours and attendance are sums over all schools of this place, of closed months, and "
        "never about fewer than five people. Nobody is named."
    )


def _part(title, found=(), tables=()):
    return {"title": title, "blocks": list(found), "tables": list(tables)}
