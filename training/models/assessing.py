from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.files.paths import private_path
from core.held import HeldLink
from core.models import Model
from training import rules
from training.choices import AssessmentState, Verdict
from training.models.learning import Enrolment
from training.models.programme import Outcome


class PortfolioItem(Model):
    """Something by which a learner shows what she can."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="portfolio")
    title = models.CharField(_("title"), max_length=140)
    text = models.TextField(_("what it shows"), max_length=4000, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(upload_to=private_path("portfolio"), blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    outcomes = models.ManyToManyField(Outcome, related_name="+", blank=True, verbose_name=_("shows"))
    submission = models.ForeignKey("Submission", models.SET_NULL, null=True, blank=True, related_name="+")
    practice = models.ForeignKey("Practice", models.SET_NULL, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=now, editable=False)

    rules = {
        "view": lambda user: rules.learn(user, "enrolment__") | rules.assess(user, "enrolment__"),
        "learn": lambda user: rules.learn(user, "enrolment__"),
    }

    class Meta:
        verbose_name = _("item of a portfolio")
        verbose_name_plural = _("items of portfolios")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class PortfolioLink(HeldLink):
    """A link by which a portfolio is read."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="links")

    rules = {"view": lambda user: rules.learn(user, "enrolment__")}

    class Meta:
        verbose_name = _("link to a portfolio")
        verbose_name_plural = _("links to portfolios")
        ordering = ["-made_at"]


class Assessment(Model):
    """One assessor's judgement of all that was handed over, by outcome. She is not the learner's coach."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="assessments")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    attempt = models.PositiveSmallIntegerField(default=1, help_text="2 after repair, and so on.")
    place = models.PositiveSmallIntegerField(default=1, help_text="First, second, third assessor; 4 on appeal.")
    state = models.CharField(max_length=6, choices=AssessmentState, default=AssessmentState.ASKED, editable=False)
    scores = models.JSONField(default=dict, blank=True, help_text="By code of outcome: sufficient or not, and why.")
    says = models.TextField(_("what you base it on"), max_length=4000, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    asked_at = models.DateTimeField(default=now, editable=False)
    due_on = models.DateField(null=True, editable=False, help_text="The last day on which the judgement is in time.")
    late_at = models.DateTimeField(null=True, editable=False, help_text="When the trainers heard that it is late.")
    given_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": lambda user: (
            Q(assessor=user.pk)
            | ((rules.learn(user, "enrolment__") | rules.guide(user, "enrolment__")) & Q(state="given"))
        ),
        "assess": lambda user: Q(assessor=user.pk) & ~Q(enrolment__coach=user.pk),
    }

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["attempt", "place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "attempt", "assessor"], name="assesses_once"),
            models.UniqueConstraint(fields=["enrolment", "attempt", "place"], name="one_assessor_a_place"),
        ]

    def __str__(self):
        return f"{self.enrolment_id}: {self.verdict or self.state}"


class Appeal(Model):
    """A learner does not agree with a verdict: somebody else looks at it anew."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="appeals")
    attempt = models.PositiveSmallIntegerField()
    reason = models.TextField(_("why you do not agree"), max_length=3000)
    at = models.DateTimeField(default=now, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    outcome = models.TextField(_("what was decided"), max_length=2000, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    rules = {"view": lambda user: rules.learn(user, "enrolment__") | rules.train(user, "enrolment__group__")}

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [models.UniqueConstraint(fields=["enrolment", "attempt"], name="appealed_once")]

    def __str__(self):
        return f"of {self.enrolment_id}"
