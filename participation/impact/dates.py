"""When to ask: days that fit the school year, proposed and then chosen by people."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.time import today
from participation.impact.choices import Moment
from people.calendar import is_working_day, school_year

#: (month, day, the year after?) around which each is asked, by default.
USUAL = {Moment.START: (9, 7, 0), Moment.MIDDLE: (1, 18, 1), Moment.END: (5, 25, 1)}
OPEN_FOR = timedelta(weeks=4)
AFTERWARDS = timedelta(days=3)  # after a meeting, to change an answer
APART = timedelta(weeks=8)  # between two times, else nothing can have changed


@dataclass(frozen=True)
class Proposal:
    """From when until when, for one moment; `fits` is False where it lies too near the one before."""

    moment: str
    opens_on: date
    closes_on: date
    fits: bool = True


def propose(year=None, region="", meetings=()):
    """{moment: Proposal} for a school year: the usual days, and what is past already from now on.

    `meetings` are the days on which a PLG meets: the first one after the usual day falls within.
    """
    now = today()
    year = school_year(now) if year is None else year
    found, before = {}, None
    for moment, (month, day, later) in USUAL.items():
        opens = _working_day(max(date(year + later, month, day), now), region)
        fits = before is None or opens - before >= APART
        closes = _working_day(opens + OPEN_FOR, region)
        meets = min((each for each in meetings if opens <= each), default=None)
        if meets and meets - opens < APART:
            closes = max(closes, _working_day(meets + AFTERWARDS, region))
        found[moment] = Proposal(moment, opens, closes, fits)
        before = opens if fits else before
    return found


def _working_day(day, region):
    """This day, or the next on which people work."""
    while not is_working_day(day, region):
        day += timedelta(days=1)
    return day
