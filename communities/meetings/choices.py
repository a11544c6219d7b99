from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Place(TextChoices):
    ONSITE = "onsite", _("at a school")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("at a school and online")


class State(TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a meeting", "planned")
    CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "cancelled")


class Coming(TextChoices):
    """An answer: in de zaal / online / afwezig."""

    ROOM = "room", _("I will be there")
    ONLINE = "online", _("I join online")
    ABSENT = "absent", _("I cannot come")


#: The answers that make sense at such a place.
OPTIONS = {
    Place.ONSITE: [Coming.ROOM, Coming.ABSENT],
    Place.ONLINE: [Coming.ONLINE, Coming.ABSENT],
    Place.HYBRID: [Coming.ROOM, Coming.ONLINE, Coming.ABSENT],
}


class CalendarWay(TextChoices):
    """A person has the feed or calendar mails, never both: dates would stand twice in her calendar."""

    MAIL = "mail", _("a mail with the dates, for each plan or change")
    FEED = "feed", _("a private address that my calendar reads")
    NONE = "none", _("neither")


class ItemKind(TextChoices):
    """What an item of the agenda is."""

    CHECK_IN = "check_in", _("check-in")
    ACTIONS = "actions", _("how did it go?")
    CASE = "case", _("case")
    DESIGN = "design", _("design together")
    VIDEO = "video", _("watch video")
    REFLECTION = "reflection", _("reflection")
    AGREEMENTS = "agreements", _("agreements")
    OTHER = "other", _("something else")


class ItemState(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("state of an agenda item", "proposed")
    PLANNED = "planned", pgettext_lazy("state of an agenda item", "on the agenda")
    DONE = "done", pgettext_lazy("state of an agenda item", "done")
    DROPPED = "dropped", pgettext_lazy("state of an agenda item", "dropped")


class PollState(TextChoices):
    OPEN = "open", pgettext_lazy("state of a date poll", "open")
    DECIDED = "decided", pgettext_lazy("state of a date poll", "decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a date poll", "withdrawn")


class Fits(TextChoices):
    """A vote on a date: ja / als het moet / nee."""

    YES = "yes", pgettext_lazy("vote on a date", "yes")
    IF_NEED_BE = "maybe", pgettext_lazy("vote on a date", "if need be")
    NO = "no", pgettext_lazy("vote on a date", "no")


class RunState(TextChoices):
    RUNNING = "running", pgettext_lazy("state of a session", "running")
    ENDED = "ended", pgettext_lazy("state of a session", "ended")


class Way(TextChoices):
    """How somebody takes part in a running session."""

    ROOM = "room", _("in the room")
    ONLINE = "online", _("online")


class LineKind(TextChoices):
    """What somebody writes down during a session. A line of one's own is seen by nobody else."""

    NOTE = "note", _("note")
    DECISION = "decision", _("decision")
    INSIGHT = "insight", _("insight")
    PARKED = "parked", _("for later")
    OWN = "own", _("note to myself")


class MinutesState(TextChoices):
    DRAFT = "draft", pgettext_lazy("state of minutes", "being written")
    PROPOSED = "proposed", pgettext_lazy("state of minutes", "proposed")
    APPROVED = "approved", pgettext_lazy("state of minutes", "approved")


class ActionKind(TextChoices):
    TASK = "task", _("task")
    TRY_OUT = "try_out", _("try in your class")


class ActionState(TextChoices):
    OPEN = "open", pgettext_lazy("state of an action point", "open")
    DONE = "done", pgettext_lazy("state of an action point", "done")
    DROPPED = "dropped", pgettext_lazy("state of an action point", "dropped")


class Tried(TextChoices):
    """How it went, in one tap: geprobeerd / deels / nog niet."""

    TRIED = "tried", pgettext_lazy("answer to an action point", "tried")
    PARTLY = "partly", pgettext_lazy("answer to an action point", "partly")
    NOT_YET = "not_yet", pgettext_lazy("answer to an action point", "not yet")
