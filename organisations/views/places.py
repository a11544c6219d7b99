"""Boards, schools and partner organisations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activity import looks
from core.models import get_or_refuse
from core.registry import board_links
from core.text import number, sort_key
from core.time import today
from organisations import actions
from organisations.forms import MOST_FOUND, BoardForm, PartnerForm, SchoolForm
from organisations.models import Affiliation, Board, Joining, Partner, Role, School
from organisations.rules import add_partner, add_people, meet_people, standing

PER_PAGE = 30


@require_safe
def index(request):
    """Boards or schools: one's own, all of them, or schools that have no board yet."""
    show, words = request.GET.get("show", "boards"), request.GET.get("q", "").strip()[:80]
    mine = standing(request.user)
    near = mine.boards | mine.boards_run | mine.boards_reached
    everything = mine.is_platform_admin or not near or "all" in request.GET
    if show == "boards":
        rows = Board.objects.open().for_page(request.user)
        rows = rows.annotate(schools_open=Count("schools", filter=Q(schools__gone_at=None)))
        rows = rows if everything else rows.filter(pk__in=near)
    else:
        rows = School.objects.open().for_page(request.user).select_related("board")
        if show == "loose":
            rows = rows.filter(board=None)
        elif not everything:
            rows = rows.filter(Q(board__in=near) | Q(pk__in=mine.works_at))
    page = Paginator(rows.search(words).order_by("sort_name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/index.html",
        {
            "page": page,
            "show": show,
            "words": words,
            "everything": everything,
            "has_own": bool(near),
            "query": query_of(show=show, q=words, all="all" in request.GET and "1"),
            "chips": _chips(show, request.user),
        },
    )


def query_of(**wishes):
    """What a list was asked for, as the rest of the address of its next page: "&show=schools&q=zaan"."""
    return "".join(f"&{urlencode({name: value})}" for name, value in wishes.items() if value)


def _chips(show, user):
    labels = {"boards": _("Boards"), "schools": _("Schools")}
    if add_people(user):
        labels["loose"] = _("Without a board")
    return [{"url": f"?show={name}", "label": label, "current": name == show} for name, label in labels.items()]


@require_safe
def board(request, pk):
    """A board: its schools, who runs it, the confidant, and for its administrators its people."""
    rows = Board.objects.for_page(request.user, "manage", "invite", "give_board_admin", "give_confidant")
    board = get_or_refuse(rows.select_related("merged_into").prefetch_related("former_names", "networks"), pk=pk)
    schools = board.schools.open().order_by("sort_name", "pk").annotate(people=people_at_schools())
    roles = Role.objects.current().with_powers(request.user, "end").filter(board=board).select_related("person")
    counts = {}
    if board.can_manage:
        counts = {
            "joinings": list(Joining.objects.open().for_detail(request.user).filter(about_board(board))),
            "people": Affiliation.objects.current()
            .filter(Q(board=board) | Q(school__board=board))
            .aggregate(n=Count("person", distinct=True))["n"],
        }
    context = {
        "board": board,
        "links": [link for of in board_links.values() for link in of(board, request.user)] if board.can_manage else [],
        "page": paged(request, schools),
        "roles": list(roles.order_by("kind", "person__sort_name")),
    }
    return render(request, "organisations/board.html", context | counts)


def about_board(board):
    """Requests to take part that this board asked for, or that were made to it or its schools."""
    return Q(board=board) | Q(school__board=board)


def paged(request, rows):
    """The page of these rows that is asked for."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def people_at_schools():
    """How many people work at a school now, as a number beside each row."""
    day = today()
    now_there = Q(affiliations__from_on__lte=day) & (
        Q(affiliations__until_on=None) | Q(affiliations__until_on__gte=day)
    )
    return Count("affiliations__person", filter=now_there, distinct=True)


def edit_board(request, pk):
    """Name, colour and own words of a board."""
    board = get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)
    return _edit(request, board, BoardForm, _("Change board"))


def edit_school(request, pk):
    """What a school's board knows better than the open list."""
    school = get_or_refuse(School.objects.for_page(request.user, "manage"), "manage", pk=pk)
    return _edit(request, school, SchoolForm, _("Change school"))


def edit_partner(request, pk):
    """Name, kind and town of a partner organisation."""
    partner = get_or_refuse(Partner.objects.for_page(request.user, "manage"), "manage", pk=pk)
    return _edit(request, partner, PartnerForm, _("Change partner organisation"))


def _edit(request, place, form_class, title):
    form = form_class(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.edit(form, by=request.user))
    name = type(place).objects.values_list("name", flat=True).get(pk=place.pk)
    context = {"form": form, "title": title, "back": place.get_absolute_url(), "back_label": name}
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


@require_safe
def school(request, pk):
    """A school: its facts, its leaders, and its people for whoever may see them."""
    powers = ("manage", "lead", "invite", "give_school_leader", "keep_time")
    school = get_or_refuse(
        School.objects.for_page(request.user, *powers)
        .select_related("board", "merged_into")
        .prefetch_related("former_names"),
        pk=pk,
    )
    roles = Role.objects.current().with_powers(request.user, "end").filter(school=school).select_related("person")
    people = Affiliation.objects.current().for_page(request.user).filter(school=school).select_related("person")
    people = people.order_by("person__sort_name", "pk") if meet_people(request.user) else people.none()
    page = paged(request, people)
    looks.note(request.user, [row.person_id for row in page.object_list], "organisations.people")
    context = {
        "school": school,
        "roles": list(roles.order_by("kind", "person__sort_name")),
        "page": page,
    }
    return render(request, "organisations/school.html", context)


@require_safe
def school_search(request):
    """Schools found by words, as the part of a form that chooses one, or as JSON."""
    name = request.GET.get("name", "school")[:40]
    words = request.GET.get(f"{name}_q", request.GET.get("q", "")).strip()[:80]
    rows = School.objects.open().for_page(request.user).search(words) if len(words) > 1 else School.objects.none()
    found = list(rows.order_by("sort_name", "pk")[:MOST_FOUND])
    if request.headers.get("Accept", "").startswith("application/json"):
        schools = [{"id": row.pk, "name": row.name, "code": row.code, "town": row.town} for row in found]
        return JsonResponse({"schools": schools})
    context = {"name": name, "found": found, "typed": words, "looked": len(words) > 1}
    return render(request, "organisations/school_picker.html#found", context)


def link_schools(request, pk):
    """Schools that came without a board: choose which of them belong to this one."""
    board = get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)
    if request.method == "POST":
        chosen = School.objects.open().filter(
            pk__in=[school for value in request.POST.getlist("school") if (school := number(value))]
        )
        if actions.ask_for_schools(board, list(chosen), by=request.user):
            messages.success(request, _("The platform's administrator was asked. You hear when there is an answer."))
        return redirect(board)
    words = request.GET.get("q", "").strip()[:80]
    rows = School.objects.open().for_page(request.user).filter(board=None).search(words)
    page = Paginator(rows.order_by("sort_name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"board": board, "page": page, "words": words, "query": query_of(q=words)}
    return render(request, "organisations/link_schools.html", context)


@require_safe
def partners(request):
    """Organisations without a school: cooperations, colleges, libraries, companies."""
    words = request.GET.get("q", "").strip()[:80]
    rows = Partner.objects.for_page(request.user, "manage").filter(sort_name__contains=sort_key(words))
    page = Paginator(rows.order_by("sort_name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "may_add": add_partner(request.user), "query": query_of(q=words)}
    return render(request, "organisations/partners.html", context)


@require_safe
def partner(request, pk):
    """A partner organisation and its people."""
    partner = get_or_refuse(Partner.objects.for_page(request.user, "manage", "invite"), pk=pk)
    people = Affiliation.objects.current().for_page(request.user).filter(partner=partner).select_related("person")
    people = people.order_by("person__sort_name", "pk") if partner.can_manage else people.none()
    return render(request, "organisations/partner.html", {"partner": partner, "page": paged(request, people)})


def create_partner(request):
    """A new partner organisation, by whoever runs a network or the platform."""
    if not add_partner(request.user):
        raise PermissionDenied
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.create_partner(form, by=request.user))
    context = {
        "form": form,
        "title": _("New partner organisation"),
        "back": reverse("organisations:partners"),
        "back_label": _("Partners"),
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


@require_safe
def board_style(request, pk):
    """A board's own colour as a style sheet; the other tones follow from it."""
    colour = Board.objects.filter(pk=pk).values_list("primary_colour", flat=True).first()
    css = f":root {{ --primary: {colour}; }}\n" if colour else ""
    return HttpResponse(css, "text/css", headers={"Cache-Control": "private, max-age=86400"})
