from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model
from core.text import one_line
from knowledgehub import rules as hub
from knowledgehub.finding import rules
from knowledgehub.models import Resource


class Entry(models.Model):
    """What is found of a published resource, as a copy that follows it in the transaction of each deed.

    `impacts` holds a number for each of its words, made of the word and of how much it says about this resource
    (`weighing`). There is no row of what is not published, or hidden.
    """

    resource = models.OneToOneField(Resource, models.CASCADE, primary_key=True, related_name="+")
    door = models.CharField(max_length=21, blank=True)
    makers = ArrayField(models.IntegerField(), default=list)
    at = models.DateTimeField()
    facets = ArrayField(models.IntegerField(), default=list, help_text="Kind, levels, subjects, licence, language.")
    community_id = models.IntegerField(null=True)
    schools = ArrayField(models.IntegerField(), default=list, help_text="Where it comes from.")
    boards = ArrayField(models.IntegerField(), default=list)
    theme = models.CharField(max_length=20, blank=True)
    used = models.PositiveIntegerField(default=0)
    impacts = ArrayField(models.IntegerField(), default=list)
    digest = models.CharField(max_length=32, help_text="Of the words it was made of, and of how.")

    class Meta:
        verbose_name = _("resource that is found")
        verbose_name_plural = _("resources that are found")
        indexes = [
            GinIndex(fields=["impacts", "facets"], name="hub_by_words", fastupdate=False),
            models.Index(fields=["-at", "-resource"], name="hub_newest"),
            GinIndex(fields=["makers"], name="hub_by_makers", fastupdate=False),
        ]

    def __str__(self):
        return f"of {self.resource_id}"


class Word(models.Model):
    """A key of a word in the KennisHub, and in how many resources it stood last night, by how much it says there.

    The empty word counts them all.
    """

    key = models.CharField(max_length=64, primary_key=True)
    counts = ArrayField(models.IntegerField(), default=list)

    class Meta:
        verbose_name = _("word of the KennisHub")
        verbose_name_plural = _("words of the KennisHub")
        indexes = [
            GinIndex(fields=["key"], name="hub_words_near", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["key"], name="hub_words_begun", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self):
        return self.key


class Synonym(Model):
    """Words that mean the same: whoever searches for one finds the others, too."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=300,
        help_text=_("With commas between them. A word may be two: leraar, leerkracht, docent."),
    )
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now, editable=False)

    rules = {"view": hub.platform, "edit": hub.platform}

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return self.words

    def save(self, **kwargs):
        """Keep the words small, on one line."""
        self.words = ", ".join(word for part in self.words.split(",") if (word := one_line(part).lower()))
        super().save(**kwargs)


class SavedSearch(Model):
    """A question that somebody keeps: what is new for it comes in her PLG letter. `query` stands in an address."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches")
    title = models.CharField(max_length=200)
    query = models.CharField(max_length=500)
    at = models.DateTimeField(default=now, editable=False)
    told_until = models.DateTimeField(default=now, editable=False, help_text="What was published before is told.")

    rules = {"view": rules.hers, "remove": rules.hers}

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="search_saved_once")]

    def __str__(self):
        return self.title
