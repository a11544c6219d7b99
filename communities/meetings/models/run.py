import uuid

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from activity.models import About
from communities.meetings import rules
from communities.meetings.choices import LineKind, RunState, Way
from communities.meetings.models.agenda import AgendaItem
from communities.models import Community
from core.models import Model, QuerySet
from core.prepared import prepared

LONGEST_LINE = 10_000


class Runs(QuerySet):
    def running(self):
        return self.filter(state=RunState.RUNNING)

    def about(self, row):
        """The sessions of a meeting, or of whatever else is run."""
        return self.filter(about_type=ContentType.objects.get_for_model(row), about_id=row.pk)

    @prepared
    def for_detail(self, user):
        """One session with every power. Who sees it, takes part: forty screens ask for this at once."""
        return self.for_page(user, "lead").annotate(can_take_part=Value(True)).select_related("community")


class Run(About, Model):
    """Something that is being done together, step by step, with one clock: a meeting, later also a discussion.

    The clock is the server's: a step has an instant at which it ends, and while
    it is paused the instant at which it was. Every change raises `version`.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="runs")
    title = models.CharField(_("title"), max_length=140)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.RUNNING)
    code = models.CharField(max_length=8, editable=False, help_text="With which somebody joins on a phone.")
    position = models.PositiveSmallIntegerField(default=0, help_text="The step we are at, counted from 0.")
    step_began_at = models.DateTimeField(default=now)
    step_ends_at = models.DateTimeField(default=now)
    paused_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    planned_end_at = models.DateTimeField(null=True)
    circle = models.CharField(
        max_length=24, blank=True, default="", db_default="", editable=False,
        help_text="Who takes part when it is not the whole PLG: a name that an upper app knows.",
    )  # fmt: skip
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+",
        help_text="Who leads it, besides those who always may.",
    )  # fmt: skip
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    objects = Runs.as_manager()
    rules = {"view": rules.view_run, "take_part": rules.take_part_in_run, "lead": rules.lead_run}

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about_id"], name="one_running_session", condition=Q(state=RunState.RUNNING)
            ),
            models.UniqueConstraint(
                fields=["code"], name="code_of_running_session", condition=Q(state=RunState.RUNNING)
            ),
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="run_about")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meetings:run", args=[self.pk])

    @property
    def is_running(self):
        return self.state == RunState.RUNNING

    @property
    def is_paused(self):
        return self.paused_at is not None

    @cached_property
    def what(self):
        """What is being run, or None when it is gone; fetched only where it is asked for."""
        if self.about_id is None:
            return None
        model = ContentType.objects.get_for_id(self.about_type_id).model_class()
        return model._base_manager.filter(pk=self.about_id).first()

    @property
    def total_s(self):
        """Seconds that this step was given."""
        return round((self.step_ends_at - self.step_began_at).total_seconds())

    def spent_s(self, at=None):
        """Seconds that this step took until now, without pauses."""
        until = self.paused_at or at or now()
        return max(0, round((until - self.step_began_at).total_seconds()))

    def left_s(self, at=None):
        """Seconds that are left; below zero when it takes longer."""
        until = self.paused_at or at or now()
        return round((self.step_ends_at - until).total_seconds())

    @property
    def channel(self):
        """Where its pages hear that something changed."""
        return f"run:{self.pk}"

    @property
    def spoken_code(self):
        """The code in two halves, as one says it aloud."""
        half = len(self.code) // 2
        return f"{self.code[:half]} {self.code[half:]}"


class RunStep(Model):
    """One step of a session; a copy, so that a changed agenda does not move under people's feet."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=140)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    instruction = models.TextField(_("instruction"), max_length=2000, blank=True)
    silent = models.JSONField(default=list, blank=True)
    notes_on = models.BooleanField(_("notes are taken"), default=True)
    is_case = models.BooleanField(default=False)
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+")
    spent_s = models.PositiveIntegerField(default=0, help_text="Seconds that it took, without pauses.")
    was_skipped = models.BooleanField(default=False)
    was_done = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("step of a session")
        verbose_name_plural = _("steps of a session")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["run", "order"], name="one_step_a_place")]

    def __str__(self):
        return self.title


class RunSeat(Model):
    """Somebody who takes part in a session, in the room or online, perhaps with a role."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="run_seats")
    way = models.CharField(_("how"), max_length=8, choices=Way, default=Way.ROOM)
    roles = models.JSONField(_("roles"), default=list, blank=True)
    joined_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now, help_text="When her screen last asked.")

    class Meta:
        verbose_name = _("seat in a session")
        verbose_name_plural = _("seats in a session")
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="one_seat_in_a_session")]

    def __str__(self):
        return f"{self.person_id} in {self.run_id}"


class Lines(QuerySet):
    def standing(self):
        """What was not taken back."""
        return self.filter(withdrawn_at=None)

    def shared(self):
        """What all who take part may read, in the order in which it was written."""
        return self.standing().exclude(kind=LineKind.OWN).order_by("pk")


class Line(Model):
    """Something written down during a session: a row of its own, so that two who write at once lose nothing.

    The key is made by the writer's device; sending it twice writes it once.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    step = models.ForeignKey(RunStep, models.SET_NULL, null=True, related_name="lines")
    kind = models.CharField(_("kind"), max_length=10, choices=LineKind, default=LineKind.NOTE)
    text = models.TextField(_("text"), max_length=LONGEST_LINE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(auto_now=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = Lines.as_manager()
    rules = {"view": rules.view_line, "edit": rules.edit_line, "withdraw": rules.withdraw_line}

    class Meta:
        verbose_name = _("line of a session")
        verbose_name_plural = _("lines of a session")
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "kind", "id"], name="line_of_session")]

    def __str__(self):
        return f"{self.kind} #{self.pk}"


class ExitTicket(Model):
    """Two questions at the door: what do you take along, and what could be better. Shown without names."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="tickets")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    worth = models.PositiveSmallIntegerField(_("Was it worth your time?"), help_text="From 1 to 5.")
    takes_along = models.CharField(_("What do you take along?"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("exit ticket")
        verbose_name_plural = _("exit tickets")
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="one_ticket_each"),
            models.CheckConstraint(name="ticket_worth", condition=Q(worth__range=(1, 5))),
        ]

    def __str__(self):
        return f"{self.run_id}: {self.worth}"
