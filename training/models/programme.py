from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.links import address
from core.models import Model, QuerySet
from knowledgehub.models import Resource
from organisations.models import Board, Network
from training import rules
from training.choices import Form, Owner, PageKind, QuestionKind


class Programmes(QuerySet):
    def for_cards(self, user):
        """What the list shows: with something published in it."""
        return self.for_page(user, "keep").select_related("current__programme", "board", "network")


class Programme(Model):
    """What can be learned: the trajectory of facilitators, or a short course. Its content stands in versions."""

    key = models.SlugField(max_length=60, unique=True)
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.COURSE)
    owner = models.CharField(_("for whom"), max_length=8, choices=Owner, default=Owner.PLATFORM)
    board = models.ForeignKey(Board, models.RESTRICT, null=True, blank=True, related_name="+")
    network = models.ForeignKey(Network, models.RESTRICT, null=True, blank=True, related_name="+")
    current = models.ForeignKey("ProgrammeVersion", models.SET_NULL, null=True, editable=False, related_name="+")
    assessors = models.PositiveSmallIntegerField(_("assessors"), default=1, help_text=_("Two with quality assured."))
    retired_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    objects = Programmes.as_manager()
    rules = {"view": lambda user: rules.found(user) | rules.keep_programme(user), "keep": rules.keep_programme}

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["form", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_of_somebody",
                condition=Q(owner="platform")
                | Q(owner="board", board__isnull=False)
                | Q(owner="network", network__isnull=False),
            )
        ]

    def __str__(self):
        return self.key

    def get_absolute_url(self):
        return address("training:programme", self.pk)

    @property
    def is_trajectory(self):
        return self.form == Form.TRAJECTORY


class ProgrammeVersion(Model):
    """The content of a programme. It is fixed from the first enrolment on; a change is a new version."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=140)
    title_en = models.CharField(_("title in English"), max_length=140, blank=True)
    summary = models.TextField(_("in short"), max_length=1000, blank=True)
    summary_en = models.TextField(_("in short, in English"), max_length=1000, blank=True)
    text = models.TextField(_("more about it"), max_length=10_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)
    facilitations = models.PositiveSmallIntegerField(_("observed facilitations"), default=0)
    needs_practice_plg = models.BooleanField(_("needs a PLG to practise in"), default=False)
    needs_consent = models.BooleanField(_("needs the school leader's consent"), default=False)
    published_at = models.DateTimeField(null=True, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    source = models.CharField(max_length=64, blank=True, editable=False, help_text="Digest of the file it came from.")

    rules = {"view": lambda user: rules.found(user, "programme__") | rules.keep_programme(user, "programme__"),
             "keep": lambda user: rules.keep_programme(user, "programme__")}  # fmt: skip

    class Meta:
        verbose_name = _("version of a programme")
        verbose_name_plural = _("versions of programmes")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="programme_version_number")]

    def __str__(self):
        return self.title

    @property
    def why_not_edit(self):
        """Why this content stands as it is."""
        return _now("People learn by this version, so it stays as it is. Make a new version.") if self.frozen_at else ""


def _seen(user):
    return rules.found(user, "version__programme__") | rules.keep_programme(user, "version__programme__")


class Outcome(Model):
    """What somebody can do who learned by it (leeruitkomst)."""

    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="outcomes")
    code = models.CharField(_("code"), max_length=8)
    text = models.CharField(_("learning outcome"), max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    rules = {"view": _seen}

    class Meta:
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="outcome_code")]

    def __str__(self):
        return f"{self.code} {self.text}"


class Module(Model):
    version = models.ForeignKey(ProgrammeVersion, models.CASCADE, related_name="modules")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=140)
    summary = models.TextField(_("in short"), max_length=1000, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    outcomes = models.ManyToManyField(Outcome, related_name="modules", blank=True)

    rules = {"view": _seen}

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class Page(Model):
    module = models.ForeignKey(Module, models.CASCADE, related_name="pages")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=8, choices=PageKind, default=PageKind.TEXT)
    title = models.CharField(_("title"), max_length=140)
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5)
    link = models.URLField(_("link"), max_length=500, blank=True)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="+")

    rules = {"view": lambda user: rules.found(user, "module__version__programme__")}

    class Meta:
        verbose_name = _("page of a module")
        verbose_name_plural = _("pages of modules")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class Question(Model):
    """A question of a self-test, or one that a film asks at a moment."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(default=0)
    at_s = models.PositiveIntegerField(_("at second"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=QuestionKind, default=QuestionKind.ONE)
    text = models.CharField(_("question"), max_length=400)
    options = models.JSONField(default=list, blank=True, help_text='[{"text": "…", "right": true, "says": "…"}]')
    says = models.CharField(_("what we say afterwards"), max_length=600, blank=True)

    rules = {"view": lambda user: rules.found(user, "page__module__version__programme__")}

    class Meta:
        verbose_name = _("question of a page")
        verbose_name_plural = _("questions of pages")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text


class Assignment(Model):
    """What a learner hands in, and by what it is looked at."""

    module = models.ForeignKey(Module, models.CASCADE, related_name="assignments")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=140)
    text = models.TextField(_("what you do"), max_length=10_000)
    html = models.TextField(editable=False, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    rubric = models.JSONField(default=list, help_text='[{"criterion": "…", "sufficient": "…"}]')
    outcomes = models.ManyToManyField(Outcome, related_name="assignments", blank=True)
    feedback_days = models.PositiveSmallIntegerField(_("feedback within, working days"), default=10)

    rules = {"view": lambda user: rules.found(user, "module__version__programme__")}

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title
