"""What is found of questions: the question with its answers, by who works in its network."""

import re
from html import unescape

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from communities.search.registry import Kind, Record, Source, doors, kinds, sources
from knowledgehub.questions.models import Answer, Question
from knowledgehub.questions.rules import networks_of

QUESTION = "question"
MARK_UP = re.compile(r"<[^>]*>")


def _rows():
    standing = Answer.objects.filter(removed_at=None)
    return Question.objects.prefetch_related(Prefetch("answers", standing, to_attr="standing_answers"))


def records(questions):
    """One for each question; a hidden one is not found."""
    for row in questions:
        if row.hidden_at:
            continue
        answers = getattr(row, "standing_answers", None)
        if answers is None:
            answers = row.answers.filter(removed_at=None)
        text = " ".join(_words(each.html) for each in (row, *answers))
        yield (
            row.pk,
            Record(
                kind=QUESTION,
                object_id=row.pk,
                doors={_door(row.network_id)},
                at=row.at,
                title=row.title,
                text=text,
                network_id=row.network_id,
            ),
        )


def _words(html):
    return " ".join(unescape(MARK_UP.sub(" ", html)).split())


def _door(network_id):
    return f"q{network_id}"


def doors_of(user):
    """The networks whose questions she reads."""
    return map(_door, networks_of(user))


def register():
    """From `AppConfig.ready()`."""
    kinds.add(QUESTION, Kind(_("question to the network"), "message-question", "questions:question"))
    sources.add(QUESTION, Source(Question, _rows, records))
    doors.add("questions", doors_of)
