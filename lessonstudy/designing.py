"""The lesson plan on the page of its cycle."""

from django.utils.translation import gettext as _

from core.links import address
from lessonstudy import registry


def tab(cycle, user):
    """The plan of now, beside the other pages of a cycle."""
    if not cycle.has_lessons or not cycle.plan_id:
        return None
    return {"url": address("lessonstudy:plan_now", cycle.pk), "label": _("Lesson plan"), "order": 30}


def part(cycle, user):
    """What there is of a plan: how long the lesson takes, its versions, remarks that wait."""
    if not cycle.has_lessons or not cycle.plan_id:
        return None
    stages = cycle.plan.stages.all()
    context = {
        "now": cycle.plan,
        "versions": cycle.count_plans,
        "count": len(stages),
        "minutes": sum(stage.minutes for stage in stages),
        "remarks": cycle.count_remarks,
    }
    return "lessonstudy/parts/plan.html", context


def register():
    """From `AppConfig.ready()`."""
    registry.tabs.add("plan", tab)
    registry.parts.add("plan", registry.Part(part, order=30))
