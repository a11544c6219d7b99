from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Pace(TextChoices):
    """How soon a kind of notification reaches a person by mail."""

    AT_ONCE = "at_once", _("at once")
    LETTER = "letter", _("in my letter")
    NEVER = "never", _("only the bell")


class Channel(TextChoices):
    MAIL = "mail", _("mail")
    CALENDAR = "calendar", _("calendar mail")


class State(TextChoices):
    """The life of a delivery. Where the line broke and nobody knows, it is pending again: better twice than never."""

    PENDING = "pending", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")
