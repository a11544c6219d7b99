from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.links import address
from core.models import Model
from lessonstudy import rules
from lessonstudy.choices import Order
from lessonstudy.models.cycle import CasePupil
from lessonstudy.models.lesson import Observation, ResearchLesson


class Interview(Model):
    """A short talk with a case pupil after the lesson, in her own words; or why there was none."""

    lesson = models.ForeignKey(ResearchLesson, models.CASCADE, related_name="interviews")
    pupil = models.ForeignKey(CasePupil, models.CASCADE, related_name="interviews")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    enjoyed = models.TextField(_("What did you like about the lesson?"), max_length=1000, blank=True)
    learned = models.TextField(_("What did you learn? What can you do now that you could not before?"), max_length=1000,
                               blank=True)  # fmt: skip
    worked = models.TextField(_("What went well for you, and why?"), max_length=1000, blank=True)
    change = models.TextField(_("If the lesson is given again, what would you change?"), max_length=1000, blank=True)
    skipped_why = models.CharField(_("There was no talk, because"), max_length=300, blank=True)
    at = models.DateTimeField(default=now)

    rules = {"view": lambda user: rules.view(user, "lesson__cycle__"),
             "edit": lambda user: rules.edit(user, "lesson__cycle__")}  # fmt: skip

    class Meta:
        verbose_name = _("talk with a pupil")
        verbose_name_plural = _("talks with pupils")
        constraints = [models.UniqueConstraint(fields=["lesson", "pupil"], name="one_talk_a_pupil")]

    def __str__(self):
        return f"{self.pupil_id} after {self.lesson_id}"


class Discussion(Model):
    """The talk of the team after a lesson: what is run step by step (`runnables`)."""

    lesson = models.OneToOneField(ResearchLesson, models.CASCADE, related_name="discussion")
    order = models.CharField(max_length=8, choices=Order)
    teaching = models.TextField(_("about our teaching"), max_length=4000, blank=True)
    expert_says = models.TextField(_("what the expert says"), max_length=4000, blank=True)
    created_at = models.DateTimeField(default=now)

    rules = {"view": lambda user: rules.view(user, "lesson__cycle__"),
             "edit": lambda user: rules.edit(user, "lesson__cycle__")}  # fmt: skip

    class Meta:
        verbose_name = _("discussion of a lesson")
        verbose_name_plural = _("discussions of lessons")

    def __str__(self):
        return f"of {self.lesson_id}"

    def get_absolute_url(self):
        return address("lessonstudy:lesson", self.lesson_id)

    @property
    def community(self):
        return self.lesson.cycle.community


class Finding(Model):
    """What the team found of one pupil, beside what she can do after the lesson."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="findings")
    pupil = models.ForeignKey(CasePupil, models.CASCADE, related_name="findings")
    text = models.TextField(_("what we found"), max_length=2000)
    reached = models.BooleanField(_("reached the goal"), null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    rules = {"view": lambda user: rules.view(user, "discussion__lesson__cycle__"),
             "edit": lambda user: rules.edit(user, "discussion__lesson__cycle__")}  # fmt: skip

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pupil__code"]
        constraints = [models.UniqueConstraint(fields=["discussion", "pupil"], name="one_finding_a_pupil")]

    def __str__(self):
        return f"of {self.pupil_id}"


class Pattern(Model):
    """What comes back in several facts."""

    lesson = models.ForeignKey(ResearchLesson, models.CASCADE, related_name="patterns")
    title = models.CharField(_("pattern"), max_length=140)
    text = models.TextField(_("what we see"), max_length=1000, blank=True)
    observations = models.ManyToManyField(Observation, related_name="patterns", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    rules = {"view": lambda user: rules.view(user, "lesson__cycle__"),
             "edit": lambda user: rules.edit(user, "lesson__cycle__")}  # fmt: skip

    class Meta:
        verbose_name = _("pattern")
        verbose_name_plural = _("patterns")
        ordering = ["pk"]

    def __str__(self):
        return self.title


class Interpretation(Model):
    """What somebody thinks that facts mean; only once the discussion opened, and apart from the facts."""

    lesson = models.ForeignKey(ResearchLesson, models.CASCADE, related_name="interpretations")
    text = models.TextField(_("what it means, you think"), max_length=1000)
    observations = models.ManyToManyField(Observation, related_name="interpretations", blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    seconded_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    at = models.DateTimeField(default=now)

    rules = {"view": lambda user: rules.view(user, "lesson__cycle__"), "edit": lambda user: Q(author=user.pk)}

    class Meta:
        verbose_name = _("interpretation")
        verbose_name_plural = _("interpretations")
        ordering = ["pk"]

    def __str__(self):
        return f"#{self.pk}"


class Revision(Model):
    """What the team changes in the plan, because of what was seen: at least one observation stands with it."""

    lesson = models.ForeignKey(ResearchLesson, models.CASCADE, related_name="revisions")
    stage_uid = models.UUIDField(_("part of the lesson"))
    field = models.CharField(max_length=20, default="teacher_does", help_text="Which column of the stage.")
    was = models.TextField(_("was"), max_length=4000, blank=True)
    becomes = models.TextField(_("becomes"), max_length=4000)
    observations = models.ManyToManyField(Observation, related_name="revisions", verbose_name=_("because we saw"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    put_in_at = models.DateTimeField(null=True, editable=False, help_text="When it was put in the plan.")

    rules = {"view": lambda user: rules.view(user, "lesson__cycle__"),
             "edit": lambda user: rules.edit(user, "lesson__cycle__")}  # fmt: skip

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["pk"]

    def __str__(self):
        return f"#{self.pk} of {self.lesson_id}"
