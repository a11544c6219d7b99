"""What can be found: apps that keep texts register them in `AppConfig.ready()`, and through which doors one comes.

A *door* is a short word on a stored text: `c12` opens for who takes part in PLG 12. Everybody has the doors that her
standing gives her, asked anew at every search; a text is found when one of hers is among its own.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from core.registry import Registry

#: Kinds of things that are found: name -> Kind.
kinds = Registry("kinds of things that are found")
#: Where they come from: name -> Source.
sources = Registry("sources of what is found")
#: The doors somebody has: name -> function(user) -> some of them.
doors = Registry("doors to what is found")


def members(community_id):
    """The door for who takes part in a PLG."""
    return f"c{community_id}"


def readers(community_id):
    """The door for who left a PLG that lets its leavers read on."""
    return f"l{community_id}"


def owner(person_id):
    """The door to what is one's own."""
    return f"p{person_id}"


def network(network_id):
    """The door for the members of the PLGs of a network."""
    return f"n{network_id}"


@dataclass(frozen=True)
class Kind:
    """How something that was found is called and drawn, and under which name of an address it lies."""

    label: str
    icon: str
    url: str


@dataclass(frozen=True)
class Record:
    """What is stored of one thing: its words, and its doors. Behind other doors it is another `part`."""

    kind: str
    object_id: int
    doors: Iterable[str]
    at: dt.datetime
    title: str
    text: str = ""
    community_id: int | None = None
    network_id: int | None = None
    owner_id: int | None = None
    part: int = 0
    says_title: bool = True  # False where the title is that of something else, whose words are found there


@dataclass(frozen=True)
class Source:
    """Rows of one model, each with the records that come of it; on a page of results those stand as one."""

    model: type[Model]
    rows: Callable[[], QuerySet]  # those that can be found at all, with what `records` needs
    records: Callable[[list], Iterable[tuple[int, Record]]]  # (id of the row, record)


def source_of(model):
    """(name, source) of the rows of this model."""
    return next((name, source) for name, source in sources.items() if source.model is model)
