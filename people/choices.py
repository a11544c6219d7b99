from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.registry import Registry


class Region(TextChoices):
    """The Dutch school holiday regions; the values are the names that `holidays` uses."""

    NORTH = "Noord", pgettext_lazy("holiday region", "North")
    MIDDLE = "Midden", pgettext_lazy("holiday region", "Middle")
    SOUTH = "Zuid", pgettext_lazy("holiday region", "South")


class Language(TextChoices):
    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"


class Theme(TextChoices):
    AUTO = "auto", _("as my device does")
    LIGHT = "light", pgettext_lazy("colours", "light")
    DARK = "dark", pgettext_lazy("colours", "dark")


class Weekday(IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class LetterDay(IntegerChoices):
    """When the PLG letter comes: once a week, or each day on which she works."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")
    DAILY = 7, _("every working day")


#: The themes a person can choose from: name of an app -> choices. Filled in by the app that works with them.
themes = Registry("themes")


def offered_themes():
    """All (value, label) pairs that apps put into `themes`."""
    return [choice for offered in themes.values() for choice in offered]


#: The columns of a person by which others see her (`naming`).
FACE = ("name", "email", "photo")
