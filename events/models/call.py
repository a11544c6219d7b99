from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from communities.choices import Theme
from communities.models import Community
from core.files.paths import private_path
from core.links import address
from core.models import Model, QuerySet
from core.text import one_line
from events import rules
from events.choices import ContributionKind, ContributionState, Decision
from events.models.event import Event
from knowledgehub.models import Resource


class Contributions(QuerySet):
    def for_detail(self, user):
        """One contribution with every power."""
        return self.for_page(user, "edit", "review", "organise").select_related("event", "community")


class Contribution(Model):
    """What a PLG or an expert offers. Its authors change it until the call closes."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="contributions")
    kind = models.CharField(_("kind"), max_length=12, choices=ContributionKind, default=ContributionKind.WORKSHOP)
    title = models.CharField(_("title"), max_length=140)
    summary = models.TextField(_("what it is about"), max_length=1500, blank=True)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme, blank=True)
    community = models.ForeignKey(
        Community, models.SET_NULL, null=True, blank=True, related_name="contributions", verbose_name=_("PLG")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    seats = models.PositiveSmallIntegerField(_("for how many people, at most"), null=True, blank=True)
    needs = models.CharField(_("what you need"), max_length=300, blank=True)
    answers = models.JSONField(default=dict, blank=True, help_text="Of the organiser's questions, by id.")
    state = models.CharField(
        max_length=10, choices=ContributionState, default=ContributionState.CONCEPT, editable=False
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True, help_text="Not sent yet.")
    decision_says = models.TextField(_("what we say with it"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_why = models.CharField(_("Why?"), max_length=300, blank=True, editable=False)
    poster = models.FileField(upload_to=private_path("posters"), blank=True)
    poster_name = models.CharField(max_length=200, blank=True, editable=False)
    poster_type = models.CharField(max_length=100, blank=True, editable=False)
    poster_alt = models.CharField(_("what is on it, in words"), max_length=400, blank=True)
    poster_small = models.FileField(upload_to=private_path("posters"), blank=True, editable=False)
    resource = models.ForeignKey(Resource, models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)

    objects = Contributions.as_manager()
    rules = {
        "view": rules.view_contribution,
        "edit": rules.edit_contribution,
        "review": lambda user: rules.review(user, "event__"),
        "organise": lambda user: rules.organise(user, "event__"),
    }

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["pk"]
        indexes = [models.Index(fields=["event", "state"], name="contributions_of_event")]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        self.title = one_line(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("events:contribution", self.pk)


class ContributionAuthor(Model):
    """Who brings it; somebody without an account by name and mail address."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True)
    address = models.EmailField(_("mail address"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, editable=False)

    rules = {"view": lambda user: rules.review(user, "contribution__event__")}

    class Meta:
        verbose_name = _("author of a contribution")
        verbose_name_plural = _("authors of contributions")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["contribution", "person"], name="contribution_author_once")]

    def __str__(self):
        return str(self.person or self.name)


class Review(Model):
    """What a reader thinks of a contribution, by the rubric of the event."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    scores = models.JSONField(default=list, help_text="One from 1 to 5 for each line of the rubric.")
    advice = models.CharField(_("advice"), max_length=8, choices=Decision, blank=True)
    remark = models.TextField(_("remark, for organisers"), max_length=2000, blank=True)
    at = models.DateTimeField(default=now)

    rules = {"view": lambda user: rules.review(user, "contribution__event__")}

    class Meta:
        verbose_name = _("review of a contribution")
        verbose_name_plural = _("reviews of contributions")
        constraints = [models.UniqueConstraint(fields=["contribution", "reviewer"], name="one_review_each")]

    def __str__(self):
        return f"{self.reviewer_id} on {self.contribution_id}"
