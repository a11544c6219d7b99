from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.choices import Theme
from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from core.text import one_line
from knowledgehub.models import Resource, Term
from lessonstudy import rules
from lessonstudy.choices import TEAM, TEMPLATE_ICONS, WITH_LESSONS, Halt, Order, Role, StandsFor, State, Template


class Cycles(QuerySet):
    def going_on(self):
        """Neither completed nor stopped."""
        return self.exclude(state=State.DONE).exclude(halt=Halt.STOPPED)

    def for_cards(self, user):
        """Title, phase, dates: for who may see the card."""
        return self.filter(rules.view_card(user)).with_powers(user, "view").select_related("community")

    def for_detail(self, user):
        """One cycle with every power, for who takes part in it."""
        return self.for_page(user, "edit", "guide", "hand_over").select_related("community", "subject", "level")


class Cycle(Model):
    """A team that studies one question, in phases: a Lesson Study cycle, or an inquiry on the same machinery."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="cycles")
    template = models.CharField(_("how you work"), max_length=12, choices=Template, default=Template.LESSON_STUDY)
    school_year = models.PositiveSmallIntegerField(help_text="The year in which it began: 2026 for 2026-2027.")
    title = models.CharField(_("title"), max_length=140)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme, blank=True)
    pupil_goal = models.TextField(_("what pupils learn"), max_length=1000, blank=True)
    question = models.TextField(_("research question"), max_length=1000, blank=True)
    own_practice = models.BooleanField(_("we begin with our own practice"), default=False)
    subject = models.ForeignKey(Term, models.SET_NULL, null=True, blank=True, related_name="+")
    level = models.ForeignKey(Term, models.SET_NULL, null=True, blank=True, related_name="+")

    state = models.CharField(max_length=12, choices=State, default=State.CONCEPT, editable=False)
    halt = models.CharField(max_length=8, choices=Halt, default=Halt.ACTIVE, editable=False)
    halt_why = models.CharField(_("Why?"), max_length=300, blank=True, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    rounds = models.PositiveSmallIntegerField(_("how many times you give the lesson"), default=2)
    order = models.CharField(_("who speaks first afterwards"), max_length=8, choices=Order, default=Order.PUPILS)
    plan = models.ForeignKey("PlanVersion", models.SET_NULL, null=True, editable=False, related_name="+")

    state_since = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    purge_on = models.DateField(null=True, editable=False, help_text="When the notes on pupils go.")
    purged_at = models.DateTimeField(null=True, editable=False)

    objects = Cycles.as_manager()
    rules = {"view": rules.view, "edit": rules.edit, "guide": rules.guide, "hand_over": rules.hand_over}

    class Meta:
        verbose_name = _("cycle")
        verbose_name_plural = _("cycles")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["community", "state"], name="cycle_of_community")]
        constraints = [models.CheckConstraint(name="cycle_rounds", condition=Q(rounds__range=(1, 4)))]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.title = one_line(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("lessonstudy:detail", self.pk)

    @property
    def icon(self):
        return TEMPLATE_ICONS[self.template]

    @property
    def has_lessons(self):
        """Whether a research lesson is given, with observers and case pupils."""
        return self.template in WITH_LESSONS

    @property
    def is_active(self):
        return self.halt == Halt.ACTIVE and self.state != State.DONE

    @property
    def seats(self):
        """Who takes part now, with their names: as the page fetched them, or else asked now."""
        if "members" in getattr(self, "_prefetched_objects_cache", ()):
            return [row for row in self.members.all() if row.left_at is None]
        return list(self.members.now().select_related("person"))

    @property
    def team(self):
        """Those of whom agreement is asked: the process facilitator and the team."""
        return [row for row in self.seats if row.role in TEAM]

    @property
    def followed(self):
        """The case pupils, without those who stand in for another."""
        return [row for row in self.pupils.all() if row.reserve_for_id is None]

    @property
    def channel(self):
        """Where its pages hear that something changed."""
        return f"cycle:{self.pk}"


class Members(QuerySet):
    def now(self):
        """Who takes part now."""
        return self.filter(left_at=None)

    def team(self):
        """Those of whom agreement is asked: the process facilitator and the team."""
        return self.now().filter(role__in=TEAM)

    def guiding(self):
        return self.now().filter(Q(role=Role.GUIDE) | Q(is_deputy=True))


class CycleMember(Model):
    """Somebody's part in a cycle. Who left keeps her row: what she wrote stays under her name."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="cycle_memberships")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.TEACHER)
    is_deputy = models.BooleanField(_("may also take the steps"), default=False)
    joined_at = models.DateTimeField(default=now, editable=False)
    left_at = models.DateTimeField(null=True, editable=False)
    charter_accepted_at = models.DateTimeField(null=True, editable=False)

    objects = Members.as_manager()
    rules = {"view": lambda user: rules.view(user, "cycle__"), "guide": lambda user: rules.guide(user, "cycle__")}

    class Meta:
        verbose_name = _("member of a cycle")
        verbose_name_plural = _("members of cycles")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="cycle_member_once"),
            models.UniqueConstraint(fields=["cycle"], name="one_guide", condition=Q(role=Role.GUIDE, left_at=None)),
        ]
        indexes = [models.Index(fields=["person"], name="cycles_of_person", condition=Q(left_at=None))]

    def __str__(self):
        return f"{self.person_id} in {self.cycle_id}"

    @property
    def is_guiding(self):
        """Whether she may take the steps of the process facilitator."""
        return self.role == Role.GUIDE or self.is_deputy


class Charter(Model):
    """What a team agreed on how it works. A changed one is asked anew of everybody."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="charter")
    text = models.TextField(_("what we agree"), max_length=4000)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now, editable=False)

    rules = {"view": lambda user: rules.view(user, "cycle__"), "edit": lambda user: rules.edit(user, "cycle__")}

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")

    def __str__(self):
        return f"of {self.cycle_id}"


class Move(Model):
    """A step of a cycle: which, when, by whom, and why where something was passed over. Never changed."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="moves")
    verb = models.CharField(max_length=20)
    was = models.CharField(max_length=12, choices=State)
    became = models.CharField(max_length=12, choices=State)
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)
    reason = models.CharField(_("because"), max_length=300, blank=True)
    passed_over = models.JSONField(default=list, blank=True, help_text="The sentences that were passed over.")

    rules = {"view": lambda user: rules.view(user, "cycle__")}

    class Meta:
        verbose_name = _("step of a cycle")
        verbose_name_plural = _("steps of cycles")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.was} → {self.became}"


class Source(Model):
    """What a team read, and what it takes from it."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="sources")
    reference = models.CharField(_("source"), max_length=300)
    link = models.URLField(_("link"), max_length=500, blank=True)
    takes = models.TextField(_("what we take from it"), max_length=1000, blank=True)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=now, editable=False)

    rules = {"view": lambda user: rules.view(user, "cycle__"), "edit": lambda user: rules.edit(user, "cycle__")}

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["pk"]

    def __str__(self):
        return self.reference


class CasePupil(Model):
    """A pupil whom the team follows, known by a code alone: there is no field for a name, anywhere."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="pupils")
    code = models.CharField(_("code"), max_length=2)
    stands_for = models.CharField(_("stands for"), max_length=6, choices=StandsFor, default=StandsFor.AT)
    start = models.CharField(_("can do now"), max_length=300, blank=True)
    target = models.CharField(_("can do after the lesson"), max_length=300, blank=True)
    reserve_for = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reserves")

    rules = {"view": lambda user: rules.view(user, "cycle__"), "edit": lambda user: rules.edit(user, "cycle__")}

    class Meta:
        verbose_name = _("case pupil")
        verbose_name_plural = _("case pupils")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="one_pupil_a_code"),
            models.CheckConstraint(name="pupil_code", condition=Q(code__regex=r"^[A-Z][0-9]?$")),
        ]

    def __str__(self):
        return self.code


class PhaseText(Model):
    """What a team wrote in a phase of an inquiry, under one of the headings of its template."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="texts")
    heading = models.CharField(max_length=20, help_text="Its key in steps.HEADINGS.")
    text = models.TextField(max_length=20_000, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="Raised by every change: who is second, is told so.")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now, editable=False)

    rules = {"view": lambda user: rules.view(user, "cycle__"), "edit": lambda user: rules.edit(user, "cycle__")}

    class Meta:
        verbose_name = _("text of an inquiry")
        verbose_name_plural = _("texts of inquiries")
        constraints = [models.UniqueConstraint(fields=["cycle", "heading"], name="one_text_a_heading")]

    def __str__(self):
        return f"{self.heading} of {self.cycle_id}"
