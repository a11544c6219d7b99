"""What people hear of a cycle; each part has its lines here."""

from django.utils.translation import gettext_lazy as _

from activity.kinds import register, register_ask
from lessonstudy import calendar
from lessonstudy.models import Cycle, Outcome, ResearchLesson

# The cycle itself --------------------------------------------------------------------------------


def a_cycle():
    """(about, facts) for the previews."""
    return Cycle.objects.select_related("community").order_by("pk").first(), {}


def a_move():
    """The same, after a step."""
    return a_cycle()[0], {"verb": "discuss", "state": "discussing", "reason": ""}


def a_lesson():
    """A lesson with its cycle."""
    return ResearchLesson.objects.select_related("cycle__community", "teacher").order_by("pk").first(), {}


register("lessonstudy.joined", _("I am asked to take part in a cycle"), related=("community",), sample=a_cycle)
register(
    "lessonstudy.handed_over", _("I guide a cycle from now on"), related=("community",), sample=a_cycle,
)  # fmt: skip
register("lessonstudy.moved", _("a cycle of mine takes a step"), related=("community",), sample=a_move)
register(
    "lessonstudy.halted", _("a cycle of mine is paused, stopped or goes on"), related=("community",), sample=a_move
)
register(
    "lessonstudy.arranged", _("a research lesson has a date, or another one"), wait=False,
    related=("cycle__community", "school"), attachments=calendar.attachments, sample=a_lesson,
)  # fmt: skip
register(
    "lessonstudy.purged", _("what was noted of pupils in a cycle of mine was thrown away"), related=("community",),
    sample=a_cycle,
)  # fmt: skip
register_ask("lessonstudy.accept", icon="signature", related=("community",), sample=a_cycle)

# The plan -----------------------------------------------------------------------------------------

# Observing ----------------------------------------------------------------------------------------


def a_late_note():
    """(about, facts) for the previews."""
    return a_lesson()[0], {"count": 2}


register(
    "lessonstudy.came_late", _("observations come in after I began to discuss them"), related=("cycle__community",),
    sample=a_late_note,
)  # fmt: skip

# Discussion and outcome ---------------------------------------------------------------------------


def an_outcome():
    """(about, facts) for the previews."""
    return Outcome.objects.select_related("cycle__community").order_by("pk").first(), {}


register_ask("lessonstudy.approve", icon="signature", related=("cycle__community",), sample=an_outcome)
register(
    "lessonstudy.all_agreed", _("my whole team agrees with an outcome"), power="guide",
    related=("cycle__community",), sample=an_outcome,
)  # fmt: skip
