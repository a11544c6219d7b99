"""The words by which a resource is described: those of NL-LOM where there are any."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    LESSON = "lesson", _("lesson plan")
    PRACTICE = "practice", _("good practice")
    STUDY = "study", _("what we learned")
    VIDEO = "video", _("video")
    WEBINAR = "webinar", _("webinar")
    RESEARCH = "research", _("research in short")
    TOOL = "tool", _("tool")
    PROTOCOL = "protocol", pgettext_lazy("of a meeting", "protocol")
    ANSWER = "answer", _("question with answer")


KIND_ICONS = {
    Kind.LESSON: "list-details",
    Kind.PRACTICE: "bulb",
    Kind.STUDY: "microscope",
    Kind.VIDEO: "video",
    Kind.WEBINAR: "presentation",
    Kind.RESEARCH: "file-search",
    Kind.TOOL: "file-text",
    Kind.PROTOCOL: "checklist",
    Kind.ANSWER: "help-circle",
}


class State(TextChoices):
    """concept → offered → published → withdrawn; a new version of what is published is a concept of its own."""

    CONCEPT = "concept", _("concept")
    OFFERED = "offered", _("offered")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Audience(TextChoices):
    """Who sees it once it is published, from narrow to wide."""

    PRIVATE = "private", _("only the makers")
    PLG = "plg", _("one PLG")
    SCHOOL = "school", _("my school")
    BOARD = "board", _("our board")
    NETWORK = "network", _("whole network")
    MEMBERS = "members", _("everyone with an account")
    PUBLIC = "public", _("everyone, on the web")


AUDIENCE_ICONS = {
    Audience.PRIVATE: "lock",
    Audience.PLG: "lock",
    Audience.SCHOOL: "building",
    Audience.BOARD: "buildings",
    Audience.NETWORK: "affiliate",
    Audience.MEMBERS: "users",
    Audience.PUBLIC: "world",
}


@dataclass(frozen=True)
class Licence:
    """A licence by its three names, and what it allows. `by` in NL-LOM's own vocabulary of copyright."""

    code: str  # of NL-LOM
    spdx: str
    url: str
    label: str | Promise
    says: str | Promise  # what one may do with it
    may_adapt: bool = True
    is_open: bool = True
    names_makers: bool = True
    shares_alike: bool = False
    sells: bool = True


_CC = "https://creativecommons.org/licenses/{}/4.0/"
LICENCES = {
    each.code: each
    for each in (
        Licence(
            "cc-by-40", "CC-BY-4.0", _CC.format("by"), "CC BY 4.0",
            _("Use, adapt and share. Name the makers."),
        ),
        Licence(
            "cc-by-sa-40", "CC-BY-SA-4.0", _CC.format("by-sa"), "CC BY-SA 4.0",
            _("Use, adapt and share. Name the makers and share your version under the same licence."),
            shares_alike=True,
        ),
        Licence(
            "cc-by-nc-40", "CC-BY-NC-4.0", _CC.format("by-nc"), "CC BY-NC 4.0",
            _("Use, adapt and share, but not to earn money. Name the makers."), sells=False,
        ),
        Licence(
            "cc-by-nc-sa-40", "CC-BY-NC-SA-4.0", _CC.format("by-nc-sa"), "CC BY-NC-SA 4.0",
            _("Use, adapt and share, but not to earn money. Name the makers and share under the same licence."),
            shares_alike=True, sells=False,
        ),
        Licence(
            "cc-by-nd-40", "CC-BY-ND-4.0", _CC.format("by-nd"), "CC BY-ND 4.0",
            _("Use and share as it is. Name the makers."), may_adapt=False,
        ),
        Licence(
            "cc-by-nc-nd-40", "CC-BY-NC-ND-4.0", _CC.format("by-nc-nd"), "CC BY-NC-ND 4.0",
            _("Use and share as it is, but not to earn money. Name the makers."), may_adapt=False, sells=False,
        ),
        Licence(
            "cc0-10", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0",
            _("Do with it what you like."), names_makers=False,
        ),
        Licence(
            "pdm-10", "", "https://creativecommons.org/publicdomain/mark/1.0/", _("Public domain"),
            _("Nobody has rights on it any more. Do with it what you like."), names_makers=False,
        ),
        Licence(
            "here", "", "", _("only for who sees it here"),
            _("Use it in your lessons. Do not spread it outside this platform."), is_open=False, sells=False,
        ),
    )
}  # fmt: skip


def licence_choices():
    """(code, label) of every licence, the usual one first."""
    return [(each.code, each.label) for each in LICENCES.values()]


class Pupils(TextChoices):
    """Whether pupils can be recognised in photos, video or work."""

    NONE = "none", _("No pupils in it")
    UNKNOWN = "unknown", _("Pupils, but nobody is recognisable")
    CONSENT = "consent", _("Pupils who are recognisable; their parents agreed to this audience")


class Origin(TextChoices):
    """Whose work it is: the rights check."""

    OWN = "own", _("We made it ourselves")
    OPEN = "open", _("Partly of others, with an open licence; we name them")
    PERMISSION = "permission", _("Partly of others, who gave permission")


class Vocabulary(TextChoices):
    LEVEL = "level", _("level")
    SUBJECT = "subject", _("subject")
    OBJECTIVE = "objective", _("core objective")
    CONCEPT = "concept", _("subject term")


class FileState(TextChoices):
    WAITING = "waiting", _("being looked at")
    READY = "ready", _("ready")
    BROKEN = "broken", _("cannot be shown")


class Answer(TextChoices):
    """Of a co-author on a version."""

    YES = "yes", _("agrees")
    SILENT = "silent", _("did not answer in time: counts as yes")
    NO = "no", _("does not agree")


class Band(TextChoices):
    """How many pupils took part; in bands, because nobody counts."""

    FEW = "1-10", _("up to 10 pupils")
    SMALL = "11-20", _("11 to 20 pupils")
    USUAL = "21-25", _("21 to 25 pupils")
    LARGE = "26-30", _("26 to 30 pupils")
    MORE = "31+", _("more than 30 pupils")


class Again(TextChoices):
    YES = "yes", _("does it again")
    DOUBT = "doubt", _("still doubts")
    NO = "no", _("does not do it again")


class Wrong(TextChoices):
    """Why somebody objects to a resource."""

    RIGHTS = "rights", _("It is somebody else's work")
    PUPILS = "pupils", _("Pupils can be recognised")
    INCORRECT = "incorrect", _("Something is not right")
    UNFIT = "unfit", _("It does not belong here")
