"""What questions hold of a person."""

from django.utils.translation import gettext_lazy as _

from communities.search import index
from core.privacy import Section, Table, keep, write_here
from knowledgehub.questions.models import Answer, Follow, Moment, Question, Report


def register():
    """From `AppConfig.ready()`."""
    keep(
        "questions",
        Section(
            title=_("Questions to the network"),
            seen_by=_("Whoever works in the network. What you ask at a film: whoever sees the film."),
            after=_("Your questions and answers stay, under 'former member'."),
            tables=[
                Table(Follow, hers=("person",), shows=("question__title",)),
                Table(Report, said=("by",), shows=("question__title", "reason", "at")),
                Table(Answer, said=("author",), did=("removed_by",), shows=("question__title", "text", "at")),
                Table(Question, said=("author",), shows=("network__name", "title", "text", "at")),
                Table(
                    Moment,
                    said=("author",),
                    did=("answered_by",),
                    shows=("version__title", "seconds", "text", "answer", "at"),
                ),
            ],
        ),
    )
    write_here(Question, "title", "text", "html", community=None, follow=_found_anew)
    write_here(Answer, "text", "html", community=None, follow=_found_of_answers)
    write_here(Moment, "text", "answer", community="version__resource__community")


def _found_anew(rows):
    index.follow(*rows)


def _found_of_answers(rows):
    index.follow(*Question.objects.filter(answers__in=rows).distinct())


def merge(kept, gone):
    """Two accounts of one person become one."""
    Follow.objects.filter(person=gone, question__in=Follow.objects.filter(person=kept).values("question")).delete()
    Follow.objects.filter(person=gone).update(person=kept)
    for mine in Report.objects.filter(by=kept, settled_at=None):
        Report.objects.filter(by=gone, settled_at=None, question=mine.question_id, answer=mine.answer_id).delete()
    for model, column in [
        (Report, "by"), (Question, "author"), (Answer, "author"), (Answer, "removed_by"), (Moment, "author"),
        (Moment, "answered_by"),
    ]:  # fmt: skip
        model.objects.filter(**{column: gone}).update(**{column: kept})
