"""What is found of meetings: minutes, what stood on agendas, what was promised, ways of working of one's own.

Who left and reads on finds minutes that were approved, without what is about a case, and no item about one. Guests
find nothing here: what they are invited to stands on the page of its meeting.
"""

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.meetings.choices import ItemKind, ItemState, MinutesState
from communities.meetings.minutes import label
from communities.meetings.models import ActionPoint, AgendaItem, Minutes, MinutesVersion, Protocol
from communities.search.registry import Kind, Record, Source, kinds, members, readers, sources
from core.text import of_the_house

MINUTES, ITEM, ACTION, PROTOCOL = "minutes", "item", "action", "protocol"
#: How every meeting begins says nothing.
OPENINGS = [ItemKind.CHECK_IN, ItemKind.ACTIONS, ItemKind.AGREEMENTS]


def of_minutes(many):
    """The version that counts, for members; for who left another without cases, once it is approved."""
    many = list(many)
    versions = {
        (version.minutes_id, version.number): version
        for version in MinutesVersion.objects.filter(minutes__in=[each.pk for each in many])
    }
    with of_the_house():
        for minutes in many:
            if version := versions.get((minutes.pk, minutes.number)):
                yield from ((minutes.pk, record) for record in _of_minutes(minutes, version.sections))


def _of_minutes(minutes, sections):
    community = minutes.meeting.community_id
    of_both = {
        "kind": MINUTES,
        "object_id": minutes.meeting_id,
        "at": minutes.meeting.starts_at,
        "title": minutes.meeting.title or _now("Meeting"),
        "community_id": community,
    }
    public = [section for section in sections if not section.get("case")]
    stands = minutes.state == MinutesState.APPROVED
    doors = {members(community)} | ({readers(community)} if stands and len(public) == len(sections) else set())
    yield Record(doors=doors, text=_text(sections), **of_both)
    if stands and len(public) < len(sections):
        yield Record(doors={readers(community)}, text=_text(public), part=1, **of_both)


def _text(sections):
    return "\n".join(f"{label(section)}: {section['text']}" for section in sections if section["text"])


def _items():
    """What people put there themselves: the steps of a way of working are the same in every PLG."""
    typed = AgendaItem.objects.filter(protocol=None).exclude(kind__in=OPENINGS)
    return typed.exclude(state=ItemState.DROPPED)


def of_items(items):
    for item in items:
        if item.protocol_id or item.kind in OPENINGS or item.state == ItemState.DROPPED:
            continue
        doors = {members(item.community_id)} | (set() if item.is_case else {readers(item.community_id)})
        yield (
            item.pk,
            Record(
                kind=ITEM,
                object_id=item.pk,
                doors=doors,
                at=item.created_at,
                title=item.title,
                text=item.instruction,
                community_id=item.community_id,
            ),
        )


def of_points(points):
    """Promised by several at once, the words are found once, in the row of the first; how it went in each."""
    points = list(points)
    together = ActionPoint.objects.filter(given_together__in={point.given_together for point in points} - {None})
    firsts = dict(together.order_by("-pk").values_list("given_together", "pk"))
    for point in points:
        is_first = not point.given_together or firsts[point.given_together] == point.pk
        if not is_first and not point.sentence:
            continue
        yield (
            point.pk,
            Record(
                kind=ACTION,
                object_id=point.pk,
                doors={members(point.community_id)} | (set() if point.is_case else {readers(point.community_id)}),
                at=point.at,
                title=point.text,
                text=point.sentence,
                community_id=point.community_id,
                says_title=is_first,
            ),
        )


def of_protocols(protocols):
    """A PLG's own copies; the library has a page of its own."""
    for protocol in protocols:
        if protocol.community_id is None:
            continue
        steps = [f"{step['title']}. {step.get('instruction', '')}" for step in protocol.steps]
        yield (
            protocol.pk,
            Record(
                kind=PROTOCOL,
                object_id=protocol.pk,
                doors={members(protocol.community_id), readers(protocol.community_id)},
                at=protocol.changed_at,
                title=protocol.name,
                text="\n".join([protocol.purpose, *steps, protocol.note]),
                community_id=protocol.community_id,
            ),
        )


def register():
    """From `AppConfig.ready()`."""
    kinds.add(MINUTES, Kind(pgettext_lazy("of a meeting", "minutes"), "file-text", "meetings:minutes"))
    kinds.add(ACTION, Kind(_("action point"), "checkbox", "meetings:action_point"))
    kinds.add(ITEM, Kind(_("agenda item"), "list-details", "meetings:item"))
    kinds.add(PROTOCOL, Kind(_("protocol"), "clipboard-list", "meetings:protocol"))
    minutes = Minutes.objects.select_related("meeting")
    sources.add(MINUTES, Source(Minutes, minutes.all, of_minutes))
    sources.add(ITEM, Source(AgendaItem, _items, of_items))
    sources.add(ACTION, Source(ActionPoint, ActionPoint.objects.all, of_points))
    sources.add(PROTOCOL, Source(Protocol, Protocol.objects.exclude(community=None).all, of_protocols))
