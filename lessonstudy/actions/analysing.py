"""Patterns, what facts mean, and what changes because of them. All of it cites notes; none of it changes one."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core import streams
from core.refusals import Refused
from core.text import one_line
from lessonstudy.actions import plans
from lessonstudy.actions.discussing import hold
from lessonstudy.models import Interpretation, Observation, Pattern, Revision, Stage

#: The columns of a part of the lesson that a change may be about.
FIELDS = ("teacher_does", "anticipated", "response", "look_for", "materials")


def _cited(lesson, notes):
    """These notes of this lesson. Raises Refused for any other."""
    wanted = {getattr(note, "pk", note) for note in notes}
    found = list(Observation.objects.filter(lesson=lesson, pk__in=wanted).standing())
    if len(found) != len(wanted):
        raise Refused(_("One of these notes is not of this lesson any more. Choose again."), "notes")
    return found


def _changed(lesson, by, kind):
    record(f"lessonstudy.{kind}", by=by, about=lesson, community=lesson.cycle.community_id)
    streams.tell(lesson.cycle.channel, "analysis")


def _words(text, field="text"):
    text = text.strip()
    if not text:
        raise Refused(_("Write something first."), field)
    return text


@transaction.atomic
def keep_pattern(lesson, *, by, title, text="", notes=(), pattern=None):
    """What comes back in several facts; with `pattern`, that one in other words."""
    lesson = hold(lesson)
    found = _cited(lesson, notes)
    pattern = pattern or Pattern(lesson=lesson, author=by)
    pattern.title, pattern.text = one_line(_words(title, "title"))[:140], text.strip()
    pattern.save()
    pattern.observations.set(found)
    _changed(lesson, by, "pattern_kept")
    return pattern


@transaction.atomic
def keep_thought(lesson, *, by, text, notes=(), thought=None):
    """What somebody thinks that facts mean. Whoever seconded other words than these, did not second these."""
    lesson = hold(lesson)
    found, words = _cited(lesson, notes), _words(text)
    thought = thought or Interpretation(lesson=lesson, author=by)
    if thought.pk and thought.text != words:
        thought.seconded_by.clear()
    thought.text = words
    thought.save()
    thought.observations.set(found)
    _changed(lesson, by, "thought_kept")
    return thought


@transaction.atomic
def second(thought, *, by):
    """I think so too; a second tap takes that back. Nobody seconds herself."""
    lesson = hold(thought.lesson_id)
    if thought.author_id == by.pk:
        raise Refused(_("This is your own thought."))
    if thought.seconded_by.filter(pk=by.pk).exists():
        thought.seconded_by.remove(by)
    else:
        thought.seconded_by.add(by)
    _changed(lesson, by, "thought_seconded")
    return thought


@transaction.atomic
def keep_revision(lesson, *, by, stage, becomes, field="teacher_does", notes=(), revision=None):
    """What the team changes in the plan. Raises Refused without at least one note that it rests on."""
    lesson = hold(lesson)
    if not notes:
        raise Refused(_("Choose at least one note: because what did you see do you change this?"), "notes")
    if revision and revision.put_in_at:
        raise Refused(_("This is in the plan already. Change it there."))
    found, words = _cited(lesson, notes), _words(becomes, "becomes")
    row = Stage.objects.filter(plan=lesson.plan_id, uid=stage).first()
    if row is None or field not in FIELDS:
        raise Refused(_("Choose the part of the lesson."), "stage")
    revision = revision or Revision(lesson=lesson, author=by)
    revision.stage_uid, revision.field, revision.was, revision.becomes = row.uid, field, getattr(row, field), words
    revision.save()
    revision.observations.set(found)
    _changed(lesson, by, "revision_kept")
    return revision


def why_not_put_in_next(revision, lesson):
    """Why this change cannot go into the plan of the next lesson now, or "". The plan of its cycle is fetched along."""
    cycle = lesson.cycle
    if revision.put_in_at:
        return _("This is in the plan already.")
    if cycle.plan_id is None or cycle.plan_id == lesson.plan_id or cycle.plan.frozen_at:
        return _("The plan of the next lesson opens when your facilitator chooses “Revise the lesson”.")
    return ""


@transaction.atomic
def put_in(revision, *, by):
    """Lay this change in the open plan of the next lesson. Once; its writers go on with it there."""
    lesson = hold(revision.lesson_id)
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    revision.lesson = lesson
    if reason := why_not_put_in_next(revision, lesson):
        raise Refused(reason)
    lay_in_plan(lesson.cycle.plan, revision, by=by)
    revision.put_in_at = now()
    revision.save(update_fields=["put_in_at"])
    _changed(lesson, by, "revision_put_in")
    return revision


def lay_in_plan(plan, revision, *, by):
    """The new words take the place of the old ones. What the team wrote there meanwhile stays before them."""
    stands = Stage.objects.filter(plan=plan, uid=revision.stage_uid).values_list(revision.field, flat=True).first()
    if stands is None:
        raise Refused(_("This part of the lesson is not in the new plan any more. Write the change there yourselves."))
    plans.put_in(plan, revision.stage_uid, revision.field, _renewed(stands, revision), by=by)


def _renewed(stands, revision):
    was = revision.was.strip()
    if not stands.strip() or stands.strip() == was:
        return revision.becomes
    if was and was in stands:
        return stands.replace(was, revision.becomes, 1)
    return f"{stands.rstrip()}\n{revision.becomes}"


@transaction.atomic
def remove(row, *, by):
    """Take back a pattern, a thought or a change that is not in the plan yet."""
    lesson = hold(row.lesson_id)
    if getattr(row, "put_in_at", None):
        raise Refused(_("This is in the plan already. Change it there."))
    row.delete()
    _changed(lesson, by, f"{row._meta.model_name}_removed")
