"""What who was there thought of it: when that is asked, and how much of it may be read, by whom.

As decision 15 holds it: who answered and what was answered share no key and no moment; nothing is read as long as
somebody can still answer, and after that nobody can, so that no two results can be laid beside each other. An average
stands there from five answers to that one question on, and never that it is the highest or lowest there is; what people
wrote is read from ten answers on.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.formats import number_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.attending import given_by
from events.choices import QuestionKind, QuestionOf, SessionKind
from events.models import Answer, Session

DAYS = 14
#: Who sends her answers at the last moment is counted before anybody reads a result.
GRACE = timedelta(hours=1)
FEWEST, FEWEST_TEXTS = 5, 10
LOW, HIGH = 1, 5
EDGE = 0.2  # so far from an end lies the average of five, of whom one says otherwise
TENTH = 10
MARKS = [
    (1, pgettext_lazy("answer from 1 to 5", "no")), (2, pgettext_lazy("answer from 1 to 5", "hardly")),
    (3, pgettext_lazy("answer from 1 to 5", "a little")), (4, pgettext_lazy("answer from 1 to 5", "yes")),
    (5, pgettext_lazy("answer from 1 to 5", "very much")),
]  # fmt: skip
WORTH = gettext_lazy("Was it worth your time?")


def closes_at(event):
    """Until when one can answer; None as long as nothing is asked."""
    return event.rounded_off_at and event.rounded_off_at + timedelta(days=DAYS)


def is_open(event):
    return bool(event.rounded_off_at) and now() < closes_at(event)


def reads_from(event):
    """From when a result is shown, once and for all."""
    return event.rounded_off_at and closes_at(event) + GRACE


def why_not_answer(event):
    """Why nobody can answer now, or ""."""
    if event.rounded_off_at is None:
        return _("The event is not over yet. Afterwards we ask what you thought of it.")
    return "" if is_open(event) else _("The evaluation is closed.")


def why_not_read(event):
    """Why nobody reads a result now, or ""."""
    if event.rounded_off_at is None:
        return _("The event is not over yet. Afterwards who was there is asked what she thought of it.")
    if now() < reads_from(event):
        return _("People can still answer. You see the result when the evaluation is closed, and not before.")
    return ""


@dataclass(frozen=True)
class Line:
    """One question: an average, or how often each answer was chosen. Without either, too few answered it."""

    label: str
    people: int
    mean: float | None = None
    shares: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    is_text: bool = False

    @property
    def shown(self):
        """Where its dot stands: never at an end, for then it would be known of each."""
        return None if self.mean is None else min(max(self.mean, LOW + EDGE), HIGH - EDGE)

    @property
    def figure(self):
        if self.mean is None:
            return ""
        figure = number_format(round(self.shown, 1), 1)
        if self.mean >= HIGH - EDGE:
            return _("%(figure)s or more") % {"figure": figure}
        return _("%(figure)s or less") % {"figure": figure} if self.mean <= LOW + EDGE else figure


@dataclass
class Result:
    """Of the event (no session) or of one session."""

    title: str
    people: int
    lines: list = field(default_factory=list)

    @property
    def is_shown(self):
        return self.people >= FEWEST


def of_event(event):
    """What was said of the whole day. Only once `why_not_read` is silent."""
    rows = list(Answer.objects.filter(event=event, session=None))
    result = Result(event.title, len(rows))
    if not result.is_shown:
        return result
    asked = event.questions.filter(of=QuestionOf.EVALUATION)
    result.lines = [
        _figure(WORTH, [row.worth for row in rows]),
        *(_of_question(each, [row.answers.get(str(each.pk)) for row in rows]) for each in asked),
        _texts(_("What do you take along?"), [row.takes_along for row in rows], len(rows)),
        _texts(_("What could be better?"), [row.better for row in rows], len(rows)),
    ]
    return result


def of_sessions(event, only_of=None):
    """What was said of each session; `only_of`: of those that this person gives. Two queries, and those of speakers."""
    rows = sessions_of(event)
    said = {}
    for row in Answer.objects.filter(event=event, session__isnull=False):
        said.setdefault(row.session_id, []).append(row)
    found = []
    for session in rows:
        if only_of is not None and only_of.pk not in given_by(session):
            continue
        answers = said.get(session.pk, [])
        result = Result(session.title, len(answers))
        if result.is_shown:
            result.lines = [
                _figure(WORTH, [row.worth for row in answers]),
                _texts(_("A word for who gave it"), [row.better for row in answers], len(answers)),
            ]
        found.append(result)
    return found


def sessions_of(event):
    """The sessions of which something is asked, in the order of the programme, each with who gives it."""
    rows = Session.objects.filter(event=event, is_cancelled=False, slot__isnull=False).exclude(kind=SessionKind.BREAK)
    return rows.prefetch_related("speakers", "contribution__authors").order_by("slot__held_on", "slot__starts", "pk")


def gives_one(event, user):
    """Does she give a session here?"""
    return any(user.pk in given_by(session) for session in sessions_of(event))


def _figure(label, values):
    said = [value for value in values if value is not None]
    mean = sum(said) / len(said) if len(said) >= FEWEST else None
    return Line(label, len(said), mean)


def _texts(label, values, people):
    """What people wrote, in the order of the alphabet, so that the order says nothing."""
    said = sorted((value.strip() for value in values if value and value.strip()), key=str.casefold)
    return Line(label, len(said), texts=said if people >= FEWEST_TEXTS else [], is_text=True)


def _of_question(question, values):
    said = [value for value in values if value not in (None, "", [])]
    if question.kind == QuestionKind.TEXT:
        return _texts(question.label, said, len(values))
    if question.kind == QuestionKind.SCALE:
        return _figure(question.label, [int(value) for value in said])
    if question.kind == QuestionKind.YES:  # who leaves it open says no
        return _shares(question.label, [[_("yes")] if value else [_("no")] for value in values], [_("yes"), _("no")])
    chosen = [value if isinstance(value, list) else [value] for value in said]
    return _shares(question.label, chosen, question.options)


def _shares(label, chosen, options):
    """How many of ten chose it; "all" and "nobody" are not said, for they would be of each."""
    if len(chosen) < FEWEST:
        return Line(label, len(chosen))
    counted = Counter(each for answer in chosen for each in set(answer))
    found = []
    for option in options:
        tenths = round(TENTH * counted[option] / len(chosen))
        words = _("%(n)d of 10 people") % {"n": min(max(tenths, 1), TENTH - 1)}
        if tenths <= 1:
            words = _("1 of 10 people or fewer")
        elif tenths >= TENTH - 1:
            words = _("9 of 10 people or more")
        found.append((option, words, min(max(tenths, 1), TENTH - 1)))
    return Line(label, len(chosen), shares=found)
