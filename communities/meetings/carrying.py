"""What was not finished goes on to the next agenda, and the next agenda opens with what was agreed.

Everything here runs under the row of the PLG, locked by whoever calls: two who
end a meeting, plan a new one or order the agenda at once, do so one after the other.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from communities.meetings.choices import ActionState, ItemKind, ItemState, State
from communities.meetings.models import ActionPoint, AgendaItem, Meeting, Run
from core.text import of_the_house

#: How a meeting opens belongs to that meeting: it is never carried on.
OPENINGS = [ItemKind.CHECK_IN, ItemKind.ACTIONS]
HOW_IT_WENT_MINUTES = 10


def in_order(meeting):
    """All rows that hold a place on the agenda of this meeting, in their order."""
    return list(AgendaItem.objects.filter(meeting=meeting).on_agenda())


def renumber(items):
    """Give these items their places, 1, 2, 3 …; writes only what changed, in one statement."""
    changed = []
    for place, item in enumerate(items, start=1):
        if item.order != place:
            item.order = place
            changed.append(item)
    AgendaItem.objects.bulk_update(changed, ["order"])


def following(meeting):
    """The next meeting of this PLG that is still to come, or None."""
    others = Meeting.objects.filter(community=meeting.community_id).exclude(pk=meeting.pk)
    return others.upcoming().filter(starts_at__gt=meeting.starts_at).first()


def carry(meeting):
    """Move what was not done at this meeting to the next one, or to the backlog; returns how much that was."""
    left = AgendaItem.objects.filter(meeting=meeting, state=ItemState.PLANNED).order_by("order", "pk")
    if not meeting.is_cancelled:
        left = left.exclude(kind__in=OPENINGS)
    left = list(left)
    proposals = AgendaItem.objects.filter(meeting=meeting, state=ItemState.PROPOSED).update(meeting=None)
    coming = following(meeting)
    for item in left:
        item.carried_from = meeting
        item.meeting = coming
        item.state = ItemState.PLANNED if coming else ItemState.PROPOSED
        item.changed_at = now()
    AgendaItem.objects.bulk_update(left, ["carried_from", "meeting", "state", "changed_at"])
    if coming:
        here = {item.pk for item in left}
        renumber([item for item in in_order(coming) if item.pk not in here] + left)
        open_with_what_was_agreed(coming)
    return len(left) + proposals


def pick_up(community):
    """A new date was planned: what waits from an earlier meeting comes onto the first agenda to come."""
    coming = Meeting.objects.filter(community=community).upcoming().first()
    if coming is None:
        return
    waiting = list(AgendaItem.objects.backlog(community).exclude(carried_from=None))
    for item in waiting:
        item.meeting, item.state = coming, ItemState.PLANNED
    if waiting:
        AgendaItem.objects.bulk_update(waiting, ["meeting", "state"])
        here = {item.pk for item in waiting}
        renumber([item for item in in_order(coming) if item.pk not in here] + waiting)
    open_with_what_was_agreed(coming)


def open_with_what_was_agreed(meeting):
    """The first item is "How did it go?" as long as action points are open; once it was taken away it stays away."""
    items = AgendaItem.objects.filter(meeting=meeting)
    if items.filter(kind=ItemKind.ACTIONS).exists():
        return
    agreed = ActionPoint.objects.filter(community=meeting.community_id, state=ActionState.OPEN)
    if not agreed.exclude(meeting=meeting).exists():
        return
    with of_the_house():
        title = _("How did it go?")
    first = AgendaItem.objects.create(
        community_id=meeting.community_id,
        meeting=meeting,
        kind=ItemKind.ACTIONS,
        title=title,
        minutes=HOW_IT_WENT_MINUTES,
    )
    others = [item for item in in_order(meeting) if item.pk != first.pk]
    checks_in = [item for item in others[:1] if item.kind == ItemKind.CHECK_IN]
    renumber([*checks_in, first, *others[len(checks_in) :]])


def left_behind():
    """Meetings that are over or called off, no session of which runs, with items nobody did: a queryset."""
    running = Run.objects.running().filter(
        about_type=ContentType.objects.get_for_model(Meeting), about_id=OuterRef("pk")
    )
    undone = AgendaItem.objects.filter(meeting=OuterRef("pk"))
    undone = undone.filter(Q(state=ItemState.PROPOSED) | (Q(state=ItemState.PLANNED) & ~Q(kind__in=OPENINGS)))
    over = Q(ends_at__lte=now()) | Q(state=State.CANCELLED)
    return Meeting.objects.filter(over, Exists(undone)).exclude(Exists(running)).order_by("starts_at", "pk")


def without_an_opening():
    """The next meeting of each PLG that has open action points and no item about them yet: a queryset."""
    earlier = Meeting.objects.filter(community=OuterRef("community"), state=State.PLANNED, ends_at__gt=now())
    earlier = earlier.filter(starts_at__lt=OuterRef("starts_at"))
    agreed = ActionPoint.objects.filter(community=OuterRef("community"), state=ActionState.OPEN)
    asked = AgendaItem.objects.filter(meeting=OuterRef("pk"), kind=ItemKind.ACTIONS)
    coming = Meeting.objects.upcoming().filter(Exists(agreed))
    return coming.exclude(Exists(earlier)).exclude(Exists(asked))
