"""Networks: boards and schools that learn together, across boards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.models import get_or_refuse
from core.refusals import attempt
from core.text import number
from organisations import actions
from organisations.forms import AddBoardForm, AddSchoolForm, NetworkForm
from organisations.models import Board, Joining, Network, Role, School
from organisations.rules import add_network


@require_safe
def networks(request):
    """The networks this person belongs to or runs."""
    rows = Network.objects.for_page(request.user, "manage")
    rows = rows.annotate(boards_count=Count("boards", distinct=True), schools_count=Count("schools", distinct=True))
    page = Paginator(rows.order_by("sort_name", "pk"), 30).get_page(request.GET.get("page"))
    return render(request, "organisations/networks.html", {"page": page, "may_add": add_network(request.user)})


def create_network(request):
    """A new network, by the platform."""
    if not add_network(request.user):
        raise PermissionDenied
    form = NetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.create_network(form, by=request.user))
    back = reverse("organisations:networks")
    return _form(request, form, _("New network"), back, _("Networks"))


def _form(request, form, title, back, back_label):
    context = {"form": form, "title": title, "back": back, "back_label": back_label}
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


@require_safe
def network(request, pk):
    """A network: who takes part, who runs it."""
    return _network(request, _found(request, pk))


def _found(request, pk, power="view"):
    rows = Network.objects.for_page(request.user, "manage", "give_network_admin")
    return get_or_refuse(rows, power, pk=pk)


def _network(request, network, status=200, **forms):
    roles = Role.objects.current().with_powers(request.user, "end").filter(network=network).select_related("person")
    boards = network.boards.annotate(schools_open=Count("schools", filter=Q(schools__gone_at=None)))
    context = {
        "network": network,
        "boards": list(boards.order_by("sort_name")),
        "schools": list(network.schools.select_related("board").order_by("sort_name")),
        "roles": list(roles.order_by("person__sort_name")),
        "joinings": list(network.joinings.open().for_detail(request.user)) if network.can_manage else [],
        "board_form": AddBoardForm(),
        "school_form": AddSchoolForm(),
    }
    return render(request, "organisations/network.html", context | forms, status=status)


def edit_network(request, pk):
    """Name and purpose of a network."""
    network = _found(request, pk, "manage")
    form = NetworkForm(request.POST or None, instance=network)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.edit(form, by=request.user))
    return _form(request, form, _("Change network"), network.get_absolute_url(), _("Network"))


@require_POST
def join_network(request, pk):
    """A board, or a single school, is asked to take part."""
    network = _found(request, pk, "manage")
    name, form_class = ("school", AddSchoolForm) if "add_school" in request.POST else ("board", AddBoardForm)
    form = form_class(request.POST)
    if not form.is_valid():
        return _network(request, network, status=422, **{f"{name}_form": form})
    place = form.cleaned_data[name]
    with_form = attempt(form, actions.ask_to_join, network, place, by=request.user)
    if not with_form:
        return _network(request, network, status=422, **{f"{name}_form": form})
    asked = isinstance(with_form, Joining)
    sentence = _("We asked %(place)s. You hear when there is an answer.") if asked else _("%(place)s takes part now.")
    messages.success(request, sentence % {"place": place})
    return redirect(network)


@require_POST
def leave_network(request, pk):
    """A board or school takes part no longer: who runs the network says so, or who runs the place."""
    network = _found(request, pk)
    model, key = (School, "school") if "school" in request.POST else (Board, "board")
    value = request.POST.get(key, "")
    rows = model.objects.for_page(request.user, "manage")
    place = get_object_or_404(rows, pk=number(value, 0))
    if not (network.can_manage or place.can_manage):
        raise PermissionDenied
    actions.leave_network(network, place, by=request.user)
    messages.success(request, _("%(place)s takes part no longer.") % {"place": place})
    return redirect(network if network.can_manage else place)
