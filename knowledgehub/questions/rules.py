"""Questions to a whole network: who works in it reads, asks and answers, by name. Its connectors keep order."""

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce

from core.models import NOBODY
from core.standing import remembered
from knowledgehub.rules import found, made
from organisations.rules import standing


def networks_of(user):
    """The networks whose questions she reads: where she works, and where she connects."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    mine = standing(user)
    return mine.networks | mine.connects


def connectors_of(network, besides):
    """The roles of who keeps order there and did not write it herself."""
    from organisations.models import Role

    rows = Role.objects.current().filter(kind="connector", network=network, person__is_active=True)
    return rows.exclude(person=Coalesce(besides, 0))


@remembered
def left_to_us(user):
    """What was reported where no connector can judge it, as ids of reports: the platform's administrators do."""
    from knowledgehub.questions.models import Report

    if not user.is_authenticated or not standing(user).is_platform_admin:
        return frozenset()
    wrote = Case(When(answer=None, then=F("question__author")), default=F("answer__author"))
    rows = Report.objects.filter(settled_at=None).annotate(wrote=wrote)
    nobody = ~Exists(connectors_of(OuterRef("question__network"), OuterRef("wrote")))
    return frozenset(rows.filter(nobody).values_list("pk", flat=True))


@remembered
def about_her_own(user):
    """What was reported of her own words, as ids of reports. A query for who keeps order."""
    from knowledgehub.questions.models import Report

    own = Q(answer=None, question__author=user.pk) | Q(answer__author=user.pk)
    return frozenset(Report.objects.filter(own).values_list("pk", flat=True))


def view(user):
    """Members of the network; what was hidden, its connectors and who wrote it; what was reported, who settles it."""
    shown = Q(hidden_at=None) | Q(author=user.pk) | Q(network__in=standing(user).connects)
    return (_seen(user) & shown) | Q(pk__in=_of_reports(user, "question"))


def _of_reports(user, column):
    from knowledgehub.questions.models import Report

    if not left_to_us(user):
        return frozenset()
    return frozenset(Report.objects.filter(pk__in=left_to_us(user)).values_list(column, flat=True))


def _seen(user, question=""):
    return Q(**{f"{question}network__in": networks_of(user)})


def answer(user):
    return _seen(user) & Q(hidden_at=None)


def edit(user):
    """Who asked it, as long as she is in the network."""
    return _seen(user) & Q(author=user.pk)


def keep_order(user):
    """Hide and settle: the connectors of the network."""
    return Q(network__in=standing(user).connects) if user.is_authenticated else NOBODY


def close(user):
    return edit(user) | keep_order(user)


def view_answer(user):
    """As its question; a removed one only says that it was there."""
    shown = Q(question__hidden_at=None) | Q(question__author=user.pk)
    shown = _seen(user, "question__") & (shown | Q(question__network__in=standing(user).connects))
    return shown | Q(question__in=_of_reports(user, "question"))


def edit_answer(user):
    return _seen(user, "question__") & Q(author=user.pk, question__hidden_at=None)


def remove_answer(user):
    return edit_answer(user) | Q(question__network__in=standing(user).connects)


def settle(user):
    """Who keeps order, but nobody what she wrote herself."""
    if not standing(user).connects and not left_to_us(user):
        return NOBODY
    mine = Q(question__network__in=standing(user).connects) | Q(pk__in=left_to_us(user))
    return mine & ~Q(pk__in=about_her_own(user))


def own(user):
    return Q(person=user.pk)


# What was asked at a moment of a video -------------------------------------------------------------


def view_moment(user):
    """Whoever uses the resource; names do not stand on the web."""
    if not user.is_authenticated:
        return NOBODY
    return found(user, "version__resource__") | made(user, "version__resource__")


def edit_moment(user):
    return Q(author=user.pk)


def answer_moment(user):
    """The makers of the film."""
    return made(user, "version__resource__")


def remove_moment(user):
    return edit_moment(user) | answer_moment(user)
