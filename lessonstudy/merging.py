"""Two accounts become one, and a school goes up into another: what of a cycle goes along."""

from django.utils.timezone import now

from lessonstudy.models import (
    Assignment,
    Change,
    Charter,
    Comment,
    Cycle,
    CycleMember,
    Finding,
    Interpretation,
    Interview,
    Move,
    Observation,
    Outcome,
    Pattern,
    PhaseText,
    PlanVersion,
    ResearchLesson,
    Revision,
    Source,
)
from organisations.models import School

#: Of these one a person: (model, column, beside what); where both have one, the row of the kept account stands.
ONCE = (
    (CycleMember, "person", "cycle"),
    (Assignment, "observer", "lesson"),
    (Interpretation.seconded_by.through, "user", "interpretation"),
)
MANY = (
    (Cycle, "created_by"),
    (Charter, "changed_by"),
    (Move, "by"),
    (Source, "added_by"),
    (PhaseText, "changed_by"),
    (PlanVersion, "frozen_by"),
    (Change, "by"),
    (Comment, "author"),
    (ResearchLesson, "teacher"),
    (ResearchLesson, "chair"),
    (ResearchLesson, "recorder"),
    (Observation, "observer"),
    (Interview, "by"),
    (Finding, "changed_by"),
    (Pattern, "author"),
    (Interpretation, "author"),
    (Revision, "author"),
    (Outcome, "changed_by"),
)


def merge(kept, gone):
    """From `core.registry.merges`."""
    for model, column, beside in ONCE:
        already = model.objects.filter(**{column: kept}).values(beside)
        model.objects.filter(**{column: gone}).exclude(**{f"{beside}__in": already}).update(**{column: kept})
        model.objects.filter(**{column: gone}).delete()
    for model, column in MANY:
        model._base_manager.filter(**{column: gone}).update(**{column: kept})


def school_went_up(gone, into):
    """Lessons to come are at the school that stays. From `core.registry.mergers`."""
    if isinstance(gone, School):
        ResearchLesson.objects.filter(school=gone, starts_at__gt=now()).update(school=into)
