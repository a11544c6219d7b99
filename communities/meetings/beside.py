"""Dates beside meetings (a research lesson, a class visit): they stand on one's agenda and in one's feed, too.

An upper app says in `AppConfig.ready()`::

    beside.sources.add("lessonstudy", beside.Source(rows=dates.of, events=dates.events))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain

from core.registry import Registry


@dataclass(frozen=True)
class Date:
    """One such date as the agenda shows it; `name` says whose it is, `called` what it is."""

    starts_at: datetime
    held_on: date
    starts: time
    ends: time
    name: str
    called: str
    url: str
    where: str = ""


@dataclass(frozen=True)
class Source:
    """An app's dates: `rows(user, first, last)` between two days, `last` None for all; `events(person, since)` as a
    calendar reads them (icalendar), those that were called off as cancelled."""

    rows: Callable
    events: Callable


#: name -> Source
sources = Registry("dates beside meetings")


def rows(user, first, last=None):
    """The dates of this person from the one day to the other, of all sources."""
    return list(chain.from_iterable(source.rows(user, first, last) for source in sources.values()))


def events(person, since):
    """The same for her feed, from this moment on."""
    return list(chain.from_iterable(source.events(person, since) for source in sources.values()))
