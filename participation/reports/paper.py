"""A year report on paper."""

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from communities.meetings.minutes import seen

PARAGRAPH, LIST = "text", "list"


def of(report):
    """What the template of the PDF takes."""
    name = str(report.place)
    return {
        "title": _("Year report %(year)s") % {"year": report.said_year},
        "subtitle": name,
        "foot": f"{name} · {printed()}",
        "note": _note(report),
        "parts": [
            {"title": each["label"], "blocks": blocks(each["text"]), "tables": []}
            for each in seen(report.current.sections, with_cases=False)
        ],
    }


def _note(report):
    if report.is_released:
        day = date_format(localdate(report.released_at), "j F Y")
        if report.network_id:
            return _("Released on %(day)s. It is made of what PLGs released.") % {"day": day}
        return _("Released by the PLG on %(day)s.") % {"day": day}
    return _("A draft. It is for who writes it, and not to be passed on.")


def printed():
    """When it came out of the printer."""
    return _("printed on %(day)s") % {"day": date_format(localdate(), "j F Y")}


def blocks(text):
    """What people typed as paragraphs and lists: lines that begin with a dash are a list."""
    found = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        kind = LIST if line.startswith("-") else PARAGRAPH
        words = line.removeprefix("-").strip()
        if kind == LIST and found and found[-1]["kind"] == LIST:
            found[-1]["lines"].append(words)
        else:
            found.append({"kind": kind, "lines": [words]})
    return found
