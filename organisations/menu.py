"""What administrators and school leaders find in the main menu, and everybody who works somewhere her hours."""

from django.utils.translation import gettext_lazy as _

from core.context import item
from core.links import address
from core.registry import menu
from organisations.rules import standing


@menu.register("organisations")
def organisations(user):
    """Boards and schools, people, one's own hours, and for the platform its management."""
    mine = standing(user)
    items = []
    if mine.manages:
        items.append(item("organisations:index", _("Boards and schools"), "building", 30))
    if mine.manages or mine.schools_led:
        # Who runs places and teaches nowhere has people in the bar of her phone; others have the calendar there.
        at_hand = mine.manages and not mine.works_at
        items.append(item("organisations:people", _("People"), "address-book", 40 if at_hand else 70, phone=at_hand))
    if mine.schools_led or mine.schools_planned:
        items.append(item("organisations:timetable", _("Timetable"), "calendar-week", 25, phone=True))
    if mine.functions:
        items.append(item("organisations:my_hours", _("My hours"), "clock-hour-4", 65, own=True))
    if mine.is_platform_admin:
        items.append(item("organisations:platform", _("Management"), "settings", 90))
    return items


def retention_of(board, user):
    """How long what is kept, on the page of a board."""
    return [
        {
            "url": address("organisations:board_terms", board.pk),
            "label": _("Retention terms"),
            "icon": "clock",
            "said": _("What goes when, and what went last night."),
        }
    ]
