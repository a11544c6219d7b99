from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.search import rules
from core.models import Model


class SearchText(Model):
    """The words of something that can be found, as a copy that follows it in the transaction of each deed.

    `unit` and `unit_id` are the row it belongs to: all posts of a topic are found as one.
    """

    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=12)
    unit_id = models.BigIntegerField()
    doors = ArrayField(models.CharField(max_length=40))
    community = models.ForeignKey("communities.Community", models.CASCADE, null=True, related_name="+")
    network = models.ForeignKey("organisations.Network", models.CASCADE, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    words = SearchVectorField()
    version = models.PositiveSmallIntegerField(default=0, help_text="Of the normaliser that made its keys.")

    rules = {"view": rules.view}

    class Meta:
        verbose_name = _("text that is found")
        verbose_name_plural = _("texts that are found")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "part"], name="found_once")]
        indexes = [
            # Doors and words in one index: what one may not see is never fetched. Without a waiting list, which
            # every search would have to read from beginning to end.
            GinIndex(fields=["doors", "words"], name="found_by_words", fastupdate=False),
            models.Index(
                fields=["-at"], name="found_newest"
            ),  # a common word: the newest first, until there are enough
            models.Index(fields=["unit", "unit_id"], name="found_of_unit"),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id}"
