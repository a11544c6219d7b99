"""What the page of a cycle and its guards look at, fetched at once: each part reads from it and asks nothing."""

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from lessonstudy.models import Assignment, Comment, Cycle, CycleMember, PlanVersion, ResearchLesson, Source


def _count(model, path, **which):
    """How many of these hang below a cycle, as one column of its row."""
    rows = model.objects.filter(**{path: OuterRef("pk")}, **which).order_by().values(path)
    return Coalesce(Subquery(rows.annotate(all=Count("*")).values("all")), 0)


def with_lessons(user):
    """Cycles with what hangs on them one to one, and their lessons."""
    lessons = ResearchLesson.objects.select_related("teacher", "chair", "recorder", "school", "discussion")
    rows = Cycle.objects.for_detail(user).select_related("plan", "charter", "outcome", "receipt")
    return rows.prefetch_related(Prefetch("lessons", lessons))


def with_all(user):
    """And with the team, the pupils, the plan, who observes, and how much else there is."""
    return (
        with_lessons(user)
        .prefetch_related(
            Prefetch("members", CycleMember.objects.select_related("person")),
            "pupils",
            "plan__stages",
            Prefetch("lessons__assignments", Assignment.objects.with_pupils()),
        )
        .annotate(
            count_sources=_count(Source, "cycle"),
            count_plans=_count(PlanVersion, "cycle"),
            count_remarks=_count(Comment, "plan__cycle", plan=OuterRef("plan"), settled_at=None),
        )
    )
