"""A released programme: what it says, how it differs from the one before, whom that concerns, and its page.

The content of a release is plain data, made once. The page is drawn from it once in each language:
whole, as most people ask for it, and in pieces, one a session, so that it can be filtered by joining pieces.
"""

import json
from datetime import date, datetime, time
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from communities.choices import Theme
from events import planning
from events.choices import SeatState, SessionKind
from events.models import Favourite, Registration, Seat, Session

#: What calendars must know: a change of these is a new SEQUENCE (RFC 5545, 3.8.7.4).
IN_CALENDARS = ("slot", "room", "title", "is_cancelled")
#: What who comes must know.
TOLD = ("cancelled", "moved", "room")


def content_of(event, sessions=None):
    """The programme as it stands now: days and hours, rooms, and what is placed."""
    sessions = planning.sessions_of(event) if sessions is None else sessions
    placed = [each for each in sessions if each.slot_id]
    return {
        "zone": event.zone,
        "slots": [_slot(slot) for slot in event.slots.all()],
        "rooms": [{"id": room.pk, "name": room.name, "where": room.where} for room in event.rooms.all()],
        "sessions": [_session(each) for each in sorted(placed, key=_order)],
    }


def _order(session):
    return (session.slot.starts_at, session.room.order if session.room_id else -1, session.pk)


def _slot(slot):
    return {
        "id": slot.pk, "day": slot.held_on.isoformat(), "starts": f"{slot.starts:%H:%M}", "ends": f"{slot.ends:%H:%M}",
        "starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat(), "name": slot.name,
        "is_choice": slot.is_choice,
    }  # fmt: skip


def _session(session):
    contribution = session.contribution if session.contribution_id else None
    return {
        "id": session.pk,
        "slot": session.slot_id,
        "room": session.room_id,
        "kind": session.kind,
        "theme": contribution.theme if contribution else "",
        "plg": contribution.community.name if contribution and contribution.community_id else "",
        "title": session.title,
        "summary": session.summary,
        "speakers": [[person, name] for person, name in planning.speakers_of(session)],
        "places": session.capacity,
        "is_cancelled": session.is_cancelled,
        "uid": session.uid,
        "sequence": session.sequence,
    }


def fingerprint(content):
    """What somebody saw before she released it. The sequence is ours to count, so it does not matter."""
    plain = {**content, "sessions": [{**each, "sequence": 0} for each in content.get("sessions", [])]}
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:16]


# Differences --------------------------------------------------------------------------------------


def differences(before, after):
    """[(id of a session, what: new cancelled moved room title words speakers)] between two contents, in order."""
    known = {each["id"]: each for each in before.get("sessions", [])}
    old_slots, new_slots = _hours(before), _hours(after)
    found = []
    for each in after.get("sessions", []):
        was = known.get(each["id"])
        if was is None:
            found += [] if each["is_cancelled"] else [(each["id"], "new")]
        elif each["is_cancelled"]:
            found += [] if was["is_cancelled"] else [(each["id"], "cancelled")]
        else:
            if old_slots.get(was["slot"]) != new_slots.get(each["slot"]):
                found.append((each["id"], "moved"))
            if _room_of(before, was) != _room_of(after, each):
                found.append((each["id"], "room"))
            for what, name in (("title", "title"), ("words", "summary"), ("speakers", "speakers"), ("words", "kind")):
                if was[name] != each[name]:
                    found.append((each["id"], what))
    return found


def _hours(content):
    return {each["id"]: (each["starts_at"], each["ends_at"]) for each in content.get("slots", [])}


def _room_of(content, session):
    return next((each["name"] for each in content.get("rooms", []) if each["id"] == session["room"]), "")


def raised(before, after):
    """The ids of sessions that calendars must read anew: of another hour, room, title, or cancelled."""
    return {pk for pk, what in differences(before, after) if what in ("moved", "room", "title", "cancelled")}


def sentence(what, before, after, pk):  # noqa: PLR0911 - one for each kind of change
    """One difference for a reader, as “moved to 14.00”."""
    was, now = _find(before, pk), _find(after, pk)
    match what:
        case "new":
            return _("stands in the programme: %(when)s") % {"when": when(after, now)}
        case "cancelled":
            return _("is called off")
        case "moved":
            return _("is moved to %(when)s, it was %(was)s") % {"when": when(after, now), "was": when(before, was)}
        case "room":
            room, old = _room_of(after, now), _room_of(before, was)
            if not room:
                return _("has no room yet, it was %(was)s") % {"was": old}
            return _("is in %(room)s, it was %(was)s") % {"room": room, "was": old or _("no room yet")}
        case "title":
            return _("has another name, it was “%(was)s”") % {"was": was["title"]}
        case "speakers":
            return _("is brought by %(names)s") % {"names": names(now) or _("somebody else")}
    return _("has other words")


def _find(content, pk):
    return next((each for each in content.get("sessions", []) if each["id"] == pk), None)


def names(session):
    """Who brings it, as text."""
    return ", ".join(name for _pk, name in session["speakers"])


def when(content, session):
    """Day and hour of a session, as text."""
    slot = next((each for each in content.get("slots", []) if each["id"] == session["slot"]), None)
    if slot is None:
        return _("later")
    starts = slot["starts"].replace(":", ".")
    if len({each["day"] for each in content["slots"]}) == 1:
        return starts
    day = datetime.fromisoformat(slot["starts_at"]).astimezone(ZoneInfo(content["zone"]))
    return f"{date_format(day, 'D j M')} {starts}"


def sessions_of(person, event):
    """{id of a session: why it concerns her: brings, seat, waits, marked} at this event. Three queries."""
    marked = Favourite.objects.filter(person=person, session__event=event).values_list("session", flat=True)
    found = dict.fromkeys(marked, "marked")
    seats = Seat.objects.filter(registration__person=person, session__event=event)
    here = seats.exclude(state=SeatState.LEFT, session__is_cancelled=False)
    for session, state in here.values_list("session", "state"):
        found[session] = "waits" if state == SeatState.WAITING else "seat"
    brings = Session.objects.filter(event=event)
    own = brings.filter(speakers=person) | brings.filter(contribution__authors__person=person)
    return found | dict.fromkeys(own.values_list("pk", flat=True), "brings")


def concerned(event, changes, before, after):
    """(people, addresses) who hear of it: who brings it of every change, who marked it or has a place of what moved."""
    brought = {pk for pk, _what in changes}
    told = {pk for pk, what in changes if what in TOLD}
    people, addresses = set(), set()
    for content in (before, after):
        for each in content.get("sessions", []):
            if each["id"] in brought:
                people |= {pk for pk, _name in each["speakers"] if pk}
    for session in Session.objects.filter(pk__in=brought).select_related("contribution"):
        addresses |= set(planning.authors_told(session)[1])
    seated = Registration.objects.filter(event=event, seats__session__in=told).filter(
        seats__state__in=[SeatState.CONFIRMED, SeatState.OFFERED, SeatState.WAITING]
    )
    seated |= Registration.objects.filter(event=event, seats__session__in=told, seats__session__is_cancelled=True)
    for person, address in seated.values_list("person", "address"):
        people.add(person) if person else addresses.add(address)
    people |= set(Favourite.objects.filter(session__in=told).values_list("person", flat=True))
    return people, addresses


# The page -----------------------------------------------------------------------------------------

#: What somebody may ask of a programme: one hour, one kind, one theme, or what she marked.
ALL = {"slot": "", "kind": "", "theme": "", "mine": False}


def drawn(content):
    """The page in every language: in pieces that a filter chooses from, and whole. The fields of a release."""
    found = {"html": {}, "page": {}}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found["html"][language] = pieces(content)
            found["page"][language] = page_of(found["html"][language])
    return found


def pieces(content):
    """The page in the language of this moment, in pieces: [{id, day, starts, ends, name, sessions: [{…, html}]}]."""
    rooms = {each["id"]: each for each in content.get("rooms", [])}
    by_slot = {}
    for each in content.get("sessions", []):
        by_slot.setdefault(each["slot"], []).append(each)
    return [
        {name: slot[name] for name in ("id", "day", "starts", "ends", "name")}
        | {"sessions": [_piece(each, rooms.get(each["room"])) for each in by_slot[slot["id"]]]}
        for slot in content.get("slots", [])
        if slot["id"] in by_slot
    ]


def _piece(session, room):
    context = {
        "session": session,
        "names": names(session),
        "room": room,
        "kind": SessionKind(session["kind"]).label,
        "can_mark": session["kind"] != SessionKind.BREAK and not session["is_cancelled"],
    }
    html = render_to_string("events/programme_session.html", context)
    return {"id": session["id"], "kind": session["kind"], "theme": session["theme"], "html": " ".join(html.split())}


def page_of(slots, wish=ALL, marked=frozenset()):
    """What these pieces come to for who asks this: {hours, selects, list} as HTML; the list is "" if nothing fits."""
    slots = [with_times(slot) for slot in slots]
    if wish["slot"] not in {str(slot["id"]) for slot in slots}:  # an hour that has gone from the programme
        wish = wish | {"slot": ""}
    shown = [
        slot | {"html": "".join(each["html"] for each in slot["sessions"] if _fits(each, wish, marked))}
        for slot in slots
        if wish["slot"] in ("", str(slot["id"]))
    ]
    shown = [slot for slot in shown if slot["html"]]
    context = {
        "wish": wish,
        "slots": slots,
        "days": [(day, list(found)) for day, found in groupby(shown, key=itemgetter("date"))],
        "several_days": len({slot["day"] for slot in slots}) > 1,
        "kinds": _choices(SessionKind.choices, slots, "kind"),
        "themes": _choices(Theme.choices, slots, "theme"),
    }
    return {
        name: " ".join(render_to_string(f"events/programme_{name}.html", context).split())
        for name in ("hours", "selects", "list")
    }


def _fits(session, wish, marked):
    return (
        (not wish["mine"] or session["id"] in marked)
        and wish["kind"] in ("", session["kind"])
        and wish["theme"] in ("", session["theme"])
    )


def _choices(choices, slots, name):
    here = {each[name] for slot in slots for each in slot["sessions"]}
    return [(key, label) for key, label in choices if key in here]


def with_times(slot):
    """A slot of a release with its `date`, and its hours as times."""
    times = {name: time.fromisoformat(slot[name]) for name in ("starts", "ends")}
    return slot | times | {"date": date.fromisoformat(slot["day"])}


def with_marks(html, marked):
    """The page as it was drawn, with her own marks."""
    for pk in marked:
        html = html.replace(f'value="{pk}" aria-pressed="false"', f'value="{pk}" aria-pressed="true"', 1)
    return html
