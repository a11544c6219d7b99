"""What is asked: fourteen questions of a PLG, and a few of pupils and of parents. Each is answered from 1 to 5.

A key is kept with every answer and never changes; the words may.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.impact.choices import Audience, Level

LOW, HIGH = 1, 5


@dataclass(frozen=True)
class Question:
    """One statement; `asks_example` where a sentence about what one saw belongs to it."""

    key: str
    text: str | Promise
    level: str = ""
    asks_example: bool = False

    @property
    def said_level(self):
        return Level(self.level).label if self.level else ""


OF_PLG = (
    Question("aim", _("I know what our PLG works on this year"), Level.REACTION),
    Question("dare", _("I dare to show something here that does not succeed"), Level.REACTION),
    Question("look", _("We look at what pupils do, not only at our impression"), Level.LEARNING),
    Question("prepare", _("Our conversations change what I prepare"), Level.LEARNING),
    Question("tried", _("I tried something from the PLG in the past month"), Level.USE),
    Question("pupils", _("I saw a difference with pupils, with an example"), Level.EFFECT, asks_example=True),
    Question("visited", _("I have been in a colleague's lesson"), Level.USE),
    Question("time", _("I get time for this in the timetable"), Level.SUPPORT),
    Question("leader", _("My school leader shows interest without steering"), Level.SUPPORT),
    Question("sources", _("We build on sources or research"), Level.LEARNING),
    Question("spread", _("Colleagues outside the PLG use something of ours"), Level.USE),
    Question("worth", _("It was worth the time"), Level.REACTION),
    Question("together", _("Because of the PLG I am less on my own"), Level.WELLBEING),
    Question("lighter", _("Working together in the PLG makes my work lighter"), Level.WELLBEING),
)

OF_PUPILS = (
    Question("understand", _("I understand what we learn in this lesson")),
    Question("ask", _("I dare to ask a question when I do not get it")),
    Question("think", _("In the lesson I have to think for myself")),
    Question("mistakes", _("I may make mistakes here")),
    Question("enjoy", _("I like this lesson")),
)

OF_PARENTS = (
    Question("know", _("I know what my child is learning in these lessons")),
    Question("tells", _("My child tells about these lessons at home")),
    Question("gladly", _("My child likes these lessons")),
    Question("forward", _("I see that my child is getting better at it")),
    Question("contact", _("I can ask the school a question about it")),
)

OF_AUDIENCE = {Audience.PUPILS: OF_PUPILS, Audience.PARENTS: OF_PARENTS}

#: What the figures mean, beside the buttons.
MARKS = (
    (1, pgettext_lazy("answer to a statement", "no")),
    (2, pgettext_lazy("answer to a statement", "rather not")),
    (3, pgettext_lazy("answer to a statement", "a bit")),
    (4, pgettext_lazy("answer to a statement", "rather")),
    (5, pgettext_lazy("answer to a statement", "yes")),
)
