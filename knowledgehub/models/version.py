import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from core.files.paths import private_path
from core.links import address
from core.models import Model, QuerySet
from core.text import one_line
from knowledgehub import rules
from knowledgehub.choices import LICENCES, Answer, FileState, State, licence_choices
from knowledgehub.models.resource import Author, Resource
from organisations.models import Network

MOST_STEPS, MOST_FILES = 20, 20


class Versions(QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)

    def for_detail(self, user):
        """One version with its files, for its own page: seen by who sees the resource, a concept by its makers."""
        return self.for_page(user, "edit").select_related("resource").prefetch_related("files")


class ResourceVersion(Model):
    """What a resource says and holds. Once it is published it never changes: a change is a new version."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("title"), max_length=140)
    summary = models.TextField(_("in short"), max_length=600, blank=True)
    text = models.TextField(_("more about it"), max_length=20_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    steps = models.JSONField(
        _("how the lesson goes"), default=list, blank=True, help_text='[{"minutes": 8, "title": "…", "text": "…"}]'
    )
    needs = models.CharField(_("what you need"), max_length=300, blank=True)
    lesson_minutes = models.PositiveSmallIntegerField(_("lesson, minutes"), null=True, blank=True)
    prep_minutes = models.PositiveSmallIntegerField(_("preparation, minutes"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=16, choices=licence_choices, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    link_says = models.JSONField(
        null=True, editable=False, help_text="What the page behind the link calls itself, to be confirmed."
    )
    change = models.CharField(_("what is new in it"), max_length=300, blank=True)
    about = models.JSONField(
        null=True, editable=False, help_text="Of a later concept: kind, theme, terms, tags…, for when it is published."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False, help_text="Since when its makers are asked.")
    published_at = models.DateTimeField(null=True, editable=False)

    objects = Versions.as_manager()
    rules = {
        "view": lambda user: (
            (rules.found(user, "resource__") & Q(published_at__isnull=False))
            | rules.made(user, "resource__")
            | (rules.judged(user, "resource__") & Q(published_at__isnull=False))
            | Q(pk__in=rules.offered_to(user).versions)
            | Q(pk__in=rules.joins(user))
        ),
        "edit": lambda user: rules.made(user, "resource__"),
    }

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="version_number"),
            models.UniqueConstraint(fields=["resource"], name="one_concept", condition=Q(published_at=None)),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    def save(self, **kwargs):
        self.title = one_line(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("knowledgehub:version", self.resource_id, self.number)

    @property
    def licensed(self):
        return LICENCES.get(self.licence)

    @property
    def is_published(self):
        return self.published_at is not None

    @property
    def why_not_edit(self):
        """Why these words and files stand as they are."""
        if self.is_published:
            return _now("This version is published and stays as it is. Make a new version.")
        if self.offered_at:
            return _now("Your fellow makers or the editors are looking at this version. Take it back first.")
        return ""

    @property
    def why_not_publish(self):
        """What is missing before others may find it. Asks its resource, files and who was asked."""
        return next((str(sentence) for is_so, sentence in self._missing() if is_so), "")

    def _missing(self):
        """(whether it is missing, the sentence), one after the other."""
        resource = self.resource
        yield self.is_published, _("This version is published already.")
        yield resource.state == State.WITHDRAWN, _("This was withdrawn. Begin anew with what is good in it.")
        yield not resource.kind, _("Choose first what kind of thing it is.")
        yield not self.licence, _("Choose first what others may do with it.")
        yield not resource.origin, _("Say first whether you made it yourselves.")
        yield not resource.pupils, _("Say first whether there are pupils in it.")
        holds = self.link or self.text.strip() or self.steps or self.files.exists()
        yield not holds, _("There is nothing in it yet. Add a file, a link or text.")
        yield self.uploads.exists(), _("A file is still on its way. Let it arrive first, or take it out.")
        looked_at = Review.objects.filter(version=self, decided_at=None).exists()
        yield looked_at, _("Editors are looking at it. Wait for their answer, or take it back.")
        disagree = self.approvals.filter(answer__in=["", Answer.NO]).exists()
        yield disagree, _("Not all makers agree yet.")


class Files(QuerySet):
    def without_text(self):
        """As pages show them: what is written in them can be a whole book, and is for search alone."""
        return self.defer("text")


class ResourceFile(Model):
    """A file of a version, as the intake let it in; its text and picture are made in the background.

    A new version holds the same stored file under a row of its own; the file goes with the last of them.
    """

    version = models.ForeignKey(ResourceVersion, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to=private_path("hub"))
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.WAITING)
    broken_why = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True, help_text="What is written in it, for search.")
    preview = models.FileField(upload_to=private_path("hub"), blank=True, help_text="A picture of its first page.")
    shown = models.FileField(upload_to=private_path("hub"), blank=True, help_text="An office file as PDF.")
    pages = models.PositiveSmallIntegerField(null=True)
    entries = models.JSONField(default=list, help_text="What is in a zip: [[name, bytes]].")

    objects = Files.as_manager()
    rules = {
        "view": lambda user: (
            (rules.found(user, "version__resource__") & Q(version__published_at__isnull=False))
            | rules.made(user, "version__resource__")
            | (rules.judged(user, "version__resource__") & Q(version__published_at__isnull=False))
            | Q(version__in=rules.offered_to(user).versions)
            | Q(version__in=rules.joins(user))
        ),
        "edit": lambda user: rules.made(user, "version__resource__"),
    }

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["id"], name="file_to_look_at", condition=Q(state=FileState.WAITING)),
        ]

    def __str__(self):
        return self.name

    @property
    def general(self):
        """The kind of file in a word by which pages choose how to show it."""
        first = self.media_type.split("/")[0]
        if first in ("image", "video", "audio", "text"):
            return first
        if self.media_type == "application/pdf" or self.shown:
            return "pdf"
        return "zip" if self.media_type == "application/zip" else "other"


class Upload(Model):
    """A large file that is on its way: how much of it has come, so that it goes on after a break."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.ForeignKey(ResourceVersion, models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    file = models.FileField(upload_to=private_path("uploads"))
    started_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)

    rules = {
        "view": lambda user: rules.made(user, "version__resource__"),
        # who is no maker any more lays nothing in
        "edit": lambda user: Q(person=user.pk) & rules.made(user, "version__resource__"),
        # what broke off on another machine, or of a fellow maker, stands in the way of publishing
        "take_out": lambda user: rules.made(user, "version__resource__"),
    }

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self):
        return self.name


class Approval(Model):
    """What a fellow maker says of a version before it is published."""

    version = models.ForeignKey(ResourceVersion, models.CASCADE, related_name="approvals")
    author = models.ForeignKey(Author, models.CASCADE, related_name="approvals")
    asked_at = models.DateTimeField(default=now, editable=False)
    due_on = models.DateField(help_text="After this day silence is yes, except of who is shown in it.")
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    why = models.CharField(_("Why not?"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    rules = {
        "view": lambda user: rules.made(user, "version__resource__") | Q(author__person=user.pk),
        "answer": lambda user: Q(author__person=user.pk),
    }

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [models.UniqueConstraint(fields=["version", "author"], name="approved_once")]

    def __str__(self):
        return f"{self.author_id} on {self.version_id}"

    def get_absolute_url(self):
        return address("knowledgehub:approve", self.pk)


def rules_of_review(user):
    """Reviews that are asked of her as an editor."""
    networks, communities = rules.edits(user)
    return Q(network__in=networks, decided_at=None) | Q(community__in=communities, decided_at=None)


class Review(Model):
    """A version laid before the editors of a PLG or network: a conversation, then yes or not yet."""

    version = models.OneToOneField(ResourceVersion, models.CASCADE, related_name="review")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_agreed = models.BooleanField(null=True)

    rules = {
        "view": lambda user: rules.made(user, "version__resource__") | rules_of_review(user),
        "decide": rules_of_review,
    }

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                name="review_by_one",
                condition=Q(community__isnull=False, network=None) | Q(community=None, network__isnull=False),
            )
        ]

    def __str__(self):
        return f"of {self.version_id}"

    def get_absolute_url(self):
        return address("knowledgehub:review", self.pk)


class Remark(Model):
    """One thing said in a review, by an editor or a maker."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("text"), max_length=4000)
    html = models.TextField(editable=False)
    at = models.DateTimeField(default=now, editable=False)

    rules = {
        "view": lambda user: (
            rules.made(user, "review__version__resource__") | Q(review__version__in=rules.offered_to(user).versions)
        )
    }

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"on {self.review_id}"
