from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from communities import rules
from communities.choices import JoinPolicy, Kind, Listed, State, Theme
from core.links import address
from core.models import FETCH_MODE, Model, QuerySet
from core.prepared import prepared
from core.text import one_line, sort_key
from organisations.models import Board, Network, School


class SubqueryCount(Subquery):
    """SQL: how many rows a queryset has, beside each row of another."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


def tagged():
    """What is called how, of PLGs. By hand: the join that taggit makes calls what Django 6.1 deprecates."""
    return Community.tags.through.objects.filter(content_type=ContentType.objects.get_for_model(Community))


def with_tags(communities):
    """These communities, each with its `tag_names`: one query for all of them."""
    communities = list(communities)
    models.prefetch_related_objects(communities, "tags")
    for community in communities:
        community.tag_names = sorted(tag.name for tag in community.tags.all())
    return communities


class Communities(QuerySet):
    def living(self):
        return self.exclude(state__in=[State.CONCEPT, State.CLOSED])

    @prepared
    def with_seats(self):
        """Each with `taken`: seats of active members and seats on offer; and `size`, the members alone.

        Subqueries, because then a page of twenty counts twenty times and not for the whole country.
        """
        memberships = apps.get_model("communities", "Membership").objects
        return self.annotate(
            taken=SubqueryCount(memberships.taking_seats().filter(community=OuterRef("pk"))),
            size=SubqueryCount(memberships.seated().filter(community=OuterRef("pk"))),
        )

    def open_for_members(self):
        """Where somebody could sit down now: a free seat, and not by invitation only."""
        return (
            self.with_seats()
            .filter(taken__lt=F("seats_max"), state__in=[State.RECRUITING, State.ACTIVE])
            .exclude(join_policy=JoinPolicy.INVITATION)
        )

    def search(self, words):
        """Those of which name, theme, short text, subjects, levels or tags have all these words."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(sort_name__contains=sort_key(word))
                | Q(blurb__icontains=word)
                | Q(theme__in=[theme for theme in Theme if word.casefold() in str(theme.label).casefold()])
                | Q(subjects__icontains=word)
                | Q(levels__icontains=word)
                | Q(pk__in=tagged().filter(tag__name__icontains=word).values("object_id"))
            )
        return found

    @prepared
    def with_home_tasks(self):
        """Each with `has_home_tasks`: whether its tab is there for all its members."""
        tasks = apps.get_model("communities", "HomeTask").objects
        return self.annotate(has_home_tasks=Exists(tasks.filter(community=OuterRef("pk"), withdrawn_at=None)))

    @prepared
    def for_cards(self, user):
        """All that the directory and "my PLGs" show, in one query."""
        return (
            self.for_page(user, "enter", "lead", "join")
            .with_seats()
            .select_related("owner_school", "owner_board", "owner_network")
            .order_by("sort_name", "pk")
        )

    @prepared
    def for_inside(self, user):
        """One community for the pages of those who may enter: asks for no standing outside communities."""
        return (
            self.allowing(user, "enter")
            .with_powers(user, "enter", "take_part", "lead")
            .fetch_mode(FETCH_MODE)
            .with_seats()
            .with_home_tasks()
            .select_related("owner_school", "owner_board", "owner_network")
            .naming(owner_school=["name", "board"], owner_board=["name"], owner_network=["name"])
        )

    def for_appointing(self, user):
        """The facts by which an administrator appoints a facilitator; also of a PLG she would not find otherwise."""
        return (
            self.allowing(user, "hear")
            .with_powers(user, "view", "appoint")
            .fetch_mode(FETCH_MODE)
            .with_seats()
            .select_related("owner_school", "owner_board", "owner_network")
        )

    @prepared
    def for_detail(self, user):
        """One community with every power, for its own pages and deeds."""
        return (
            self.for_page(user, "enter", "take_part", "lead", "join", "appoint", "facts")
            .with_seats()
            .with_home_tasks()
            .select_related("owner_school", "owner_board", "owner_network")
        )


class Community(Model):
    """A PLG, or a learning network: a small group that learns from its own lessons."""

    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.PLG)
    name = models.CharField(_("name"), max_length=120)
    sort_name = models.CharField(max_length=200, editable=False)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    question = models.TextField(_("learning question"), max_length=500)
    blurb = models.CharField(_("in short, for others"), max_length=300, blank=True)
    ambition = models.TextField(_("ambition for the school"), max_length=1000, blank=True)
    description = models.TextField(_("how we work"), max_length=4000, blank=True)
    levels = models.CharField(_("levels or year groups"), max_length=80, blank=True)
    subjects = models.CharField(_("subjects"), max_length=120, blank=True)
    commitments = models.TextField(_("what a member promises"), max_length=2000, blank=True)

    owner_school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="communities")
    owner_board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="+")
    owner_network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="communities")
    board = models.ForeignKey(
        Board,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="communities",
        help_text="The board of the owner, so that rules need not join.",
    )

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.CONCEPT)
    cadence_weeks = models.PositiveSmallIntegerField(_("weeks between meetings"), default=6)
    seats_min = models.PositiveSmallIntegerField(_("at least so many members"), default=6)
    seats_max = models.PositiveSmallIntegerField(_("at most so many members"), default=10)
    join_policy = models.CharField(_("joining"), max_length=12, choices=JoinPolicy, default=JoinPolicy.REQUEST)
    listed = models.CharField(_("in the directory for"), max_length=10, choices=Listed, default=Listed.BOARD)
    leavers_read = models.BooleanField(_("who leaves may go on reading"), default=False)
    wants_pairs = models.BooleanField(_("schools take part in pairs"), default=False)

    outcome = models.TextField(_("what we learned"), max_length=4000, blank=True)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    cleared_at = models.DateTimeField(null=True, editable=False, help_text="When what it made was over its term.")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    tags = TaggableManager(blank=True)

    objects = Communities.as_manager()
    rules = {
        "view": rules.view,
        "enter": rules.enter,
        "take_part": rules.take_part,
        "lead": rules.lead,
        "join": rules.join,
        "appoint": rules.appoint,
        "hear": rules.hear,
        "facts": rules.facts,
        "listed": rules.listed,
    }

    class Meta:
        verbose_name = _("PLG")
        verbose_name_plural = _("PLGs")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="community_has_one_owner",
                condition=(
                    Q(owner_school__isnull=False, owner_board=None, owner_network=None)
                    | Q(owner_school=None, owner_board__isnull=False, owner_network=None)
                    | Q(owner_school=None, owner_board=None, owner_network__isnull=False)
                ),
                violation_error_message=_("A PLG belongs to one school, one board or one network."),
            ),
            models.CheckConstraint(
                name="community_size_bounds",
                condition=Q(seats_min__gte=2, seats_max__lte=40, seats_max__gte=F("seats_min")),
                violation_error_message=_(
                    "The size lies between 2 and 40 members, and the most is not below the least."
                ),
            ),
            models.CheckConstraint(
                name="community_cadence",
                condition=Q(cadence_weeks__range=(1, 26)),
                violation_error_message=_("Between 1 and 26 weeks."),
            ),
        ]
        indexes = [
            models.Index(fields=["listed", "state", "sort_name"], name="community_directory"),
            models.Index(fields=["theme"], name="community_theme"),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Keep the sort key and the owner's board in step."""
        self.name = one_line(self.name)
        self.sort_name = sort_key(self.name)
        owner = self.owner_school or self.owner_board
        self.board_id = owner and (owner.board_id if isinstance(owner, School) else owner.pk)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("communities:home", self.pk)

    @property
    def owner(self):
        """The school, board or network it belongs to."""
        return self.owner_school or self.owner_board or self.owner_network

    @property
    def is_closed(self):
        return self.state == State.CLOSED

    @property
    def seats_left(self):
        """Free seats, of a row from `with_seats()`."""
        return max(self.seats_max - self.taken, 0)

    tag_names = ()  # on lists and cards: what `with_tags` read for all of them
    _people_now = None

    @property
    def people_now(self):
        """On the overview: its active memberships with person and school, for the panels. Not for templates."""
        return self._people_now

    @people_now.setter
    def people_now(self, people):
        self._people_now = people  # beneath this name it is no part of what a page is kept by

    # When is it possible: a sentence, or "" -------------------------------------------------------

    @property
    def why_not_recruit(self):
        if self.state not in (State.CONCEPT, State.ACTIVE):
            return _now("Only a new or an active PLG opens for members.")
        if not self.question.strip():
            return _now("Write down your learning question first.")
        return ""

    @property
    def why_not_begin(self):
        if self.state not in (State.RECRUITING, State.CONCEPT):
            return _now("This PLG has begun already.")
        return ""

    @property
    def why_not_rest(self):
        return "" if self.state == State.ACTIVE else _now("Only an active PLG can be paused.")

    @property
    def why_not_resume(self):
        return "" if self.state == State.RESTING else _now("This PLG is not paused.")

    @property
    def why_not_close(self):
        if self.is_closed:
            return _now("This PLG is completed already.")
        return ""

    @property
    def why_not_join(self):
        """Why nobody can join now, whoever she is."""
        if self.is_closed:
            return _now("This PLG is completed. Its pages can still be read by its members.")
        if self.state == State.CONCEPT:
            return _now("This PLG is not open for members yet.")
        if self.state == State.RESTING:
            return _now("This PLG is paused. You can join when it goes on.")
        return ""

    @property
    def why_not_add(self):
        """Why nothing can be written here any more."""
        return _now("This PLG is completed. Nothing can be added.") if self.is_closed else ""

    @property
    def why_not_plan(self):
        """Why no meetings can be planned now."""
        if self.is_closed:
            return _now("This PLG is completed. No more meetings can be planned.")
        if self.state == State.RESTING:
            return _now("This PLG is paused. Let it go on first.")
        return ""
