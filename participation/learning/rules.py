"""Who reads, leads and answers: the team reads all of it, who leads the school or runs the board writes."""

from django.db.models import Q

from communities.rules import of_my_schools, standing
from core.models import NOBODY
from organisations.rules import standing as at_work


def _reading(user, path=""):
    mine = at_work(user)
    return Q(**{f"{path}school__in": mine.works_at}) | Q(**{f"{path}board__in": mine.boards})


def _leading(user, path=""):
    mine = at_work(user)
    return Q(**{f"{path}school__in": mine.schools_led}) | Q(**{f"{path}board__in": mine.boards_run})


def view(user):
    """The team of the school, or of all schools of the board; and who leads it."""
    return _reading(user) | _leading(user)


def lead(user):
    """Whoever leads the school, or runs the board."""
    return _leading(user)


def view_of_cycle(user):
    return _reading(user, "cycle__") | _leading(user, "cycle__")


def lead_of_cycle(user):
    return _leading(user, "cycle__")


def answer(user):
    """The team; who leads asks and does not answer."""
    return _reading(user, "cycle__") & ~_leading(user, "cycle__")


def propose_to(user):
    """PLGs of the schools she leads, in which she takes no part herself: there she proposes as any member does."""
    led = at_work(user).schools_led
    if not led:
        return NOBODY
    return (Q(pk__in=of_my_schools(user)) | Q(owner_school__in=led)) & ~Q(pk__in=standing(user).member_of)


def view_talk(user):
    """A conversation starter in a PLG: its members, and who proposed it."""
    return Q(community__in=standing(user).member_of) | Q(by=user.pk)


def place_talk(user):
    return Q(community__in=standing(user).member_of)


def leave_talk(user):
    """It was proposed to the facilitators: they decide."""
    return Q(community__in=standing(user).leads)
