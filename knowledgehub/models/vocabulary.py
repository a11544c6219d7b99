from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import EVERYBODY, Model, QuerySet
from core.text import one_line, sort_key
from knowledgehub.choices import Vocabulary


class Terms(QuerySet):
    def standing(self):
        """Those that one can still choose."""
        return self.filter(retired_at=None)

    def of(self, vocabulary):
        """The terms of one vocabulary that can be chosen, in their own order."""
        return self.standing().filter(vocabulary=vocabulary).order_by("position", "sort_name", "pk")


class Term(Model):
    """A word of a vocabulary that others know too, by its lasting identifier.

    Terms are never thrown away: what was described with one stays so, and `replaced_by` says what is used since (a
    core objective of before 2026 may have been split).
    """

    vocabulary = models.CharField(max_length=12, choices=Vocabulary)
    key = models.CharField(max_length=200, unique=True, help_text="Its identifier: a UUID of OBK or SLO, or a code.")
    label = models.CharField(max_length=300)
    sort_name = models.CharField(max_length=200, editable=False)
    said = models.TextField(blank=True, help_text="The whole text of a core objective.")
    prefix = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    replaced_by = models.ManyToManyField("self", symmetrical=False, related_name="replaces", blank=True)
    edition = models.CharField(max_length=40, blank=True, help_text="Of the list from which it was taken last.")
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = Terms.as_manager()
    rules = {"view": lambda user: EVERYBODY}

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        indexes = [
            models.Index(fields=["vocabulary", "sort_name"], name="term_to_choose", condition=Q(retired_at=None))
        ]

    def __str__(self):
        return self.label

    def save(self, **kwargs):
        """Keep the name by which it is sorted and suggested."""
        self.label = one_line(self.label)
        self.sort_name = sort_key(self.label)
        super().save(**kwargs)
