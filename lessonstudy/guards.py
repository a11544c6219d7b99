"""What must be so before a step: each returns a sentence for the reader, or "" when it is so."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lessonstudy.choices import Answer, Cover, LessonState, State
from lessonstudy.models import Prediction

SMALLEST_TEAM = 3
SOON = timedelta(hours=24)
#: What is ticked before an outcome leaves the team; its labels stand in `forms`.
CHECKLIST = ("names", "class", "photos", "work", "recognisable")
PUPIL_WORDS = ("leerling", "kind", "pupil", "child", "student", "kleuter", "klas")


def lesson_of(cycle):
    """The research lesson of this round that was not broken off, or None."""
    return next((each for each in cycle.lessons.all() if _stands(each, cycle)), None)


def opened_lesson_of(cycle):
    """The last lesson whose discussion opened, or None."""
    opened = [each for each in cycle.lessons.all() if each.is_open and each.state != LessonState.BROKEN_OFF]
    return max(opened, key=lambda each: each.round, default=None)


def _stands(lesson, cycle):
    return lesson.round == cycle.round and lesson.state != LessonState.BROKEN_OFF


def team_is_large_enough(cycle):
    """Three people see more than two (Dudley: three to six teachers)."""
    count = len(cycle.team)
    if count >= SMALLEST_TEAM:
        return ""
    sentence = ngettext(
        "There is %(count)d person in the team; three is the least.",
        "There are %(count)d people in the team; three is the least.",
        count,
    )
    return sentence % {"count": count}


def charter_is_accepted(cycle):
    if not hasattr(cycle, "charter"):
        return _("You did not write yet what you agree with each other.")
    names = ", ".join(str(member.person) for member in cycle.team if member.charter_accepted_at is None)
    return _("Not everybody agrees with the charter yet: %(names)s.") % {"names": names} if names else ""


def question_is_about_pupils(cycle):
    if not cycle.question.strip():
        return _("There is no research question yet.")
    if not any(word in cycle.question.lower() for word in PUPIL_WORDS):
        return _("The question says nothing of pupils. What do you want to see them learn?")
    return ""


def has_sources(cycle):
    if cycle.own_practice or cycle.sources.exists():
        return ""
    return _("There is no source yet. Add one, or tick that you begin with your own practice.")


def plan_has_stages(cycle):
    if cycle.plan_id and cycle.plan.stages.all():
        return ""
    return _("There is no part of the lesson in the plan yet.")


def _without(cycle, pks):
    """The case pupils who are not among these."""
    pks = set(pks)
    return [pupil for pupil in cycle.followed if pupil.pk not in pks]


def _codes(pupils):
    return ", ".join(pupil.code for pupil in pupils)


def pupils_are_described(cycle):
    pupils = cycle.followed
    if not pupils:
        return _("There are no case pupils yet.")
    bare = [each for each in pupils if not each.start.strip() or not each.target.strip()]
    return _("Say what they can do now and after the lesson: %(codes)s.") % {"codes": _codes(bare)} if bare else ""


def pupils_have_predictions(cycle):
    rows = Prediction.objects.filter(stage__plan=cycle.plan_id).exclude(expected="")
    bare = _without(cycle, rows.values_list("pupil", flat=True))
    return _("There is no prediction yet for: %(codes)s.") % {"codes": _codes(bare)} if bare else ""


def pupils_are_observed(cycle):
    lesson = lesson_of(cycle)
    seen = [pupil.pk for each in lesson.observers for pupil in each.pupils.all()] if lesson else []
    bare = _without(cycle, seen)
    return _("Nobody observes yet: %(codes)s.") % {"codes": _codes(bare)} if bare else ""


def lesson_is_arranged(cycle):
    lesson = lesson_of(cycle)
    if lesson is None:
        return _("There is no date for the lesson yet.")
    if lesson.teacher_id is None:
        return _("You did not choose yet who gives the lesson.")
    return "" if lesson.chair_id else _("You did not choose yet who leads the discussion.")


def cover_is_arranged(cycle):
    lesson = lesson_of(cycle)
    if lesson is None or lesson.cover != Cover.OPEN:
        return ""
    return _("It is not arranged yet who looks after the classes of the observers.")


def parents_are_informed(cycle):
    """Consent: no camera before parents know of it."""
    lesson = lesson_of(cycle)
    if lesson is None or not lesson.is_filmed or lesson.parents_informed_on:
        return ""
    return _("The lesson is filmed, but the parents were not informed yet.")


def lesson_has_begun(cycle):
    lesson = lesson_of(cycle)
    if lesson is None:
        return _("There is no date for the lesson yet.")
    return "" if lesson.began_at or lesson.starts_at <= now() else _("The lesson has not begun yet.")


def observers_handed_in(cycle):
    lesson = lesson_of(cycle)
    if lesson is None:
        return ""
    names = ", ".join(str(each.observer) for each in lesson.observers if each.is_waited_for)
    return _("Not handed in yet: %(names)s.") % {"names": names} if names else ""


def pupils_were_heard(cycle):
    lesson = lesson_of(cycle)
    bare = _without(cycle, lesson.interviews.values_list("pupil", flat=True) if lesson else [])
    sentence = _("Nobody wrote down a talk with: %(codes)s, or why there was none.")
    return sentence % {"codes": _codes(bare)} if bare else ""


def discussed_within_a_day(cycle):
    lesson = lesson_of(cycle)
    if lesson is None or (lesson.ended_at or lesson.starts_at) + SOON > now():
        return ""
    return _("The lesson was more than a day ago. What you remember fades: look at the notes first.")


def finding_per_pupil(cycle):
    lesson = lesson_of(cycle)
    found = lesson.discussion.findings.values_list("pupil", flat=True) if _is_discussed(lesson) else []
    bare = _without(cycle, found)
    return _("You did not write yet what you found of: %(codes)s.") % {"codes": _codes(bare)} if bare else ""


def _is_discussed(lesson):
    return lesson is not None and hasattr(lesson, "discussion")


def revision_with_evidence(cycle):
    lesson = lesson_of(cycle)
    if lesson and lesson.revisions.filter(observations__isnull=False).exists():
        return ""
    return _("There is no change yet that rests on something you saw.")


def was_last_round(cycle):
    if cycle.round >= cycle.rounds:
        return ""
    return _("You meant to give the lesson once more.")


def phase_is_written(cycle):
    """Of an inquiry: something stands under every heading of this phase."""
    from lessonstudy.steps import HEADINGS

    if cycle.state == State.AIMING and not cycle.question.strip():
        return _("There is no research question yet.")
    headings = HEADINGS.get((cycle.template, cycle.state), ())
    written = set(cycle.texts.exclude(text="").values_list("heading", flat=True))
    bare = [str(label) for key, label in headings if key not in written]
    return _("Nothing was written yet under: %(headings)s.") % {"headings": ", ".join(bare)} if bare else ""


def _outcome(cycle):
    return getattr(cycle, "outcome", None)


def outcome_is_complete(cycle):
    outcome = _outcome(cycle)
    if outcome and outcome.pupils_learned.strip() and outcome.teachers_learned.strip() and outcome.limits.strip():
        return ""
    return _("Write first what pupils learned, what you learned, and what you do not know yet.")


def outcome_is_checked(cycle):
    """De-identification: everything on the list was looked at."""
    outcome = _outcome(cycle)
    if outcome and all(outcome.checked.get(key) for key in CHECKLIST):
        return ""
    return _("Look first whether pupils and colleagues can be recognised, line by line.")


def all_agreed(cycle):
    outcome = _outcome(cycle)
    if outcome is None or outcome.asked_at is None:
        return _("The team was not asked yet.")
    yes = outcome.approvals.filter(answer__in=[Answer.YES, Answer.SILENT]).values("member")
    waiting = cycle.members.team().exclude(pk__in=yes).select_related("person")
    names = ", ".join(str(member.person) for member in waiting)
    return _("Not everybody agreed yet: %(names)s.") % {"names": names} if names else ""
