import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.links import address
from core.models import Model, QuerySet
from lessonstudy import rules
from lessonstudy.models.cycle import CasePupil, Cycle


class Plans(QuerySet):
    def for_detail(self, user):
        """One version with its stages and predictions."""
        return self.for_page(user, "edit").select_related("cycle__community")


class PlanVersion(Model):
    """A lesson plan. Several write in it at once (`Change`), until it is frozen for a lesson; a later one is a copy.

    The document of all writers is the truth as long as it is open; stages and predictions are read from it, so that
    guards, the matrix and paper ask rows.
    """

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="plans")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="copies")
    number = models.PositiveSmallIntegerField(editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    summary = models.CharField(_("what changed"), max_length=500, blank=True)
    document = models.BinaryField(default=bytes, editable=False, help_text="Merged changes up to `merged`.")
    merged = models.PositiveBigIntegerField(default=0, editable=False, help_text="The last Change that is in it.")
    created_at = models.DateTimeField(default=now, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = Plans.as_manager()
    rules = {"view": lambda user: rules.view(user, "cycle__"), "edit": lambda user: rules.edit(user, "cycle__")}

    class Meta:
        verbose_name = pgettext_lazy("of Lesson Study", "lesson plan")
        verbose_name_plural = _("lesson plans")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="plan_number")]

    def __str__(self):
        return f"plan {self.number}"

    def get_absolute_url(self):
        return address("lessonstudy:plan", self.cycle_id, self.number)

    @property
    def channel(self):
        """Where its writers hear that there is something new."""
        return f"plan:{self.pk}"

    @property
    def why_not_edit(self):
        """Why this plan stands as it is."""
        return _now("This plan was fixed for the lesson and stays as it is.") if self.frozen_at else ""


class Change(models.Model):
    """What one writer changed, as her browser (Yjs) said it. The key is her device's: sent twice, it is kept once."""

    plan = models.ForeignKey(PlanVersion, models.CASCADE, related_name="changes")
    key = models.UUIDField(unique=True, editable=False)
    update = models.BinaryField(editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("change of a plan")
        verbose_name_plural = _("changes of plans")
        ordering = ["pk"]
        indexes = [models.Index(fields=["plan", "id"], name="changes_of_plan")]

    def __str__(self):
        return f"#{self.pk} of {self.plan_id}"


class Stage(Model):
    """A part of the lesson. `uid` is its name in the document, the same in every copy of the plan."""

    plan = models.ForeignKey(PlanVersion, models.CASCADE, related_name="stages")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("part of the lesson"), max_length=140)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    teacher_does = models.TextField(_("what the teacher does"), blank=True)
    anticipated = models.TextField(_("what pupils may say or do"), blank=True)
    response = models.TextField(_("what the teacher does then"), blank=True)
    look_for = models.TextField(_("what observers look for"), blank=True)
    materials = models.TextField(_("materials"), blank=True)

    rules = {"view": lambda user: rules.view(user, "plan__cycle__")}

    class Meta:
        verbose_name = _("part of a lesson")
        verbose_name_plural = _("parts of lessons")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "uid"], name="stage_once")]

    def __str__(self):
        return self.title


class Prediction(Model):
    """What the team expects of one pupil in one part of the lesson, and how one sees it."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="predictions")
    pupil = models.ForeignKey(CasePupil, models.CASCADE, related_name="predictions")
    expected = models.TextField(_("we expect"), blank=True)
    seen_by = models.TextField(_("how we see it"), blank=True)

    rules = {"view": lambda user: rules.view(user, "stage__plan__cycle__")}

    class Meta:
        verbose_name = _("prediction")
        verbose_name_plural = _("predictions")
        constraints = [models.UniqueConstraint(fields=["stage", "pupil"], name="one_prediction")]

    def __str__(self):
        return f"{self.pupil_id} in {self.stage_id}"


class Comment(Model):
    """What somebody says about a part of the plan; answered, it is folded away."""

    plan = models.ForeignKey(PlanVersion, models.CASCADE, related_name="comments")
    stage_uid = models.UUIDField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("your remark"), max_length=2000)
    at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, editable=False)

    rules = {
        "view": lambda user: rules.view(user, "plan__cycle__"),
        "edit": lambda user: Q(author=user.pk),
    }

    class Meta:
        verbose_name = _("remark on a plan")
        verbose_name_plural = _("remarks on plans")
        ordering = ["pk"]

    def __str__(self):
        return f"#{self.pk} on {self.plan_id}"
