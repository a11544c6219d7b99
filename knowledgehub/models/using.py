from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.choices import Theme
from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from core.text import one_line
from knowledgehub import rules
from knowledgehub.choices import Again, Band
from knowledgehub.models.resource import Resource
from knowledgehub.models.version import ResourceVersion
from organisations.models import Network, School


class Experience(Model):
    """Gebruikservaring: what happened when a colleague used it. Whoever finds the resource reads it."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="experiences")
    version = models.ForeignKey(ResourceVersion, models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    school = models.ForeignKey(School, models.SET_NULL, null=True, related_name="+")
    used_on = models.DateField(_("When?"))
    level = models.CharField(_("In which group?"), max_length=80, blank=True)
    band = models.CharField(_("How many pupils?"), max_length=5, choices=Band, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("How many minutes did it take?"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    is_adapted = models.BooleanField(_("I changed something"), default=False)
    changed = models.TextField(_("What did you change?"), max_length=2000, blank=True)
    pupils_did = models.TextField(_("What did the pupils do?"), max_length=2000, blank=True)
    again = models.CharField(_("Would you do it again?"), max_length=5, choices=Again)
    at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)

    rules = {
        "view": rules.view_experience,
        "edit": lambda user: Q(person=user.pk),
        "remove": lambda user: Q(person=user.pk) | rules.moderate(user, "resource__"),
    }

    class Meta:
        verbose_name = _("experience")
        verbose_name_plural = _("experiences")
        ordering = ["-used_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["resource", "person", "used_on"], name="used_once_a_day")]

    def __str__(self):
        return f"{self.resource_id} on {self.used_on}"

    @property
    def who(self):
        return self.person or _now("Former member")


class Collections(QuerySet):
    def for_list(self, user):
        """All that a list of collections shows."""
        return self.for_page(user, "keep").select_related("person", "community", "network").order_by("sort_name", "pk")


class Collection(Model):
    """Resources that belong together, in an order, each with a note: of a person, a PLG or a network."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="collections")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="collections")
    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="collections")
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(max_length=200, editable=False)
    said = models.TextField(_("what it is for"), max_length=1000, blank=True)
    is_public = models.BooleanField(
        _("everybody may see this collection, also on the web"),
        default=False,
        help_text=_("Of what is in it, everybody sees only what she may see anyway."),
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)

    objects = Collections.as_manager()
    rules = {"view": rules.view_collection, "keep": rules.keep_collection}

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints = [
            models.CheckConstraint(
                name="collection_of_one",
                condition=Q(person__isnull=False, community=None, network=None)
                | Q(person=None, community__isnull=False, network=None)
                | Q(person=None, community=None, network__isnull=False),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        from core.text import sort_key

        self.name = one_line(self.name)
        self.sort_name = sort_key(self.name)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("knowledgehub:collection", self.pk)

    @property
    def of(self):
        """Whose it is."""
        return self.person or self.community or self.network


class CollectionItem(Model):
    """A resource in a collection, with why it is there."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="items")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    rules = {
        "view": lambda user: rules.view_collection(user, "collection__") & rules.view(user, "resource__"),
        "keep": lambda user: rules.keep_collection(user, "collection__"),
    }

    class Meta:
        verbose_name = _("resource in a collection")
        verbose_name_plural = _("resources in collections")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["collection", "resource"], name="in_collection_once")]

    def __str__(self):
        return f"{self.resource_id} in {self.collection_id}"


class Saved(models.Model):
    """A resource that somebody keeps at hand."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_resources")
    resource = models.ForeignKey(Resource, models.CASCADE, related_name="saved_by")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("saved resource")
        verbose_name_plural = _("saved resources")
        constraints = [models.UniqueConstraint(fields=["person", "resource"], name="saved_once")]

    def __str__(self):
        return f"{self.resource_id} of {self.person_id}"


class FollowedTheme(models.Model):
    """A theme of which somebody wants to hear what is new; it comes in her PLG letter."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed_themes")
    theme = models.CharField(max_length=20, choices=Theme)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("followed theme")
        verbose_name_plural = _("followed themes")
        constraints = [models.UniqueConstraint(fields=["person", "theme"], name="followed_once")]

    def __str__(self):
        return f"{self.theme} of {self.person_id}"
