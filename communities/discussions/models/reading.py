from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.discussions import rules
from communities.discussions.choices import Level, Why
from communities.discussions.models.post import Post
from communities.discussions.models.topic import Topic
from communities.models import Community
from core.models import FETCH_MODE, Model, QuerySet
from core.prepared import prepared


class ReadState(models.Model):
    """How far somebody has read in a topic, how far she was told, how much she hears of it, and why so much."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_states")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="read_states")
    last_read = models.PositiveIntegerField(default=0)
    last_told = models.PositiveIntegerField(default=0)
    level = models.CharField(max_length=8, choices=Level, default=Level.NORMAL)
    why = models.CharField(max_length=10, choices=Why, default=Why.DEFAULT)

    class Meta:
        verbose_name = _("how far somebody has read")
        verbose_name_plural = _("how far people have read")
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="read_state_once")]

    def __str__(self):
        return f"{self.person_id} in {self.topic_id}: {self.last_read}"


class Drafts(QuerySet):
    @prepared
    def _latest(self):
        return self.select_related("topic", "post").order_by("-changed_at", "-pk").fetch_mode(FETCH_MODE)

    def of(self, person, community):
        """What she was writing in this PLG, the latest first: three at most."""
        return self.filter(person=person, community=community)._latest()[:3]


class Draft(Model):
    """What somebody is writing: kept while she types, found on another device, gone when it is sent.

    Without topic it becomes a topic, with one an answer there, with a post a change of that post.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="drafts")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=140, blank=True)
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = Drafts.as_manager()
    rules = {"view": rules.own}

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "community", "topic", "post"], name="one_draft_each", nulls_distinct=False
            ),
            models.CheckConstraint(name="draft_of_change", condition=Q(post=None) | Q(topic__isnull=False)),
        ]

    def __str__(self):
        return f"of {self.person_id}"

    @property
    def said(self):
        """How it is found again: the topic that it answers, its title, or its first words.

        Of a topic that was moved away from her nothing is said: she may not read it any more.
        """
        is_here = self.topic and self.topic.community_id == self.community_id
        return self.topic.title if is_here else self.title or self.text

    def get_absolute_url(self):
        """Where she goes on writing."""
        if self.post_id:
            return reverse("discussions:edit_post", args=[self.post_id])
        if self.topic:
            return f"{self.topic.get_absolute_url()}#reply"
        return reverse("discussions:open_topic", args=[self.community_id])
