from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.discussions import rules
from communities.discussions.choices import REACTION_ICONS, ReactionKind
from communities.discussions.models.topic import Topic
from communities.discussions.writing import LONGEST
from core.files.paths import private_path
from core.models import Model, QuerySet
from core.prepared import prepared
from core.statements import Statement

# Beside one post: who reacted how.
REACTED = """(SELECT jsonb_object_agg(r.kind, r.people) FROM (
    SELECT kind, jsonb_agg(person_id ORDER BY id) AS people FROM discussions_reaction
    WHERE post_id = discussions_post.id GROUP BY kind) r)"""
# Beside the posts of a page, in one query: how often each reaction was given, and the files.
BESIDE = Statement(
    """
WITH page AS (SELECT id FROM discussions_post WHERE topic_id = %s AND number BETWEEN %s AND %s)
SELECT post_id, kind, count(*), NULL FROM discussions_reaction WHERE post_id IN (SELECT id FROM page) GROUP BY 1, 2
UNION ALL (
SELECT post_id, name, id, media_type FROM discussions_attachment WHERE post_id IN (SELECT id FROM page) ORDER BY id)
""",
    parameters=3,
)


class Shown(NamedTuple):
    """What a page shows of a post; `COLUMNS` says where each is found."""

    pk: int
    number: int
    html: str
    at: datetime
    edited_at: datetime | None
    removed_at: datetime | None
    removed_by: int | None
    parent: int | None
    is_nameless: bool
    writer: int | None
    name: str | None
    email: str | None
    photo: str | None
    to_nameless: bool | None
    to_name: str | None
    to_email: str | None


COLUMNS = [
    "pk", "number", "html", "at", "edited_at", "removed_at", "removed_by_id", "parent_id", "is_nameless",
    "author_id", "author__name", "author__email", "author__photo",
    "parent__is_nameless", "parent__author__name", "parent__author__email",
]  # fmt: skip


class Posts(QuerySet):
    def standing(self):
        """Those that were not removed."""
        return self.filter(removed_at=None)

    @prepared
    def of_topic(self, topic, first, last):
        """The posts of a topic with these numbers as tuples: `shown` makes them readable."""
        return self.filter(topic=topic, number__gte=first, number__lte=last).order_by("number").values_list(*COLUMNS)

    @prepared
    def for_detail(self, user):
        """One post with every power, for its own page and deeds."""
        return (
            self.for_page(user, "write", "edit", "remove", "restore")
            .annotate(reacted=RawSQL(REACTED, [], models.JSONField()))  # noqa: S611 - a constant
            .select_related("author", "topic__community", "topic__author", "topic__network", "parent__author")
        )


def who_wrote(is_nameless, author):
    """Whose name stands with a post; of who asks a network, never more than that it is the PLG."""
    return _now("The PLG that asks") if is_nameless else author or _now("Former member")


def shown(topic, first, last):
    """The posts of a topic with these numbers, for its page; `beside` says more. The topic's own rule was asked."""
    return map(Shown._make, Post.objects.of_topic(topic, first, last))


def beside(topic, first, last):
    """({post: [(reaction, how many gave it)]}, {post: [(file, name, media type)]}) of these posts, all by id."""
    given, files = {}, {}
    for post, name, number, media_type in BESIDE.rows([topic.pk, first, last]):
        if media_type is None:
            given.setdefault(post, []).append((name, number))
        else:
            files.setdefault(post, []).append((number, name, media_type))
    return given, files


class Post(Model):
    """One thing somebody wrote. Its HTML is made and cleaned when it is written, never when it is read."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField(editable=False)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    is_nameless = models.BooleanField(
        default=False, editable=False, help_text="Of the PLG that asks its network: no names outside it."
    )
    text = models.TextField(_("text"), max_length=LONGEST)
    html = models.TextField(editable=False)
    made_by = models.PositiveSmallIntegerField(
        db_default=1, editable=False, help_text="Which version of our writing made the HTML."
    )
    at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = Posts.as_manager()
    rules = {
        "view": rules.view_post,
        "write": rules.write_post,
        "edit": rules.edit_post,
        "remove": rules.remove_post,
        "restore": rules.restore_post,
    }

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [models.UniqueConstraint(fields=["topic", "number"], name="post_number")]
        indexes = [
            models.Index(fields=["made_by"], name="post_made_by"),
            models.Index(fields=["removed_at"], name="post_removed", condition=Q(removed_at__isnull=False)),
        ]

    def __str__(self):
        return f"#{self.number} in {self.topic_id}"

    def get_absolute_url(self):
        return reverse("discussions:post", args=[self.pk])

    @property
    def community_id(self):
        return self.topic.community_id

    @property
    def who(self):
        """Its writer, for faces and names; of who asks a network, never more than that."""
        return who_wrote(self.is_nameless, self.author)

    @property
    def is_removed(self):
        return self.removed_at is not None

    @property
    def given(self):
        """[(reaction, how many gave it)], of a row from `for_detail`."""
        return [(kind, len(people)) for kind, people in (self.reacted or {}).items()]

    def reactions_for(self, person):
        """All four as buttons: with how many gave it, and whether she did."""
        given = self.reacted or {}
        return [
            {"kind": kind, "label": kind.label, "icon": icon, "count": len(given.get(kind, [])),
             "mine": person.pk in given.get(kind, [])}
            for kind, icon in REACTION_ICONS.items()
        ]  # fmt: skip

    @property
    def words_seen(self):
        """Which of its texts this is; another one after each change."""
        return (self.edited_at or self.at).isoformat()

    @property
    def why_not_edit(self):
        """Why these words stand as they are."""
        if self.is_removed:
            return _now("This post was removed.")
        return self.topic.why_not_reply

    @property
    def why_not_react(self):
        """Why nothing is said to it: as for changing it."""
        return self.why_not_edit

    @property
    def why_not_restore(self):
        """Why it does not come back."""
        if not self.is_removed:
            return _now("This post stands already.")
        if not self.html:
            return _now("The words are gone: we keep a removed post for thirty days.")
        return self.topic.why_not_reply


class PostVersion(models.Model):
    """What a post said before it was changed."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    text = models.TextField()
    html = models.TextField()
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("earlier text")
        verbose_name_plural = _("earlier texts")
        ordering = ["-replaced_at", "-pk"]

    def __str__(self):
        return f"{self.post_id} until {self.replaced_at}"


class Reaction(models.Model):
    """One of four small words somebody gave to a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ReactionKind)

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["post", "person", "kind"], name="reacted_once"),
            models.CheckConstraint(name="one_of_four_reactions", condition=Q(kind__in=list(REACTION_ICONS))),
        ]

    def __str__(self):
        return f"{self.kind} of {self.person_id}"


class Attachment(Model):
    """A file with a post, as `core.files.intake` let it in."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to=private_path("discussions"))
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)

    rules = {"view": rules.view_attachment}

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.name


class Report(Model):
    """Somebody thinks that a post should not stand here, and tells the facilitators why."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(max_length=2000)
    at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, editable=False)

    rules = {"view": rules.settle_report, "settle": rules.settle_report}

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], name="reported_once", condition=Q(settled_at=None))
        ]

    def __str__(self):
        return f"about {self.post_id}"

    def get_absolute_url(self):
        return reverse("discussions:index", args=[self.post.topic.community_id])
