from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.meetings.models import Meeting
from communities.models import Community
from core.files.paths import private_path
from core.links import address
from core.models import Model
from training import rules
from training.choices import PracticeState, SubmissionState, Verdict
from training.models.learning import Enrolment
from training.models.programme import Assignment


class Submission(Model):
    """What a learner hands in for an assignment; each time a version of its own."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="submissions")
    assignment = models.ForeignKey(Assignment, models.RESTRICT, related_name="+")
    state = models.CharField(max_length=12, choices=SubmissionState, default=SubmissionState.CONCEPT, editable=False)
    due_on = models.DateField(null=True, editable=False, help_text="Feedback is due; after that it goes to the others.")
    escalated_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": lambda user: rules.see_work(user, "enrolment__"),
        "learn": lambda user: rules.learn(user, "enrolment__"),
        "guide": lambda user: rules.guide(user, "enrolment__"),
    }

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [models.UniqueConstraint(fields=["enrolment", "assignment"], name="one_submission")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.assignment_id}"

    def get_absolute_url(self):
        return address("training:submission", self.pk)


class SubmissionVersion(Model):
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField(_("your work"), max_length=20_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    file = models.FileField(upload_to=private_path("submissions"), blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": lambda user: (
            rules.learn(user, "submission__enrolment__")
            | (rules.see_work(user, "submission__enrolment__") & Q(submitted_at__isnull=False))
        )
    }

    class Meta:
        verbose_name = _("version of a submission")
        verbose_name_plural = _("versions of submissions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="submission_number")]

    def __str__(self):
        return f"{self.submission_id} v{self.number}"


class Feedback(Model):
    """On one version: where you go, where you are, what next."""

    version = models.ForeignKey(SubmissionVersion, models.CASCADE, related_name="feedback")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    feed_up = models.TextField(_("where you are going"), max_length=2000, blank=True)
    feedback = models.TextField(_("where you are now"), max_length=2000)
    feedforward = models.TextField(_("what you do next"), max_length=2000, blank=True)
    scores = models.JSONField(default=list, blank=True, help_text="One for each line of the rubric: sufficient or not.")
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    at = models.DateTimeField(default=now)

    rules = {"view": lambda user: rules.see_work(user, "version__submission__enrolment__")}

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"on {self.version_id}"


class PeerFeedback(Model):
    """What a fellow learner says: an addition, never a gate."""

    version = models.ForeignKey(SubmissionVersion, models.CASCADE, related_name="peer_feedback")
    asked = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    text = models.TextField(_("what you say"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(default=now)
    given_at = models.DateTimeField(null=True)

    rules = {
        "view": lambda user: (
            rules.view_enrolment(user, "version__submission__enrolment__") | rules.learn(user, "asked__")
        )
    }

    class Meta:
        verbose_name = _("feedback of a fellow learner")
        verbose_name_plural = _("feedback of fellow learners")
        constraints = [models.UniqueConstraint(fields=["version", "asked"], name="peer_asked_once")]

    def __str__(self):
        return f"on {self.version_id}"


class Practice(Model):
    """A meeting of a PLG that a learner facilitates while her coach looks on, if that PLG agrees."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="practices")
    community = models.ForeignKey(Community, models.SET_NULL, null=True, related_name="+", verbose_name=_("PLG"))
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="practices")
    state = models.CharField(max_length=10, choices=PracticeState, default=PracticeState.PLANNED, editable=False)
    aim = models.CharField(_("what you practise"), max_length=300)
    consented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    consented_at = models.DateTimeField(null=True, editable=False)
    refused_at = models.DateTimeField(null=True, editable=False)
    reflection = models.TextField(_("how did it go?"), max_length=4000, blank=True)
    reflected_at = models.DateTimeField(null=True, editable=False)
    feed_up = models.TextField(_("where you are going"), max_length=2000, blank=True)
    feedback = models.TextField(_("what I saw"), max_length=2000, blank=True)
    feedforward = models.TextField(_("what you do next"), max_length=2000, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    feedback_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    feedback_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": lambda user: rules.see_work(user, "enrolment__") | rules.hear_of_practice(user),
        "learn": lambda user: rules.learn(user, "enrolment__"),
        "guide": lambda user: rules.guide(user, "enrolment__"),
        "consent": rules.hear_of_practice,
    }

    class Meta:
        verbose_name = _("practice session")
        verbose_name_plural = _("practice sessions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["enrolment", "meeting"], name="practised_once_a_meeting")]

    def __str__(self):
        return self.aim

    def get_absolute_url(self):
        return address("training:practice", self.pk)
