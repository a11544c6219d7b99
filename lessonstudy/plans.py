"""A lesson plan between its document and its rows.

As long as a plan is open its document is the truth, and each change that arrives is read into rows of Stage and
Prediction in the same transaction: guards, the matrix and paper ask rows and always find what stands there.
"""

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from core import streams
from lessonstudy import documents
from lessonstudy.models import CasePupil, Change, PlanVersion, Prediction, Stage

MERGE_EVERY = 60  # changes that may wait beside the merged document
FRESH_STAGES = 3


# Its life ----------------------------------------------------------------------------------------


@transaction.atomic
def open_for(cycle, by=None):
    """The plan in which this team writes: the open one there is, or the first, with a few empty stages."""
    standing = cycle.plans.filter(frozen_at=None).order_by("number").last()
    if standing:
        return standing
    plan = PlanVersion.objects.create(cycle=cycle, number=_next_number(cycle), round=cycle.round)

    def begin(document):
        for _each in range(FRESH_STAGES):
            documents.add(document)

    document = documents.open_document()
    keep(plan, [(uuid.uuid4(), documents.change(document, begin))], by=by)
    return plan


@transaction.atomic
def freeze(plan, by):
    """Fix a plan for the lesson: from here on it stays as it is. Its rows say what its document says."""
    plan = hold(plan)
    if plan.frozen_at is None:
        merge(plan)
        fill(plan)
        plan.frozen_at, plan.frozen_by = now(), by
        plan.save(update_fields=["frozen_at", "frozen_by"])
        streams.tell(plan.channel, "frozen")
    return plan


@transaction.atomic
def copy(plan, number_of_round, by=None, summary=""):
    """The next version of a plan: the same document under a new number, open again. Names of stages stay the same.

    What somebody wrote on her device after the old one was frozen fits in the new one, letter by letter.
    """
    plan = hold(plan)
    standing = plan.cycle.plans.filter(frozen_at=None).order_by("number").last()
    if standing:
        return standing
    merge(plan)
    fresh = PlanVersion.objects.create(
        cycle_id=plan.cycle_id, parent=plan, number=_next_number(plan.cycle), round=number_of_round,
        summary=summary[:500],
    )  # fmt: skip
    keep(fresh, [(uuid.uuid4(), plan.document)], by=by)
    streams.tell(plan.channel, "frozen")
    return fresh


def _next_number(cycle):
    return (cycle.plans.aggregate(last=Max("number"))["last"] or 0) + 1


def next_open(plan):
    """The version in which the team writes now, when it is not this one."""
    rows = PlanVersion.objects.filter(cycle=plan.cycle_id, number__gt=plan.number, frozen_at=None)
    return rows.order_by("number").last()


# Its document ------------------------------------------------------------------------------------


def hold(plan):
    """The plan, locked: who writes in it comes one after the other, so that a later change has a higher number."""
    plan = PlanVersion.objects.select_for_update(of=["self"]).select_related("cycle").get(pk=plan.pk)
    if not plan.merged and not plan.changes.exists() and plan.stages.exists():
        write_down(plan)
    return plan


def write_down(plan, by=None):
    """The first change of a plan whose rows were laid by hand: a demo, an import."""

    def deed(document):
        for n, stage in enumerate(plan.stages.prefetch_related("predictions"), start=1):
            documents.set_fact(document, stage.uid, "order", n * documents.STEP)
            documents.set_fact(document, stage.uid, "minutes", float(stage.minutes))
            texts = {name: getattr(stage, name) for name in documents.FIELDS}
            for row in stage.predictions.all():
                texts |= {f"{row.pupil_id}/{name}": getattr(row, name) for name in documents.OF_PUPIL}
            documents.write(document, stage.uid, texts)

    update = documents.change(documents.open_document(), deed)
    Change.objects.create(plan=plan, key=uuid.uuid4(), update=update, by=by)
    merge(plan)


def document_of(plan, upto=None):
    """The document as it stands, or as it stood at a change."""
    if upto is None or upto >= plan.merged:
        rows = plan.changes.filter(pk__gt=plan.merged)
        beginning = [plan.document]
    else:
        rows, beginning = plan.changes.all(), []
    if upto is not None:
        rows = rows.filter(pk__lte=upto)
    return documents.open_document(*beginning, *rows.values_list("update", flat=True))


def keep(plan, changes, by=None, document=None, waiting=0):
    """Store changes (key, update) of a plan that is held, and read its rows anew.

    `document` has them already; `waiting` says how many stood beside the merged document before them.
    """
    rows = Change.objects.bulk_create([Change(plan=plan, key=key, update=update, by=by) for key, update in changes])
    if waiting + len(rows) > MERGE_EVERY:
        merge(plan)
    fill(plan, document)
    streams.tell(plan.channel, f"at-{rows[-1].pk}")


def last(plan):
    """The number of its last change."""
    return plan.changes.aggregate(last=Max("pk"))["last"] or 0


def merge(plan):
    """Bring what waits into the merged document. The changes stay: a text is merged against what its writer saw."""
    rows = list(plan.changes.filter(pk__gt=plan.merged).values_list("pk", "update"))
    if rows:
        plan.document = documents.merged(plan.document, *(update for _pk, update in rows))
        plan.merged = rows[-1][0]
        plan.save(update_fields=["document", "merged"])


def since(plan, number):
    """All changes after this one as a single change, and the number up to which they go."""
    rows = plan.changes.filter(pk__gt=number)
    beginning = []
    if number < plan.merged and number == 0:
        rows, beginning = plan.changes.filter(pk__gt=plan.merged), [plan.document]
    rows = list(rows.values_list("pk", "update"))
    upto = rows[-1][0] if rows else max(number, plan.merged if beginning else 0)
    return documents.merged(*beginning, *(update for _pk, update in rows)), upto


# Its rows ----------------------------------------------------------------------------------------


def fill(plan, document=None):
    """Let the rows say what the document says. Writes only what differs."""
    document = document or document_of(plan)
    pupils = list(CasePupil.objects.filter(cycle=plan.cycle_id).values_list("pk", flat=True))
    staying, _gone = documents.read(document, pupils)
    stages = _fill_stages(plan, staying)
    _fill_predictions(plan, staying, stages)


def _fill_stages(plan, parts):
    stages = {stage.uid: stage for stage in plan.stages.all()}
    had = dict(stages)
    fresh, changed = [], []
    for order, part in enumerate(parts):
        values = {"order": order, "minutes": part.minutes, **part.texts}
        stage = had.pop(part.uid, None)
        if stage is None:
            fresh.append(Stage(plan=plan, uid=part.uid, **values))
        elif any(getattr(stage, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(stage, name, value)
            changed.append(stage)
    if had:
        Stage.objects.filter(pk__in=[stage.pk for stage in had.values()]).delete()
    if fresh:
        Stage.objects.bulk_create(fresh)
    if changed:
        Stage.objects.bulk_update(changed, ["order", "minutes", *documents.FIELDS])
    return stages | {stage.uid: stage for stage in fresh}


def _fill_predictions(plan, parts, stages):
    had = {(row.stage_id, row.pupil_id): row for row in Prediction.objects.filter(stage__plan=plan)}
    fresh, changed = [], []
    for part in parts:
        for pupil, said in part.predictions.items():
            row = had.pop((stages[part.uid].pk, pupil), None)
            if row is None and any(said.values()):
                fresh.append(Prediction(stage=stages[part.uid], pupil_id=pupil, **said))
            elif row is not None and not any(said.values()):
                had[row.stage_id, pupil] = row
            elif row is not None and any(getattr(row, name) != value for name, value in said.items()):
                row.expected, row.seen_by = said["expected"], said["seen_by"]
                changed.append(row)
    if had:
        Prediction.objects.filter(pk__in=[row.pk for row in had.values()]).delete()
    if fresh:
        Prediction.objects.bulk_create(fresh)
    if changed:
        Prediction.objects.bulk_update(changed, documents.OF_PUPIL)
