"""What lower floors bring back on an agenda: a home task returns at the first meeting after its day."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from activity.models import Link
from communities.meetings.choices import ItemKind, ItemState
from communities.meetings.models import AgendaItem, Meeting
from communities.search import index
from core import streams

MINUTES = 15


def bring(about, *, community, title, by, after):
    """An item on the agenda of the first meeting after that day, or kept for later where none is planned; once."""
    if _items(about).exists():
        return
    meeting = Meeting.objects.filter(community=community, held_on__gte=after).upcoming().first()
    last = AgendaItem.objects.filter(community=community, meeting=meeting).aggregate(last=Max("order"))["last"]
    item = AgendaItem.objects.create(
        community=community, meeting=meeting, kind=ItemKind.OTHER, title=title, minutes=MINUTES, order=(last or 0) + 1,
        state=ItemState.PLANNED if meeting else ItemState.PROPOSED, proposed_by=by,
    )  # fmt: skip
    Link.objects.create(source=item, target=about)
    _tell(item)


def take_away(about):
    """It need not be talked about any more; what was done stays."""
    for item in _items(about).filter(state__in=[ItemState.PLANNED, ItemState.PROPOSED]):
        item.state = ItemState.DROPPED
        item.save(update_fields=["state", "changed_at"])
        _tell(item)


def _items(about):
    return AgendaItem.objects.filter(pk__in=_ids(about))


def _ids(about):
    types = ContentType.objects.get_for_models(AgendaItem, type(about))
    links = Link.objects.filter(from_type=types[AgendaItem], to_type=types[type(about)], to_id=about.pk)
    return list(links.values_list("from_id", flat=True))


def _tell(item):
    index.follow(item)
    if item.meeting_id:
        streams.tell(f"meeting:{item.meeting_id}", "agenda")
    streams.tell(f"community:{item.community_id}", "agenda")
