"""What an entry of a logbook can begin with, so that nothing is typed twice.

Upper floors offer it: the notes that somebody made for herself in a session, the answer that she gave to a try-out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.registry import Registry
from core.text import number

#: name -> Starts; filled by upper floors in `AppConfig.ready()`.
starts = Registry("what an entry can begin with")


@dataclass(frozen=True)
class Start:
    """The beginning of an entry: where it comes from, and what is already said.

    `words` are boxes of an entry by name; `photo` is a stored file that is copied.
    """

    name: str
    pk: int
    label: str
    called: str
    icon: str
    happened_on: date
    about: Any
    community_id: int
    words: dict = field(default_factory=dict)
    photo: Any = None

    @property
    def key(self):
        return f"{self.name}:{self.pk}"


@dataclass(frozen=True)
class Starts:
    """One kind: `offers(user)` are the few that wait, `take(user, pk)` is one of her own, or None."""

    offers: Callable
    take: Callable


def offers(user):
    """All that waits for this person, the newest first."""
    found = [start for each in starts.values() for start in each.offers(user)]
    return sorted(found, key=lambda start: start.happened_on, reverse=True)


def take(user, key):
    """The beginning behind a key such as "meetings.try_out:12", if it is hers; None otherwise."""
    name, _colon, said = str(key).rpartition(":")
    pk = number(said)
    return starts[name].take(user, pk) if name in starts and pk is not None else None
