"""What meetings lend to a logbook: one's own notes of a session, one's answer to a try-out; and what it is about."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity import references
from communities.logbook import Start, Starts, starts
from communities.meetings.choices import LineKind, Tried
from communities.meetings.models import ActionPoint, Line, Meeting
from communities.models import LogbookEntry
from core.templatetags import ui

OWN_NOTES, TRY_OUT = "meetings.own_notes", "meetings.try_out"
RECENT, MOST = timedelta(days=45), 3
TO_CHOOSE = 8
TOLD = (Tried.TRIED, Tried.PARTLY)  # as `ActionPoint.is_told`


def register():
    """Called when the app is ready."""
    starts.add(OWN_NOTES, Starts(_offers_of_notes, _take_notes))
    starts.add(TRY_OUT, Starts(_offers_of_answers, _take_answer))
    references.register(
        "meetings.meeting",
        _("Meetings"),
        icon="calendar-event",
        called=_called,
        offers=_meetings,
        related=("community",),
    )
    references.register("meetings.actionpoint", _("My action points"), icon="checklist", called=str, offers=_points)


# What an entry can be about -----------------------------------------------------------------------
def _called(meeting):
    return f"{ui.day(meeting.held_on)} · {meeting.called}"


def _meetings(user):
    """The meetings of her PLGs that were lately."""
    return list(Meeting.objects.allowing(user, "view").past().select_related("community")[:TO_CHOOSE])


def _points(user):
    """What she promised lately."""
    return list(ActionPoint.objects.allowing(user, "view").filter(person=user.pk).order_by("-pk")[:TO_CHOOSE])


# What she wrote for herself in a session ----------------------------------------------------------
def _notes(user):
    own = Line.objects.allowing(user, "view").standing().filter(kind=LineKind.OWN, author=user.pk).exclude(text="")
    return own.filter(run__about_type=ContentType.objects.get_for_model(Meeting)).select_related("run")


def _offers_of_notes(user):
    """Of the last weeks, as far as she has no entry about that meeting."""
    lines = _notes(user).filter(run__started_at__gte=now() - RECENT).order_by("-pk")[: 2 * MOST]
    return _unkept(user, _begin_with_notes(lines, user))[:MOST]


def _take_notes(user, pk):
    return next(iter(_begin_with_notes(_notes(user).filter(pk=pk), user)), None)


def _begin_with_notes(lines, user):
    lines = list(lines)
    meetings = Meeting.objects.allowing(user, "view").in_bulk([line.run.about_id for line in lines]) if lines else {}
    return [_from_notes(line, meetings[line.run.about_id]) for line in lines if line.run.about_id in meetings]


def _from_notes(line, meeting):
    return Start(
        name=OWN_NOTES,
        pk=line.pk,
        label=_now("Your notes of a meeting"),
        called=_called(meeting),
        icon="pencil",
        happened_on=min(meeting.held_on, localdate()),
        about=meeting,
        community_id=meeting.community_id,
        words={"text": line.text[:8000]},
    )


# What she answered to a try-out -------------------------------------------------------------------
def _answers(user):
    return ActionPoint.objects.allowing(user, "view").filter(person=user.pk, went__in=TOLD, answered_at__isnull=False)


def _offers_of_answers(user):
    """Those with a sentence or a photo, as far as they are in no entry yet."""
    rows = _answers(user).filter(answered_at__gte=now() - RECENT).exclude(sentence="", photo="")
    return _unkept(user, [_from_answer(point) for point in rows.order_by("-answered_at")[: 2 * MOST]])[:MOST]


def _take_answer(user, pk):
    point = _answers(user).filter(pk=pk).first()
    return _from_answer(point) if point else None


def _from_answer(point):
    return Start(
        name=TRY_OUT,
        pk=point.pk,
        label=_now("Your answer to a try-out"),
        called=point.text,
        icon="checklist",
        happened_on=localdate(point.answered_at),
        about=point,
        community_id=point.community_id,
        words={"tried": point.text, "saw": point.sentence},
        photo=point.photo or None,
    )


def _unkept(user, found):
    """Those about which she has no entry yet."""
    kept = references.referred_by(LogbookEntry.objects.own(user), [start.about for start in found])
    return [start for start in found if start.about.pk not in kept]
