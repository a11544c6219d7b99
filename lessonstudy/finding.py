"""Cycles are found by who takes part in them: title, question and goal, never what was noted of a pupil."""

from django.utils.translation import gettext_lazy as _

from activity import references
from communities.search.registry import Kind, Record, Source, doors, kinds, sources
from lessonstudy.models import Cycle
from lessonstudy.rules import standing

CYCLE = "cycle"
TO_CHOOSE = 8


def door(cycle_id):
    """The door for who takes part in a cycle."""
    return f"y{cycle_id}"


def doors_of(user):
    """Those of her cycles."""
    return map(door, standing(user).takes_part)


def records(cycles):
    """One for each cycle."""
    for cycle in cycles:
        text = "\n".join(filter(None, [cycle.question, cycle.pupil_goal]))
        said = {"at": cycle.created_at, "title": cycle.title, "text": text}
        yield cycle.pk, Record(kind=CYCLE, object_id=cycle.pk, doors=[door(cycle.pk)], **said)


def _likely(user):
    """What she most likely writes about."""
    return list(Cycle.objects.allowing(user, "view").order_by("-state_since")[:TO_CHOOSE])


def register():
    """From `AppConfig.ready()`."""
    kinds.add(CYCLE, Kind(_("cycle"), "microscope", "lessonstudy:detail"))
    sources.add(CYCLE, Source(Cycle, Cycle.objects.all, records))
    doors.add("lessonstudy", doors_of)
    references.register("lessonstudy.cycle", _("A cycle"), icon="microscope", called=str, offers=_likely)
