"""Rules as querysets: the list, the button and the door are one and the same `Q`."""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, Value
from django.db.models.fetch_modes import FETCH_PEERS, FETCH_RAISE
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from core.prepared import PreparedQuerySet, rule_for

NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY

# Pages may not fetch lazily: a test that does so fails, production fetches for all peers at once.
FETCH_MODE = FETCH_RAISE if settings.TESTING else FETCH_PEERS


class QuerySet(PreparedQuerySet):
    """Rows that know who may do what with them, by the rules their model lists."""

    def allowing(self, user, power):
        """The rows on which this user holds this power."""
        return self.filter(rule_for(user, self.model, power))

    def with_powers(self, user, *powers):
        """Each row learns what this user may do with it: row.can_edit, …"""
        return self.annotate(
            **{
                f"can_{power}": models.ExpressionWrapper(
                    rule_for(user, self.model, power), output_field=models.BooleanField()
                )
                for power in powers or self.model.rules
            }
        )

    def for_page(self, user, *powers):
        """Rows ready for a template: seen by this user, powers known, no lazy query."""
        seen = self.allowing(user, "view").annotate(can_view=Value(True))
        return (seen.with_powers(user, *powers) if powers else seen).fetch_mode(FETCH_MODE)

    def naming(self, **related):
        """Of these related rows only the columns by which a list shows them: `naming(school=["name"])`."""
        rows = self
        for relation, names in related.items():
            columns = self.model._meta.get_field(relation).related_model._meta.concrete_fields
            rows = rows.defer(
                *(f"{relation}__{each.name}" for each in columns if not each.primary_key and each.name not in names)
            )
        return rows


def get_or_refuse(rows, power="view", **lookup):
    """Fetch one row through the rule: unseen is 404, seen but not allowed is 403."""
    try:
        row = rows.get(**lookup)
    except (rows.model.DoesNotExist, ValueError):
        raise Http404 from None
    if not getattr(row, f"can_{power}"):
        raise PermissionDenied
    return row


class Model(models.Model):
    """A row with rules; its model lists them as `rules = {"view": rules.view, …}`."""

    rules: ClassVar[dict] = {}
    objects = QuerySet.as_manager()

    class Meta:
        abstract = True


class PersonOrAddress(models.Model):
    """What belongs to a person, or to a mail address as long as that has no account: exactly one of the two."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)s_set",
        verbose_name=_("person"),
    )
    address = models.EmailField(_("mail address"), blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def exactly_one(name):
        """The constraint that holds the promise of this class, under a name of the table's own."""
        return models.CheckConstraint(
            name=name,
            condition=Q(person__isnull=False, address="") | (Q(person__isnull=True) & ~Q(address="")),
            violation_error_message=_("This belongs to a person or to a mail address, not to both."),
        )

    @property
    def who(self):
        """By what one is the same in every table: her id, or the address as long as that has no account."""
        return self.person_id or self.address

    @property
    def reaches(self):
        """The mail address at which this one is reached."""
        return self.person.email if self.person_id else self.address


def apart(rows):
    """The people of these rows, and the bare addresses: as letters and requests take them."""
    return [row.person for row in rows if row.person_id], [row.address for row in rows if not row.person_id]
