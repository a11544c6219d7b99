"""The words of innovation labs, work conferences, webinars and open evenings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    LAB = "lab", _("innovation lab")
    CONFERENCE = "conference", _("work conference")
    KICK_OFF = "kick_off", _("kick-off")
    WEBINAR = "webinar", _("webinar")
    EVENING = "evening", _("open evening")


KIND_ICONS = {
    Kind.LAB: "bulb",
    Kind.CONFERENCE: "presentation",
    Kind.KICK_OFF: "rocket",
    Kind.WEBINAR: "device-laptop",
    Kind.EVENING: "moon",
}


class State(TextChoices):
    CONCEPT = "concept", _("concept")
    CALL_OPEN = "call_open", _("contributions are welcome")
    CALL_CLOSED = "call_closed", _("contributions are being chosen")
    PROGRAMME = "programme", _("the programme is known")
    OPEN = "open", _("registration is open")
    CLOSED = "closed", _("registration is closed")
    RUNNING = "running", _("going on")
    OVER = "over", pgettext_lazy("state of an event", "over")
    ARCHIVED = "archived", _("in the archive")
    CANCELLED = "cancelled", pgettext_lazy("state of an event", "cancelled")


class Scope(TextChoices):
    """For whom it is; on the web it is for everybody, and parents register without an account."""

    SCHOOL = "school", _("our school")
    BOARD = "board", _("our board")
    NETWORK = "network", _("our network")
    PUBLIC = "public", _("everybody, on the web")


class Place(TextChoices):
    ONSITE = "onsite", _("in a building")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("in a building and online")


class Part(TextChoices):
    """What somebody does for an event."""

    ORGANISER = "organiser", _("organiser")
    REVIEWER = "reviewer", _("reads contributions")
    CREW = "crew", _("helps on the day")


class ContributionKind(TextChoices):
    PRESENTATION = "presentation", _("presentation")
    WORKSHOP = "workshop", _("workshop")
    POSTER = "poster", _("poster")
    STALL = "stall", _("market stall")
    THEME = "theme", _("theme for speed-dates")


class ContributionState(TextChoices):
    CONCEPT = "concept", _("concept")
    SUBMITTED = "submitted", _("submitted")
    REVIEWED = "reviewed", _("being read")
    ACCEPTED = "accepted", _("accepted")
    RESERVE = "reserve", pgettext_lazy("of a contribution", "reserve")
    REJECTED = "rejected", _("not this time")
    CONFIRMED = "confirmed", _("confirmed")
    SCHEDULED = "scheduled", _("in the programme")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Decision(TextChoices):
    """Prepared first, then sent to all at once."""

    ACCEPT = "accept", _("accept")
    RESERVE = "reserve", _("keep in reserve")
    REJECT = "reject", _("not this time")


class QuestionOf(TextChoices):
    CONTRIBUTION = "contribution", _("who contributes")
    REGISTRATION = "registration", _("who registers")
    EVALUATION = "evaluation", _("who was there")


class QuestionKind(TextChoices):
    TEXT = "text", _("text")
    CHOICE = "choice", _("one of several")
    MANY = "many", _("several of these")
    YES = "yes", _("yes or no")
    SCALE = "scale", _("from 1 to 5")


class SessionKind(TextChoices):
    PLENARY = "plenary", _("all together")
    WORKSHOP = "workshop", _("workshop")
    PRESENTATION = "presentation", _("presentation")
    POSTERS = "posters", _("posters and stalls")
    SPEED_DATES = "speed_dates", _("speed-dates")
    BREAK = "break", _("break")


class RegistrationState(TextChoices):
    REQUESTED = "requested", _("requested")
    CONFIRMED = "confirmed", pgettext_lazy("of a registration", "confirmed")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("a place is offered")
    CANCELLED = "cancelled", pgettext_lazy("of a registration", "cancelled")
    EXPIRED = "expired", _("not taken in time")
    DECLINED = "declined", _("not admitted")


#: Those that use a seat: a live offer as well, so that nobody is ever overbooked.
SEATED = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)


class Capacity(TextChoices):
    """As what somebody is registered."""

    PARTICIPANT = "participant", _("participant")
    SPEAKER = "speaker", _("speaker")
    CREW = "crew", _("helps on the day")
    GUEST = "guest", _("guest")


class SeatState(TextChoices):
    CONFIRMED = "confirmed", pgettext_lazy("of a seat", "yours")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("a place is offered")
    LEFT = "left", _("given up")


class Direction(TextChoices):
    IN = "in", _("in")
    OUT = "out", _("out")
    UNDO = "undo", _("undone")


class DatesState(TextChoices):
    CONCEPT = "concept", _("concept")
    PLANNED = "planned", _("planned")
    RUNNING = "running", _("going on")
    OVER = "over", pgettext_lazy("of speed-dates", "over")
