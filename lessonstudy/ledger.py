"""Who gave or observed a research lesson has its minutes in the ledger of hours, read from the lesson alone."""

from datetime import datetime

from lessonstudy.choices import LessonState
from organisations import hours
from organisations.choices import HoursKind


def source(lesson_id):
    """Under which the hours of one lesson stand."""
    return f"lesson:{lesson_id}"


def minutes_of(lesson):
    """How long it was planned to take."""
    day = lesson.held_on
    return int((datetime.combine(day, lesson.ends) - datetime.combine(day, lesson.starts)).total_seconds() // 60)


def write(lesson):
    """After it was given, or somebody turned out to be absent: who was there has the minutes, who was not has none."""
    minutes = minutes_of(lesson) if lesson.state != LessonState.PLANNED else 0
    present = {lesson.teacher_id: minutes} if lesson.teacher_id else {}
    for row in lesson.assignments.exclude(observer=None):
        present[row.observer_id] = 0 if row.was_absent else minutes
    hours.write_all(
        hours.Entry(
            person_id=person, kind=HoursKind.CYCLE, minutes=length, held_on=lesson.held_on, source=source(lesson.pk),
            community_id=lesson.cycle.community_id,
        )
        for person, length in present.items()
    )  # fmt: skip
