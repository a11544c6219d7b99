"""Who sees a class visit: the two of it. As long as it is offered to a PLG, its members see the offer."""

from django.db.models import Q

from communities.rules import standing
from core.models import NOBODY
from lessonstudy.visits.choices import OPEN_TO_ALL
from organisations.rules import standing as at_work


def _path(visit):
    return visit if not visit or visit.endswith("__") else f"{visit}__"


def take_part(user, visit=""):
    """The two of it; of an offer also who was asked by name."""
    if not user.is_authenticated:
        return NOBODY
    path = _path(visit)
    return Q(**{f"{path}opened_by": user.pk}) | Q(**{f"{path}other": user.pk})


def respond(user, visit=""):
    """Members of the PLG to which it is offered, as long as nobody answered."""
    path = _path(visit)
    mine = {f"{path}community__in": standing(user).member_of, f"{path}other": None, f"{path}state__in": OPEN_TO_ALL}
    return Q(**mine) & ~Q(**{f"{path}opened_by": user.pk})


def view(user, visit=""):
    """What was asked and agreed; what was said afterwards the two alone (`take_part`)."""
    return take_part(user, visit) | respond(user, visit)


def view_cover(user):
    """Whose class needs somebody: she herself, and who plans or leads her school. They see no more of the visit."""
    mine = at_work(user)
    return Q(person=user.pk) | Q(school__in=mine.schools_led | mine.schools_planned)


def plan_cover(user):
    """True for whoever has a list of classes that need somebody."""
    mine = at_work(user)
    return bool(mine.schools_led or mine.schools_planned)


def open_in(user):
    """The PLGs in which she may ask for a visit."""
    return Q(pk__in=standing(user).member_of)
