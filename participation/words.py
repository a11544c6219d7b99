"""Figures as people say them."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FEW_HOURS = 10 * 60  # below this, half hours count


def number_of_hours(minutes):
    """So many minutes in hours: whole ones from ten on, one place behind the comma below; "" for nothing known."""
    if minutes is None:
        return ""
    if minutes >= FEW_HOURS:
        return number_format(round(minutes / 60), use_l10n=True, force_grouping=True)
    return number_format(round(minutes / 60, 1), use_l10n=True).removesuffix(".0").removesuffix(",0")


def hours(minutes):
    """The same with its word: "72 hours", "1 hour", "2,5 hours"."""
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if minutes == 60 else 2) % {
        "hours": number_of_hours(minutes)
    }


def month(first):
    """The short name of a month, for the head of a column: "nov"."""
    return date_format(first, "M").rstrip(".").lower()


def month_name(first):
    """The name of a month in full: "november"."""
    return date_format(first, "F")


def span_of(months):
    """The months from the first to the last of these: "september", "september and october", "september to november"."""
    names = [date_format(first, "F") for first in (months[0], months[-1])]
    if len(months) == 1:
        return names[0]
    between = _("%(first)s and %(last)s") if len(months) == 2 else _("%(first)s to %(last)s")
    return between % {"first": names[0], "last": names[1]}


def school_year(year):
    """A school year as people write it: 2026–2027."""
    return f"{year}–{year + 1}"
