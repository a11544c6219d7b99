"""What stands on the agenda of a meeting, with the clock beside it and what the group could do besides."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.meetings.choices import ItemKind
from communities.meetings.models import AgendaItem

#: More than this stands in no letter: who wants to know opens the meeting.
MOST_IN_A_LETTER = 8
#: How each kind of item looks.
ICONS = {
    ItemKind.CHECK_IN: "mood-smile",
    ItemKind.ACTIONS: "checklist",
    ItemKind.CASE: "message-2-question",
    ItemKind.DESIGN: "pencil",
    ItemKind.VIDEO: "video",
    ItemKind.REFLECTION: "bulb",
    ItemKind.AGREEMENTS: "heart-handshake",
    ItemKind.OTHER: "point",
}


@dataclass
class Timed:
    """One item with the clock: what a row of the agenda shows."""

    item: AgendaItem
    begins: datetime
    place: int

    @property
    def icon(self):
        return ICONS[self.item.kind]


@dataclass
class Agenda:
    """The items of a meeting in their order, against the time there is."""

    meeting: object
    items: list = field(default_factory=list)

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    @property
    def lines(self):
        """Each item with when it begins, if all goes as planned."""
        clock = datetime.combine(self.meeting.held_on, self.meeting.starts)
        for place, item in enumerate(self.items, start=1):
            yield Timed(item, clock, place)
            clock += timedelta(minutes=item.minutes)

    @property
    def parts(self):
        """The minutes of each, for the bar above them."""
        return [item.minutes for item in self.items if item.minutes]

    @property
    def minutes(self):
        return sum(item.minutes for item in self.items)

    @property
    def left(self):
        """Minutes that are free yet; below zero there are too many."""
        return self.meeting.minutes - self.minutes

    @property
    def is_too_long(self):
        return self.left < 0

    @property
    def sentence(self):
        """The total against the time of the meeting."""
        facts = {"total": self.minutes, "lasts": self.meeting.minutes, "count": abs(self.left)}
        if not self.items:
            return ""
        if self.left > 0:
            return ngettext(
                "Together %(total)d min, the meeting takes %(lasts)d. %(count)d minute is free.",
                "Together %(total)d min, the meeting takes %(lasts)d. %(count)d minutes are free.",
                self.left,
            ) % facts  # fmt: skip
        if self.is_too_long:
            return ngettext(
                "Together %(total)d min, the meeting takes %(lasts)d. That is %(count)d minute too long.",
                "Together %(total)d min, the meeting takes %(lasts)d. That is %(count)d minutes too long.",
                -self.left,
            ) % facts  # fmt: skip
        return _("Together %(total)d min: exactly the time of the meeting.") % facts

    @property
    def prepared_by(self):
        """Who prepares what: [(membership, titles)], for the page of the meeting."""
        found = {}
        for item in self.items:
            if item.presenter_id and not item.is_done:
                found.setdefault(item.presenter_id, (item.presenter, []))[1].append(item.title)
        return list(found.values())

    @property
    def has_notes(self):
        """Something stands here for the facilitators only. Asked for them alone: others do not fetch the notes."""
        return any(item.private_note for item in self.items)

    @property
    def carried(self):
        """What was not finished last time and stands here for that reason."""
        return [item for item in self.items if item.carried_from_id and item.is_planned]


def items_of(meeting, user):
    """The agenda of this meeting as this person may see it, in one query."""
    items = list(AgendaItem.objects.for_list(user).filter(meeting=meeting).on_agenda())
    for item in items:
        item.meeting = meeting
    return Agenda(meeting, items)


def proposals_for(meeting, user):
    """What could stand on this agenda: proposals for it first, then the backlog. One query."""
    items = list(AgendaItem.objects.for_list(user).proposed(meeting))
    for item in items:
        item.meeting = meeting if item.meeting_id else None
    return items


def in_letter(meeting, person=None):
    """The agenda as a reminder tells it: titles but of no case, and what the reader herself leads."""
    items = list(
        AgendaItem.objects.filter(meeting=meeting)
        .on_agenda()
        .select_related("protocol", "presenter")
        .defer("private_note", "protocol__steps")
    )
    return {
        "items": [{"title": item.called, "minutes": item.minutes} for item in items[:MOST_IN_A_LETTER]],
        "more": max(len(items) - MOST_IN_A_LETTER, 0),
        "mine": [
            item.called for item in items if person and item.presenter_id and item.presenter.person_id == person.pk
        ],
    }


def preparation_outside(meeting):
    """What mail says of the preparation: its text, but none of it where a case stands on the agenda."""
    cases = AgendaItem.objects.filter(Q(kind=ItemKind.CASE) | Q(protocol__is_case=True), meeting=meeting)
    return meeting.preparation if meeting.preparation and not cases.on_agenda().exists() else ""
