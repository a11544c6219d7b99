import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.meetings.models.moment import Moment
from core.files.paths import private_path
from core.links import address
from core.models import Model, QuerySet
from lessonstudy import rules
from lessonstudy.choices import Cover, LessonState, Match
from lessonstudy.models.cycle import CasePupil, Cycle
from lessonstudy.models.plan import PlanVersion, Stage
from organisations.models import School


class Lessons(QuerySet):
    def standing(self):
        """Those that were not broken off."""
        return self.exclude(state=LessonState.BROKEN_OFF)

    def for_detail(self, user):
        """One lesson with every power."""
        return self.for_page(user, "edit", "guide").select_related("cycle__community", "teacher", "plan", "school")


class ResearchLesson(Moment, Model):
    """The lesson that a team designed, as it is given once: one each round, and one more where it was broken off."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="lessons")
    round = models.PositiveSmallIntegerField()
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="research_lessons",
        verbose_name=_("who gives the lesson"),
    )  # fmt: skip
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who leads the discussion"),
    )  # fmt: skip
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who writes it down"),
    )  # fmt: skip
    school = models.ForeignKey(School, models.SET_NULL, null=True, blank=True, related_name="+")
    class_label = models.CharField(_("class"), max_length=40, blank=True)
    cover = models.CharField(_("classes of the observers"), max_length=8, choices=Cover, default=Cover.OPEN)
    is_filmed = models.BooleanField(_("it is filmed"), default=False)
    parents_informed_on = models.DateField(_("parents informed on"), null=True, blank=True)
    plan = models.ForeignKey(PlanVersion, models.SET_NULL, null=True, editable=False, related_name="lessons")
    state = models.CharField(max_length=10, choices=LessonState, default=LessonState.PLANNED, editable=False)
    began_at = models.DateTimeField(null=True, editable=False, help_text="When its clock was started.")
    ended_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(
        null=True, editable=False, help_text="When its discussion opened: since then observers see each other's notes."
    )

    objects = Lessons.as_manager()
    rules = {
        "view": lambda user: rules.view(user, "cycle__"),
        "edit": lambda user: rules.edit(user, "cycle__"),
        "guide": lambda user: rules.guide(user, "cycle__"),
    }

    class Meta:
        verbose_name = _("research lesson")
        verbose_name_plural = _("research lessons")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "round"], name="one_lesson_a_round", condition=~Q(state=LessonState.BROKEN_OFF)
            )
        ]

    def __str__(self):
        return f"lesson {self.round} of {self.cycle_id}"

    def get_absolute_url(self):
        return address("lessonstudy:lesson", self.pk)

    @property
    def is_open(self):
        """Whether observers see each other's notes."""
        return self.opened_at is not None

    @property
    def observers(self):
        """Who observes whom: as the page fetched it, or else asked now."""
        if "assignments" in getattr(self, "_prefetched_objects_cache", ()):
            return list(self.assignments.all())
        return list(self.assignments.all().with_pupils())


class Assignments(QuerySet):
    def with_pupils(self):
        """With who observes, and whom."""
        return self.select_related("observer").prefetch_related("pupils")


class Assignment(Model):
    """Who observes which pupils in a lesson. Without pupils: the whole class."""

    lesson = models.ForeignKey(ResearchLesson, models.CASCADE, related_name="assignments")
    observer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    pupils = models.ManyToManyField(CasePupil, related_name="assignments", blank=True, verbose_name=_("pupils"))
    opened_at = models.DateTimeField(null=True, editable=False, help_text="When a device of hers had it all.")
    handed_in_at = models.DateTimeField(null=True, editable=False)
    was_absent = models.BooleanField(_("was not there"), default=False)

    objects = Assignments.as_manager()
    rules = {
        "view": lambda user: rules.view(user, "lesson__cycle__"),
        "observe": lambda user: Q(observer=user.pk) & rules.view(user, "lesson__cycle__"),
    }

    class Meta:
        verbose_name = _("observer of a lesson")
        verbose_name_plural = _("observers of lessons")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["lesson", "observer"], name="observes_once")]

    def __str__(self):
        return f"{self.observer_id} in {self.lesson_id}"

    @property
    def is_waited_for(self):
        """Whether the team still counts on what she noted."""
        return self.handed_in_at is None and not self.was_absent

    def get_absolute_url(self):
        return address("lessonstudy:observe", self.lesson_id)


class Observations(QuerySet):
    def standing(self):
        """What was not taken back."""
        return self.filter(withdrawn_at=None)

    def in_order(self):
        return self.order_by("offset_s", "made_at", "pk")


class Observation(Model):
    """A fact that an observer saw or heard. It never says what it means: that is an Interpretation.

    Its key is made on the observer's device; sending it twice stores it once. `offset_s` counts from the start of the
    lesson by the lesson's own clock, so that a device's wrong clock does not matter.
    """

    lesson = models.ForeignKey(ResearchLesson, models.CASCADE, related_name="observations")
    observer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    device = models.CharField(max_length=40, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text="Its place on that device.")
    stage = models.ForeignKey(Stage, models.SET_NULL, null=True, blank=True, related_name="observations")
    pupil = models.ForeignKey(
        CasePupil, models.SET_NULL, null=True, blank=True, related_name="observations", help_text="Nobody: the class."
    )
    offset_s = models.PositiveIntegerField(default=0)
    fact = models.TextField(_("what you saw or heard"), max_length=1000, blank=True)
    is_quote = models.BooleanField(_("word for word"), default=False)
    match = models.CharField(_("as expected?"), max_length=8, choices=Match, blank=True)
    photo = models.FileField(upload_to=private_path("observations"), blank=True)
    photo_name = models.CharField(max_length=200, blank=True, editable=False)
    photo_type = models.CharField(max_length=100, blank=True, editable=False)
    made_at = models.DateTimeField(default=now, editable=False, help_text="By the lesson's clock.")
    arrived_at = models.DateTimeField(default=now, editable=False)
    is_late = models.BooleanField(default=False, editable=False, help_text="It arrived after the discussion opened.")
    changed_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = Observations.as_manager()
    rules = {"view": rules.view_observation, "edit": rules.write_observation, "withdraw": rules.write_observation}

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["offset_s", "pk"]
        indexes = [models.Index(fields=["lesson", "observer"], name="observations_of_lesson")]

    def __str__(self):
        return f"#{self.pk} of {self.lesson_id}"
