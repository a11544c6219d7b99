"""Writing in a lesson plan together, and saying something about it.

A change of the text is no deed of its own in the journal: there are thousands, and each is kept in `Change`.
"""

import uuid
from functools import partial

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core import streams
from core.refusals import Refused
from lessonstudy import documents, plans
from lessonstudy.choices import Halt
from lessonstudy.models import Change, Comment

LARGEST_CHANGE = 400_000  # bytes
LARGEST_PLAN = 4_000_000
MOST_COMMENTS = 500


class Unfit(Refused):
    """What came is no change of this plan, or too large: sending it again makes no difference."""


class Fixed(Refused):
    """The plan stands as it is; what was typed goes elsewhere."""


def why_not_write(plan):
    """Why nobody writes in this plan now: it was fixed, or the cycle rests."""
    if plan.why_not_edit:
        return plan.why_not_edit
    if plan.cycle.halt == Halt.PAUSED:
        return _("This cycle is paused. Resume it first.")
    return "" if plan.cycle.is_active else _("This cycle is over. The plan stays as it is.")


@transaction.atomic
def push(plan, changes, *, by):
    """Keep changes (key, update) that a device sends. Those kept before are known by their keys, and count once."""
    plan = plans.hold(plan)
    known = dict(Change.objects.filter(key__in=[key for key, _update in changes]).values_list("key", "plan_id"))
    if any(owner != plan.pk for owner in known.values()):
        raise Unfit(_("This change belongs to another plan."))
    fresh = {key: update for key, update in changes if key not in known}
    if not fresh:
        return plan
    if reason := why_not_write(plan):
        raise Fixed(reason)
    waiting = list(plan.changes.filter(pk__gt=plan.merged).values_list("update", flat=True))
    document = documents.open_document(plan.document, *waiting)
    for key, update in fresh.items():
        _check(plan, update)
        try:
            fresh[key] = documents.tidy(update)
            documents.apply(document, update)
        except documents.Unreadable:
            raise Unfit(_("This change could not be read.")) from None
    plans.keep(plan, list(fresh.items()), by=by, document=document, waiting=len(waiting))
    return plan


def _check(plan, update):
    if len(update) > LARGEST_CHANGE:
        raise Unfit(_("This is too much text at once."))
    if len(plan.document) + len(update) > LARGEST_PLAN:
        raise Unfit(_("This plan is full. Begin a new version, or keep it shorter."))


def edit(plan, deed, *, by, seen=None):
    """Do something to the document from a form: against what its writer saw, so that what others wrote stays."""
    with transaction.atomic():
        held = plans.hold(plan)
        if reason := why_not_write(held):
            raise Fixed(reason)
        base = plans.document_of(held, upto=seen or None)
        update = documents.change(base, deed)
        return push(held, [(uuid.uuid4(), update)], by=by)


def write_stage(plan, uid, values, minutes, *, by, seen):
    """The fields of one stage, from a form."""

    def deed(document):
        documents.write(document, uid, values)
        if minutes is not None and minutes != _minutes(document, uid):
            documents.set_fact(document, uid, "minutes", float(minutes))

    return edit(plan, deed, by=by, seen=seen)


def _minutes(document, uid):
    staying, gone = documents.read(document)
    return next((part.minutes for part in staying + gone if part.uid == uid), None)


def add_stage(plan, *, by):
    """One more stage, at the end."""
    staying, _gone = documents.read(plans.document_of(plan))
    if len(staying) >= documents.MOST_STAGES:
        raise Refused(_("A lesson of so many parts cannot be given. Take some together."))
    return edit(plan, documents.add, by=by)


def move_stage(plan, uid, steps, *, by):
    """A stage up or down."""
    return edit(plan, partial(documents.move, uid=uid, by=steps), by=by)


def put_away(plan, uid, *, by, away=True):
    """Take a stage away; or bring it back, with all that stands in it."""
    return edit(plan, partial(documents.set_fact, uid=uid, what="gone", value=away), by=by)


def put_in(plan, uid, field, text, *, by):
    """Put a text in a field of a stage: a revision that rests on what was seen."""
    return edit(plan, partial(documents.write, uid=uid, values={field: text}), by=by)


# Remarks -----------------------------------------------------------------------------------------


@transaction.atomic
def comment(plan, text, *, by, stage_uid=None):
    """Say something about the plan or a stage of it."""
    if plan.comments.count() >= MOST_COMMENTS:
        raise Refused(_("There are very many remarks. Answer some first."))
    row = Comment.objects.create(plan=plan, stage_uid=stage_uid, author=by, text=text)
    record("lessonstudy.commented", by=by, about=plan.cycle, community=plan.cycle.community_id, plan=plan.number)
    _tell(plan, stage_uid)
    return row


def _tell(plan, stage_uid):
    streams.tell(plan.channel, f"remarks-{stage_uid or 'plan'}")


@transaction.atomic
def settle_comment(row, *, by, on=True):
    """A remark was answered in the plan; or not after all."""
    row.settled_at = now() if on else None
    row.save(update_fields=["settled_at"])
    record("lessonstudy.comment_settled", by=by, about=row.plan.cycle, community=row.plan.cycle.community_id)
    _tell(row.plan, row.stage_uid)


@transaction.atomic
def withdraw_comment(row, *, by):
    """Her own remark, away."""
    plan, stage_uid = row.plan, row.stage_uid
    row.delete()
    record("lessonstudy.comment_withdrawn", by=by, about=plan.cycle, community=plan.cycle.community_id)
    _tell(plan, stage_uid)
