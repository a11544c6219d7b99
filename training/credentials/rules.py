"""Who sees and gives credentials. Whoever holds the link with its key needs no rule: `views.public`."""

from django.db.models import Q

from core.models import EVERYBODY, NOBODY
from organisations.rules import standing as at_work
from training import rules as training
from training.rules import standing


def keep(user):
    """Approve, issue, suspend, revoke: who keeps the programme, and the trainers of the group.

    Which of them may approve this very one, the deed says (`guards.why_not_second`).
    """
    trained = Q(enrolment__group__in=standing(user).trains)
    ours = training.keep_programme(user, "programme__") | trained
    return ours | Q(programme=None) if at_work(user).is_platform_admin else ours


def hold(user):
    """It is hers."""
    return Q(person=user.pk) if user.is_authenticated else NOBODY


def view(user):
    return hold(user) | keep(user)


def keep_quality(user):
    """The record of quality of a programme: who keeps that programme."""
    return training.keep_programme(user, "programme__")


def keep_some(user):
    """True for whoever may have credentials to approve."""
    mine = at_work(user)
    return bool(standing(user).trains or mine.boards_run or mine.networks_run or mine.is_platform_admin)


def platform(user):
    return EVERYBODY if at_work(user).is_platform_admin else NOBODY
