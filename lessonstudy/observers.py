"""What the pages of a cycle and of a lesson show of observing: the way in, who is ready, who handed in."""

from lessonstudy import guards, registry
from lessonstudy.choices import LessonState, State
from lessonstudy.rules import standing


def of_lesson(lesson, user):
    """On the page of a lesson, until its discussion opens."""
    if lesson.is_open or lesson.state == LessonState.BROKEN_OFF:
        return None
    rows = lesson.observers
    mine = next((row for row in rows if row.observer_id == user.pk), None)
    may_observe = mine is not None or lesson.cycle_id in standing(user).works_on
    if not may_observe:
        return None
    handed_in = [row for row in rows if row.handed_in_at or row.was_absent]
    context = {
        "lesson": lesson,
        "mine": mine,
        "codes": ", ".join(pupil.code for pupil in mine.pupils.all()) if mine else "",
        "expected": len(rows),
        "handed_in": len(handed_in),
        "may_assign": lesson.cycle_id in standing(user).guides or lesson.chair_id == user.pk,
    }
    return "lessonstudy/parts/observing.html", context


def of_cycle(cycle, user):
    """On the page of a cycle whose plan is fixed, or whose lesson was just given."""
    if cycle.state not in (State.READY, State.GIVEN):
        return None
    lesson = guards.lesson_of(cycle)
    return of_lesson(lesson, user) if lesson else None


def register():
    """From `AppConfig.ready()`."""
    registry.parts.add("observing", registry.Part(of_cycle, 15))
    registry.lesson_parts.add("observing", registry.Part(of_lesson, 15))
