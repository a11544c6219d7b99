from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from core.time import today
from organisations.models import Network
from participation.floor import FEWEST
from participation.impact import rules
from participation.impact.choices import Moment, Way

LEAST_TEXTS = 10  # answers: of fewer, no texts


class Questionnaires(QuerySet):
    def for_detail(self, user):
        """One with its waves and their panels, and what this user may."""
        rows = self.for_page(user, "manage").select_related("community__owner_school", "network")
        return rows.prefetch_related("waves__panels")

    def of_place(self, *, community=None, network=None):
        """Those of a PLG or of a network, the latest year first."""
        return self.filter(community=community, network=network).order_by("-year")


class Questionnaire(Model):
    """The questions of one school year, of a PLG or of everybody in the PLGs of a network."""

    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="questionnaires")
    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="questionnaires")
    year = models.PositiveSmallIntegerField(_("school year"), help_text="The one in which it begins.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = Questionnaires.as_manager()
    rules = {"view": rules.view, "manage": rules.manage}

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.CheckConstraint(
                name="questionnaire_of_one",
                condition=Q(community__isnull=False, network=None) | Q(community=None, network__isnull=False),
            ),
            models.UniqueConstraint(fields=["community", "network", "year"], name="one_a_year", nulls_distinct=False),
        ]

    def __str__(self):
        return f"{self.place_id} {self.year}"

    def get_absolute_url(self):
        return address("impact:results", self.pk)

    @property
    def place(self):
        """The PLG or network whose it is."""
        return self.community if self.community_id else self.network

    @property
    def place_id(self):
        return self.community_id or self.network_id

    @property
    def page(self):
        """The page on which all that is asked of this PLG or network stands."""
        if self.community_id:
            return address("impact:index", self.community_id)
        return address("impact:network", self.network_id)

    @property
    def said_year(self):
        return f"{self.year}–{self.year + 1}"

    @cached_property
    def by_moment(self):
        """Its waves by their moment, of a row from `for_detail`."""
        return {wave.moment: wave for wave in self.waves.all()}

    # When is it possible: a sentence, or "" -------------------------------------------------------

    @property
    def why_not_withdraw(self):
        """Why the questions can no longer be called off."""
        begun = Q(responses__isnull=False) | Q(panels__responses__isnull=False) | Q(closed_at__isnull=False)
        if self.waves.filter(begun).exists():
            return _now("Somebody answered already. You can close what is open, but the answers stay.")
        return ""

    @property
    def why_not_release(self):
        """Why its averages cannot count in the figures of the school."""
        if self.released_at:
            return _now("These figures count already.")
        first, last = (self.by_moment.get(moment) for moment in (Moment.START, Moment.END))
        if not (first and last and first.closed_at and last.closed_at):
            return _now("Figures count once the questions of the start and of the end are closed.")
        if min(first.counted, last.counted) < FEWEST:
            return _now("Figures count from five people at the start and at the end, school leaders not counted.")
        return ""


class Waves(QuerySet):
    def open(self, day=None):
        """Those that can be answered now."""
        day = day or today()
        return self.filter(closed_at=None, opens_on__lte=day, closes_on__gte=day)

    def over(self, day=None):
        """Those whose last day is behind us and that nobody closed."""
        return self.filter(closed_at=None, closes_on__lt=day or today())

    def with_counts(self):
        """Each with `count`, how many answered so far."""
        return self.annotate(count=Coalesce(Sum("responses__people", filter=Q(responses__is_done=True)), 0))

    def for_detail(self, user):
        rows = self.for_page(user, "answer", "manage")
        return rows.select_related(
            "questionnaire__community__owner_school", "questionnaire__community", "questionnaire__network"
        )


class Wave(Model):
    """One time that the questions are asked.

    As long as it is open, it is known who answered alone, and never what. Closing it forgets who answered, and what
    was answered then stands: so nobody can see from two results what one more person said.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="waves")
    moment = models.CharField(_("when"), max_length=8, choices=Moment)
    way = models.CharField(_("how do you answer?"), max_length=6, choices=Way, default=Way.JOINT)
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"))
    closed_at = models.DateTimeField(null=True, editable=False)
    people = models.PositiveSmallIntegerField(default=0, editable=False, help_text="How many answered, once closed.")
    counted = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="The same without who leads a school or runs a board."
    )

    objects = Waves.as_manager()
    rules = {"view": rules.view_wave, "answer": rules.answer_wave, "manage": rules.manage_wave}

    class Meta:
        verbose_name = _("wave of questions")
        verbose_name_plural = _("waves of questions")
        ordering = ["opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "moment"], name="one_wave_a_moment"),
            models.CheckConstraint(
                name="wave_has_days",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The last day is not before the first."),
            ),
        ]
        indexes = [models.Index(fields=["closes_on"], name="wave_to_close", condition=Q(closed_at=None))]

    def __str__(self):
        return f"{self.questionnaire_id}: {self.moment}"

    def get_absolute_url(self):
        return address("impact:answer", self.pk)

    @property
    def is_joint(self):
        return self.way == Way.JOINT

    @property
    def is_open(self):
        return not self.closed_at and self.opens_on <= today() <= self.closes_on

    @property
    def is_to_come(self):
        return not self.closed_at and self.opens_on > today()

    @property
    def is_shown(self):
        """Whether its results may be seen: of single answers from five on, and once it is closed."""
        return self.is_joint or bool(self.closed_at and self.people >= self.least)

    @property
    def least(self):
        """How many must have answered alone. Who runs a network may be one of them, and knows what she said herself."""
        return FEWEST + (self.people - self.counted if self.questionnaire.network_id else 0)

    def is_enough(self, people):
        """Whether these may be told above: five, even when all who lead a school are among them."""
        return people - (self.people - self.counted) >= FEWEST

    # When is it possible: a sentence, or "" -------------------------------------------------------

    @property
    def why_not_answer(self):
        """Why nobody can answer now."""
        if self.closed_at or self.closes_on < today():
            return _now("These questions are closed. Nothing can be answered any more.")
        if self.opens_on > today():
            return _now("These questions are not open yet.")
        community = self.questionnaire.community
        return community.why_not_add if community else ""

    @property
    def why_not_change(self):
        """Why its days and way of answering can no longer be changed."""
        if self.closed_at:
            return _now("These questions are closed.")
        if self.responses.exists():
            return _now("Somebody answered already. You can only close these questions.")
        return ""

    @property
    def why_not_close(self):
        if self.closed_at:
            return _now("These questions are closed already.")
        return _now("These questions are not open yet.") if self.is_to_come else ""
