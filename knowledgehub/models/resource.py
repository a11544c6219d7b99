import uuid

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left, NullIf
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from communities.choices import Theme
from communities.models import Community
from core.links import address
from core.models import FETCH_MODE, Model, QuerySet
from core.prepared import prepared
from core.text import one_line, sort_key
from knowledgehub import rules
from knowledgehub.choices import (
    AUDIENCE_ICONS,
    KIND_ICONS,
    LICENCES,
    Audience,
    Kind,
    Origin,
    Pupils,
    State,
    Vocabulary,
    licence_choices,
)
from knowledgehub.models.vocabulary import Term
from organisations.models import Board, Network, School


def _door(letter, column):
    return Concat(Value(letter), Cast(F(column), CharField(max_length=20)), output_field=CharField(max_length=21))


#: Which door an audience means. The database keeps it, so that no deed can forget to.
DOOR = Case(
    When(audience=Audience.PLG, then=_door("c", "community_id")),
    When(audience=Audience.SCHOOL, then=_door("s", "school_id")),
    When(audience=Audience.BOARD, then=_door("b", "board_id")),
    When(audience=Audience.NETWORK, then=_door("n", "network_id")),
    When(audience=Audience.MEMBERS, then=Value(rules.MEMBERS)),
    When(audience=Audience.PUBLIC, then=Value(rules.WEB)),
    default=Value(""),
    output_field=CharField(max_length=21),
)


class Resources(QuerySet):
    def found_by(self, user):
        """What this person finds in lists, search and feeds: never what is only her own concept."""
        return self.filter(rules.found(user))

    def was_found_by(self, user):
        """What this person would find had it not been withdrawn: she may read why it went."""
        behind = Q(hidden_at=None, door__in=rules.doors_of(user)) | rules.made(user)
        return self.filter(behind, state=State.WITHDRAWN)

    def latest_concepts_first(self):
        """What still waits for its maker first, then what was changed last."""
        return self.order_by(
            Case(When(state__in=[State.CONCEPT, State.OFFERED], then=0), default=1), "-changed_at", "-pk"
        )

    def on_the_web(self):
        """What everybody may have."""
        return self.filter(rules.of_everyone())

    def for_cards(self, user):
        """All that a card shows; makers, levels and files come in a query each."""
        return (
            self.for_page(user, "use")
            .select_related("community", "school", "current")
            .prefetch_related("authors__person", "terms", "current__files")
        )

    @prepared
    def for_hits(self, user):
        """What a card of the search shows, with the names of its makers, its levels and a picture as values."""
        from knowledgehub.models import ResourceFile, Saved

        of_this = {"resource": OuterRef("pk")}
        name = Coalesce(NullIf("person__name", Value("")), "person__email", "name", output_field=CharField())
        levels = Term.objects.filter(resources=OuterRef("pk"), vocabulary=Vocabulary.LEVEL).order_by("position", "pk")
        pictures = ResourceFile.objects.filter(version=OuterRef("current")).exclude(preview="").order_by("position")
        return (
            self.fetch_mode(FETCH_MODE)
            .select_related("community", "school", "board", "network")
            .only(
                *(
                    "kind",
                    "audience",
                    "title",
                    "summary",
                    "lesson_minutes",
                    "current_id",
                    "used",
                    "used_again",
                    "used_adapted",
                ),
                *("used_last_on", "used_last_in", "community__name", "school__name", "board__name", "network__name"),
            )
            .annotate(
                makers=ArraySubquery(Author.objects.filter(**of_this).order_by("position", "pk").values_list(name)),
                levels=ArraySubquery(levels.values_list("label")),
                picture=Subquery(pictures.values("pk")[:1]),
                is_saved=Exists(Saved.objects.filter(resource=OuterRef("pk"), person=user.pk)),
            )
        )

    @prepared
    def with_texts(self, longest):
        """(id, beginning of its text, beginnings of the texts of its files): for who looks for words in them."""
        from knowledgehub.models import ResourceFile

        files = ResourceFile.objects.filter(version=OuterRef("current")).exclude(text="").order_by("position", "pk")
        begin = Left("text", longest)
        return self.annotate(
            begin=Left("current__text", longest), begins=ArraySubquery(files.values_list(begin))
        ).values_list("pk", "begin", "begins")

    def for_detail(self, user):
        """One resource with every power, for its own page and deeds."""
        return (
            self.for_page(user, "edit", "use", "moderate")
            .select_related("community", "school", "board", "network", "current", "adapted_from")
            .prefetch_related("authors__person", "terms", "tags")
        )

    def for_deed(self, user):
        """The same without what only its page shows."""
        return self.for_page(user, "edit", "use", "moderate").fetch_mode(FETCH_MODE)


class Resource(Model):
    """Something that colleagues can use: what stays the same through its versions, and who may see it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="By which others know it.")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.CONCEPT, editable=False)
    audience = models.CharField(_("who sees it"), max_length=8, choices=Audience, default=Audience.PRIVATE)
    community = models.ForeignKey(
        Community, models.RESTRICT, null=True, blank=True, related_name="resources", verbose_name=_("PLG")
    )
    school = models.ForeignKey(School, models.RESTRICT, null=True, blank=True, related_name="+")
    board = models.ForeignKey(Board, models.RESTRICT, null=True, blank=True, related_name="+")
    network = models.ForeignKey(Network, models.RESTRICT, null=True, blank=True, related_name="+")
    door = models.GeneratedField(expression=DOOR, output_field=CharField(max_length=21), db_persist=True)

    # Of its current version, so that lists and search read one row.
    title = models.CharField(_("title"), max_length=140)
    sort_name = models.CharField(max_length=200, editable=False)
    summary = models.TextField(_("in short"), max_length=600, blank=True)
    licence = models.CharField(_("licence"), max_length=16, choices=licence_choices, blank=True)
    lesson_minutes = models.PositiveSmallIntegerField(_("lesson, minutes"), null=True, blank=True)
    current = models.ForeignKey("ResourceVersion", models.SET_NULL, null=True, editable=False, related_name="+")

    theme = models.CharField(_("theme"), max_length=20, choices=Theme, blank=True)
    terms = models.ManyToManyField(Term, related_name="resources", blank=True)
    tags = TaggableManager(blank=True, verbose_name=_("tags"))
    language = models.CharField(_("language"), max_length=7, default="nl")
    origin = models.CharField(_("Did you make it yourselves?"), max_length=10, choices=Origin, blank=True)
    origin_says = models.CharField(_("of whom, with which licence"), max_length=300, blank=True)
    pupils = models.CharField(_("Are there pupils in it?"), max_length=8, choices=Pupils, blank=True)

    adapted_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="adaptations"
    )
    adapted_from_says = models.CharField(
        max_length=500, blank=True, editable=False, help_text="Title, makers, licence and address, as they were then."
    )
    adapted_licence = models.CharField(
        max_length=16, blank=True, default="", db_default="", editable=False, help_text="Under which it was taken."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False, help_text="What harvesters ask after.")
    published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_why = models.CharField(_("Why?"), max_length=300, blank=True, editable=False)
    was_public = models.BooleanField(default=False, editable=False, help_text="Harvesters know it: say when it goes.")
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    # Counted by the deeds, for cards.
    used = models.PositiveIntegerField(default=0, editable=False)
    used_again = models.PositiveIntegerField(default=0, editable=False)
    used_adapted = models.PositiveIntegerField(default=0, editable=False)
    used_last_on = models.DateField(null=True, editable=False)
    used_last_in = models.CharField(max_length=80, blank=True, default="", db_default="", editable=False)

    objects = Resources.as_manager()
    rules = {"view": rules.view, "edit": rules.edit, "use": rules.use, "moderate": rules.moderate}

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                name="audience_of_somebody",
                condition=~Q(audience__in=["plg", "school", "board", "network"])
                | Q(audience="plg", community__isnull=False)
                | Q(audience="school", school__isnull=False)
                | Q(audience="board", board__isnull=False)
                | Q(audience="network", network__isnull=False),
            ),
            models.CheckConstraint(
                name="published_with_licence",
                condition=~Q(state="published") | (~Q(kind="") & ~Q(licence="") & Q(current__isnull=False)),
            ),
            models.CheckConstraint(
                name="on_the_web_with_open_licence",
                condition=~Q(state="published", audience="public", licence="here"),
            ),
        ]
        indexes = [
            models.Index(fields=["door", "-published_at"], name="resource_by_door", condition=Q(state="published")),
            models.Index(fields=["changed_at", "id"], name="resource_changed", condition=Q(was_public=True)),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        """Keep titles on one line and the name by which they are sorted."""
        self.title = one_line(self.title)
        self.sort_name = sort_key(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("knowledgehub:detail", self.pk)

    @property
    def icon(self):
        return KIND_ICONS.get(self.kind, "file")

    @property
    def audience_icon(self):
        return AUDIENCE_ICONS[self.audience]

    @property
    def licensed(self):
        """The licence itself: its names and what it allows. None of a concept without one."""
        return LICENCES.get(self.licence)

    @property
    def is_adaptation(self):
        """True also when what it was made of is gone since."""
        return bool(self.adapted_licence)

    @property
    def is_published(self):
        return self.state == State.PUBLISHED

    @property
    def is_public(self):
        """Everybody may have it, with or without account."""
        return self.is_published and not self.hidden_at and self.audience == Audience.PUBLIC

    @property
    def audience_says(self):
        """Who sees it, in words: "Alleen PLG Rekenen"."""
        of = {"plg": self.community, "school": self.school, "board": self.board, "network": self.network}
        return str(of.get(self.audience) or Audience(self.audience).label)

    def is_made_by(self, person):
        """Whether she is a maker, also one who was asked and did not answer yet: she settles and decides nothing."""
        return Author.everyone.filter(resource=self, person=person).exists()

    @property
    def why_not_adapt(self):
        """Why nobody else makes a version of her own of it."""
        if not self.is_published:
            return _now("This is not published.")
        if self.hidden_at:
            return _now("This is hidden now, because somebody objected. Settle that first.")
        if not self.licensed.may_adapt:
            return _now("The makers want it to stay as it is. You may use it, not adapt it.")
        return ""

    @property
    def why_not_withdraw(self):
        """Why it cannot be withdrawn."""
        return "" if self.state == State.PUBLISHED else _now("Only what is published can be withdrawn.")


class Named(models.Manager.from_queryset(QuerySet)):
    """Makers whose names may stand with it: what `resource.authors` gives, on every page and to every harvester."""

    def get_queryset(self):
        return super().get_queryset().filter(is_named=True)


class Author(Model):
    """Who made a resource, in the order in which they are named.

    Who is added to what is published already is named nowhere before she said yes, and can do no more than read what
    she is asked about: until then `Author.everyone` alone knows her.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120, blank=True, help_text="Of who has no account.")
    position = models.PositiveSmallIntegerField(default=0)
    is_shown = models.BooleanField(
        _("is named or can be seen in it"),
        default=False,
        help_text="Then silence is no yes.",
    )
    is_named = models.BooleanField(
        default=True, db_default=True, editable=False, help_text="Not yet of who was added later, until she agreed."
    )

    objects = Named()
    everyone = QuerySet.as_manager()
    rules = {"view": lambda user: rules.made(user, "resource__")}

    class Meta:
        verbose_name = _("maker")
        verbose_name_plural = _("makers")
        ordering = ["position", "pk"]
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["resource", "person"], name="author_once"),
        ]

    def __str__(self):
        return str(self.who)

    @property
    def who(self):
        """Whose name stands with it."""
        return self.person or self.name or _now("Former member")
