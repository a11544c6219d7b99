"""The result on paper."""

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _


def of(questionnaire, results, panels):
    """What the template of the PDF takes."""
    printed = _("printed on %(day)s") % {"day": date_format(localdate(), "j F Y")}
    name = str(questionnaire.place)
    parts = [_part(_("What we said ourselves"), results)]
    parts += [_part(str(audience.label).capitalize(), found) for audience, found in panels]
    return {
        "title": _("What it brings"),
        "subtitle": f"{name} · {questionnaire.said_year}",
        "foot": f"{name} · {printed}",
        "note": _("This belongs to the PLG. Who leads the school sees only averages that the PLG released."),
        "parts": parts,
    }


def _part(title, results):
    return {
        "title": str(title),
        "hours": _("You learned together for %(hours)s.") % {"hours": results.hours} if results.hours else "",
        "sentences": results.sentences,
        "hidden": results.hidden,
        "columns": [str(_("Question")), *(f"{moment.label}\n{moment.said_people}" for moment in results.moments)],
        "rows": [_row(row) for row in results.rows] if results.has_any else [],
        "words": {"examples": str(_("Examples"))},
        "texts": [text if isinstance(text, str) else text[-1] for text in results.texts],
    }


def _row(row):
    question = row.question
    said = f"{question.text} ({question.said_level})" if question.level else str(question.text)
    return [said, *(_cell(mark) for mark in row.marks)]


def _cell(mark):
    if not mark:
        return "–"
    return f"{mark.text} ({mark.said_spread})" if mark.low else mark.text
