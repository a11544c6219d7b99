"""The discussion after a lesson: it opens all notes, is run by the clock of meetings, and leaves findings."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.meetings.actions import running
from communities.meetings.models import RunSeat
from core import streams
from core.refusals import Refused
from core.text import of_the_house
from lessonstudy.choices import Halt, LessonState, State
from lessonstudy.models import Cycle, Discussion, Finding, ResearchLesson
from lessonstudy.talking import GAVE_THE_LESSON


@transaction.atomic
def open(lesson, *, by):  # noqa: A001 - reads as discussing.open()
    """From now on observers see each other's notes, and no fact changes any more. A second time changes nothing.

    Raises Refused for a lesson that was broken off: its notes stay void. The step `discuss` calls this.
    """
    lesson = ResearchLesson.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=lesson.pk)
    if lesson.state == LessonState.BROKEN_OFF:
        raise Refused(_("This lesson was broken off. Its notes stay closed."))
    if lesson.opened_at is None:
        lesson.opened_at = now()
        lesson.save(update_fields=["opened_at"])
    discussion, _made = Discussion.objects.get_or_create(lesson=lesson, defaults={"order": lesson.cycle.order})
    record("lessonstudy.opened", by=by, about=lesson, community=lesson.cycle.community_id)
    streams.tell(lesson.cycle.channel, "opened")
    return discussion


def hold(lesson):
    """The lesson with its cycle, the cycle locked. Raises Refused when nothing is written in it now."""
    lesson = ResearchLesson.objects.select_related("cycle").get(pk=getattr(lesson, "pk", lesson))
    lesson.cycle = Cycle.objects.select_for_update(of=("self",), no_key=True).get(pk=lesson.cycle_id)
    if reason := why_not_write(lesson):
        raise Refused(reason)
    return lesson


def why_not_write(lesson):
    """Why nothing can be added to what this lesson brought, or ""."""
    cycle = lesson.cycle
    if lesson.opened_at is None:
        return _("First the discussion opens: until then everybody keeps to what she saw.")
    if cycle.state == State.DONE:
        return _("This cycle is completed. Nothing can be added.")
    if cycle.halt == Halt.PAUSED:
        return _("This cycle is paused. Resume it first.")
    return _("This cycle was stopped.") if cycle.halt == Halt.STOPPED else ""


@transaction.atomic
def start(discussion, *, by):
    """Begin the session, or return the one that runs. Who gave the lesson has her role in it at once."""
    run = running.start(discussion, by=by)
    teacher = discussion.lesson.teacher_id
    if run.circle and teacher:
        with of_the_house():
            roles = [str(GAVE_THE_LESSON)]
        seat, _made = RunSeat.objects.get_or_create(run=run, person_id=teacher)
        if not seat.roles:
            seat.roles = roles
            seat.save(update_fields=["roles"])
    return run


def ended(discussion, *, by):
    """The session is over: the page of the discussion shows what its notes propose. Nothing is kept by itself."""
    cycle = discussion.lesson.cycle
    record("lessonstudy.discussed", by=by, about=discussion, community=cycle.community_id)
    streams.tell(cycle.channel, "discussion")


@transaction.atomic
def keep_finding(discussion, pupil, *, by, text, reached=None):
    """What the team found of one pupil; a second time replaces it."""
    lesson = hold(discussion.lesson_id)
    if pupil.cycle_id != lesson.cycle_id:
        raise Refused(_("This pupil is not one of this cycle."))
    if not text.strip():
        raise Refused(_("Write first what you found."), "text")
    fields = {"text": text.strip(), "reached": reached, "changed_by": by, "changed_at": now()}
    finding, _made = Finding.objects.update_or_create(discussion=discussion, pupil=pupil, defaults=fields)
    _changed(lesson, by, "finding")
    return finding


@transaction.atomic
def keep_words(discussion, *, by, teaching, expert_says):
    """What the team says of its teaching, and what the expert said."""
    lesson = hold(discussion.lesson_id)
    discussion = Discussion.objects.select_for_update().get(pk=discussion.pk)
    discussion.teaching, discussion.expert_says = teaching.strip(), expert_says.strip()
    discussion.save(update_fields=["teaching", "expert_says"])
    _changed(lesson, by, "words")
    return discussion


def _changed(lesson, by, what):
    record("lessonstudy.discussion_kept", by=by, about=lesson, community=lesson.cycle.community_id, what=what)
    streams.tell(lesson.cycle.channel, "discussion")
