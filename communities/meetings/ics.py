"""Meetings as calendars read them: iCalendar (RFC 5545), sent without asking for a reply (iTIP, RFC 5546).

METHOD:PUBLISH asks for no reply, because the reply of a calendar program would
reach nobody; METHOD:CANCEL takes dates back. DTSTAMP is the moment of the last
change, so the same meetings give the same bytes, and a feed can say "unchanged".
In a mail it is the moment of the mail: of two files with one SEQUENCE calendars
take the later (RFC 5546, 2.1.5), so what was taken back from somebody can return.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from communities.meetings.choices import Place
from core.links import url_for
from core.time import AMSTERDAM

PRODUCT = "-//PLG-platform//Meetings//NL"

# By the two rules of the European Union (directive 2000/84/EC), as every calendar program has understood them for
# decades. The list of single dates that icalendar makes instead is 3 kB, ends in 2038, and vobject among others
# reads all of it as winter time.
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""


def publish(meetings, name="", at=None, more=()):
    """The bytes of a calendar with these meetings; cancelled ones stand in it as cancelled. `at`: made when.

    `more` are events of other sorts (`communities.meetings.beside`).
    """
    events = [_event(meeting, at, cancelled=meeting.is_cancelled) for meeting in meetings]
    return filled(calendar("PUBLISH", name), [*events, *more])


def cancel(meetings, at=None):
    """The bytes of a calendar that takes these meetings back from everybody."""
    return filled(calendar("CANCEL"), [_event(meeting, at, cancelled=True) for meeting in meetings])


def one(event, method):
    """The bytes of a calendar with one event of another sort, told or taken back: PUBLISH or CANCEL."""
    return filled(calendar(method), [event])


def as_known(meeting):
    """What a reader knows of a meeting now, to take it back from her later; fit for JSON."""
    return {
        "uid": str(meeting.uid),
        "sequence": meeting.sequence,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "zone": meeting.zone,
        "plg": meeting.community.name,
    }


def take_back(known, at):
    """The bytes of a calendar that takes back from one reader what she knew (`as_known`), and tells nothing newer."""
    return filled(calendar("CANCEL"), [_taken_back(each, at) for each in known])


def attachment(content, method):
    """A mail attachment of which a mail program knows that it is a calendar: name, content, type."""
    return ("plg.ics", content.decode(), f"text/calendar; method={method}")


def calendar(method, name=""):
    """An empty calendar; with a name it is one to subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval;value=duration", "PT4H")
        calendar.add("x-published-ttl", "PT4H")
    return calendar


def filled(calendar, events):
    """The bytes of a calendar with these events and the time zones that they name."""
    if any(str(event["dtstart"].params.get("TZID")) == AMSTERDAM for event in events):
        calendar.add_component(Timezone.from_ical(VTIMEZONE))
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def dated(uid, sequence, stamp, *, starts_at, ends_at):
    """What every event must have to be recognised."""
    event = Event()
    event.add("uid", f"{uid}@{settings.MAIL_DOMAIN}")
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    return event


def _taken_back(known, at):
    zone = ZoneInfo(known["zone"])
    times = {name: datetime.fromisoformat(known[name]).astimezone(zone) for name in ("starts_at", "ends_at")}
    event = dated(known["uid"], known["sequence"], at, **times)
    event.add("summary", known["plg"])
    event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _event(meeting, at, *, cancelled):
    zone = ZoneInfo(meeting.zone)
    times = {"starts_at": meeting.starts_at.astimezone(zone), "ends_at": meeting.ends_at.astimezone(zone)}
    event = dated(meeting.uid, meeting.sequence, at or meeting.changed_at, **times)
    event.add("last-modified", meeting.changed_at)
    event.add("summary", f"{meeting.community.name}: {meeting.called}")
    event.add("location", _location(meeting))
    event.add("description", _description(meeting))
    event.add("url", url_for("meetings:detail", meeting.pk))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    return event


def _location(meeting):
    if meeting.place == Place.ONLINE and meeting.link:
        return meeting.link
    town = meeting.school.town if meeting.school_id else ""
    return f"{meeting.where}, {town}" if town and meeting.place == Place.ONSITE else meeting.where


def _description(meeting):
    lines = []
    if meeting.is_cancelled:
        lines.append(_("This meeting was cancelled."))
    if meeting.link and meeting.place != Place.ONSITE:
        lines.append(_("Join online: %(link)s") % {"link": meeting.link})
    lines.append(_("Answer and prepare: %(link)s") % {"link": url_for("meetings:detail", meeting.pk)})
    return "\n".join(lines)
