"""What stands in a PLG letter, as plain data: made in bulk by `gather`, drawn by `activity/notices/letter.html`."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class AskLine:
    """Something that is asked of her: the question in plain text, and where it is answered.

    `url` is a path; `deeds` are (label, signed full address): what can be done with one tap; `ask` is its row.
    """

    said: str
    note: str
    button: str
    url: str
    icon: str = ""
    deeds: list = field(default_factory=list)
    ask: int = 0


@dataclass(slots=True)
class Line:
    """One thing that is new: safe HTML, the path to which it leads ("" to none), and its row in the bell."""

    said: str
    url: str
    notification: int


@dataclass(slots=True)
class NearLine:
    """Something near her theme: a title in plain text, a small line under it, the path to which it leads."""

    said: str
    note: str
    url: str


@dataclass(slots=True)
class Group:
    """What is new in one PLG; a group without name holds what belongs to none."""

    name: str
    url: str
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Content:
    """A whole letter. `read_url` is the signed full address at which all its news is marked as read."""

    asks: list[AskLine] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    near: list[NearLine] = field(default_factory=list)
    next_letter: datetime | None = None
    read_url: str = ""

    @property
    def notifications(self):
        """The rows of the bell that stand in it."""
        return [line.notification for group in self.groups for line in group.lines]

    @property
    def news(self):
        """How many things are new."""
        return sum(len(group.lines) for group in self.groups)

    @property
    def is_empty(self):
        """True when it is no letter: what is near her theme alone is none."""
        return not self.asks and not self.groups

    def variables(self):
        """What the words of the letter find."""
        return {
            "asks": self.asks,
            "groups": self.groups,
            "near": self.near,
            "news": self.news,
            "notifications": self.notifications,
            "open": [ask.ask for ask in self.asks],
            "next_letter": self.next_letter,
            "read_url": self.read_url,
        }
