"""Our lines in the main menu and our tabs of a PLG."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.registry import places
from core.context import item
from organisations.rules import standing as at_work


def items(user):
    """My PLGs and the directory; for a confidant also what was written to her."""
    also = [place() for place in places.values()]
    lines = [
        item("communities:index", _("My PLGs"), "users-group", 20, also=also, phone=True),
        item("communities:directory", _("Find a PLG"), "search", 25),
    ]
    if at_work(user).confidant_of:
        lines.append(item("communities:complaints", _("As confidant"), "lock", 80))
    return lines


def overview(community, user):
    return {"url": reverse("communities:home", args=[community.pk]), "label": _("Overview"), "order": 0}


def members(community, user):
    return {"url": reverse("communities:members", args=[community.pk]), "label": _("Members"), "order": 90}
