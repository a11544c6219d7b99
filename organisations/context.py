"""The board's own name and colour around every page of its people."""

from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.choices import Function
from organisations.rules import standing


def brand(request):
    """The name under ours, the colour, and what the signed-in person is here."""
    user = getattr(request, "user", None)
    shown = {"name": "PLG-platform", "board": "", "stylesheet": ""}
    if not user or not user.is_authenticated:
        return {"brand": shown}
    mine, titles = standing(user), {}
    if face := mine.face:
        shown["board"], titles = face.name, face.titles or {}
        if face.colour:
            shown["stylesheet"] = f"{reverse('organisations:board_style', args=[face.pk])}?{face.colour[1:]}"
    my_function = _role_of(mine) or _function_of(mine, titles)
    return {"brand": shown, "my_function": my_function, "manages": mine.manages}


def _role_of(mine):
    if mine.is_platform_admin:
        return _("Runs the platform")
    if mine.networks_run:
        return _("Runs the network")
    if mine.boards_run:
        return _("Runs the board")
    return _("Leads the school") if mine.schools_led else ""


def _function_of(mine, titles):
    """What she does where she works, in the words of her board."""
    return ", ".join(titles.get(name) or str(Function(name).label) for name in sorted(mine.functions))
