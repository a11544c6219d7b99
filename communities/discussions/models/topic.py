from django.conf import settings
from django.db import models
from django.db.models import Count, F, FilteredRelation, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.discussions import rules
from communities.discussions.choices import ANSWERED, HEARS, TOPIC_LOOKS, Audience, Level, TopicKind, Why
from communities.models import Community
from core.models import Model, QuerySet
from core.prepared import prepared
from core.text import one_line
from organisations.models import Network
from people.choices import FACE

PER_PAGE = 50  # posts; their numbers have no gaps, so a page is a range of them

# What others wrote beyond her mark and what stands. Where nothing came since, nothing is counted.
NEW = """CASE WHEN discussions_topic.post_count > COALESCE(mine.last_read, 0) THEN (
    SELECT count(*) FROM discussions_post p WHERE p.topic_id = discussions_topic.id
    AND p.number > COALESCE(mine.last_read, 0) AND p.removed_at IS NULL
    AND (mine.id IS NULL OR p.author_id IS DISTINCT FROM mine.person_id)) ELSE 0 END"""


class Topics(QuerySet):
    def latest_first(self):
        """What is pinned, then where something was written last."""
        return self.order_by(F("pinned_at").desc(nulls_last=True), "-last_post_at", "-pk")

    @prepared
    def with_reading_of(self, person):
        """Each with `mine`, how far she has read (or None), and `new`, how many posts that leaves."""
        hers = FilteredRelation("read_states", condition=Q(read_states__person=person))
        new = RawSQL(NEW, [], models.IntegerField())  # noqa: S611 - a constant
        return self.annotate(mine=hers).select_related("mine").annotate(new=new)

    def with_something_new(self):
        """Of rows from `with_reading_of`, those with posts that she has not seen."""
        may_be = Q(mine=None) | Q(mine__last_read__lt=F("post_count"))  # names the join, which counting would drop
        return models.QuerySet.filter(self, may_be, new__gt=0)  # a condition on what is counted fits in no plan

    @prepared
    def for_list(self, user):
        """What lists of topics show, in one query."""
        return self.for_page(user).with_reading_of(user).select_related("author", "mine").naming(author=FACE)

    @prepared
    def counts(self):
        """[how many these are], or [] for none: `count()` that is prepared, of one community."""
        return self.order_by().values("community").annotate(n=Count("pk")).values_list("n", flat=True)

    @prepared
    def for_detail(self, user):
        """One topic with every power, how far she has read and what she was writing."""
        draft = FilteredRelation("drafts", condition=Q(drafts__person=user, drafts__post=None))
        return (
            self.for_page(user, "reply", "edit", "moderate")
            .with_reading_of(user)
            .annotate(draft=draft)
            .select_related("community", "mine", "draft", "network")
        )


class Topic(Model):
    """What a PLG talks about between its meetings, or asks its network without names."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="topics")
    kind = models.CharField(_("kind"), max_length=12, choices=TopicKind, default=TopicKind.CONVERSATION)
    title = models.CharField(_("title"), max_length=140)
    is_case = models.BooleanField(
        _("this is a case"),
        default=False,
        help_text=_("About one pupil or colleague, without names. Mail and feeds then say only: a case."),
    )
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.PLG)
    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics")
    at = models.DateTimeField(default=now)
    pinned_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    accepted = models.OneToOneField(
        "discussions.Post", models.SET_NULL, null=True, editable=False, related_name="accepted_in"
    )
    post_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="The number of the last post; also of removed ones."
    )
    last_post_at = models.DateTimeField(null=True, editable=False)
    moved_from = models.ForeignKey(
        Community, models.SET_NULL, null=True, editable=False, related_name="topics_moved_away"
    )

    mine = draft = None  # of a row from `with_reading_of` and `for_detail`: hers, if there is one

    objects = Topics.as_manager()
    rules = {"view": rules.view_topic, "reply": rules.reply, "edit": rules.edit_topic, "moderate": rules.moderate}

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(
                name="topic_of_network",
                condition=Q(audience=Audience.PLG, network=None)
                | Q(audience=Audience.NETWORK, network__isnull=False, is_case=False),
            ),
        ]
        indexes = [
            models.Index(
                F("community"), F("pinned_at").desc(nulls_last=True), F("last_post_at").desc(), name="topic_list"
            ),
            models.Index(
                fields=["network", "-last_post_at"], name="topic_network", condition=Q(audience=Audience.NETWORK)
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        """Keep the title on one line: it becomes the subject of letters."""
        self.title = one_line(self.title)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("discussions:topic", args=[self.pk])

    @property
    def said_outside(self):
        """How mail and feeds call it: by its title, but never a case."""
        return _now("a case") if self.is_case else self.title

    @property
    def is_for_network(self):
        return self.audience == Audience.NETWORK

    @property
    def is_question(self):
        return self.kind == TopicKind.QUESTION

    @property
    def is_announcement(self):
        return self.kind == TopicKind.ANNOUNCEMENT

    @property
    def reply_count(self):
        return max(self.post_count - 1, 0)

    @property
    def look(self):
        """Its icon in a list."""
        return (ANSWERED if self.accepted_id else TOPIC_LOOKS[self.kind])["icon"]

    @property
    def said_answers(self):
        """How many answered, in words; made here, for twenty rows say it."""
        count = self.reply_count
        return ngettext("%(n)s answer", "%(n)s answers", count) % {"n": count} if count else ""

    @property
    def said_new(self):
        """How many posts are new for her, in words."""
        return ngettext("%(n)s new", "%(n)s new", self.new) % {"n": self.new} if self.new else ""

    # How far she has read, of a row from `with_reading_of` ----------------------------------------
    @property
    def last_read(self):
        return self.mine.last_read if self.mine else 0

    @property
    def level(self):
        return self.mine.level if self.mine else Level.NORMAL

    @property
    def said_level(self):
        """That level as a sentence, with its reason."""
        why = self.mine.why if self.mine else Why.DEFAULT
        hears = HEARS[self.level]
        return f"{hears}." if why == Why.DEFAULT else f"{hears}, {Why(why).label}."

    @property
    def is_muted(self):
        return self.level == Level.MUTE

    @property
    def next_read(self):
        """The number of the post after the last one that she has read."""
        return self.last_read + 1

    @property
    def url_of_new(self):
        """Where to go on reading."""
        if self.new and self.last_read:
            return self.url_of(self.next_read)
        return self.get_absolute_url()

    def url_of(self, number, begin=""):
        """The page and place of the post of this number; `begin` is the topic's own address, where that is known."""
        page = (number - 1) // PER_PAGE + 1
        return f"{begin or self.get_absolute_url()}{f'?page={page}' if page > 1 else ''}#post-{number}"

    def would_be_nameless(self, member_of):
        """Whether what somebody in these PLGs writes here stands without her name: her PLG asks its network."""
        return self.is_for_network and self.community_id in member_of

    # When is it possible: a sentence, or "" -------------------------------------------------------
    @property
    def why_not_reply(self):
        """Why nothing can be added."""
        if self.closed_at:
            return _now("This topic is closed. You can still read it.")
        return self.community.why_not_add

    @property
    def why_not_move(self):
        if self.is_for_network:
            return _now("A question to the network stays where it was asked.")
        return ""
