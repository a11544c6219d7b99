"""A PLG answers together, or each of its members alone."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from activity.journal import answered, record
from communities.models import Membership
from core.refusals import Refused
from participation.impact import asking
from participation.impact.actions.waves import changed, hold
from participation.impact.models import Answered, Response
from participation.impact.questions import HIGH, LOW, OF_PLG

KEYS = {question.key for question in OF_PLG}


@transaction.atomic
def begin_together(wave, *, by, people):
    """So many sit around the table. Beginning once more changes how many, and keeps what was answered."""
    wave = _hold_open(wave)
    if not wave.is_joint:
        raise Refused(_("These questions are answered one by one."))
    there = Membership.objects.seated().filter(community=wave.questionnaire.community_id, person__isnull=False)
    fields = {"people": people, "leaders": min(people, asking.leading(there.values("person")))}
    row, _made = Response.objects.update_or_create(
        wave=wave, is_joint=True, defaults=fields, create_defaults=fields | {"is_done": False}
    )
    return row


@transaction.atomic
def say(wave, *, question, value, low=None, high=None, text=None):
    """The common answer to one question; what was said before is replaced. No value: you skip it."""
    wave = _hold_open(wave)
    row = Response.objects.select_for_update().filter(wave=wave, is_joint=True).first()
    if row is None:
        raise Refused(_("Say first how many of you are here."))
    _refuse_wrong({question: value} if value is not None else {}, KEYS)
    for kept, what in ((row.answers, value), (row.spread, [low, high] if low is not None else None)):
        kept.pop(question, None)
        if what is not None:
            kept[question] = what
    if text is not None:
        row.text = text
    row.save(update_fields=["answers", "spread", "text"])
    return row


@transaction.atomic
def finish(wave, *, by):
    """The PLG is ready: its result is there at once. Until the last day it may still change an answer."""
    wave = _hold_open(wave)
    row = Response.objects.select_for_update().filter(wave=wave, is_joint=True).first()
    if row is None or not row.answers:
        raise Refused(_("Answer at least one question."))
    if not row.is_done:
        row.is_done = True
        row.save(update_fields=["is_done"])
        answered(asking.KIND, about=wave)
        record("impact.answered_together", by=by, about=wave, community=wave.questionnaire.community_id)
        changed(wave.questionnaire)
    return row


@transaction.atomic
def answer_alone(wave, *, by, key, answers, text=""):
    """What one member answers, kept without her. Answering a second time is refused: nobody knows which is hers."""
    wave = _hold_open(wave)
    if wave.is_joint:
        raise Refused(_("These questions are answered together, in a meeting."))
    _refuse_wrong(answers, KEYS)
    if not Answered.objects.get_or_create(wave=wave, person=by)[1]:
        raise Refused(_("You answered already. Your answers bear no name, so they cannot be changed."))
    _keep(Response(pk=key, wave=wave, answers=answers, text=text))
    answered(asking.KIND, about=wave, person=by)
    changed(wave.questionnaire)


def _keep(row):
    """Store a new response; a key that somebody used already is a sentence."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This form was sent already.")) from None


def _refuse_wrong(answers, keys):
    if set(answers) - set(keys) or any(not LOW <= value <= HIGH for value in answers.values()):
        raise Refused(_("Choose a figure from 1 to 5."))


def _hold_open(wave):
    wave = hold(wave)
    if reason := wave.why_not_answer:
        raise Refused(reason)
    return wave
