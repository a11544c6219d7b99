from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    PLG = "plg", _("PLG")
    LEARNING_NETWORK = "learning_network", _("learning network")


class State(TextChoices):
    """concept → recruiting → active ↔ resting → closed; the facilitator moves it."""

    CONCEPT = "concept", _("concept")
    RECRUITING = "recruiting", _("open for members")
    ACTIVE = "active", pgettext_lazy("state of a PLG", "active")
    RESTING = "resting", _("paused")
    CLOSED = "closed", pgettext_lazy("state of a PLG", "completed")


class JoinPolicy(TextChoices):
    OPEN = "open", _("everyone who can see it joins at once")
    REQUEST = "request", _("on request")
    INVITATION = "invitation", _("by invitation only")


class Listed(TextChoices):
    """Who finds it in the directory."""

    NOBODY = "nobody", _("only its members")
    OWNER = "owner", _("everyone at the school, board or network it belongs to")
    BOARD = "board", _("everyone at the board")
    NETWORK = "network", _("everyone in the networks of the board")
    EVERYONE = "everyone", _("everyone with an account")


class Theme(TextChoices):
    MATHS = "maths", _("Maths")
    READING = "reading", _("Reading")
    LANGUAGE = "language", _("Language and writing")
    EARLY = "early", _("Young children and play")
    SCIENCE = "science", _("Science and inquiry")
    CITIZENSHIP = "citizenship", _("Citizenship")
    DIGITAL = "digital", _("Digital skills and ICT")
    DIFFERENTIATION = "differentiation", _("Differentiation")
    FORMATIVE = "formative", _("Formative teaching")
    BEHAVIOUR = "behaviour", _("Behaviour and wellbeing")
    GIFTED = "gifted", _("Gifted pupils")
    NEWCOMERS = "newcomers", _("Newcomers and multilingualism")
    BROAD = "broad", _("Broad development")
    ARTS = "arts", _("Arts and music")
    PARENTS = "parents", _("Working with parents")
    ORGANISATION = "organisation", _("The learning school")


class MembershipState(TextChoices):
    """The state of a membership."""

    INVITED = "invited", _("invited")
    REQUESTED = "requested", _("has asked to join")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("has been offered a place")
    ACTIVE = "active", _("takes part")
    ENDED = "ended", _("stopped")
    DECLINED = "declined", _("declined")


class Role(TextChoices):
    FACILITATOR = "facilitator", _("facilitator")
    CO_FACILITATOR = "co_facilitator", _("co-facilitator")
    MEMBER = "member", _("member")
    GUEST = "guest", pgettext_lazy("in a PLG", "guest")


LEADING = (Role.FACILITATOR, Role.CO_FACILITATOR)
