"""The programme as pretalx and the apps around it read it: the schedule of frab in JSON (c3voc.de/wiki/schedule)."""

from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from communities.choices import Theme
from core.links import absolute, url_for
from events.choices import SessionKind

SCHEMA = "https://c3voc.de/schedule/schema.json"


def export(event, release):
    """The whole document, as plain data. What was cancelled is not in it: it has no way to say so."""
    content = release.content
    zone = ZoneInfo(content.get("zone") or event.zone)
    sessions = _held(content)
    dates = [event.held_on + timedelta(days=n) for n in range((event.last_on - event.held_on).days + 1)]
    return {
        "$schema": SCHEMA,
        "generator": {"name": "PLG-platform", "version": "1"},
        "schedule": {
            "url": url_for("events:programme", event.pk),
            "version": str(release.number),
            "base_url": absolute("/"),
            "conference": {
                "acronym": f"{slugify(event.title)[:50]}_{event.pk}".replace("-", "_"),
                "title": event.title,
                "description": event.summary,
                "start": event.held_on.isoformat(),
                "end": event.last_on.isoformat(),
                "daysCount": len(dates),
                "timeslot_duration": "00:05",
                "time_zone_name": zone.key,
                "url": url_for("events:detail", event.pk),
                "colors": {"primary": "#0b6e63"},
                "rooms": [_room(event, room) for room in _rooms(content, sessions)],
                "tracks": [{"name": str(Theme(theme).label), "slug": theme, "color": "#0b6e63"}
                           for theme in dict.fromkeys(each["theme"] for each in sessions) if theme],
                "days": [_day(event, content, *dated) for dated in enumerate(dates, 1)],
            },
        },
    }  # fmt: skip


def _held(content):
    return [each for each in content.get("sessions", []) if not each["is_cancelled"]]


def _rooms(content, sessions):
    """The rooms, and a place for what has none."""
    rooms = list(content.get("rooms", []))
    return rooms + ([NOWHERE] if any(not each["room"] for each in sessions) else [])


NOWHERE = {"id": None, "name": "–", "where": ""}


def _guid(kind, key):
    return str(uuid5(NAMESPACE_URL, absolute(f"/{kind}/{key}")))


def _room(event, room):
    key = room["id"] or f"none-{event.pk}"
    return {
        "name": room["name"], "slug": f"{room['id'] or 0}-{slugify(room['name'])}".strip("-"),
        "guid": _guid("room", key), "description": room["where"], "capacity": None,
    }  # fmt: skip


def _day(event, content, index, day):
    zone = ZoneInfo(content.get("zone") or event.zone)
    sessions, slots = _held(content), {each["id"]: each for each in content["slots"]}
    here = [each for each in sessions if slots[each["slot"]]["day"] == day.isoformat()]
    rooms = {}
    for room in _rooms(content, sessions):
        found = [each for each in here if each["room"] == room["id"]]
        if found:
            rooms[room["name"]] = [_event(event, each, room, slots[each["slot"]], zone) for each in found]
    begins = datetime.combine(day, time(0, 0), zone)
    ends = datetime.combine(day + timedelta(days=1), time(0, 0), zone) - timedelta(minutes=1)
    return {
        "index": index, "date": day.isoformat(), "day_start": begins.isoformat(), "day_end": ends.isoformat(),
        "rooms": rooms,
    }  # fmt: skip


def _event(event, session, room, slot, zone):
    starts = datetime.fromisoformat(slot["starts_at"]).astimezone(zone)
    minutes = int((datetime.fromisoformat(slot["ends_at"]) - starts).total_seconds() // 60)
    address = url_for("events:session", session["id"])
    return {
        "guid": _guid("session", session["uid"]),
        "code": f"S{session['id']}",
        "id": session["id"],
        "date": starts.isoformat(),
        "start": f"{starts:%H:%M}",
        "duration": f"{minutes // 60:02}:{minutes % 60:02}",
        "room": room["name"],
        "slug": f"{event.pk}-{session['id']}-{slugify(session['title'])}"[:80].strip("-"),
        "url": address,
        "origin_url": address,
        "title": session["title"],
        "subtitle": session["plg"],
        "track": str(Theme(session["theme"]).label) if session["theme"] else None,
        "type": str(SessionKind(session["kind"]).label),
        "language": (event.languages or "nl").split(",")[0].strip()[:2],
        "abstract": session["summary"],
        "description": "",
        "recording_license": "",
        "do_not_record": False,
        "persons": [_person(session, position, name) for position, (_pk, name) in enumerate(session["speakers"])],
        "links": [],
        "feedback_url": address,
        "attachments": [],
        "answers": [],
    }


def _person(session, position, name):
    """A name and no more: nobody is followed from one event to the next."""
    key = f"{session['uid']}-{position}"
    return {
        "guid": _guid("speaker", key),
        "code": f"P{session['id']}X{position}",
        "name": name,
        "public_name": name,
        "answers": [],
    }  # fmt: skip
