"""The questions of a page as lines that a trainer writes, and back; as in the files of `content` (its README).

A film's question begins with the moment at which the film asks it: `### 1:20 Wie spreekt hier eerst?`
"""

import re

from django.utils.translation import gettext as _

from core.refusals import Refused
from training.choices import QuestionKind
from training.content import reading
from training.models import Question

MOMENT = re.compile(r"^(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d) +(?P<text>.+)$")


def questions_of(text, *, is_film):
    """Questions, not saved yet. Raises Refused with a sentence where a line is none, or a film's moment is missing."""
    if text.strip() and not reading.SMALL_PARTS.search(text):
        raise Refused(_("Begin each question with ###."))
    found = []
    for asked, lines in reading.in_parts(text):
        moment = MOMENT.match(asked)
        if is_film != bool(moment):
            raise Refused(
                _("Say for each question at which moment: ### 1:20 Who speaks first?")
                if is_film
                else _("Only a film asks at a moment: leave it out.")
            )
        words = moment["text"] if moment else asked
        try:
            read = reading.question(words.strip(), lines)
        except reading.Spoilt:
            raise Refused(_("‘%(question)s’: an answer begins with - [x] or - [ ].") % {"question": words}) from None
        found.append(
            Question(
                kind=read.kind,
                text=read.text[:400],
                says=read.says[:600],
                order=len(found),
                at_s=int(moment["minutes"]) * 60 + int(moment["seconds"]) if moment else None,
                options=[{"text": each.text, "right": each.right, "says": each.says} for each in read.options],
            )
        )
    return found


def lines_of(questions):
    """The same questions as lines."""
    return "\n\n".join("\n".join(_lines(each)) for each in questions)


def _lines(question):
    at = "" if question.at_s is None else f"{question.at_s // 60}:{question.at_s % 60:02d} "
    yield f"### {at}{question.text}"
    for place, option in enumerate(question.options, 1):
        mark = f"{place}." if question.kind == QuestionKind.ORDER else f"- [{'x' if option['right'] else ' '}]"
        yield f"{mark} {option['text']}"
        if option.get("says"):
            yield f"  > {option['says']}"
    if question.says:
        yield f"> {question.says}"
