"""What was found as HTML: a frame for each kind (`core/frames.py`), filled with titles and snippets.

The words that were asked for are marked; everything else of a text is made safe here.
"""

import re
from functools import lru_cache

from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, ngettext

from communities.search.registry import kinds
from core import dutch
from core.frames import Frame
from core.links import address
from core.marks import marked, snippet
from core.templatetags.ui import day

HIT = Frame("search/hit.html", "url", "title", "place", "moment", "day", "snippet", "more")
MARKED = re.compile(r"<mark>(.*?)</mark>")


def hits(rows, places, question):
    """The HTML of what `finding.read` gives."""
    return HIT.joined(_hit(hit, shown, places[hit.unit, hit.unit_id] - 1, question) for hit, shown in rows)


def _hit(hit, shown, others, question):
    kind, at = kinds[shown.kind], localtime(shown.at)
    place = shown.plg or shown.network or ""
    text = snippet(question, shown.text)
    shape = {
        "kind": shown.kind,
        "icon_name": kind.icon,
        "label": str(kind.label),
        "has_place": bool(place),
        "is_own": shown.owner_id is not None and not shown.plg,
        "has_snippet": bool(text),
        "has_more": others > 0,
    }
    return shape, {
        "url": address(kind.url, shown.object_id),
        "title": marked(question, shown.title),
        "place": place,
        "moment": at.isoformat(timespec="minutes"),
        "day": _said(at.date(), localdate(), get_language()),
        "snippet": text,
        "more": _more(others) if others > 0 else "",
    }


@lru_cache(maxsize=4000)
def _said(date, _today, _language):
    """A day in words; these depend on the language, and on the year it is today."""
    return day(date)


def _more(count):
    return ngettext(
        "These words stand in %(n)d other place of it.", "These words stand in %(n)d other places of it.", count
    ) % {"n": count}


def as_written(question, html):
    """The question in the words of what was found: what is compared are stems, which nobody writes."""
    written = {}
    for word in map(dutch.fold, MARKED.findall(html)):
        for term in question.wanted:
            if term.word not in written and term.is_in(word):
                written[term.word] = word
    return question.instead(written)
