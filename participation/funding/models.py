from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from core.links import address
from core.models import Model, QuerySet
from core.text import one_line
from core.time import today
from organisations.models import Board, Network
from participation.funding import rules


class Grants(QuerySet):
    def for_list(self, user):
        """What the list shows, what runs longest first: two queries."""
        rows = self.for_page(user).select_related("network", "board", "community").prefetch_related("dates")
        return rows.order_by("-ends_on", "name", "pk")

    def for_detail(self, user):
        """One with its days and PLGs."""
        rows = self.for_page(user, "manage").select_related("network", "board", "community")
        return rows.prefetch_related("dates", "communities")


class Grant(Model):
    """Money for a network, a board or a PLG: from whom, how much, until when, on which conditions."""

    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="grants")
    board = models.ForeignKey(Board, models.CASCADE, null=True, related_name="grants")
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="grants")
    name = models.CharField(_("what it is for"), max_length=120)
    source = models.CharField(_("who gives it"), max_length=120)
    amount = models.DecimalField(
        _("amount in euros"), max_digits=11, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    conditions = models.TextField(_("conditions"), max_length=4000, blank=True)
    communities = models.ManyToManyField(
        Community, related_name="+", blank=True, verbose_name=_("PLGs that do it"),
        help_text=_("Their dates stand in the evidence."),
    )  # fmt: skip
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    objects = Grants.as_manager()
    rules = {"view": rules.manage, "manage": rules.manage}

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            models.CheckConstraint(
                name="grant_of_one",
                condition=Q(network__isnull=False, board=None, community=None)
                | Q(network=None, board__isnull=False, community=None)
                | Q(network=None, board=None, community__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_term",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is not before the first."),
            ),
            models.CheckConstraint(name="grant_of_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Keep names on one line."""
        self.name, self.source = one_line(self.name), one_line(self.source)
        super().save(**kwargs)

    def get_absolute_url(self):
        return address("funding:detail", self.pk)

    @property
    def place(self):
        """The network, board or PLG that has it."""
        return self.network or self.board or self.community

    @property
    def kind(self):
        """As it stands in addresses: network, board or plg."""
        return "network" if self.network_id else "board" if self.board_id else "plg"

    @property
    def is_over(self):
        return self.ends_on < today()

    @property
    def term(self):
        """Its first and last day in one line."""
        return _now("%(first)s to %(last)s") % {
            "first": date_format(self.starts_on, "j F Y"),
            "last": date_format(self.ends_on, "j F Y"),
        }

    @property
    def next_date(self):
        """The first day on which something must still be reported, of prefetched rows."""
        return next((each for each in self.dates.all() if not each.done_at), None)

    @property
    def why_not_remove(self):
        """Why it cannot be thrown away."""
        if any(each.done_at for each in self.dates.all()):
            return _now("Something was reported already. Then the whole stays, for who asks later.")
        return ""


class DueDate(Model):
    """A day before which something must be reported to who gave the money."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="dates")
    what = models.CharField(_("what must be reported"), max_length=140)
    due_on = models.DateField(_("before"))
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")

    rules = {"view": rules.manage_date, "manage": rules.manage_date}

    class Meta:
        verbose_name = _("day of a report")
        verbose_name_plural = _("days of reports")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grant", "what", "due_on"],
                name="due_date_once",
                violation_error_message=_("This stands there already."),
            )
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return address("funding:detail", self.grant_id)

    @property
    def is_late(self):
        return not self.done_at and self.due_on < today()
