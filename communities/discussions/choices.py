from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TopicKind(TextChoices):
    CONVERSATION = "conversation", _("conversation")
    QUESTION = "question", pgettext_lazy("kind of topic", "question")
    IDEA = "idea", _("idea")
    ANNOUNCEMENT = "announcement", _("announcement")


class Audience(TextChoices):
    """Who reads a topic: its PLG, or everybody in the PLGs of a network."""

    PLG = "plg", _("the members of this PLG")
    NETWORK = "network", _("the PLGs of the network")


class ReactionKind(TextChoices):
    """Four, and no more: enough to say that one read it and what it did."""

    THANKS = "thanks", pgettext_lazy("reaction", "Thank you")
    HELPS = "helps", pgettext_lazy("reaction", "This helps me")
    TRY = "try", pgettext_lazy("reaction", "I will try this")
    SAME = "same", pgettext_lazy("reaction", "So it is with me")


REACTION_ICONS = {
    ReactionKind.THANKS: "heart",
    ReactionKind.HELPS: "bulb",
    ReactionKind.TRY: "flask",
    ReactionKind.SAME: "hand-stop",
}


class Level(TextChoices):
    """How much of a topic somebody hears."""

    FOLLOW = "follow", _("everything")
    NORMAL = "normal", _("when it concerns me")
    MUTE = "mute", _("nothing")


#: The same as a sentence about her; why it is so follows.
HEARS = {
    Level.FOLLOW: _("You hear everything that is written here"),
    Level.NORMAL: _("You hear of it when somebody mentions you or answers you"),
    Level.MUTE: _("You hear nothing of this conversation"),
}


class Why(TextChoices):
    """Why somebody hears so much of it."""

    DEFAULT = "default", _("the usual setting")
    AUTHOR = "author", _("because you began this")
    REPLIED = "replied", _("because you wrote here")
    MENTIONED = "mentioned", _("because somebody mentioned you here")
    CHOSEN = "chosen", _("because you chose so")


#: How a topic of each kind looks in a list.
TOPIC_LOOKS = {
    TopicKind.CONVERSATION: {"icon": "message-circle"},
    TopicKind.QUESTION: {"icon": "message-question"},
    TopicKind.IDEA: {"icon": "bulb"},
    TopicKind.ANNOUNCEMENT: {"icon": "speakerphone"},
}
ANSWERED = {"icon": "circle-check"}
