"""Figures of a school, a board, a network or the country: a page, a spreadsheet, a sheet of paper."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import pdf
from core.files.tables import csv_answer, xlsx_answer
from core.links import address
from core.views import private
from organisations.rules import standing
from participation import paper, places, reading, rules, tables

FILES = {"csv", "xlsx", "pdf"}


@private
@require_safe
def index(request):
    """The places of which she sees figures; where there is one, straight on."""
    if not rules.any_figures(request.user):
        raise PermissionDenied
    mine = places.of(request.user)
    if len(mine) == 1:
        return redirect(places.page_of(mine[0]))
    return render(
        request, "participation/index.html", {"places": [{"place": p, "url": places.page_of(p)} for p in mine]}
    )


@private
@require_safe
def school(request, pk):
    return _page(request, places.opened(request.user, "school", pk))


@private
@require_safe
def board(request, pk):
    return _page(request, places.opened(request.user, "board", pk))


@private
@require_safe
def network(request, pk):
    return _page(request, places.opened(request.user, "network", pk))


@private
@require_safe
def nation(request):
    return _page(request, places.opened(request.user, "nation"))


@private
@require_safe
def school_file(request, pk, year, form):
    return _file(places.opened(request.user, "school", pk), year, form)


@private
@require_safe
def board_file(request, pk, year, form):
    return _file(places.opened(request.user, "board", pk), year, form)


@private
@require_safe
def network_file(request, pk, year, form):
    return _file(places.opened(request.user, "network", pk), year, form)


@private
@require_safe
def nation_file(request, year, form):
    return _file(places.opened(request.user, "nation"), year, form)


def _page(request, place):
    counted = reading.wished(place, request.GET, places.page_of(place))
    return render(
        request,
        "participation/figures.html",
        {
            "counted": counted,
            "years": reading.years(counted),
            "files": _files(counted),
            "colleagues_url": _colleagues(request.user, place),
        },
    )


def _files(counted):
    """The ways to take them along."""
    keys = [counted.place.pk] if counted.place.pk else []
    shapes = [
        {"form": "pdf", "label": "PDF", "icon": "file-type-pdf"},
        {"form": "xlsx", "label": "Excel", "icon": "file-spreadsheet"},
        {"form": "csv", "label": "CSV", "icon": "download"},
    ]
    name = f"participation:{counted.place.kind}_file"
    return [shape | {"url": address(name, *keys, counted.year, shape["form"])} for shape in shapes]


def _colleagues(user, place):
    """Where the colleagues of this school see the same, for who leads it."""
    leads = place.kind == "school" and place.pk in standing(user).schools_led
    return address("participation:leader_sees_of", place.pk) if leads else ""


def _file(place, year, form):
    """The same numbers to take along."""
    if form not in FILES or not reading.FIRST_YEAR <= year <= reading.LAST_YEAR:
        raise Http404
    counted = reading.of(place, year, places.page_of(place))
    name = f"{_('figures')}-{slugify(place.name)}-{counted.span.replace('–', '-')}"
    if form == "pdf":
        return pdf.answer("figures", paper.of(counted), name=name)
    rows = tables.rows_of(counted)
    if form == "csv":
        return csv_answer(f"{name}.csv", rows)
    return xlsx_answer(f"{name}.xlsx", rows, title=_("Figures"))
