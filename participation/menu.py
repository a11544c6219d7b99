"""Our line in the main menu: figures, for who leads a school, runs a board or network, or the platform."""

from django.utils.translation import gettext_lazy as _

from core.context import item
from core.registry import menu
from participation.rules import any_figures


@menu.register("participation")
def figures(user):
    return [item("participation:index", _("Figures"), "chart-bar", 50)] if any_figures(user) else []
