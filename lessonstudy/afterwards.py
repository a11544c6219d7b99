"""What comes after a lesson, among the rest: how its discussion is run, and its pages beside those of the cycle."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.meetings import circles, runnables
from lessonstudy import guards, registry, talking
from lessonstudy.choices import State

#: From this state on there is something to see of a lesson; before it the notes are closed.
WRITING = (State.REFLECTING, State.REPORTING, State.EFFECT, State.SHARING, State.DONE)


def register():
    """From `AppConfig.ready()`."""
    runnables.add("lessonstudy.discussion", talking.DISCUSSION)
    circles.add("lessonstudy", talking.circles_of)
    registry.tabs.add("discussion", discussion_tab)
    registry.tabs.add("matrix", matrix_tab)
    registry.tabs.add("outcome", outcome_tab)


def discussion_tab(cycle, user):
    lesson = guards.opened_lesson_of(cycle)
    url = lesson and reverse("lessonstudy:discussion", args=[lesson.pk])
    return {"url": url, "label": _("Discussion"), "order": 70} if lesson else None


def matrix_tab(cycle, user):
    lesson = guards.opened_lesson_of(cycle)
    url = lesson and reverse("lessonstudy:matrix", args=[lesson.pk])
    return {"url": url, "label": _("What we saw"), "order": 75} if lesson else None


def outcome_tab(cycle, user):
    """As soon as there is something to write, or to read."""
    if cycle.state not in WRITING:
        return None
    return {"url": reverse("lessonstudy:outcome", args=[cycle.pk]), "label": _("What we learned"), "order": 80}
