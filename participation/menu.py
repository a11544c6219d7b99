"""Our lines in the menus: figures, for whoever may see some; and for all at a school what their leader sees."""

from django.utils.translation import gettext_lazy as _

from core.context import item
from core.links import address
from core.registry import board_links, menu
from organisations.hours import beside
from organisations.rules import standing
from participation.rules import any_figures


@menu.register("participation")
def lines(user):
    """Figures in the main menu; beneath one's own name what one's leader sees."""
    found = []
    if any_figures(user):
        found.append(item("participation:index", _("Figures"), "chart-bar", 50))
    mine = standing(user)
    if mine.works_at - mine.schools_led:  # who leads goes there from her own figures
        found.append(item("participation:leader_sees", _("What my school leader sees"), "eye", 66, own=True))
    return found


@beside.register("participation")
def beside_my_hours(person):
    """From one's own hours to what others see of them."""
    if not standing(person).works_at:
        return None
    return {"url": address("participation:leader_sees"), "label": _("What my school leader sees")}


@board_links.register("participation")
def of_board(board, user):
    """From the page of a board to its figures, for who runs it."""
    if board.pk not in standing(user).boards_run:
        return []
    return [
        {
            "url": address("participation:board", board.pk),
            "label": _("Figures"),
            "icon": "chart-bar",
            "said": _("Hours by month, theme and school, about five people or more."),
        },
        {
            "url": address("participation:board_together", board.pk),
            "label": _("Who works with whom?"),
            "icon": "arrows-join",
            "said": _("Which schools share a PLG."),
        },
    ]
