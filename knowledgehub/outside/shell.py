"""Our lines among the pages of the KennisHub."""

from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.rules import standing


def ways(user):
    """Harvested libraries, for who keeps the platform."""
    if not standing(user).is_platform_admin:
        return []
    return [{"url": reverse("outside:sources"), "label": _("Other libraries"), "order": 90}]


def way_in(user):
    """Many things at once."""
    return {
        "url": reverse("outside:material"),
        "label": _("Do you have a whole folder? Bring it in with a list."),
        "icon": "folder",
    }
