"""A school's own calendar: from an ICS file to the days on which nobody meets."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from core.files.intake import refuse_if_too_large
from core.refusals import Refused
from core.text import one_line
from core.time import today
from people import calendar

READER = Path(__file__).with_name("calendar_reader.py")
MOST_MB, MOST_DAYS, SECONDS = 2, 300, 6
LONGEST_NAME = 80
#: What takes fewer hours leaves room for a meeting, so it is not ticked beforehand.
HALF_A_DAY = 4
#: From March on a school enters its next year, too.
NEXT_YEAR_FROM = 3


@dataclass
class Found:
    """One day, or days in a row, of a calendar."""

    uid: str
    first: date
    last: date
    name: str
    takes_all_day: bool = True

    @property
    def packed(self):
        """As JSON has it."""
        return [self.uid, self.first.isoformat(), self.last.isoformat(), self.name]

    @classmethod
    def unpacked(cls, row):
        """Back from JSON."""
        uid, first, last, name = row
        return cls(uid, date.fromisoformat(first), date.fromisoformat(last), name)


def period(day=None):
    """From today to the end of this school year, or of the next one when that is near: (first, last)."""
    day = day or today()
    year = calendar.school_year(day) + (NEXT_YEAR_FROM <= day.month < calendar.YEAR_BEGINS)
    return day, calendar.days_of_school_year(year)[1]


def read(upload):
    """The days in an uploaded ICS file, in their order. Raises Refused for what is no calendar that we can read."""
    refuse_if_too_large(upload, MOST_MB)
    upload.seek(0)
    raw = upload.read()
    if b"BEGIN:VCALENDAR" not in raw[:4096].upper():
        raise Refused(_("This is not a calendar file. Export the calendar of the school as ICS first."))
    rows = _rows(raw)
    times = Counter(row[0] for row in rows)
    found = {each.uid: each for each in (_found(row, repeats=times[row[0]] > 1) for row in rows)}
    found = sorted(found.values(), key=lambda row: (row.first, row.last, row.name))
    if not found:
        raise Refused(_("We found no days from today on in this calendar."))
    if len(found) > MOST_DAYS:
        raise Refused(
            _("This calendar has more than %(most)d days. Export a smaller one, with study days only.")
            % {"most": MOST_DAYS}
        )
    return found


def _rows(raw):
    first, last = period()
    command = [sys.executable, "-I", str(READER), first.isoformat(), last.isoformat(), str(MOST_DAYS)]
    broken = Refused(_("We cannot read this calendar. Export it again, or enter the days by hand."))
    try:
        done = subprocess.run(command, input=raw, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise broken from None
    if done.returncode:
        raise broken
    return json.loads(done.stdout)


def _found(row, repeats):
    uid, first, last, name, whole, hours = row
    name = one_line(name)[:LONGEST_NAME] or _("study day")
    # Of what repeats each time is a row of its own. What has no UID is known by its day and name.
    key = uid if uid and not repeats else f"{uid or name}/{first}"
    if len(key) > 200:
        key = hashlib.sha256(key.encode()).hexdigest()
    return Found(key, date.fromisoformat(first), date.fromisoformat(last), name, whole or hours >= HALF_A_DAY)
