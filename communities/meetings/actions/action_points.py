"""Promise something to each other, and say how it went."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, record
from communities.choices import MembershipState, Role
from communities.meetings import promises
from communities.meetings.choices import ActionKind, ActionState, Tried
from communities.meetings.models import ActionPoint
from communities.search import index
from core import streams
from core.files.intake import take_image
from core.refusals import Refused
from core.text import one_line
from core.time import today

FARTHEST = timedelta(days=730)
LONGEST, LONGEST_SENTENCE = 300, 500  # characters


@transaction.atomic
def agree(community, *, by, holders, text, kind=ActionKind.TASK, due_on=None, meeting=None, is_case=False):
    """Write down what these members will do or try; each gets a row of her own. Returns the rows.

    `is_case`: it was agreed while a case was told, so no mail may say what it is.
    """
    holders = list(dict.fromkeys(holders))
    if reason := community.why_not_add:
        raise Refused(reason)
    text = _words(text)
    if not holders:
        raise Refused(_("Choose who will do this."), field="holders")
    for holder in holders:
        if holder.community_id != community.pk or holder.state != MembershipState.ACTIVE:
            raise Refused(_("%(name)s does not take part any more.") % {"name": holder.called}, field="holders")
    if kind not in ActionKind:
        raise Refused(_("Choose what it is: a task, or something to try in class."), field="kind")
    _check_day(due_on)
    together = uuid.uuid4() if len(holders) > 1 else None
    points = ActionPoint.objects.bulk_create(
        ActionPoint(
            community=community, meeting=meeting, kind=kind, text=text, due_on=due_on, by=by,
            given_together=together, person=holder.person, address=holder.address, is_case=is_case,
        )
        for holder in holders
    )  # fmt: skip
    index.follow(*points)
    promises.ask_for(points)
    promises.queue(points)
    _tell_holders(holders, points, by)
    _changed(points[0])
    return points


def _tell_holders(holders, points, by):
    """Members hear of it through the first one; a guest, who sees only her own, through hers."""
    people = [(holder, point) for holder, point in zip(holders, points, strict=True) if point.person_id]
    members = [point.person for holder, point in people if holder.role != Role.GUEST]
    about = {"community": points[0].community_id, "by": by}
    record("meetings.agreed", about=points[0], tell=members, count=len(points), **about)
    for holder, point in people:
        if holder.role == Role.GUEST:
            record("meetings.agreed", about=point, tell=[point.person], count=1, **about)


@transaction.atomic
def answer(point, *, by, went, sentence="", photo=None, without_photo=False):
    """Say how it went; a later answer replaces an earlier one. Tried closes it, the rest keeps it open."""
    point = _hold(point)
    if reason := point.why_not_answer:
        raise Refused(reason)
    if went not in Tried:
        raise Refused(_("Choose one of the three answers."), field="went")
    sentence = one_line(sentence)
    if len(sentence) > LONGEST_SENTENCE:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST_SENTENCE}, field="sentence")
    if photo:
        _hang(point, photo)
    elif without_photo:
        take_down(point)
    point.went, point.sentence, point.answered_at = went, sentence, now()
    point.state = ActionState.DONE if went == Tried.TRIED else ActionState.OPEN
    point.save()
    answered(promises.KIND, about=point)
    promises.ask_for([point], again=True)
    record("meetings.tried", by=by, about=point, community=point.community_id, went=str(went))
    _changed(point)
    return point


def _hang(point, photo):
    """The new picture instead of the old, whose file goes when that is certain."""
    try:
        picture = take_image(photo)
    except Refused as refusal:
        raise Refused(refusal.sentence, field="photo") from None
    take_down(point)
    point.photo.save(picture.name, picture, save=False)


def take_down(point):
    """Away with the picture; its file goes when that is certain."""
    if point.photo:
        storage, name = point.photo.storage, point.photo.name
        transaction.on_commit(lambda: storage.delete(name))
        point.photo = ""


def _hold(point):
    return (
        ActionPoint.objects.select_for_update(of=("self",)).select_related("person", "community", "meeting")
        .get(pk=point.pk)
    )  # fmt: skip


def _changed(point):
    index.follow(point)
    streams.tell(f"community:{point.community_id}", "actions")
    if point.meeting_id:
        streams.tell(f"meeting:{point.meeting_id}", "actions")


@transaction.atomic
def edit(point, *, by, text, due_on, kind):
    """Other words or another day; whoever promised it hears of it."""
    point = _hold(point)
    if reason := point.why_not_change:
        raise Refused(reason)
    _check_day(due_on, was=point.due_on)
    text = _words(text)
    if (point.text, point.due_on, point.kind) == (text, due_on, kind):
        return point
    point.text, point.due_on, point.kind = text, due_on, kind
    point.save()
    answered(promises.KIND, about=point)
    promises.ask_for([point])
    _told("meetings.action_changed", point, by)
    return point


@transaction.atomic
def drop(point, *, by, because):
    """It need not be done after all, and why."""
    point = _hold(point)
    if reason := point.why_not_change:
        raise Refused(reason)
    because = one_line(because)
    if not because:
        raise Refused(_("Say in a few words why."), field="because")
    point.state, point.dropped_because = ActionState.DROPPED, because[:200]
    point.save()
    answered(promises.KIND, about=point)
    _told("meetings.action_dropped", point, by)
    return point


def _told(kind, point, by):
    tell = [point.person] if point.person_id else []
    record(kind, by=by, about=point, tell=tell, community=point.community_id)
    _changed(point)


def _words(text):
    """What will be done, on one line. Refused when it is nothing, or more than a line."""
    text = one_line(text)
    if not text:
        raise Refused(_("Say what will be done."), field="text")
    if len(text) > LONGEST:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST}, field="text")
    return text


def _check_day(due_on, was=None):
    """A promise is for a day to come, and not for years ahead."""
    if due_on and due_on != was and due_on < today():
        raise Refused(_("This day is past. Choose one that comes."), field="due_on")
    if due_on and due_on > today() + FARTHEST:
        raise Refused(_("Choose a day within two years."), field="due_on")
