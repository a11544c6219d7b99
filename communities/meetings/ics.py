"""Meetings as calendars read them: iCalendar (RFC 5545), sent without asking for a reply (iTIP, RFC 5546).

METHOD:PUBLISH asks for no reply, because the reply of a calendar program would
reach nobody; METHOD:CANCEL takes dates back. DTSTAMP is the moment of the last
change, so the same meetings give the same bytes, and a feed can say "unchanged".
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from communities.meetings.choices import Place
from core.links import url_for

PRODUCT = "-//PLG-platform//Meetings//NL"


def publish(meetings, name=""):
    """The bytes of a calendar with these meetings; cancelled ones stand in it as cancelled."""
    return _calendar("PUBLISH", meetings, name).to_ical()


def cancel(meetings):
    """The bytes of a calendar that takes these meetings back."""
    return _calendar("CANCEL", meetings).to_ical()


def attachment(content, method):
    """A mail attachment of which a mail program knows that it is a calendar: name, content, type."""
    return ("plg.ics", content.decode(), f"text/calendar; method={method}")


def _calendar(method, meetings, name=""):
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
    for meeting in meetings:
        calendar.add_component(_event(meeting, cancelled=method == "CANCEL" or meeting.is_cancelled))
    calendar.add_missing_timezones()
    return calendar


def _event(meeting, *, cancelled):
    zone = ZoneInfo(meeting.zone)
    event = Event()
    event.add("uid", f"{meeting.uid}@{settings.MAIL_DOMAIN}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
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
