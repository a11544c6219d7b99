"""Retention: a board's own terms within the bounds, the nightly work by them, and its report.

A person works at boards, a PLG has members of boards: the strictest of their terms holds.
"""

from datetime import timedelta

import structlog
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from activity.journal import record
from core.models import Model
from core.refusals import Refused
from core.registry import Registry, mergers, terms
from core.terms import in_words, own_terms
from organisations import rules

log = structlog.get_logger(__name__)
REPORTS_DAYS = 365

#: To whom rows belong: name -> function(boards as Q over boards, prefix) -> ids of those that have one of these boards.
owners = Registry("owners of what is kept")


class BoardTerm(Model):
    """A board keeps one kind of data shorter or longer than the platform does."""

    board = models.ForeignKey("organisations.Board", models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=40)
    days = models.PositiveIntegerField(_("days"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    rules = {"view": rules.in_boards_i_run}

    class Meta:
        verbose_name = _("retention term of a board")
        verbose_name_plural = _("retention terms of boards")
        constraints = [models.UniqueConstraint(fields=["board", "kind"], name="one_term_a_kind")]

    def __str__(self):
        return f"{self.kind}: {self.days}"


class TermReport(models.Model):
    """What one night took away: how much of which kind. No names."""

    at = models.DateTimeField(default=now)
    counts = models.JSONField(default=dict)
    failed = models.JSONField(default=list)

    class Meta:
        verbose_name = _("report of a night")
        verbose_name_plural = _("reports of nights")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"


# Which rows are over their time -------------------------------------------------------------------


@owners.register("person")
def people_of(boards):
    """Who works at these boards or their schools. `boards` is a function(path) -> Q."""
    from organisations.models import Affiliation

    at = boards("board") | boards("school__board")
    return Affiliation.objects.current().filter(at).values("person")


@owners.register("board")
def the_boards(boards):
    """The boards themselves."""
    from organisations.models import Board

    return Board.objects.filter(boards("pk")).values("pk")


class Over:
    """Says which rows are over the term of one kind."""

    def __init__(self, name, moment=None):
        self.name, self.term, self.moment = name, terms[name], moment or now()
        self.chosen = {}  # days: boards
        for board, days in BoardTerm.objects.filter(kind=name).values_list("board", "days"):
            if days != self.term.days:
                self.chosen.setdefault(days, set()).add(board)

    def __call__(self, rows, at, *, person=None, community=None, board=None):
        """Rows whose moment `at` lies too long ago, for the boards of whom they belong to; else for the platform."""
        paths = [("person", person), ("community", community), ("board", board)]
        owner, path = next((each for each in paths if each[1]), ("", ""))
        own = Q(**{f"{at}__lt": self.before(self.term.days)})
        if not owner or not self.chosen or owner not in owners:
            return rows.filter(own)
        longer = {pk for days, boards in self.chosen.items() if days > self.term.days for pk in boards}
        found = Q(pk__in=[])
        for days, boards in self.chosen.items():
            theirs = owners[owner](lambda way, boards=boards: Q(**{f"{way}__in": boards}))
            found |= Q(**{f"{at}__lt": self.before(days), f"{path}__in": theirs})
        if longer:  # those who have only boards that keep it longer
            has = owners[owner](lambda way: Q(**{f"{way}__in": longer}))
            others = owners[owner](lambda way: Q(**{f"{way}__isnull": False}) & ~Q(**{f"{way}__in": longer}))
            exempt = Q(**{f"{path}__in": has}) & ~Q(**{f"{path}__in": others})
            own &= ~exempt | Q(**{f"{path}__isnull": True})
        return rows.filter(own | found)

    def earlier(self, days):
        """The same as it will be in so many days."""
        return Over(self.name, self.moment + timedelta(days=days))

    def before(self, days):
        return self.moment - timedelta(days=days)


def days_of(name, boards):
    """How long this kind is kept where these boards have a say: the strictest."""
    term = terms[name]
    chosen = dict(BoardTerm.objects.filter(kind=name, board__in=boards).values_list("board", "days"))
    return min((chosen.get(getattr(board, "pk", board), term.days) for board in boards), default=term.days)


@own_terms.register("organisations")
def of_person(names, person):
    """The terms that hold for her: the strictest of the boards where she works. Two queries."""
    works = person.affiliations.current().values_list("board", "school__board")
    boards = {pk for row in works for pk in row if pk}
    chosen = {}
    for kind, board, days in BoardTerm.objects.filter(board__in=boards).values_list("kind", "board", "days"):
        chosen.setdefault(kind, {})[board] = days
    return {
        name: min(chosen[name].get(board, terms[name].days) for board in boards) for name in names if name in chosen
    }


# Every night --------------------------------------------------------------------------------------


def carry_out():
    """Take away what is over its time, each kind by itself, and write down how much that was."""
    counts, failed = {}, []
    for name, term in terms.items():
        if term.clear is None:
            continue
        try:
            with transaction.atomic():
                counts[name] = term.clear(Over(name)) or 0
        except Exception:
            log.exception("term_failed", term=name)
            failed.append(name)
    TermReport.objects.filter(at__lt=now() - timedelta(days=REPORTS_DAYS)).delete()
    return TermReport.objects.create(counts=counts, failed=failed)


@mergers.register("terms")
def go_along(gone, into):
    """What a board promised its people holds for them at the board it goes up into: the strictest of the two."""
    for term in BoardTerm.objects.filter(board=gone.pk) if gone._meta.model_name == "board" else ():
        if term.kind in terms and term.days < days_of(term.kind, [into]):
            BoardTerm.objects.update_or_create(board=into, kind=term.kind, defaults={"days": term.days})
        term.delete()


# A board chooses ----------------------------------------------------------------------------------


@transaction.atomic
def choose(board, name, days, *, by):
    """A board keeps this kind so many days; the platform's own number again with None. Raises Refused out of bounds."""
    term = terms[name]
    if not term.is_chosen:
        raise Refused(_now("This term is the same for everybody."))
    if days is not None and not term.least <= days <= term.most:
        bounds = {"least": in_words(term.least), "most": in_words(term.most)}
        raise Refused(_now("Choose between %(least)s and %(most)s.") % bounds)
    before = days_of(name, [board])
    if days is None or days == term.days:
        BoardTerm.objects.filter(board=board, kind=name).delete()
    else:
        BoardTerm.objects.update_or_create(board=board, kind=name, defaults={"days": days, "set_by": by})
    if (after := days_of(name, [board])) != before:
        record("organisations.term_set", by=by, about=board, term=name, before=before, after=after)
    return after
