from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.meetings.models import Meeting
from communities.meetings.models.moment import Moment
from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from events.models import Event
from organisations.models import School
from training import rules
from training.choices import EnrolmentState, Part
from training.models.programme import Module, Page, ProgrammeVersion, Question


class Group(Model):
    """People who learn by a programme together, with their trainers."""

    version = models.ForeignKey(ProgrammeVersion, models.RESTRICT, related_name="groups")
    title = models.CharField(_("name"), max_length=140)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=16)
    created_at = models.DateTimeField(default=now, editable=False)

    rules = {
        "view": lambda user: rules.train(user) | rules.found(user, "version__programme__"),
        "train": rules.train,
        "keep": lambda user: rules.keep_programme(user, "version__programme__"),
    }

    class Meta:
        verbose_name = _("group of learners")
        verbose_name_plural = _("groups of learners")
        ordering = ["-starts_on", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("training:group", self.pk)


class GroupMember(Model):
    """Who trains, coaches or assesses in a group. Learners have an Enrolment."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="training_parts")
    part = models.CharField(_("does what"), max_length=8, choices=Part)

    rules = {"view": lambda user: rules.train(user, "group__")}

    class Meta:
        verbose_name = _("trainer, coach or assessor of a group")
        verbose_name_plural = _("trainers, coaches and assessors of groups")
        constraints = [models.UniqueConstraint(fields=["group", "person", "part"], name="group_part_once")]

    def __str__(self):
        return f"{self.person_id}: {self.part}"


class GroupSession(Moment, Model):
    """A day on which a group meets: by itself, as an event, or as a meeting of a PLG."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="sessions")
    module = models.ForeignKey(Module, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("what we do"), max_length=140)
    place = models.CharField(_("where"), max_length=200, blank=True)
    event = models.ForeignKey(Event, models.SET_NULL, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+")
    attended = models.ManyToManyField("Enrolment", related_name="sessions_attended", blank=True, editable=False)
    marked_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": lambda user: rules.be_in_group(user, "group__"),
        "train": lambda user: rules.train(user, "group__"),
    }

    class Meta:
        verbose_name = _("day of a group")
        verbose_name_plural = _("days of groups")
        ordering = ["held_on", "starts", "pk"]

    def __str__(self):
        return self.title


class Enrolments(QuerySet):
    def going(self):
        return self.filter(state__in=[EnrolmentState.ADMITTED, EnrolmentState.GOING, EnrolmentState.PAUSED])

    def for_detail(self, user):
        """One enrolment with every power."""
        powers = ("learn", "guide", "consent")
        return self.for_page(user, *powers).select_related(
            "version__programme", "group", "person", "community", "coach", "school"
        )


class Enrolment(Model):
    """Somebody learns by a version of a programme."""

    version = models.ForeignKey(ProgrammeVersion, models.RESTRICT, related_name="enrolments")
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="enrolments")
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="+")
    community = models.ForeignKey(
        Community, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("PLG to practise in")
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("coach")
    )
    why = models.TextField(_("what you want to learn"), max_length=1500, blank=True)
    state = models.CharField(max_length=12, choices=EnrolmentState, default=EnrolmentState.REQUESTED, editable=False)
    consented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    consented_at = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(default=now, editable=False)
    began_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_why = models.CharField(_("Why?"), max_length=300, blank=True, editable=False)

    objects = Enrolments.as_manager()
    rules = {
        "view": lambda user: rules.view_enrolment(user) | rules.consent(user),
        "learn": rules.learn,
        "guide": rules.guide,
        "consent": rules.consent,
        "assess": rules.assess,
    }

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"],
                name="enrolled_once",
                condition=~Q(state__in=["stopped", "declined", "insufficient"]),
            ),
            models.CheckConstraint(name="coach_is_another", condition=Q(coach=None) | ~Q(coach=models.F("person"))),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.version_id}"

    def get_absolute_url(self):
        return address("training:enrolment", self.pk)


class PageDone(Model):
    """A learner was through a page; of a self-test with how many were right."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="done")
    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    right = models.PositiveSmallIntegerField(null=True)
    asked = models.PositiveSmallIntegerField(null=True)

    rules = {"view": lambda user: rules.view_enrolment(user, "enrolment__")}

    class Meta:
        verbose_name = _("page that was done")
        verbose_name_plural = _("pages that were done")
        constraints = [models.UniqueConstraint(fields=["enrolment", "page"], name="done_once")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.page_id}"


class Answer(Model):
    """What a learner answered; of a film only once the moment was shown (`shown_at`)."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="+")
    shown_at = models.DateTimeField(default=now)
    answer = models.JSONField(default=list)
    is_right = models.BooleanField(null=True)
    at = models.DateTimeField(null=True)

    rules = {"view": lambda user: rules.view_enrolment(user, "enrolment__")}

    class Meta:
        verbose_name = _("answer of a learner")
        verbose_name_plural = _("answers of learners")
        constraints = [models.UniqueConstraint(fields=["enrolment", "question"], name="learner_answered_once")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.question_id}"
