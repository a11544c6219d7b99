"""Ways of working: fill an agenda from one, keep a copy of one's own and change it."""

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from communities.actions.seats import hold
from communities.meetings import carrying, filling
from communities.meetings.actions.agenda import MOST_ITEMS, hold_agenda
from communities.meetings.choices import ItemKind, ItemState
from communities.meetings.models import AgendaItem, Protocol
from communities.search import index
from core import streams
from core.refusals import Refused

MOST_COPIES = 40
FIELDS = ("name", "purpose", "group_min", "group_max", "roles", "steps", "note", "is_case")


@transaction.atomic
def use_protocol(protocol, meeting, *, by, replace=False, fit=False):
    """Fill the agenda with the steps of this protocol, after what stands or in its place.

    With `fit` the minutes are made to fit the time that is left. What somebody typed and is replaced goes to the
    backlog. Returns the new items.
    """
    meeting = hold_agenda(meeting)
    standing = carrying.in_order(meeting)
    if replace:
        standing = _clear(standing)
    if len(standing) + len(protocol.steps) > MOST_ITEMS:
        raise Refused(_("An agenda has at most %(most)d items. Take some away first.") % {"most": MOST_ITEMS})
    minutes = filling.minutes_of(protocol, meeting, standing, fit=fit)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            community_id=meeting.community_id,
            meeting=meeting,
            kind=filling.kind_of(protocol, step),
            title=step["title"][:140],
            minutes=minutes[n],
            instruction=step["instruction"][:2000],
            silent=step["silent"],
            protocol=protocol,
            proposed_by=by,
            order=len(standing) + n + 1,
        )
        for n, step in enumerate(protocol.steps)
    )
    carrying.renumber([*standing, *items])
    record("meetings.agenda_filled", by=by, about=meeting, community=meeting.community_id, protocol=protocol.pk)
    streams.tell(f"meeting:{meeting.pk}", "agenda")
    return items


def _clear(items):
    """Make room, and return what stays: what was done, and the opening with what was agreed. What was typed is kept."""
    gone = [item for item in items if item.state == ItemState.PLANNED and item.kind != ItemKind.ACTIONS]
    for item in gone:
        typed = item.protocol_id is None and item.kind != ItemKind.CHECK_IN
        item.state = ItemState.PROPOSED if typed else ItemState.DROPPED
        item.meeting_id = None if typed else item.meeting_id
        item.carried_from = None
    AgendaItem.objects.bulk_update(gone, ["state", "meeting", "carried_from"])
    return [item for item in items if item not in gone]


@transaction.atomic
def copy_protocol(protocol, community, *, by):
    """A copy that this PLG may change. The same one when it has an unchanged copy already."""
    community = hold(community)
    if reason := community.why_not_add:
        raise Refused(reason)
    known = Protocol.objects.filter(community=community, copied_from=protocol).order_by("-pk").first()
    if known and known.steps == protocol.steps and known.name == protocol.name:
        return known
    if Protocol.objects.filter(community=community).count() >= MOST_COPIES:
        raise Refused(_("A PLG has at most %(most)d ways of working of its own.") % {"most": MOST_COPIES})
    copy = Protocol.objects.create(
        community=community,
        copied_from=protocol,
        basis=protocol.basis,
        created_by=by,
        **{name: getattr(protocol, name) for name in FIELDS},
    )
    index.follow(copy)
    record("meetings.protocol_copied", by=by, about=copy, community=community)
    return copy


@transaction.atomic
def edit_protocol(protocol, *, by, **fields):
    """Change a copy: name, purpose, group, steps. Agendas filled from it before stay as they are."""
    protocol = Protocol.objects.select_for_update().get(pk=protocol.pk)
    if not protocol.is_own:
        raise Refused(_("The library stays as it is. Make a copy of your own first."))
    for name, value in fields.items():
        setattr(protocol, name, value)
    protocol.save()
    index.follow(protocol)
    record("meetings.protocol_changed", by=by, about=protocol, community=protocol.community_id)
    return protocol


@transaction.atomic
def revert_protocol(protocol, *, by):
    """Make the copy what its original is."""
    protocol = Protocol.objects.select_for_update(of=("self",)).select_related("copied_from").get(pk=protocol.pk)
    if reason := protocol.why_not_revert:
        raise Refused(reason)
    original = protocol.copied_from
    return edit_protocol(protocol, by=by, **{name: getattr(original, name) for name in FIELDS})


@transaction.atomic
def delete_protocol(protocol, *, by):
    """The PLG no longer wants its copy; agendas that were filled from it stay."""
    if not protocol.is_own:
        raise Refused(_("The library stays as it is. Make a copy of your own first."))
    community = protocol.community_id
    index.forget("protocol", protocol.pk)
    record("meetings.protocol_deleted", by=by, community=community)
    protocol.delete()
