"""The words of learning to facilitate, and of coaching."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Form(TextChoices):
    TRAJECTORY = "trajectory", _("trajectory")
    COURSE = "course", _("short course")


class Owner(TextChoices):
    """Whose programme it is, and so who may learn by it."""

    PLATFORM = "platform", _("everybody")
    BOARD = "board", _("our board")
    NETWORK = "network", _("our network")


class Part(TextChoices):
    """What somebody does in a group of learners."""

    TRAINER = "trainer", _("trainer")
    COACH = "coach", _("coach")
    ASSESSOR = "assessor", _("assessor")


class PageKind(TextChoices):
    TEXT = "text", _("text")
    VIDEO = "video", _("video")
    TEST = "test", _("self-test")
    READING = "reading", _("reading from the KennisHub")
    TALK = "talk", _("talk about it in the group")


class QuestionKind(TextChoices):
    ONE = "one", _("one is right")
    MANY = "many", _("several are right")
    ORDER = "order", _("put in order")
    OPEN = "open", _("open question")


class EnrolmentState(TextChoices):
    REQUESTED = "requested", pgettext_lazy("of an enrolment", "requested")
    ADMITTED = "admitted", _("admitted")
    GOING = "going", pgettext_lazy("of an enrolment", "going on")
    PAUSED = "paused", pgettext_lazy("of an enrolment", "paused")
    COMPLETED = "completed", pgettext_lazy("of an enrolment", "completed")
    STOPPED = "stopped", pgettext_lazy("of an enrolment", "stopped")
    INSUFFICIENT = "insufficient", _("not sufficient")
    DECLINED = "declined", _("not admitted")


class SubmissionState(TextChoices):
    CONCEPT = "concept", _("concept")
    SUBMITTED = "submitted", _("handed in")
    IN_FEEDBACK = "in_feedback", _("being read")
    REVISED = "revised", _("to be revised")
    RESUBMITTED = "resubmitted", _("handed in again")
    APPROVED = "approved", _("approved")


class PracticeState(TextChoices):
    PLANNED = "planned", pgettext_lazy("of a practice session", "planned")
    HELD = "held", _("held")
    REFLECTED = "reflected", _("looked back on")
    FEEDBACK = "feedback", _("feedback given")
    AGAIN = "again", _("once more")
    SUFFICIENT = "sufficient", _("sufficient")


class Verdict(TextChoices):
    SUFFICIENT = "sufficient", _("sufficient")
    INSUFFICIENT = "insufficient", _("not sufficient yet")


class AssessmentState(TextChoices):
    ASKED = "asked", pgettext_lazy("of an assessment", "asked")
    GIVEN = "given", pgettext_lazy("of an assessment", "given")
    VOID = "void", _("does not count")


class CoachingKind(TextChoices):
    COACHING = "coaching", _("coaching")
    MENTORING = "mentoring", _("mentoring")


class CoachingState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", pgettext_lazy("of coaching", "accepted")
    ACTIVE = "active", pgettext_lazy("of coaching", "going on")
    EVALUATED = "evaluated", _("looked back on")
    CLOSED = "closed", pgettext_lazy("of coaching", "closed")
    STOPPED = "stopped", pgettext_lazy("of coaching", "stopped")
    DECLINED = "declined", pgettext_lazy("of coaching", "declined")


class NoteOf(TextChoices):
    SHARED = "shared", _("for both of us")
    PRIVATE = "private", _("for me alone")


class TalkKind(TextChoices):
    TALK = "talk", _("talk")
    OBSERVATION = "observation", _("observation")
    MIDWAY = "midway", _("midway")
    CLOSING = "closing", _("closing")
