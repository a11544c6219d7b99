"""Across boards and schools: which PLGs could use help, and who works with whom. Agreed facts only."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.text import number
from core.views import private
from organisations.models import Board, School
from participation import months, needs, places, rules, together

PER_PAGE = 30


@private
@require_safe
def plgs(request):
    """All PLGs whose facts she knows: those that could use help first, or one need alone."""
    if not rules.see_needs(request.user):
        raise PermissionDenied
    rows = list(needs.in_view(request.user))
    groups = needs.by_need(rows)
    found = [(row, group) for group in groups for row in group["rows"]]
    helped = {row.pk for row, _group in found}
    fine = [(row, None) for row in rows if row.pk not in helped]
    lists = {group["name"]: [(row, group) for row in group["rows"]] for group in groups} | {"none": fine}
    need = request.GET.get("need", "")
    chosen = lists.get(need, found + fine)
    titles = {"": _("All"), **{group["name"]: group["title"] for group in groups}, "none": _("Nothing now")}
    chips = [
        {
            "url": f"?need={name}" if name else "?",
            "label": title,
            "count": len(lists.get(name, rows)),
            "current": name == (need if need in lists else ""),
        }
        for name, title in titles.items()
    ]
    context = {
        "chips": chips,
        "page": Paginator(chosen, PER_PAGE).get_page(request.GET.get("page")),
        "query": f"&need={need}" if need in lists else "",
        "month": months.last_closed(),
    }
    return render(request, "participation/plgs.html", context)


@private
@require_safe
def network_together(request, pk):
    """Its boards, or the schools of one of them."""
    place = places.opened(request.user, "network", pk)
    boards = list(Board.objects.filter(networks=pk).order_by("sort_name"))
    chosen = next((each for each in boards if each.pk == number(request.GET.get("board", ""))), None)
    chips = [{"url": "?", "label": _("By board"), "current": not chosen}]
    chips += [{"url": f"?board={b.pk}", "label": b.name, "current": b == chosen} for b in boards]
    return _together(request, place, boards, chosen, chips)


@private
@require_safe
def board_together(request, pk):
    """Its schools."""
    place = places.opened(request.user, "board", pk)
    return _together(request, place, [], Board(pk=pk), [])


def _together(request, place, boards, board, chips):
    if board:
        schools = School.objects.open().filter(board=board.pk).order_by("sort_name")
        found = together.of_schools(request.user, schools)
    else:
        found = together.of_boards(request.user, boards)
    page = Paginator(found.units, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = [
        {"name": unit.name, "partners": found.partners(unit.pk), "icon": "building"} for unit in page.object_list
    ]
    context = {
        "place": place,
        "together": found,
        "of_boards": not board,
        "chips": chips,
        "page": page,
        "query": f"&board={board.pk}" if board and boards else "",
    }
    return render(request, "participation/together.html", context)
