"""What a meeting will be about: put on the agenda, order, propose, keep for later, take away, carry over.

Every deed holds the row of the PLG first: two who order, fill and end at once do so one after the other.
"""

from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from activity.journal import record
from communities.actions.seats import hold, leaders
from communities.meetings import carrying
from communities.meetings.choices import ItemState
from communities.meetings.models import AgendaItem, Meeting
from communities.models import Membership
from communities.search import index
from core import streams
from core.files import keeping
from core.night import each_by_itself
from core.refusals import Refused

MOST_ITEMS = 60
MOST_PROPOSALS = 100


def hold_agenda(meeting):
    """The meeting as it is now, under the lock of its PLG. Refused when nothing can be changed there any more."""
    community = hold(meeting.community_id)
    meeting = Meeting.objects.get(pk=meeting.pk)
    meeting.community = community
    if reason := meeting.why_not_change:
        raise Refused(reason)
    return meeting


def _hold_item(item):
    """The item as it is now, under the lock of its PLG."""
    community = hold(item.community_id)
    item = AgendaItem.objects.select_related("meeting", "protocol", "proposed_by").get(pk=item.pk)
    item.community = community
    return item


def _hold_to_change(item):
    item = _hold_item(item)
    if reason := item.why_not_change:
        raise Refused(reason)
    return item


def _changed(item, verb, by, **facts):
    """Write down what happened to an item, and let the pages that show it look again."""
    activity = record(f"meetings.{verb}", by=by, about=item, community=item.community_id, **facts)
    _show(item)
    return activity


def _show(item):
    index.follow(item)
    if item.meeting_id:
        streams.tell(f"meeting:{item.meeting_id}", "agenda")
    streams.tell(f"community:{item.community_id}", "agenda")


def _refuse_if_full(meeting, more=1):
    if AgendaItem.objects.filter(meeting=meeting).on_agenda().count() + more > MOST_ITEMS:
        raise Refused(_("An agenda has at most %(most)d items. Take some away first.") % {"most": MOST_ITEMS})


def _place_after_all(meeting):
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


@transaction.atomic
def add_item(meeting, *, by, file=None, **fields):
    """Put something on the agenda, at the end. Refused when the meeting is over, or the agenda full."""
    meeting = hold_agenda(meeting)
    _refuse_if_full(meeting)
    item = AgendaItem(
        community_id=meeting.community_id, meeting=meeting, order=_place_after_all(meeting), proposed_by=by, **fields
    )
    keeping.save(item, "attachment", file)
    _changed(item, "item_added", by)
    return item


@transaction.atomic
def edit_item(item, *, by, file=None, remove_file=False, **fields):
    """Change what an item says. A field that is not given stays as it is."""
    item = _hold_to_change(item)
    for name, value in fields.items():
        setattr(item, name, value)
    keeping.save(item, "attachment", file, remove=remove_file)
    _changed(item, "item_changed", by)
    return item


@transaction.atomic
def remove_item(item, *, by):
    """Take it off the agenda; `restore_item` brings it back to its place. A second tap changes nothing."""
    item = _hold_item(item)
    if item.state == ItemState.DROPPED:
        return item
    if reason := item.why_not_change:
        raise Refused(reason)
    item.state, item.dropped_as = ItemState.DROPPED, item.state
    item.save(update_fields=["state", "dropped_as", "changed_at"])
    _changed(item, "item_removed", by)
    return item


@transaction.atomic
def restore_item(item, *, by):
    """Undo: back on its agenda, among the proposals or in the backlog, where it stood."""
    item = _hold_item(item)
    if item.state != ItemState.DROPPED:
        return item
    item.state = item.dropped_as or (ItemState.PLANNED if item.meeting_id else ItemState.PROPOSED)
    if reason := item.why_not_change:
        raise Refused(reason)
    if item.is_planned:
        _refuse_if_full(item.meeting)
    item.dropped_because = ""
    item.save(update_fields=["state", "dropped_because", "changed_at"])
    _changed(item, "item_restored", by)
    return item


@transaction.atomic
def move_item(item, *, by, after=None):
    """Put it right after another item of its agenda, or first. What others moved meanwhile stays as they left it."""
    item = _hold_to_change(item)
    others = [row for row in carrying.in_order(item.meeting) if row.pk != item.pk] if item.meeting_id else []
    place = next((n for n, row in enumerate(others, start=1) if after and row.pk == after.pk), 0)
    return _put(item, others, place, by)


@transaction.atomic
def shift_item(item, *, by, steps):
    """One place up (-1) or down (+1), as the agenda stands now; at the end of the line it stays where it is."""
    item = _hold_to_change(item)
    rows = carrying.in_order(item.meeting) if item.meeting_id else []
    here = next((n for n, row in enumerate(rows) if row.pk == item.pk), 0)
    others = [row for row in rows if row.pk != item.pk]
    return _put(item, others, min(max(here + steps, 0), len(others)), by)


def _put(item, others, place, by):
    if item.state != ItemState.PLANNED:
        raise Refused(_("Only what stands on an agenda has a place there."))
    carrying.renumber([*others[:place], item, *others[place:]])
    _changed(item, "item_moved", by)
    return place + 1


@transaction.atomic
def finish_item(item, *, by, done=True):
    """It was done, after all or already at the meeting it came from; or it was not."""
    item = _hold_item(item)
    if item.state not in (ItemState.PLANNED, ItemState.DONE):
        raise Refused(_("Only what stands on an agenda can be done."))
    if done and item.state == ItemState.PLANNED and item.carried_from_id and not item.meeting.has_begun:
        item.meeting_id, item.carried_from = item.carried_from_id, None
    item.state = ItemState.DONE if done else ItemState.PLANNED
    item.save(update_fields=["state", "meeting", "carried_from", "changed_at"])
    _changed(item, "item_finished", by)
    return item


# Proposals and the backlog ------------------------------------------------------------------------


@transaction.atomic
def propose_item(community, *, by, meeting=None, file=None, **fields):
    """A member says what she would like to talk about, at this meeting or some day; the facilitators hear of it."""
    community = hold(community)
    if reason := community.why_not_add:
        raise Refused(reason)
    if meeting:
        meeting = hold_agenda(meeting)
    waiting = AgendaItem.objects.filter(community=community, state=ItemState.PROPOSED).count()
    if waiting >= MOST_PROPOSALS:
        raise Refused(_("So much waits already. Decide about that first."))
    item = AgendaItem(
        community=community, meeting=meeting, state=ItemState.PROPOSED, order=waiting + 1, proposed_by=by, **fields
    )
    keeping.save(item, "attachment", file)
    record("meetings.item_proposed", by=by, about=item, community=community, tell=leaders(community))
    _show(item)
    return item


@transaction.atomic
def place_item(item, *, by, meeting):
    """Put a proposal on the agenda of this meeting; whoever proposed it hears so."""
    item = _hold_item(item)
    if reason := item.why_not_place:
        raise Refused(reason)
    if item.community_id != meeting.community_id:
        raise Refused(_("This meeting is of another PLG."))
    meeting = hold_agenda(meeting)
    _refuse_if_full(meeting)
    item.meeting, item.state, item.order = meeting, ItemState.PLANNED, _place_after_all(meeting)
    item.save(update_fields=["meeting", "state", "order", "changed_at"])
    _answered(item, "item_placed", by)
    return item


@transaction.atomic
def keep_item(item, *, by):
    """Into the backlog: not now, perhaps later. Whoever proposed it hears so."""
    item = _hold_to_change(item)
    before = item.meeting_id
    item.meeting, item.state, item.carried_from = None, ItemState.PROPOSED, None
    item.save(update_fields=["meeting", "state", "carried_from", "changed_at"])
    _answered(item, "item_kept", by)
    if before:
        streams.tell(f"meeting:{before}", "agenda")
    return item


@transaction.atomic
def drop_item(item, *, by, because=""):
    """We will not do this; whoever proposed it hears so, with a word if there is one."""
    item = _hold_to_change(item)
    item.state, item.dropped_as, item.dropped_because = ItemState.DROPPED, item.state, because
    item.save(update_fields=["state", "dropped_as", "dropped_because", "changed_at"])
    _answered(item, "item_dropped", by)
    return item


def _answered(item, verb, by):
    """Tell whoever proposed it, as long as she takes part."""
    tell = []
    if item.proposed_by and Membership.objects.seated().filter(
        community=item.community_id, person=item.proposed_by
    ).exists():  # fmt: skip
        tell = [item.proposed_by]
    record(f"meetings.{verb}", by=by, about=item, community=item.community_id, tell=tell)
    _show(item)


# What goes on by itself ---------------------------------------------------------------------------


@transaction.atomic
def carry_over(meeting, *, by=None):
    """What was not done goes to the next agenda or the backlog, and the next agenda opens with what was agreed.

    Carrying over twice, or two at once, changes nothing more. Returns how much went on.
    """
    hold(meeting.community_id)
    meeting = Meeting.objects.get(pk=meeting.pk)
    count = carrying.carry(meeting)
    if not count and (coming := carrying.following(meeting)):
        carrying.open_with_what_was_agreed(coming)
    if count:
        record("meetings.carried_over", by=by, about=meeting, community=meeting.community_id, count=count)
        streams.tell(f"meeting:{meeting.pk}", "agenda")
        streams.tell(f"community:{meeting.community_id}", "agenda")
    return count


def carry_over_all():
    """Every night: meetings without a session that are over, and agendas that should open with what was agreed."""
    each_by_itself(
        *(partial(carry_over, meeting) for meeting in carrying.left_behind()),
        *(partial(open_with_what_was_agreed, meeting) for meeting in carrying.without_an_opening()),
    )


@transaction.atomic
def open_with_what_was_agreed(meeting):
    """The next agenda begins with "How did it go?" as long as action points are open."""
    hold(meeting.community_id)
    carrying.open_with_what_was_agreed(meeting)
    streams.tell(f"meeting:{meeting.pk}", "agenda")
