"""Questions to a whole network: who works in it reads, asks and answers, by name. Its connectors keep order."""

from django.db.models import Q

from core.models import NOBODY
from knowledgehub.rules import found, made
from organisations.rules import standing


def networks_of(user):
    """The networks whose questions she reads: where she works, and where she connects."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    mine = standing(user)
    return mine.networks | mine.connects


def view(user):
    """Members of the network; what was hidden, its connectors and who wrote it."""
    return _seen(user) & (Q(hidden_at=None) | Q(author=user.pk) | Q(network__in=standing(user).connects))


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
    return _seen(user, "question__") & (shown | Q(question__network__in=standing(user).connects))


def edit_answer(user):
    return _seen(user, "question__") & Q(author=user.pk, question__hidden_at=None)


def remove_answer(user):
    return edit_answer(user) | Q(question__network__in=standing(user).connects)


def settle(user):
    return Q(question__network__in=standing(user).connects)


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
