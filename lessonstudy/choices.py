"""The words of a Lesson Study cycle, and of the inquiries that go the same way."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Template(TextChoices):
    """Which way a team works; each has its own phases and steps (`steps.py`)."""

    LESSON_STUDY = "lesson_study", _("Lesson Study")
    SHORT = "short", _("Lesson Study, short")
    RESEARCH = "research", _("practice research")
    DATA_TEAM = "data_team", _("data team")


#: Those with a research lesson, observers and case pupils.
WITH_LESSONS = frozenset({Template.LESSON_STUDY, Template.SHORT})

TEMPLATE_ICONS = {
    Template.LESSON_STUDY: "microscope",
    Template.SHORT: "microscope",
    Template.RESEARCH: "file-search",
    Template.DATA_TEAM: "chart-bar",
}


class State(TextChoices):
    """Where a cycle is. The first ten are those of Lesson Study, then those of an inquiry; `done` ends both."""

    CONCEPT = "concept", _("concept")
    ORIENTING = "orienting", _("choosing a goal")
    DESIGNING = "designing", _("designing the lesson")
    READY = "ready", pgettext_lazy("of a lesson", "ready")
    GIVEN = "given", _("the lesson was given")
    DISCUSSING = "discussing", _("discussing")
    REDESIGNING = "redesigning", _("revising")
    REFLECTING = "reflecting", _("looking back")
    SHARING = "sharing", _("sharing")
    # of an inquiry
    AIMING = "aiming", _("asking the question")
    PLANNING = "planning", _("planning the inquiry")
    DRAFTING = "drafting", _("designing something")
    COLLECTING = "collecting", _("collecting")
    ANALYSING = "analysing", _("analysing and concluding")
    REPORTING = "reporting", _("reporting")
    # of a data team
    PROBLEM = "problem", _("the problem")
    CAUSE = "cause", _("the causes")
    MEASURE = "measure", _("the measure")
    EFFECT = "effect", _("the effect")
    DONE = "done", _("completed")


class Halt(TextChoices):
    """Whether a cycle goes on. A paused one resumes where it stood."""

    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")


class Role(TextChoices):
    GUIDE = "guide", _("process facilitator")
    TEACHER = "teacher", _("team member")
    EXPERT = "expert", _("expert")
    FRIEND = "friend", _("critical friend")
    GUEST = "guest", _("guest")


#: Who is asked to agree with the charter and with the outcome, and counts as team.
TEAM = frozenset({Role.GUIDE, Role.TEACHER})


class Order(TextChoices):
    """Who speaks first when a lesson is discussed. Pupils first: Dudley and the Dutch practice; the teacher: Japan."""

    PUPILS = "pupils", _("the pupils first")
    TEACHER = "teacher", _("who gave the lesson first")


class StandsFor(TextChoices):
    """For which pupils of the class a case pupil stands."""

    ABOVE = "above", _("above the level")
    AT = "at", _("at the level")
    BELOW = "below", _("below the level")
    OTHER = "other", _("another group")


class LessonState(TextChoices):
    PLANNED = "planned", _("planned")
    GIVEN = "given", _("given")
    BROKEN_OFF = "broken_off", _("broken off")


class Cover(TextChoices):
    """How the classes of those who observe are looked after."""

    OPEN = "open", _("not arranged yet")
    NONE = "none", _("not needed")
    ARRANGED = "arranged", _("arranged")


class Match(TextChoices):
    """Beside what the team expected of this pupil."""

    EXPECTED = "expected", pgettext_lazy("of a prediction", "Expected")
    PARTLY = "partly", pgettext_lazy("of a prediction", "Partly")
    OTHER = "other", pgettext_lazy("of a prediction", "Different")
    UNSEEN = "unseen", pgettext_lazy("of a prediction", "Not seen")


MATCH_ICONS = {
    Match.EXPECTED: "check",
    Match.PARTLY: "circle-half-2",
    Match.OTHER: "equal-not",
    Match.UNSEEN: "eye-off",
}


class Answer(TextChoices):
    """Of a team member on the outcome."""

    YES = "yes", _("agrees")
    SILENT = "silent", _("did not answer in time: counts as yes")
    NO = "no", _("does not agree")


class Audience(TextChoices):
    """How far the outcome goes."""

    PLG = "plg", _("only our PLG")
    HUB = "hub", _("to the KennisHub")
