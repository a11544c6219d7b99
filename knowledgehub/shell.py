"""Our lines in the main menu."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from core.context import item


def items(user):
    """The KennisHub: on a phone as well, for it is where one looks something up in a hurry."""
    return [item(home(), _("KennisHub"), "book-2", 40, phone=True)]


def home():
    """The name of the page where the KennisHub begins: that of searching."""
    for name in ("knowledgehub:index", "finding:index"):
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        return name
    return "knowledgehub:mine"
