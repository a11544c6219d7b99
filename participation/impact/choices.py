from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Moment(TextChoices):
    """When in a school year the questions are asked."""

    START = "start", pgettext_lazy("of a school year", "at the start")
    MIDDLE = "middle", pgettext_lazy("of a school year", "halfway")
    END = "end", pgettext_lazy("of a school year", "at the end")


class Way(TextChoices):
    """How a PLG answers: by default with each other, in a meeting."""

    JOINT = "joint", _("together, in a meeting")
    ALONE = "alone", _("one by one, without names")


class Level(TextChoices):
    """What a question is about: from how it was to what it changed."""

    REACTION = "reaction", pgettext_lazy("level of a question", "reaction")
    LEARNING = "learning", pgettext_lazy("level of a question", "learning")
    SUPPORT = "support", pgettext_lazy("level of a question", "support")
    USE = "use", pgettext_lazy("level of a question", "use")
    EFFECT = "effect", pgettext_lazy("level of a question", "effect on pupils")
    WELLBEING = "wellbeing", pgettext_lazy("level of a question", "wellbeing")


class Audience(TextChoices):
    """Who else is asked, by an open link."""

    PUPILS = "pupils", _("pupils")
    PARENTS = "parents", _("parents")


class Animal(TextChoices):
    """The first word of the code that a respondent makes up: it says nothing about anybody."""

    BEAR = "bear", _("bear")
    CAT = "cat", _("cat")
    DOG = "dog", _("dog")
    EAGLE = "eagle", _("eagle")
    FOX = "fox", _("fox")
    FROG = "frog", _("frog")
    HORSE = "horse", _("horse")
    LION = "lion", _("lion")
    MOUSE = "mouse", _("mouse")
    OWL = "owl", _("owl")
    SEAL = "seal", _("seal")
    WHALE = "whale", _("whale")


class Colour(TextChoices):
    """The second word of it."""

    RED = "red", _("red")
    ORANGE = "orange", _("orange")
    YELLOW = "yellow", _("yellow")
    GREEN = "green", _("green")
    BLUE = "blue", _("blue")
    PURPLE = "purple", _("purple")
    PINK = "pink", _("pink")
    GREY = "grey", _("grey")
