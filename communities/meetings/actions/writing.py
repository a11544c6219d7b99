"""What is written down during a session: each line a row of its own, so that several who write lose nothing.

The key of a line is made on the writer's device: what is sent twice, because the first answer never came, is
written once. What was typed while the line was down arrives later, even when the session is over by then.
"""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.meetings import runnables
from communities.meetings.actions import action_points
from communities.meetings.choices import ActionKind, LineKind
from communities.meetings.models import LONGEST_LINE, ActionPoint, Line, Meeting, Run, RunStep
from core import streams
from core.refusals import Refused

ARRIVES_UNTIL = timedelta(days=2)  # after the end: a phone that was off all evening


def _clean(text):
    """The words without blanks around them. Refused when there are none, or too many."""
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise Refused(_("Write something first."), field="text")
    if len(text) > LONGEST_LINE:
        sentence = _("This is %(length)d characters; at most %(most)d fit. Cut it in two.")
        raise Refused(sentence % {"length": len(text), "most": LONGEST_LINE}, field="text")
    return text


def _open(run):
    """The session as it is. Refused when it is over too long, or its PLG is completed."""
    run = Run.objects.select_related("community").get(pk=run.pk)
    if reason := run.community.why_not_add:
        raise Refused(reason)
    if not run.is_running and now() - run.ended_at > ARRIVES_UNTIL:
        raise Refused(_("This session is over. Nothing can be added."))
    return run


@transaction.atomic
def write(run, *, by, text, kind=LineKind.NOTE, key, step=None):
    """Add a line under a key of the writer's device; the same key again gives the line that is there."""
    if known := _known(key, by):
        return known
    run, text = _open(run), _clean(text)
    if kind not in LineKind or kind == LineKind.OWN:
        raise Refused(_("Choose what it is."))
    at_step = RunStep.objects.filter(run=run, pk=step).first() if step else None
    at_step = at_step or RunStep.objects.filter(run=run, order=run.position).first()
    if kind == LineKind.NOTE and at_step and not at_step.notes_on:
        raise Refused(_("No notes are taken at this step. What is told here stays in this circle."), field="text")
    line, is_new = Line.objects.get_or_create(
        key=key, defaults={"run": run, "step": at_step, "kind": kind, "text": text, "author": by}
    )
    if not is_new:
        return _own(line, by)
    record("meetings.line_written", by=by, about=run, community=run.community_id, what=str(kind))
    _changed(run)
    return line


def _known(key, by):
    line = Line.objects.filter(key=key).first()
    return _own(line, by) if line else None


def _own(line, by):
    if line.author_id != by.pk:
        raise Refused(_("It did not work this time. Try again."))
    return line


def _changed(run):
    streams.tell(run.channel, "lines")
    if run.is_running:
        # It may end while we write. Our commit waits for that end, and afterwards we see it.
        transaction.on_commit(lambda: _arrived(Run.objects.get(pk=run.pk)))
    else:
        _arrived(run)


def _arrived(run):
    """What came in after the end goes where the rest went."""
    if not run.is_running and run.what is not None:
        runnables.of(run.what).arrived(run, run.what)


@transaction.atomic
def edit_line(line, *, by, text):
    """Other words for a line of one's own."""
    line = Line.objects.select_for_update(of=("self",)).select_related("run").get(pk=line.pk)
    if line.withdrawn_at:
        raise Refused(_("This was taken back."))
    _open(line.run)
    line.text = _clean(text)
    line.save(update_fields=["text", "changed_at"])
    record("meetings.line_edited", by=by, about=line.run, community=line.run.community_id)
    _changed(line.run)
    return line


@transaction.atomic
def withdraw_line(line, *, by):
    """Take a line back: nobody reads it any more."""
    line = Line.objects.select_for_update(of=("self",)).select_related("run").get(pk=line.pk)
    _open(line.run)
    if not line.withdrawn_at:
        line.withdrawn_at = now()
        line.save(update_fields=["withdrawn_at", "changed_at"])
        record("meetings.line_withdrawn", by=by, about=line.run, community=line.run.community_id)
        _changed(line.run)
    return line


def _key_of_own(run, person):
    """One text for each person and session, also when two of her devices write the first word at once.

    Nobody else can make this key, and so take the place of her notes before she writes them.
    """
    return uuid.UUID(bytes=salted_hmac("plg.own", f"{run.pk}:{person.pk}", algorithm="sha256").digest()[:16])


@transaction.atomic
def write_own(run, *, by, text, was=None):
    """Keep the notes to myself: one text for each person and session, which nobody else reads.

    `was` is what the writer's page began with. When another device of hers wrote something else since, nothing is
    lost: the new words come beneath those that stand there.
    """
    _open(run)
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if len(text) > LONGEST_LINE:
        _clean(text)
    mine = {"run": run, "author": by, "kind": LineKind.OWN}
    _line, is_new = Line.objects.get_or_create(key=_key_of_own(run, by), defaults={"text": text, **mine})
    line = Line.objects.select_for_update().get(key=_key_of_own(run, by), **mine)  # two devices, one after the other
    if is_new:
        return line
    if was is not None and line.text not in (was.replace("\r\n", "\n").strip(), text):
        text = _clean(f"{line.text}\n{text}")
    if line.text != text:
        line.text = text
        line.save(update_fields=["text", "changed_at"])
    return line


@transaction.atomic
def agree(run, *, by, holders, text, key, kind=ActionKind.TASK, due_on=None):
    """An action point, agreed in this session; the same key again gives those that are there."""
    run = Run.objects.select_for_update(of=("self",), no_key=True).select_related("community").get(pk=run.pk)
    _open(run)
    if run.circle:
        raise Refused(_("An action point is seen by the whole PLG. Write it down as a decision here."))
    meeting = run.what if isinstance(run.what, Meeting) else None
    known = list(ActionPoint.objects.filter(community=run.community, given_together=key, by=by))
    if known:
        return known
    if ActionPoint.objects.filter(given_together=key).exists():
        key = uuid.uuid4()  # somebody else's: what she agreed stays apart
    is_case = RunStep.objects.filter(run=run, order=run.position, is_case=True).exists()
    points = action_points.agree(
        run.community, by=by, holders=holders, text=text, kind=kind, due_on=due_on, meeting=meeting, is_case=is_case
    )
    ActionPoint.objects.filter(pk__in=[point.pk for point in points]).update(given_together=key)
    _changed(run)
    return points
