"""Filters of what was found: by PLG, kind and school year. They stand in the address and offer only what is there."""

from collections import Counter
from datetime import time
from operator import attrgetter

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from communities.models import Community
from communities.search.registry import kinds
from core.text import number
from core.time import instant
from people.calendar import days_of_school_year

#: Kinds that are one to who searches: an answer is part of its conversation.
WITH = {"post": "topic"}
FIRST, LAST = 2000, 2100


def wishes_of(asked, own):
    """What an address asks for, without what makes no sense; `own` are the PLGs in which she may look."""
    plg, year, kind = number(asked.get("plg", "")), number(asked.get("year", "")), asked.get("kind", "")
    found = {
        "plg": plg if plg in own else None,
        "kind": kind if kind in kinds and kind not in WITH else None,
        "year": year if year and FIRST <= year < LAST else None,
    }
    return {name: value for name, value in found.items() if value}


def as_filters(wishes):
    """The same as the index understands it."""
    filters = {"plg": wishes.get("plg")}
    if kind := wishes.get("kind"):
        filters["kind"] = [kind, *(part for part, whole in WITH.items() if whole == kind)]
    if year := wishes.get("year"):
        first, last = days_of_school_year(year)
        filters["year"] = instant(first, time.min), instant(last, time.max)
    return filters


def chips(hits, asked):
    """[(label, chips)] for the three filters, each with how much it leaves; none where there is nothing to choose."""
    groups = [
        ("plg", _("Which PLG?"), Counter(map(attrgetter("community_id"), hits)), _names),
        ("kind", _("What?"), _together(Counter(map(attrgetter("kind"), hits))), _labels),
        ("year", _("Which school year?"), Counter(map(attrgetter("year"), hits)), _years),
    ]
    del groups[0][2][None]
    for name, _label, counts, _called in groups:
        if name in asked:
            counts[asked[name]] += 0
    return [
        (label, _chips(name, counts, called(counts), asked))
        for name, label, counts, called in groups
        if len(counts) > 1 or name in asked
    ]


def _together(counts):
    """Kinds that are one to who searches are counted as one."""
    for part, whole in WITH.items():
        if count := counts.pop(part, 0):
            counts[whole] += count
    return counts


def _names(counts):
    return dict(Community.objects.filter(pk__in=counts).order_by("sort_name", "pk").values_list("pk", "name"))


def _labels(counts):
    return {name: str(kinds[name].label).capitalize() for name in kinds if name in counts}


def _years(counts):
    return {year: f"{year}–{year + 1}" for year in sorted(counts, reverse=True)}


def _chips(name, counts, labels, asked):
    others = {key: value for key, value in asked.items() if key != name}
    return [
        {
            "label": label,
            "url": "?" + urlencode(others | ({name: value} if value else {})),
            "current": asked.get(name, "") == value,
            "count": counts[value] if value else None,
        }
        for value, label in [("", _("Everything")), *labels.items()]
    ]
