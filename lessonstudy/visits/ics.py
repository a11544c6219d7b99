"""A class visit on one's agenda, in one's feed and in letters: without its question."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Event

from communities.meetings import ics
from communities.meetings.beside import Date
from core.links import url_for
from lessonstudy.visits import rules
from lessonstudy.visits.choices import State
from lessonstudy.visits.models import Visit

#: Its time stands.
SET = (State.PLANNED, State.COVER, State.VISITED, State.DISCUSSED, State.CLOSED)


def is_off(visit):
    """Whether its date is to go out of calendars."""
    return visit.state in (State.CANCELLED, State.POSTPONED)


def publish(visit):
    """The bytes of a calendar with this visit; one that was called off takes its date back."""
    return ics.one(_event(visit), "CANCEL" if is_off(visit) else "PUBLISH")


def of_letter(delivery, visit, person):
    """The file that goes with a letter, where the visit has a time."""
    if visit is None or not visit.slot_id or not (visit.visitor and visit.visited):
        return []
    return [ics.attachment(publish(visit), "CANCEL" if is_off(visit) else "PUBLISH")]


def rows(user, first, last=None):
    """Her visits from the one day to the other (`communities.meetings.beside`)."""
    visits = _of(user).filter(slot__held_on__gte=first, **({"slot__held_on__lte": last} if last else {}))
    return [
        Date(
            starts_at=visit.slot.starts_at, held_on=visit.slot.held_on, starts=visit.slot.starts, ends=visit.slot.ends,
            name=_("Class visit"), called=_called(visit), url=visit.get_absolute_url(),
        )
        for visit in visits.filter(state__in=SET)
    ]  # fmt: skip


def events(person, since):
    """The same for her feed; those that were called off as cancelled."""
    visits = _of(person).filter(slot__starts_at__gte=since, state__in=(*SET, State.CANCELLED, State.POSTPONED))
    return [_event(visit) for visit in visits]


def _of(user):
    visits = Visit.objects.filter(rules.take_part(user), slot__isnull=False, other__isnull=False)
    return visits.exclude(opened_by=None).select_related("slot", "opened_by", "other").order_by("slot__starts_at", "pk")


def _called(visit):
    return _("%(visitor)s looks with %(visited)s") % {
        "visitor": visit.visitor.first_name, "visited": visit.visited.first_name,
    }  # fmt: skip


def _event(visit):
    slot, event = visit.slot, Event()
    zone = ZoneInfo(slot.zone)
    event.add("uid", f"{visit.uid}@{settings.MAIL_DOMAIN}")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.changed_at)
    event.add("dtstart", slot.starts_at.astimezone(zone))
    event.add("dtend", slot.ends_at.astimezone(zone))
    event.add("summary", _("Class visit: %(visitor)s looks with %(visited)s") % {
        "visitor": visit.visitor.first_name, "visited": visit.visited.first_name,
    })  # fmt: skip
    event.add("url", url_for("visits:detail", visit.pk))
    event.add("status", "CANCELLED" if is_off(visit) else "CONFIRMED")
    return event
