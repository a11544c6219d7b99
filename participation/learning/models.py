import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from core.time import today
from organisations.models import Board, Network, School
from participation.floor import FEWEST
from participation.learning import rules
from participation.words import school_year
from people.calendar import school_year as year_of


class Cycles(QuerySet):
    def for_detail(self, user):
        """A year with its goals and scan: three queries more."""
        rows = self.for_page(user, "lead").select_related("school", "board", "scan")
        return rows.prefetch_related("goals__communities", "goals__networks")

    def for_list(self, user):
        """The latest year first."""
        return self.for_page(user, "lead").select_related("school", "board").order_by("-year", "pk")


class Cycle(Model):
    """A school year in which a school or board wants to learn something as a whole."""

    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="learning_years")
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="learning_years")
    year = models.PositiveSmallIntegerField(_("school year"))
    wish = models.TextField(_("what do you want to be different in a year?"), max_length=1000)
    said_on = models.DateField(_("said aloud to the team on"), null=True, blank=True)
    time_free = models.TextField(_("time that is made free"), max_length=1000, blank=True)
    money_free = models.TextField(_("money that is made free"), max_length=1000, blank=True)
    look_back = models.TextField(_("looking back"), max_length=2000, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    objects = Cycles.as_manager()
    rules = {"view": rules.view, "lead": rules.lead}

    class Meta:
        verbose_name = _("learning year")
        verbose_name_plural = _("learning years")
        constraints = [
            models.CheckConstraint(
                name="learning_year_of_one",
                condition=Q(school__isnull=False, board=None) | Q(school=None, board__isnull=False),
            ),
            models.UniqueConstraint(fields=["school", "board", "year"], name="one_learning_year", nulls_distinct=False),
        ]

    def __str__(self):
        return f"{self.school_id or self.board_id} {self.year}"

    def get_absolute_url(self):
        return address("learning:detail", self.pk)

    @property
    def place(self):
        return self.school if self.school_id else self.board

    @property
    def said_year(self):
        return school_year(self.year)

    @cached_property
    def the_scan(self):
        """Its self-scan, or None."""
        return getattr(self, "scan", None)

    @property
    def now_at(self):
        """At which step of the year we are, from 1; the page shows them as a path."""
        if self.look_back.strip():
            return 6
        if self.time_free.strip() or self.money_free.strip():
            return 5
        if self.goals.all():
            return 4
        return 3 if self.the_scan and self.the_scan.closed_at else 2

    @property
    def why_not_scan(self):
        """Why no scan can be opened."""
        if self.year < year_of(today()):
            return _now("That school year is over.")
        return _now("The team was asked already this year.") if self.the_scan else ""


class Goal(Model):
    """Something that the school chose, with the PLGs and networks that serve it."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="goals")
    text = models.CharField(_("what do you want to reach?"), max_length=300)
    communities = models.ManyToManyField(
        Community, related_name="+", blank=True, verbose_name=_("PLGs that work on it")
    )
    networks = models.ManyToManyField(Network, related_name="+", blank=True, verbose_name=_("networks that help"))

    rules = {"view": rules.view_of_cycle, "lead": rules.lead_of_cycle}

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["pk"]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return address("learning:detail", self.cycle_id)


class Scans(QuerySet):
    def for_detail(self, user):
        return self.for_page(user, "answer", "lead").select_related("cycle__school", "cycle__board")

    def over(self):
        """Those whose last day is behind us and that nobody closed."""
        return self.filter(closed_at=None, closes_on__lt=today())


class Scan(Model):
    """A few statements to the whole team, without names.

    As long as it is open it is known who answered, and never what; closing it forgets who. Nothing is shown before
    that, so nobody sees from two results what one more person said.
    """

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="scan")
    opens_on = models.DateField(default=today, editable=False)
    closes_on = models.DateField(_("until"))
    closed_at = models.DateTimeField(null=True, editable=False)
    people = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = Scans.as_manager()
    rules = {"view": rules.view_of_cycle, "answer": rules.answer, "lead": rules.lead_of_cycle}

    class Meta:
        verbose_name = _("self-scan")
        verbose_name_plural = _("self-scans")
        constraints = [
            models.CheckConstraint(
                name="scan_has_days",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The last day is not before the first."),
            )
        ]

    def __str__(self):
        return f"{self.cycle_id}"

    def get_absolute_url(self):
        return address("learning:answer", self.pk)

    @property
    def is_open(self):
        return not self.closed_at and today() <= self.closes_on

    @property
    def is_shown(self):
        return bool(self.closed_at and self.people >= FEWEST)

    @property
    def why_not_answer(self):
        return "" if self.is_open else _now("This self-scan is closed.")

    @property
    def why_not_close(self):
        return _now("This self-scan is closed already.") if self.closed_at else ""


class ScanAnswer(models.Model):
    """What somebody answered; nobody's name, and no moment by which to guess."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, models.CASCADE, related_name="answers")
    marks = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("answer to a self-scan")
        verbose_name_plural = _("answers to self-scans")

    def __str__(self):
        return f"{self.scan_id}"


class ScanAnswered(models.Model):
    """Who answered already, as long as it is open: then these rows go."""

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="answered")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("who answered a self-scan")
        verbose_name_plural = _("who answered self-scans")
        constraints = [models.UniqueConstraint(fields=["scan", "person"], name="scanned_once")]

    def __str__(self):
        return f"{self.scan_id}: {self.person_id}"


class Talk(Model):
    """A conversation starter in a PLG: proposed by its school leader, or put on its agenda by a member."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    starter = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)
    is_placed = models.BooleanField(default=False)

    rules = {"view": rules.view_talk, "place": rules.place_talk, "leave": rules.leave_talk}

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "starter"], name="one_open_proposal", condition=Q(is_placed=False)
            )
        ]

    def __str__(self):
        return f"{self.community_id}: {self.starter}"

    def get_absolute_url(self):
        return address("learning:starters") + f"#{self.starter}"
