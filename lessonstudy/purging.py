"""What was noted of pupils goes after the term of the board; what the team learned stays, with a receipt of what went.

Gone: the pupils' codes and descriptions, what was predicted, seen and said, the photos, what was found of each, remarks
on the plans (they speak of who may do what), and class and place of the lesson. Kept: the question, the plans without
predictions, the outcome, who took part.
"""

from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from activity.journal import record
from communities.keeping import boards_of
from core.terms import keep_for
from lessonstudy import documents, plans, talking
from lessonstudy.models import (
    CasePupil,
    Change,
    Comment,
    Cycle,
    Discussion,
    Finding,
    Interpretation,
    Interview,
    Observation,
    Pattern,
    PlanVersion,
    Prediction,
    PurgeReceipt,
    ResearchLesson,
    Revision,
)
from organisations.terms import days_of as _days_of

TERM = "pupil_notes"


def days_of(community):
    """How long the notes of a cycle of this PLG are kept: as its strictest board says."""
    return _days_of(TERM, boards_of(community))


def clear_notes(over):
    """The notes of each cycle that is over its term: since it ended, or since its last step where it never did."""
    kept = Cycle.objects.filter(purged_at=None).annotate(over_since=Coalesce(F("ended_at"), F("state_since")))
    return sum(bool(purge(cycle)) for cycle in over(kept, "over_since", community="community"))


@transaction.atomic
def purge(cycle):
    """Throw away what was noted of pupils. Returns the receipt; None when that happened before."""
    cycle = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    if cycle.purged_at:
        return None
    lessons = ResearchLesson.objects.filter(cycle=cycle)
    counts = {"photos": _throw_photos(lessons), "sessions": talking.forget(lessons)}
    for name, rows in (
        ("interpretations", Interpretation.objects.filter(lesson__in=lessons)),
        ("patterns", Pattern.objects.filter(lesson__in=lessons)),
        ("observations", Observation.objects.filter(lesson__in=lessons)),
        ("interviews", Interview.objects.filter(lesson__in=lessons)),
        ("findings", Finding.objects.filter(discussion__lesson__in=lessons)),
        ("remarks", Comment.objects.filter(plan__cycle=cycle)),
        ("predictions", Prediction.objects.filter(stage__plan__cycle=cycle)),
        ("pupils", CasePupil.objects.filter(cycle=cycle)),
    ):
        counts[name] = rows.count()
        rows.delete()
    # Predictions stand in the documents as well, and in every change that made them
    Change.objects.filter(plan__cycle=cycle).delete()
    for plan in PlanVersion.objects.filter(cycle=cycle):
        _write_anew(plan)
    Discussion.objects.filter(lesson__in=lessons).update(teaching="", expert_says="")
    lessons.update(class_label="", school=None)
    cycle.purged_at = now()
    cycle.save(update_fields=["purged_at"])
    receipt = PurgeReceipt.objects.create(cycle=cycle, counts=counts)
    team = [row.person for row in cycle.members.guiding().filter(left_at=None).select_related("person")]
    record("lessonstudy.purged", about=cycle, tell=[each for each in team if each], community=cycle.community_id)
    return receipt


def _write_anew(plan):
    """The document of a plan without its past, for predictions stand in that: an open one goes on from its rows."""
    plan.document, plan.merged = b"", 0
    plan.save(update_fields=["document", "merged"])
    if plan.frozen_at:
        return
    stages = list(plan.stages.all())

    def write(document):
        for stage in stages:
            documents.add(document, stage.uid, stage.minutes)
            documents.write(document, stage.uid, {name: getattr(stage, name) for name in documents.FIELDS})

    plans.keep(plan, [(uuid4(), documents.change(documents.open_document(), write))])


def _throw_photos(lessons):
    photos = Observation.objects.filter(lesson__in=lessons).exclude(photo="")
    for row in photos:
        transaction.on_commit(lambda file=row.photo: file.storage.delete(file.name))
    return len(photos)


@transaction.atomic
def clear_of(community):
    """What a completed PLG made goes: its cycles, whole. What they shared lives in the KennisHub."""
    cycles = Cycle.objects.filter(community=community)
    for cycle in cycles.filter(purged_at=None):
        purge(cycle)
    Revision.objects.filter(lesson__cycle__in=cycles).delete()
    return cycles.delete()[0]


def register():
    """From `AppConfig.ready()`."""
    keep_for(
        TERM,
        title=_("What a Lesson Study team noted of pupils"),
        goes=_("Observations, photos, talks and predictions go; what the team learned stays. The team gets a receipt."),
        days=365,
        least=30,
        most=730,
        kept=_("It stays until %(term)s after the cycle ended."),
        clear=clear_notes,
    )
