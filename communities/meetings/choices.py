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


class CalendarWay(TextChoices):
    """A person has the feed or calendar mails, never both: dates would stand twice in her calendar."""

    MAIL = "mail", _("a mail with the dates, for each plan or change")
    FEED = "feed", _("a private address that my calendar reads")
    NONE = "none", _("neither")
