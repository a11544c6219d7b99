"""How long somebody was at an event and in which sessions, read from what was written at the door.

Nothing is kept here: the same rows always give the same minutes, so a correction corrects. What an organiser put right
afterwards counts instead of all that was scanned, also of what a device sends later.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from events.choices import Direction, SeatState, SessionKind
from events.models import CheckIn, Seat, Session

CORRECTION = "~correction"  # the "device" of rows by which an organiser put attendance right; no device says so
MIDNIGHT = datetime.min.time()


@dataclass
class Presence:
    """Minutes of each day, sessions in the order of the programme, and from when to when."""

    minutes: dict = field(default_factory=dict)
    sessions: list = field(default_factory=list)
    spans: list = field(default_factory=list)
    is_corrected: bool = False

    @property
    def total(self):
        return sum(self.minutes.values())


def windows(event):
    """[(day, from, until)]: the hours of each of its days; into the night it is one stretch. A day that was rounded
    off before its end ends there."""
    zone = ZoneInfo(event.zone)
    last = min(event.ends_at, event.rounded_off_at or event.ends_at)
    if event.held_on == event.last_on or event.ends <= event.starts:
        return [(event.held_on, event.starts_at.astimezone(UTC), last.astimezone(UTC))]
    found = []
    for number in range((event.last_on - event.held_on).days + 1):
        day = event.held_on + timedelta(days=number)
        begin, end = (datetime.combine(day, each, zone).astimezone(UTC) for each in (event.starts, event.ends))
        found.append((day, begin, min(end, last.astimezone(UTC))))
    return found


def of_event(event, registrations):
    """{id of a registration: Presence}, of these: three queries, however many they are."""
    sessions = {each.pk: each for each in _sessions(event)}
    scanned, seats = defaultdict(list), defaultdict(set)
    ids = [row.pk for row in registrations]
    for row in CheckIn.objects.filter(registration__in=ids).order_by("pk"):
        scanned[row.registration_id].append(row)
    held = Seat.objects.filter(registration__in=ids, state=SeatState.CONFIRMED)
    for registration, session in held.values_list("registration", "session"):
        seats[registration].add(session)
    days = windows(event)
    return {row.pk: _presence(row, days, scanned[row.pk], seats[row.pk], sessions) for row in registrations}


def _sessions(event):
    """The sessions of an event, each with who gives it, and whether anybody was scanned at its door."""
    rows = Session.objects.filter(event=event, is_cancelled=False, slot__isnull=False).exclude(kind=SessionKind.BREAK)
    return (
        rows.select_related("slot")
        .prefetch_related("speakers", "contribution__authors", "check_ins")
        .order_by("slot__held_on", "slot__starts", "pk")
    )


def given_by(session):
    """Ids of who brings it."""
    found = {each.pk for each in session.speakers.all()}
    if session.contribution_id:
        found |= {each.person_id for each in session.contribution.authors.all()}
    return found - {None}


def _presence(registration, days, rows, seats, sessions):
    rows, is_corrected = _counting(rows)
    at_door, inside = defaultdict(list), defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.at, row.pk)):
        (inside[row.session_id] if row.session_id in sessions else at_door[_day_of(row, days)]).append(row)
    spans = {day: _spans(at_door[day], until) for day, _from, until in days}
    in_session = set()
    for pk, scans in inside.items():
        slot = sessions[pk].slot
        for begin, end in _spans(scans, slot.ends_at):
            in_session.add(pk)
            spans[_day_of(slot.starts_at, days)].append((begin, end))
    found = Presence(is_corrected=is_corrected)
    for day, begin, until in days:
        kept = _joined((max(start, begin), min(end, until)) for start, end in spans[day])
        if seconds := sum((end - start).total_seconds() for start, end in kept):
            found.minutes[day] = round(seconds / 60)
        found.spans += kept
    found.sessions = [
        pk for pk, session in sessions.items()
        if pk in in_session or _sat_in(session, registration, seats, found.spans)
    ]  # fmt: skip
    return found


def _counting(rows):
    """The rows that count: of a correction the last alone."""
    fixed = [row for row in rows if row.device == CORRECTION]
    if not fixed:
        return rows, False
    last = max(row.pk for row in fixed if row.direction == Direction.UNDO)
    return [row for row in fixed if row.pk > last], True


def _day_of(moment, days):
    """To which day something belongs: the first that was not over then."""
    at = getattr(moment, "at", moment)
    return next((day for day, _from, until in days if at <= until), days[-1][0])


def _spans(rows, until):
    """[(in, out)] of scans in their order: the same twice is once, an undo takes the last away."""
    kept = []
    for row in rows:
        if row.direction == Direction.UNDO:
            del kept[-1:]
        elif kept and kept[-1].direction == row.direction:
            kept[-1] = row if row.direction == Direction.OUT else kept[-1]
        else:
            kept.append(row)
    spans, begin = [], None
    for row in kept:
        if row.direction == Direction.IN:
            begin = row.at
        elif begin is not None:
            spans.append((begin, row.at))
            begin = None
    return [*spans, (begin, max(begin, until))] if begin is not None else spans


def _joined(spans):
    """Stretches that touch as one, so that no minute counts twice."""
    found = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _sat_in(session, registration, seats, spans):
    """Nobody was scanned at its door: whoever had a place there, gives it or could not be elsewhere, and was in the
    house for half of it at least."""
    if session.check_ins.all():
        return False
    is_hers = session.pk in seats or registration.person_id in given_by(session)
    if not (is_hers or session.kind == SessionKind.PLENARY):
        return False
    begin, end = session.slot.starts_at, session.slot.ends_at
    here = sum((max(timedelta(), min(end, until) - max(begin, start)) for start, until in spans), start=timedelta())
    return here * 2 >= end - begin
