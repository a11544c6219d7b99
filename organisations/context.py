"""The board's own name and colour around every page of its people."""

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from organisations.choices import Function
from organisations.models import Board, Network
from organisations.rules import standing

FACE_S = 600


def brand(request):
    """The name under ours, the colour, and what the signed-in person is here: from the cache."""
    user = getattr(request, "user", None)
    shown = {"name": "PLG-platform", "board": "", "stylesheet": ""}
    if not user or not user.is_authenticated:
        return {"brand": shown}
    mine, titles = standing(user), {}
    if network := min(mine.networks_run, default=None):
        shown["board"] = face_of(Network, network, "name")[0]
    elif board := min(mine.boards_run or mine.boards, default=None):
        shown["board"], colour, titles = face_of(Board, board, "name", "primary_colour", "titles")
        if colour:
            shown["stylesheet"] = f"{reverse('organisations:board_style', args=[board])}?{colour[1:]}"
    return {"brand": shown, "my_function": _role_of(mine) or _function_of(mine, titles)}


def face_of(model, pk, *fields):
    """What a board or network shows of itself around every page. Saving it forgets this (`Named.save`)."""
    return cache.get_or_set(
        f"face:{model._meta.model_name}:{pk}", lambda: model.objects.values_list(*fields).get(pk=pk), FACE_S
    )


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
