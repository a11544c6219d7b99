"""Reads a calendar file in a process of its own: `python calendar_reader.py FIRST LAST MOST <file`.

A file from outside may be broken or made to keep a machine busy for days (a rule that repeats every second, or that
never comes true). So whoever reads it has few seconds and little memory, and nothing to give away: this module
knows neither settings nor database. Prints JSON: rows of [uid, first day, last day, name, whole days, hours].
"""

import json
import resource
import sys
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECONDS, BYTES = 3, 700 * 1024 * 1024
HERE = ZoneInfo("Europe/Amsterdam")
LONGEST_DAYS, LONGEST = 60, 500  # days, characters
#: A calendar of a school repeats by the day at most.
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}


def main(first, last, most):
    """Print what stands in the calendar between these days, at most so many."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    from icalendar import Calendar
    from recurring_ical_events import of

    calendar = Calendar.from_ical(sys.stdin.buffer.read())
    for event in calendar.walk("VEVENT"):
        if TOO_OFTEN & {str(each).upper() for each in (event.get("RRULE") or {}).get("FREQ", [])}:
            raise ValueError("repeats too often")
    found = []
    for event in of(calendar, skip_bad_series=True).between(first, last + timedelta(days=1)):
        if row := _row(event, first, last):
            found.append(row)
        if len(found) > most:
            break
    json.dump(found, sys.stdout)


def _row(event, first, last):
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    starts, ends = event.start, event.end
    whole = not isinstance(starts, datetime)
    if not whole:
        starts, ends = _here(starts), _here(ends)
        hours = (ends - starts).total_seconds() / 3600
        begin, until = starts.date(), ends.date()
        if until > begin and ends.time() == time():
            until -= timedelta(days=1)
    else:
        begin, until, hours = starts, max(starts, ends - timedelta(days=1)), 24
    if until < first or begin > last or (until - begin).days > LONGEST_DAYS:
        return None
    uid, name = (_short(event.get(key, "")) for key in ("UID", "SUMMARY"))
    return [uid, begin.isoformat(), until.isoformat(), name, whole, round(hours, 2)]


def _short(text):
    """No more of it than anybody reads: what repeats daily is copied as often."""
    return str(text)[:LONGEST].replace("\0", "")


def _here(moment):
    return moment.replace(tzinfo=moment.tzinfo or HERE).astimezone(UTC).astimezone(HERE)


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]), date.fromisoformat(sys.argv[2]), int(sys.argv[3]))
