"""Conversation starters: cards about the learning school, each good for one talk in a PLG or team.

A key is kept with what was put on an agenda and never changes; the words may.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Starter:
    """A question to talk about, why it matters, three questions to help, and what to write down at the end."""

    key: str
    title: str | Promise
    why: str | Promise
    questions: tuple
    ends_with: str | Promise
    minutes: int = 20

    @property
    def instruction(self):
        """The same as the text of an agenda item."""
        lines = [str(self.why), "", *(f"- {question}" for question in self.questions), "", str(self.ends_with)]
        return "\n".join(lines)


STARTERS = (
    Starter(
        "meaning",
        _("What do we mean by a learning organisation?"),
        _("Everybody nods at the words, and everybody sees something else. A moment from your own school says more."),
        (
            _("When did you see this year that our team learned something, not only one of us?"),
            _("What made that possible?"),
            _("What do we do that gets in the way?"),
        ),
        _("Write down one sentence that all of you can stand behind."),
    ),
    Starter(
        "room",
        _("How do we make time and money free?"),
        _("Learning together that comes on top of everything else stops in November. What goes out for it?"),
        (
            _("Which meeting or list could we drop, and who would miss it?"),
            _("Which hour in the week fits, and who takes over a class then?"),
            _("What would we pay for first: cover, an expert, or books?"),
        ),
        _("Write down one thing that you stop doing, and from when."),
        25,
    ),
    Starter(
        "outside",
        _("Whom outside our school do we learn from?"),
        _("What is hard for us is usual somewhere else. You need not invent it all."),
        (
            _("Which school near us is good at what we want?"),
            _("Who of us knows somebody there?"),
            _("What could they come and see with us?"),
        ),
        _("Write down whom you call, and who does it."),
    ),
    Starter(
        "experts",
        _("How do we involve our own experts?"),
        _("In every team somebody knows a lot about something. Often only her neighbour knows."),
        (
            _("Of what could you explain something to a colleague? Say it of each other, not of yourself."),
            _("When did you last ask somebody here for help?"),
            _("What does an expert need to have time for others?"),
        ),
        _("Make a list: what, and whom you ask."),
    ),
    Starter(
        "dare",
        _("What happens here when something does not succeed?"),
        _("Who tries something new does it badly first. Whether that may be seen decides whether anybody tries."),
        (
            _("What did you try this year that did not work? The eldest begins."),
            _("To whom did you tell it, and what did she say?"),
            _("What could we say to each other, to make it easier?"),
        ),
        _("Choose one thing that each of you dares to show next time."),
    ),
    Starter(
        "spread",
        _("How does what one group learns reach the others?"),
        _("A PLG finds something out, and the class next door knows nothing of it."),
        (
            _("What did another group here find out? If you do not know, that says something too."),
            _("How do you like to hear such things: by seeing, reading or trying?"),
            _("Which ten minutes of the team's meeting could be for it?"),
        ),
        _("Agree what you show the team, and when."),
    ),
    Starter(
        "ict",
        _("What must all of us be able to do with ICT?"),
        _("Some build their own tools, others dread the screen. Children meet both."),
        (
            _("What do you do with ICT that saves time, or that children learn from?"),
            _("What would you want to learn, and from whom in the team?"),
            _("What should every child have done with ICT before it leaves us?"),
        ),
        _("Make pairs: who sits beside whom for half an hour this month?"),
    ),
    Starter(
        "pupils",
        _("What do pupils notice of it?"),
        _("If children notice nothing, we did something for ourselves."),
        (
            _("What would a child say when we ask what we changed?"),
            _("Which three children could you ask, and what exactly?"),
            _("What would make you stop with it?"),
        ),
        _("Write down what you will ask, and whom."),
    ),
)
BY_KEY = {starter.key: starter for starter in STARTERS}
