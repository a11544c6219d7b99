"""What people hear of questions to their network, and of those with a film."""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.choices import Pace
from activity.kinds import register
from knowledgehub.questions.models import Answer, Moment, Question, Report
from organisations.rules import standing


def connects(person):
    return bool(standing(person).connects)


def settles(person):
    return connects(person) or standing(person).is_platform_admin


def a_question():
    """(about, facts) for the previews."""
    return Question.objects.select_related("author", "network").order_by("pk").first(), {}


def an_answer():
    return Answer.objects.select_related("question", "author").order_by("pk").first(), {}


def a_moment():
    return Moment.objects.select_related("version__resource", "author", "answered_by").order_by("pk").first(), {}


def a_report():
    row = a_question()[0]
    return row and Report(pk=0, question=row, by=row.author, reason="Hier staat de naam van een kind."), {}


register(
    "questions.asked", _("somebody asks a network that I connect"), pace=Pace.LETTER,
    related=("author", "network"), concerns=connects, sample=a_question,
)  # fmt: skip
register(
    "questions.answered", _("somebody answers a question that I follow"), pace=Pace.LETTER,
    related=("question", "author"), sample=an_answer, still_right=lambda delivery, about, person: not about.removed_at,
    because=lambda about, person, facts: _now("because you follow this question"),
)  # fmt: skip
register(
    "questions.accepted", _("my answer to a question helped"), pace=Pace.LETTER, related=("question", "author"),
    sample=an_answer,
)  # fmt: skip
register(
    "questions.promoted", _("a question of mine becomes a resource"), pace=Pace.LETTER,
    related=("author", "network", "resource"), sample=a_question,
)  # fmt: skip
register(
    "questions.reported", _("somebody reports a question to me"), related=("question", "by"), concerns=settles,
    sample=a_report, power="settle",
)  # fmt: skip
register(
    "questions.asked_at", _("somebody asks something about a film that I made"), pace=Pace.LETTER,
    related=("version__resource", "author"), sample=a_moment,
)  # fmt: skip
register(
    "questions.answered_at", _("the makers of a film answer me"), pace=Pace.LETTER,
    related=("version__resource", "answered_by"), sample=a_moment,
)  # fmt: skip
