from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from core.time import today
from organisations.models import Network, School
from participation.reports import rules
from participation.reports.choices import State
from participation.words import school_year

PLACES = ("community__owner_school", "community__owner_board", "community__owner_network", "network")


class Reports(QuerySet):
    def for_detail(self, user):
        """One with every power and the place it is about."""
        return self.for_page(user, "write", "lead").select_related(*PLACES)

    def for_list(self, user):
        """What a list shows, the latest year first: one query."""
        rows = self.for_page(user, "write", "lead").select_related(*PLACES)
        return rows.order_by("-year", "community__sort_name", "network__sort_name", "pk")

    def released(self):
        return self.filter(state=State.RELEASED)

    def reaching(self, network, year):
        """The released reports of PLGs of this network, and of PLGs of the boards that take part in it."""
        of_plgs = Q(community__owner_network=network) | Q(community__board__networks=network)
        pks = self.released().filter(of_plgs, year=year).values("pk").distinct()
        return self.model.objects.released().filter(pk__in=pks).order_by("community__sort_name", "pk")


class Report(Model):
    """What a PLG, or a network, tells of a school year."""

    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="year_reports")
    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="year_reports")
    year = models.PositiveSmallIntegerField(_("school year"), help_text="The one in which it begins.")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    number = models.PositiveSmallIntegerField(default=1, editable=False, help_text="Of the version that counts.")
    laid_at = models.DateTimeField(null=True, editable=False)
    laid_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    until_on = models.DateField(null=True, editable=False, help_text="The last day on which a member may say no.")
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    schools = models.ManyToManyField(School, related_name="+", help_text="Of its members, when it was released.")
    sources = models.ManyToManyField("self", symmetrical=False, related_name="used_in", help_text="Of a network's.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    objects = Reports.as_manager()
    rules = {"view": rules.view, "write": rules.write, "lead": rules.lead}

    class Meta:
        verbose_name = _("year report")
        verbose_name_plural = _("year reports")
        constraints = [
            models.CheckConstraint(
                name="report_of_one",
                condition=Q(community__isnull=False, network=None) | Q(community=None, network__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["community", "network", "year"], name="one_report_a_year", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.community_id or self.network_id} {self.year}"

    def get_absolute_url(self):
        return address("reports:detail", self.pk)

    @property
    def place(self):
        """The PLG or network that tells."""
        return self.community if self.community_id else self.network

    @property
    def page(self):
        """Where all its years stand."""
        if self.community_id:
            return address("reports:of_plg", self.community_id)
        return address("reports:of_network", self.network_id)

    @property
    def said_year(self):
        return school_year(self.year)

    @property
    def is_draft(self):
        return self.state == State.DRAFT

    @property
    def is_laid(self):
        return self.state == State.LAID

    @property
    def is_released(self):
        return self.state == State.RELEASED

    @cached_property
    def current(self):
        """The version that counts."""
        return self.versions.select_related("by").get(number=self.number)

    @cached_property
    def open_objections(self):
        """Who said no to what lies before the members, and why."""
        return list(self.objections.filter(settled_at=None).select_related("person").order_by("at"))

    @cached_property
    def named(self):
        """Who is named or quoted, with what she said to that."""
        return list(self.namings.select_related("person").order_by("person__sort_name"))

    # When is it possible: a sentence, or "" -------------------------------------------------------

    @property
    def why_not_write(self):
        if self.is_laid:
            return _now("This report lies before the members. Take it back first, then everybody can write in it.")
        if self.is_released:
            return _now("This report is released. Take it back first, then everybody can write in it.")
        return ""

    @property
    def why_not_lay(self):
        """Why it cannot be laid before the members."""
        if self.network_id:
            return _now("A network's report is made of what was released. It has no members to ask.")
        if not self.is_draft:
            return _now("This report was laid before the members already.")
        if not any(section["text"].strip() for section in self.current.sections):
            return _now("There is nothing in this report yet. Write a line first.")
        return ""

    @property
    def why_not_answer(self):
        """Why nobody is asked about it now."""
        return "" if self.is_laid else _now("Nobody is asked about this report any more.")

    @property
    def why_not_release(self):
        """Why leaders cannot read it yet."""
        if self.is_released:
            return _now("This report is released already.")
        if self.network_id:
            texts = any(section["text"].strip() for section in self.current.sections)
            return "" if texts else _now("There is nothing in this report yet. Write a line first.")
        if self.is_draft:
            return _now("First the members see it. Lay it before them.")
        return self._why_not_agreed

    @property
    def _why_not_agreed(self):
        if self.open_objections:
            return _now("A member said no. Talk about it, and change the report where that is needed.")
        if any(each.declined_at for each in self.named):
            return _now("Somebody who is named does not want that. Take the report back and change it.")
        if not all(each.agreed_at for each in self.named):
            return _now("Somebody who is named has not said yes yet. There silence is no yes.")
        if today() <= self.until_on:
            from core.templatetags.ui import day

            return _now("Members may say no until %(day)s.") % {"day": day(self.until_on)}
        return ""

    @property
    def why_not_take_back(self):
        return "" if self.is_released else _now("This report is not released.")

    @property
    def why_not_redraft(self):
        """Why it cannot be drafted anew."""
        if self.current.edits or self.number > 1:
            return _now("Somebody wrote in it already. A new draft would throw that away.")
        return self.why_not_write


class ReportVersion(models.Model):
    """One wording. What lay before the members and was changed after that is a new one; the earlier ones stay."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    sections = models.JSONField(default=list, help_text="Each with key, kind, title and text, as those of minutes.")
    edits = models.PositiveIntegerField(default=0, editable=False, help_text="How often it was written in by hand.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("version of a year report")
        verbose_name_plural = _("versions of a year report")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_report_version")]

    def __str__(self):
        return f"{self.report_id}.{self.number}"


class Naming(models.Model):
    """Somebody who is named or quoted: she says herself whether that may be read above. No answer is no yes."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="namings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("who is named")
        verbose_name_plural = _("who is named")
        constraints = [
            models.UniqueConstraint(fields=["report", "person"], name="named_once"),
            models.CheckConstraint(name="naming_one_answer", condition=Q(agreed_at=None) | Q(declined_at=None)),
        ]

    def __str__(self):
        return f"{self.report_id}: {self.person_id}"


class Objection(models.Model):
    """A member's no, with her reason: it stands until she takes it back, or the report goes back to be changed."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="objections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.TextField(_("what should be different?"), max_length=1000)
    at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("objection to a year report")
        verbose_name_plural = _("objections to year reports")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "person"], name="one_open_objection", condition=Q(settled_at=None)
            )
        ]

    def __str__(self):
        return f"{self.report_id}: {self.person_id}"
