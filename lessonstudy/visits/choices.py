"""The words of class visits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """Who looks with whom, said by the one who begins."""

    COME = "come", _("Come and look with me")
    GO = "go", _("I want to look with somebody")


class Manner(TextChoices):
    LIVE = "live", _("in the classroom")
    VIDEO = "video", _("on a film of the lesson")


class Way(TextChoices):
    """With all its steps, or only planned and done, for two who arranged it in the corridor."""

    FULL = "full", _("with all steps")
    SHORT = "short", _("short")


class State(TextChoices):
    OPEN = "open", pgettext_lazy("of a class visit", "open")
    OFFERED = "offered", pgettext_lazy("of a class visit", "times offered")
    ACCEPTED = "accepted", pgettext_lazy("of a class visit", "agreed")
    COVER = "cover", pgettext_lazy("of a class visit", "cover needed")
    PLANNED = "planned", pgettext_lazy("of a class visit", "planned")
    VISITED = "visited", pgettext_lazy("of a class visit", "visited")
    DISCUSSED = "discussed", pgettext_lazy("of a class visit", "talked over")
    CLOSED = "closed", pgettext_lazy("of a class visit", "completed")
    POSTPONED = "postponed", pgettext_lazy("of a class visit", "put off")
    CANCELLED = "cancelled", pgettext_lazy("of a class visit", "called off")


#: Others of the PLG may still answer to it.
OPEN_TO_ALL = (State.OPEN, State.OFFERED)
#: Nothing is to be done any more.
OVER = (State.CLOSED, State.CANCELLED)
STATE_TAGS = {State.PLANNED: "yes", State.COVER: "half", State.POSTPONED: "half", State.CANCELLED: "out"}


class CoverKind(TextChoices):
    """Who looks after the class of the visitor."""

    SUBSTITUTE = "substitute", _("a substitute teacher")
    COMBINED = "combined", _("together with another class")
    LEADER = "leader", _("the IB'er or the leader")
    SWAP = "swap", _("we swap among ourselves")
    SPECIALIST = "specialist", _("an hour of a specialist teacher")
    NONE = "none", _("not needed: I have no class then")


#: What the planner of the school arranges; the others the visitor arranged herself.
BY_PLANNER = frozenset({CoverKind.SUBSTITUTE, CoverKind.COMBINED, CoverKind.LEADER})
