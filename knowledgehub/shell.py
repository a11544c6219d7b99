"""Our lines in the main menu."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from core.context import item
from knowledgehub.sharing import looks_after


def items(user):
    """The KennisHub: on a phone as well, for it is where one looks something up in a hurry."""
    return [item(home(), _("KennisHub"), "book-2", 40, phone=True)]


def ways(user):
    """Searching, what I keep at hand and what I made: beside each other above their pages."""
    waiting = {"url": reverse("knowledgehub:waiting"), "label": _("Waits for me"), "order": 60}
    return [
        {"url": reverse(home()), "label": _("Search"), "order": 0},
        {"url": reverse("knowledgehub:collections"), "label": _("Collections"), "order": 20},
        {"url": reverse("knowledgehub:saved"), "label": _("Saved"), "order": 30},
        {"url": reverse("knowledgehub:themes"), "label": _("Themes"), "order": 40},
        {"url": reverse("knowledgehub:mine"), "label": _("What I made"), "order": 50},
        *([waiting] if looks_after(user) else []),
    ]


def home():
    """The name of the page where the KennisHub begins: that of searching."""
    for name in ("knowledgehub:index", "finding:index"):
        try:
            reverse(name)
        except NoReverseMatch:
            continue
        return name
    return "knowledgehub:mine"
