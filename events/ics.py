"""The programme as calendars read it: of the whole event, or what one person goes to. UID stays, SEQUENCE counts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.timezone import now
from django.utils.translation import gettext as _

from communities.meetings import ics
from communities.meetings.beside import Date
from core.links import url_for
from events import releases
from events.choices import RegistrationState, SessionKind, State
from events.models import Event


def programme(event, release, only=None):
    """The bytes of a calendar with all sessions of a release, or those of these ids; without a programme the day."""
    content = release.content if release else {}
    sessions = [each for each in content.get("sessions", []) if only is None or each["id"] in only]
    rows = [_session(event, content, each, release.at) for each in sessions]
    if only is not None or not rows:
        rows.insert(0, _day(event, release))
    return ics.filled(ics.calendar("PUBLISH", event.title), rows)


def changed(event, release, ids):
    """The bytes of a calendar file for a letter: these sessions alone."""
    content = release.content
    rows = [_session(event, content, each, release.at) for each in content["sessions"] if each["id"] in ids]
    return ics.filled(ics.calendar("PUBLISH"), rows)


def rows(user, first, last=None):
    """The events at which she has a place, from the one day to the other (`communities.meetings.beside`)."""
    events = _of(user).exclude(state=State.CANCELLED).filter(held_on__gte=first)
    return [
        Date(
            starts_at=event.starts_at, held_on=event.held_on, starts=event.starts, ends=event.ends,
            name=event.get_kind_display(), called=event.title, url=event.get_absolute_url(), where=event.venue,
        )
        for event in (events.filter(held_on__lte=last) if last else events)
    ]  # fmt: skip


def events(person, since):
    """The same for her feed, with the sessions that she goes to or brings; what was called off as cancelled."""
    found = []
    for event in _of(person).filter(starts_at__gte=since).select_related("released"):
        stamp = event.released.at if event.released else event.created_at
        found.append(_day(event, event.released, stamp))
        if event.released:
            only = releases.sessions_of(person, event)
            content = event.released.content
            found += [
                _session(event, content, each, stamp) for each in content.get("sessions", []) if each["id"] in only
            ]
    return found


def _of(user):
    mine = {"registrations__person": user, "registrations__state": RegistrationState.CONFIRMED}
    return Event.objects.filter(**mine).order_by("starts_at", "pk")


def _is_off(event):
    return event.state == State.CANCELLED


def _session(event, content, session, stamp):
    zone = ZoneInfo(content.get("zone") or event.zone)
    slot = next(each for each in content["slots"] if each["id"] == session["slot"])
    times = {name: datetime.fromisoformat(slot[name]).astimezone(zone) for name in ("starts_at", "ends_at")}
    is_off = session["is_cancelled"] or _is_off(event)
    row = ics.dated(session["uid"], session["sequence"] + _is_off(event), stamp, **times)
    row.add("summary", session["title"])
    room = next((each for each in content["rooms"] if each["id"] == session["room"]), None)
    places = [room and room["name"], room and room["where"], event.venue, event.venue_address]
    row.add("location", ", ".join(filter(None, places)))
    row.add("description", _description(session, is_off))
    row.add("url", url_for("events:session", session["id"]))
    row.add("status", "CANCELLED" if is_off else "CONFIRMED")
    row.add("transp", "TRANSPARENT" if is_off or session["kind"] == SessionKind.BREAK else "OPAQUE")
    return row


def _description(session, is_off):
    lines = [_("This session was called off.")] if is_off else []
    if names := releases.names(session):
        lines.append(_("With %(names)s") % {"names": names})
    return "\n".join([*lines, session["summary"]]).strip()


def _day(event, release, stamp=None):
    """The day itself: it leaves room for the sessions, so nobody is busy twice."""
    zone = ZoneInfo(event.zone)
    times = {"starts_at": event.starts_at.astimezone(zone), "ends_at": event.ends_at.astimezone(zone)}
    number = (release.number if release else 0) + _is_off(event)
    row = ics.dated(f"event-{event.pk}", number, stamp or now(), **times)  # of two with one SEQUENCE the later counts
    row.add("summary", event.title)
    row.add("location", ", ".join(filter(None, [event.venue, event.venue_address])))
    row.add("description", event.summary)
    row.add("url", url_for("events:detail", event.pk))
    row.add("status", "CANCELLED" if _is_off(event) else "CONFIRMED")
    row.add("transp", "TRANSPARENT")
    return row
