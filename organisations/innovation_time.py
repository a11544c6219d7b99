"""Innovation time: what a board agreed for a school year, what of it is each person's, and what became of it.

No number of any agreement stands here: a board types its own. Budgets and their
sums are agreed facts; what somebody used of hers is in the ledger, for her alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.models import Model, QuerySet
from core.registry import Registry
from core.text import one_line
from core.time import today
from organisations import rules
from organisations.choices import Function
from people.calendar import days_of_school_year

# Whatever is more than this was typed wrongly: more than the hours of a year's work, more than one and a half jobs.
MOST_HOURS, MOST_FACTOR = 2000, Decimal("1.5")
QUARTER = 15  # minutes: a budget is rounded up to it
YEARS = (2000, 2100)


class TimeRule(Model):
    """What a board agreed for one school year: so many minutes for a full-time job, and for whom."""

    board = models.ForeignKey("organisations.Board", models.CASCADE, related_name="time_rules")
    year = models.PositiveSmallIntegerField(_("school year"))
    name = models.CharField(_("what it is called"), max_length=80)
    minutes = models.PositiveIntegerField(_("time in a full-time job"))
    functions = ArrayField(
        models.CharField(max_length=12, choices=Function), verbose_name=_("for whom"), default=list, blank=True
    )
    changed_at = models.DateTimeField(auto_now=True)

    rules = {"view": rules.view_time_rule, "manage": rules.in_boards_i_run}

    class Meta:
        verbose_name = _("agreement on time")
        verbose_name_plural = _("agreements on time")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "year", "name"],
                name="time_rule_once",
                violation_error_message=_("There is one with this name in this school year already."),
            ),
            models.CheckConstraint(
                name="time_rule_of_a_year", condition=Q(year__range=YEARS, minutes__range=(1, MOST_HOURS * 60))
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        """Keep the name on one line."""
        self.name = one_line(self.name)
        super().save(**kwargs)

    def is_for(self, function):
        """True when whoever has this function has a right to it; no function named means everybody."""
        return not self.functions or function in self.functions

    def minutes_for(self, factor, first=None, last=None):
        """What is due to somebody who works this part of a full-time job, on these days of the school year.

        However much was agreed: not more than a year has.
        """
        begin, end = days_of_school_year(self.year)
        days = (min(last or end, end) - max(first or begin, begin)).days + 1
        share = Decimal(max(days, 0)) / ((end - begin).days + 1)
        return min(QUARTER * ceil(self.minutes * factor * share / QUARTER), MOST_HOURS * 60)


class TimeBudgets(QuerySet):
    def of_year(self, year):
        return self.filter(rule__year=year)


class TimeBudget(Model):
    """What of an agreement is one person's at one school: by her working-time factor, or as it was agreed with her.

    `first` and `last` bound the part of the year for which it holds, where she came later, left, or is on leave.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="time_budgets")
    school = models.ForeignKey("organisations.School", models.CASCADE, related_name="time_budgets")
    rule = models.ForeignKey(TimeRule, models.CASCADE, related_name="budgets")
    factor = models.DecimalField(_("working-time factor"), max_digits=5, decimal_places=4)
    first = models.DateField(_("from"), null=True, blank=True)
    last = models.DateField(_("until and on"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("time"))
    by_hand = models.BooleanField(_("agreed with her"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=now)

    objects = TimeBudgets.as_manager()
    rules = {"view": rules.view_time_budget, "manage": rules.manage_time_budget}

    class Meta:
        verbose_name = _("innovation time")
        verbose_name_plural = _("innovation time")
        constraints = [
            models.UniqueConstraint(fields=["person", "school", "rule"], name="time_budget_once"),
            models.CheckConstraint(
                name="time_budget_of_a_job",
                condition=Q(factor__gt=0, factor__lte=MOST_FACTOR, minutes__lte=MOST_HOURS * 60),
            ),
            models.CheckConstraint(
                name="time_budget_ends_after_it_begins",
                condition=Q(first=None) | Q(last=None) | Q(last__gte=models.F("first")),
                violation_error_message=_("The last day lies before the first day."),
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.minutes}"

    @property
    def source(self):
        """How its board calls it."""
        return self.rule.name


# What is planned: upper floors know ----------------------------------------------------------------


@dataclass(frozen=True)
class Planned:
    """Something in which a person is expected to learn with others: no more than day, minutes and for what."""

    held_on: date
    minutes: int
    source: str
    kind: str
    community_id: int | None = None


@dataclass(frozen=True)
class Plans:
    """What one app plans.

    - `of_person(person, first, last)`: a list of Planned.
    - `of_schools(ids, first, last)`: {id: minutes} of all people of each school together, in one statement.
    - `communities_of(person)`: the ids of the communities with which she plans.
    """

    of_person: Callable
    of_schools: Callable
    communities_of: Callable = lambda person: frozenset()


#: Who plans time with people: name -> Plans.
plans = Registry("what is planned")


def planned_by(person, first, last):
    """All that is planned with her on these days, the nearest first."""
    found = [row for each in plans.values() for row in each.of_person(person, first, last)]
    return sorted(found, key=lambda row: row.held_on)


def communities_of(person):
    """The ids of the communities with which she plans."""
    return {pk for each in plans.values() for pk in each.communities_of(person)}


# Facts for dashboards -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sums:
    """Of one school in one year: what was agreed, for how many people, and what is planned still."""

    minutes: int = 0
    people: int = 0
    planned: int = 0


def sums(school_ids, year, day=None):
    """{id of a school: Sums} of these schools, in two statements. What is planned counts from `day` (today) on."""
    first, last = days_of_school_year(year)
    ids = list(school_ids)
    rows = TimeBudget.objects.of_year(year).filter(school__in=ids).values("school").order_by()
    agreed = {row["school"]: row for row in rows.annotate(total=Sum("minutes"), people=Count("person", distinct=True))}
    planned = {}
    if (since := max(first, day or today())) <= last:
        for each in plans.values():
            for school, minutes in each.of_schools(ids, since, last).items():
                planned[school] = planned.get(school, 0) + minutes
    return {
        pk: Sums(agreed.get(pk, {}).get("total", 0), agreed.get(pk, {}).get("people", 0), planned.get(pk, 0))
        for pk in ids
    }
