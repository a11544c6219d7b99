"""What an administrator asked for that widens what she sees: the other side says yes first."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model, QuerySet
from organisations import rules

SHOWN = 3


class Joinings(QuerySet):
    def open(self):
        return self.filter(settled_at=None)

    def for_detail(self, user):
        """All that its page and the lists of other pages show."""
        return self.for_page(user, "answer", "withdraw").select_related("network", "board", "school__board", "by")


class Joining(Model):
    """A network asks a board or school to take part, or a board says that schools without a board are its own."""

    network = models.ForeignKey("organisations.Network", models.CASCADE, null=True, related_name="joinings")
    board = models.ForeignKey("organisations.Board", models.CASCADE, null=True, related_name="joinings")
    school = models.ForeignKey("organisations.School", models.CASCADE, null=True, related_name="joinings")
    schools = models.ManyToManyField("organisations.School", related_name="+", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    objects = Joinings.as_manager()
    rules = {"view": rules.view_joining, "answer": rules.answer_joining, "withdraw": rules.withdraw_joining}

    class Meta:
        verbose_name = _("request to take part")
        verbose_name_plural = _("requests to take part")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="joining_of_one_place",
                condition=Q(network__isnull=False, board__isnull=False, school__isnull=True)
                | Q(network__isnull=False, board__isnull=True, school__isnull=False)
                | Q(network__isnull=True, board__isnull=False, school__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["network", "board", "school"],
                name="asked_to_join_once",
                nulls_distinct=False,
                condition=Q(settled_at=None, network__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.asker} ← {self.place or '…'}"

    def get_absolute_url(self):
        return reverse("organisations:joining", args=[self.pk])

    @property
    def asker(self):
        """Who would see more: the network, or the board."""
        return self.network or self.board

    @property
    def place(self):
        """Who is asked to take part in a network; None where a board asks for schools."""
        return (self.board or self.school) if self.network_id else None

    @property
    def why_not_settle(self):
        return _("This was answered already.") if self.settled_at else ""

    def place_words(self):
        """The place or the schools, in a few words."""
        if self.place:
            return str(self.place)
        names = [str(school) for school in self.schools.order_by("sort_name")]
        return ", ".join(names[:SHOWN]) + (f" + {len(names) - SHOWN}" if len(names) > SHOWN else "")
