from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities import rules
from communities.models.community import Community
from communities.models.membership import Membership
from core.files.paths import private_path
from core.models import Model, QuerySet
from core.time import today
from organisations.models import Network


class HomeTasks(QuerySet):
    def for_list(self, user):
        """What the page of home tasks shows, in one query."""
        mine = HandIn.objects.filter(task=OuterRef("pk"), membership__person=user.pk)
        return (
            self.for_page(user, "hand_in", "lead")
            .filter(withdrawn_at=None)
            .annotate(
                handed_in=Count("hand_ins"),
                unanswered=Count("hand_ins", filter=Q(hand_ins__answered_at=None)),
                is_mine=Exists(mine),
            )
            .select_related("set_by")
            .order_by("-due_on", "-pk")
        )

    def for_detail(self, user):
        """One home task with every power."""
        return self.for_page(user, "hand_in", "answer", "lead").select_related("community", "set_by")


class HomeTask(Model):
    """An assignment between two meetings of a learning network, tied to each participant's own learning question."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="home_tasks")
    title = models.CharField(_("title"), max_length=140)
    text = models.TextField(_("the task"), max_length=4000)
    due_on = models.DateField(_("hand in before"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    experts = models.ManyToManyField(
        Membership,
        related_name="home_tasks_as_expert",
        blank=True,
        verbose_name=_("guests who read and answer"),
    )

    objects = HomeTasks.as_manager()
    rules = {
        "view": rules.view_home_task,
        "hand_in": rules.in_communities_i_take_part_in,
        "answer": rules.answer_home_task,
        "lead": rules.in_communities_i_lead,
    }

    class Meta:
        verbose_name = _("home task")
        verbose_name_plural = _("home tasks")
        indexes = [models.Index(fields=["community", "due_on"], name="home_task_of_community")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("communities:home_task", args=[self.pk])

    @property
    def is_late(self):
        """The day to hand in before is over."""
        return self.due_on < today()

    @property
    def why_not_hand_in(self):
        if self.withdrawn_at:
            return _now("This home task was withdrawn.")
        if self.community.is_closed:
            return _now("This PLG is completed. Its pages can still be read by its members.")
        return ""

    why_not_change = why_not_hand_in


class HandIns(QuerySet):
    def for_list(self, user):
        """What was handed in, with who did and who answered, in one query."""
        return self.for_page(user, "edit", "answer").select_related(
            "membership__person", "membership__school", "answered_by"
        )

    def for_detail(self, user):
        """One of them with every power."""
        return self.for_list(user).select_related("task__community")


class HandIn(Model):
    """What a participant made of a home task; handed in to the group, answered by facilitator or expert."""

    task = models.ForeignKey(HomeTask, models.CASCADE, related_name="hand_ins")
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="hand_ins")
    question = models.CharField(_("my learning question"), max_length=300, blank=True)
    text = models.TextField(_("what I did and saw"), max_length=8000)
    file = models.FileField(_("file"), upload_to=private_path("home-tasks"), blank=True)
    file_name = models.CharField(max_length=140, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    at = models.DateTimeField(default=now)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = HandIns.as_manager()
    rules = {"view": rules.view_hand_in, "edit": rules.own_hand_in, "answer": rules.answer_hand_in}

    class Meta:
        verbose_name = _("handed-in home task")
        verbose_name_plural = _("handed-in home tasks")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "membership"], name="handed_in_once")]

    def __str__(self):
        return f"{self.membership_id}: {self.task_id}"

    def get_absolute_url(self):
        return reverse("communities:home_task", args=[self.task_id]) + f"#hand-in-{self.pk}"

    @property
    def why_not_edit(self):
        if self.answered_at:
            return _now("It was answered already. Then it can no longer be changed.")
        return self.task.why_not_hand_in


class Introductions(QuerySet):
    def open(self):
        """Those that wait for an answer of one side or both."""
        waits = Q(one_accepted_at=None) | Q(other_accepted_at=None)
        return self.filter(waits, declined_at=None, withdrawn_at=None)

    def for_detail(self, user):
        """One introduction with every power."""
        return self.for_page(user, "answer", "make").select_related("network", "by", "one", "other", "expert")


class Introduction(Model):
    """A connector brings two PLGs together, or a PLG and an expert, with one message that both may accept."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="introductions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    one = models.ForeignKey(Community, models.CASCADE, related_name="+", verbose_name=_("PLG"))
    other = models.ForeignKey(
        Community, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("other PLG")
    )
    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("expert")
    )
    message = models.TextField(_("message"), max_length=1000)
    at = models.DateTimeField(default=now)
    one_accepted_at = models.DateTimeField(null=True, editable=False)
    other_accepted_at = models.DateTimeField(null=True, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = Introductions.as_manager()
    rules = {"view": rules.view_introduction, "answer": rules.answer_introduction, "make": rules.make_introduction}

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="introduction_of_two",
                condition=Q(other__isnull=False, expert=None) | Q(other=None, expert__isnull=False),
                violation_error_message=_("Choose another PLG or an expert: one of the two."),
            ),
            models.CheckConstraint(
                name="introduction_not_to_itself",
                condition=Q(other=None) | ~Q(other=F("one")),
                violation_error_message=_("Choose another PLG."),
            ),
            models.UniqueConstraint(
                fields=["one", "other", "expert"],
                name="one_open_introduction",
                nulls_distinct=False,
                condition=Q(declined_at=None, withdrawn_at=None),
                violation_error_message=_("These two were introduced already."),
            ),
        ]

    def __str__(self):
        return f"{self.one_id} – {self.other_id or self.expert_id}"

    def get_absolute_url(self):
        return reverse("communities:introduction", args=[self.pk])

    @property
    def is_accepted(self):
        """Both said yes."""
        return bool(self.one_accepted_at and self.other_accepted_at)

    @property
    def is_open(self):
        return not (self.is_accepted or self.declined_at or self.withdrawn_at)

    @property
    def state_in_words(self):
        """How it stands, without saying who said no."""
        if self.withdrawn_at:
            return _now("withdrawn")
        if self.declined_at:
            return _now("not now")
        if self.is_accepted:
            return _now("both said yes")
        if self.one_accepted_at or self.other_accepted_at:
            return _now("one said yes")
        return _now("waits for an answer")

    def why_not_answer(self, side):
        """Why this side ("one" or "other") can no longer answer."""
        if self.withdrawn_at:
            return _now("This introduction was withdrawn.")
        if self.declined_at:
            return _now("This introduction does not go on.")
        if getattr(self, f"{side}_accepted_at"):
            return _now("You said yes already.")
        return ""

    @property
    def why_not_withdraw(self):
        if self.is_accepted:
            return _now("Both said yes already: they know each other now.")
        return "" if self.is_open else _now("This introduction does not go on.")
