from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Model, QuerySet
from core.text import one_line, sort_key
from core.time import today
from organisations import rules
from organisations.choices import PartnerKind, Sector
from people.choices import Region

BRIN = RegexValidator(r"^\d{2}[A-Z]{2}$", _("A BRIN is two digits and two capitals, like 07XY."))
LOCATION_CODE = RegexValidator(r"^\d{2}[A-Z]{2}\d{2}$", _("A location code is a BRIN and two digits, like 07XY00."))
BOARD_NUMBER = RegexValidator(r"^\d{5}$", _("A board number has five digits, like 04321."))
COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", _("A colour is written like #0b6e63."))


class Named(Model):
    """Something with a name that people sort by; earlier names are kept."""

    name = models.CharField(_("name"), max_length=160)
    sort_name = models.CharField(max_length=200, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Keep the sort key in step with the name."""
        self.name = one_line(self.name)
        self.sort_name = sort_key(self.name)
        super().save(**kwargs)


class Boards(QuerySet):
    def open(self):
        return self.filter(gone_at=None, merged_into=None)

    def search(self, words):
        """Boards whose name has these words, or whose number begins with them."""
        found = self
        for word in sort_key(words).split():
            found = found.filter(Q(sort_name__contains=word) | Q(number__startswith=word))
        return found


class Board(Named):
    """A school board (bevoegd gezag), known by its number; without a known name it is "Bestuur 20091"."""

    number = models.CharField(  # noqa: DJ001 - unique, so a board without a number has none
        _("board number"), max_length=5, unique=True, null=True, validators=[BOARD_NUMBER]
    )
    kvk = models.CharField(_("KvK number"), max_length=8, blank=True)
    is_named = models.BooleanField(default=True, editable=False)
    primary_colour = models.CharField(_("colour"), max_length=7, blank=True, validators=[COLOUR])
    titles = models.JSONField(_("own titles of functions"), default=dict, blank=True)
    wants_qualified = models.BooleanField(
        _("our facilitators have a certificate"),
        default=False,
        db_default=False,
        help_text=_("Whoever chooses a facilitator sees who has none yet. Nobody is refused for it."),
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged_from")
    gone_at = models.DateTimeField(null=True, editable=False)

    objects = Boards.as_manager()
    rules = {
        "view": rules.view_board,
        "manage": rules.manage_board,
        "invite": rules.invite_to_board,
        "give_board_admin": rules.give_board_admin,
        "give_confidant": rules.give_confidant,
    }

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["sort_name"]

    def get_absolute_url(self):
        return reverse("organisations:board", args=[self.pk])


class Schools(QuerySet):
    def open(self):
        return self.filter(gone_at=None)

    def search(self, words):
        """Schools whose name, town, BRIN or location code begins with these words."""
        found = self
        for word in sort_key(words).split():
            found = found.filter(
                Q(sort_name__contains=word) | Q(sort_town__startswith=word) | Q(code__istartswith=word)
            )
        return found


class School(Named):
    """One location of a school: BRIN and location code; the holiday region comes with it."""

    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="schools")
    code = models.CharField(_("location code"), max_length=6, unique=True, validators=[LOCATION_CODE])
    brin = models.GeneratedField(
        expression=models.functions.Left("code", 4),
        output_field=models.CharField(max_length=4),
        db_persist=True,
    )
    sector = models.CharField(_("sector"), max_length=3, choices=Sector, default=Sector.PRIMARY)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    sort_town = models.CharField(max_length=80, editable=False, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    denomination = models.CharField(_("denomination"), max_length=80, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    region = models.CharField(_("holiday region"), max_length=6, choices=Region, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    pupils = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged_from")
    gone_at = models.DateTimeField(null=True, editable=False)

    objects = Schools.as_manager()
    rules = {
        "view": rules.view_school,
        "manage": rules.manage_school,
        "lead": rules.lead_school,
        "invite": rules.invite_to_school,
        "give_school_leader": rules.give_school_role,
        "give_planner": rules.give_school_role,
        "keep_study_days": rules.keep_study_days,
        "keep_time": rules.keep_time,
    }

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["sort_name", "pk"]
        indexes = [models.Index(fields=["sort_town"], name="school_town")]

    def get_absolute_url(self):
        return reverse("organisations:school", args=[self.pk])

    def save(self, **kwargs):
        """Keep the sort keys in step."""
        self.sort_town = sort_key(self.town)[:80]
        super().save(**kwargs)


class FormerName(models.Model):
    """What a board or school was called before: boards merge and rename, reports of that time do not."""

    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="former_names")
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="former_names")
    name = models.CharField(max_length=160)
    until = models.DateField(default=today)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="former_name_of_one",
                condition=Q(board__isnull=False, school__isnull=True) | Q(board__isnull=True, school__isnull=False),
            )
        ]

    def __str__(self):
        return self.name


class Network(Named):
    """A network of boards and schools that learn together, across boards."""

    about = models.TextField(_("about"), blank=True)
    boards = models.ManyToManyField(Board, related_name="networks", blank=True, verbose_name=_("boards"))
    schools = models.ManyToManyField(School, related_name="networks", blank=True, verbose_name=_("schools"))

    rules = {
        "view": rules.view_network,
        "manage": rules.manage_network,
        "connect": rules.connect_network,
        "give_network_admin": rules.give_network_admin,
        "give_connector": rules.give_connector,
    }

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["sort_name"]

    def get_absolute_url(self):
        return reverse("organisations:network", args=[self.pk])


class Partner(Named):
    """An organisation without a school: experts and external facilitators have their home here."""

    kind = models.CharField(_("kind"), max_length=10, choices=PartnerKind)
    town = models.CharField(_("town"), max_length=80, blank=True)

    rules = {"view": rules.view_partner, "manage": rules.manage_partner, "invite": rules.manage_partner}

    class Meta:
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")
        ordering = ["sort_name"]

    def get_absolute_url(self):
        return reverse("organisations:partner", args=[self.pk])


class StudyDay(Model):
    """Days on which a school's own calendar leaves no room: a study day, a report week, a team outing."""

    school = models.ForeignKey(School, models.CASCADE, related_name="study_days")
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    name = models.CharField(_("what it is"), max_length=80)
    uid = models.CharField(max_length=255, blank=True, editable=False, help_text="In the calendar it came from.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    rules = {"view": rules.view_study_day, "manage": rules.manage_study_day}

    class Meta:
        verbose_name = _("study day")
        verbose_name_plural = _("study days")
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                name="study_day_ends_after_it_begins",
                condition=Q(last__gte=models.F("first")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.UniqueConstraint(fields=["school", "uid"], name="study_day_once", condition=~Q(uid="")),
        ]
        indexes = [models.Index(fields=["school", "last"], name="study_day_of_school")]

    def __str__(self):
        return self.name
