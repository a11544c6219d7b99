"""Who works where, and who may manage what."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity import looks
from core.models import FETCH_MODE, get_or_refuse
from core.refusals import attempt
from core.text import number, sort_key
from organisations import actions
from organisations.choices import Function, RoleKind
from organisations.forms import AffiliationForm, EndForm, FunctionForm, RoleForm
from organisations.models import Affiliation, Board, Network, Partner, Role, School
from organisations.recovery import may_reset
from organisations.rules import add_people, meet_people, run_platform, standing
from organisations.views.places import query_of
from people.actions import owner_of
from people.models import User

PER_PAGE = 30
PLACES = {"board": Board, "school": School, "network": Network, "partner": Partner}
#: Which roles are given at which kind of place.
ROLES_AT = {
    "board": (RoleKind.BOARD_ADMIN, RoleKind.CONFIDANT),
    "school": (RoleKind.SCHOOL_LEADER, RoleKind.PLANNER),
    "network": (RoleKind.NETWORK_ADMIN, RoleKind.CONNECTOR),
}


def _refuse_strangers(user):
    if not meet_people(user):
        raise PermissionDenied


FILTERS = ("q", "board", "school", "function", "joined")


def found_by(user, asked):
    """Who works where this user has a say and fits what the list was asked for, and the places by which she does."""
    chosen = {name: asked.get(name, "") for name in FILTERS}
    seen = Affiliation.objects.current().allowing(user, "view")
    if board := number(chosen["board"]):
        seen = seen.filter(Q(board=board) | Q(school__board=board))
    if school := number(chosen["school"]):
        seen = seen.filter(school=school)
    if chosen["function"] in Function.values:
        seen = seen.filter(function=chosen["function"])
    rows = User.objects.filter(Exists(seen.filter(person=OuterRef("pk"))), is_active=True)
    for word in sort_key(chosen["q"][:80]).split():
        rows = rows.filter(Q(sort_name__contains=word) | Q(email__contains=word))
    if chosen["joined"] == "no":
        rows = rows.filter(joined_at=None)
    return rows, seen


@require_safe
def people(request):
    """Everybody who works where this user has a say; found by name, address, school, board or function."""
    _refuse_strangers(request.user)
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    rows, _places = found_by(request.user, request.GET)
    shown = Affiliation.objects.current().allowing(request.user, "view").select_related("school", "board", "partner")
    rows = rows.prefetch_related(Prefetch("affiliations", shown, "places")).order_by("sort_name", "pk")
    picking = "pick" in request.GET and standing(request.user).manages
    page = Paginator(rows.fetch_mode(FETCH_MODE), PER_PAGE).get_page(request.GET.get("page"))
    looks.note(request.user, page.object_list, "organisations.people")
    context = {
        "page": page,
        "chosen": chosen,
        "functions": Function.choices,
        "boards": list(Board.objects.allowing(request.user, "manage").order_by("sort_name")[:12]),
        "mine": standing(request.user),
        "query": query_of(**chosen, pick=picking and "1"),
        "picking": picking,
    }
    return render(request, "organisations/people.html", context)


@require_safe
def person(request, pk):
    """One person: where she works and what she may manage. That this page was opened, she can see."""
    person, affiliations, roles = _seen(request.user, pk)
    looks.note(request.user, [person], "organisations.person")
    return _person(request, person, affiliations, roles)


def _seen(user, pk):
    """The person with what this user may see of her; 404 when that is nothing."""
    _refuse_strangers(user)
    person = get_object_or_404(User, pk=pk)
    affiliations = Affiliation.objects.for_page(user, "manage").filter(person=person)
    affiliations = list(affiliations.select_related("school", "board", "partner").order_by("ended_at", "-from_on"))
    roles = Role.objects.for_page(user, "end").filter(person=person, ended_at=None)
    roles = list(roles.select_related("school", "board", "network"))
    if not (affiliations or roles or run_platform(user)):
        raise Http404
    return person, affiliations, roles


def _person(request, person, affiliations, roles, status=200, **more):
    context = {
        "person": person,
        "affiliations": [row for row in affiliations if not row.ended_at],
        "former": [row for row in affiliations if row.ended_at],
        "roles": roles,
        "may_add": add_people(request.user),
        "is_self": person == request.user,
        "may_reset": person.has_joined and User.objects.filter(may_reset(request.user), pk=person.pk).exists(),
        "form": AffiliationForm(),
    }
    return render(request, "organisations/person.html", context | more, status=status)


@require_POST
def add_affiliation(request, pk):
    """A second school for somebody, or a first one again."""
    person, affiliations, roles = _seen(request.user, pk)
    form = AffiliationForm(request.POST)
    if form.is_valid():
        school = form.cleaned_data["school"]
        get_or_refuse(School.objects.for_page(request.user, "manage"), "manage", pk=school.pk)
        days = {name: form.cleaned_data[name] for name in ("from_on", "until_on")}
        if attempt(
            form,
            actions.add_affiliation,
            person,
            school,
            form.cleaned_data["function"],
            by=request.user,
            **days,
        ):
            messages.success(request, _("%(person)s works at %(place)s now.") % {"person": person, "place": school})
            return redirect("organisations:person", pk)
    return _person(request, person, affiliations, roles, status=422, form=form)


def _managed(request, pk):
    rows = Affiliation.objects.for_page(request.user, "manage").select_related("person", "school", "board", "partner")
    return get_or_refuse(rows, "manage", pk=pk)


def change_function(request, pk):
    """What somebody does at a place."""
    affiliation = _managed(request, pk)
    form = FunctionForm(request.POST or None, instance=affiliation)
    if request.method == "POST" and form.is_valid():
        function, title = form.cleaned_data["function"], form.cleaned_data["title"]
        actions.change_function(affiliation, function, title=title, by=request.user)
        messages.success(request, _("Saved. %(person)s gets a message.") % {"person": affiliation.person})
        return redirect("organisations:person", affiliation.person_id)
    return _affiliation_form(request, affiliation, form, _("Change function"), _("Save"))


def end_affiliation(request, pk):
    """The last day of somebody at a place; this page says first what will follow."""
    affiliation = _managed(request, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["until_on"]
        if attempt(form, actions.end_affiliation, affiliation, by=request.user, until_on=day):
            messages.success(request, _("Saved. %(person)s gets a message.") % {"person": affiliation.person})
            return redirect("organisations:people")
    title = _("%(person)s leaves %(place)s") % {"person": affiliation.person, "place": affiliation.place}
    follows = {
        "is_last": not affiliation.person.affiliations.current().exclude(pk=affiliation.pk).exists(),
        "why_not": "" if form.errors else actions.why_not_end(affiliation, by=request.user),
    }
    return _affiliation_form(request, affiliation, form, title, _("Set the last day"), ends=True, **follows)


def _affiliation_form(request, affiliation, form, title, submit, **more):
    context = {
        "form": form,
        "title": title,
        "submit": submit,
        "back": reverse("organisations:person", args=[affiliation.person_id]),
        "back_label": str(affiliation.person),
    }
    return render(request, "organisations/form.html", context | more, status=422 if form.errors else 200)


# Roles -----------------------------------------------------------------------------------------
def give_role(request, where, pk):
    """Name somebody for a role at this board, school or network."""
    if where not in ROLES_AT:
        raise Http404
    model, kinds = PLACES[where], ROLES_AT[where]
    rows = model.objects.for_page(request.user)
    place = get_or_refuse(rows.select_related("board") if model is School else rows, pk=pk)
    kinds = [kind for kind in kinds if actions.roles.may_give(request.user, kind, place)]
    if not kinds:
        raise PermissionDenied
    return _give(request, kinds, place, place.get_absolute_url(), str(place))


def platform(request):
    """Who runs the platform; its administrators name each other."""
    if not run_platform(request.user):
        raise PermissionDenied
    rows = Role.objects.current().for_page(request.user, "end").filter(kind=RoleKind.PLATFORM_ADMIN)
    roles = list(rows.select_related("person").order_by("person__sort_name"))
    form = RoleForm(request.POST or None, kinds=[RoleKind.PLATFORM_ADMIN])
    if request.method == "POST" and _given(request, form, None):
        return redirect("organisations:platform")
    context = {"roles": roles, "form": form}
    return render(request, "organisations/platform.html", context, status=422 if form.errors else 200)


def _give(request, kinds, place, back, back_label):
    email = request.GET.get("email", "")
    form = RoleForm(request.POST or None, kinds=kinds, initial={"email": email, "kind": request.GET.get("kind")})
    if request.method == "POST" and _given(request, form, place):
        return redirect(back)
    context = {
        "form": form,
        "title": _("Give a role at %(place)s") % {"place": place},
        "submit": _("Give this role"),
        "back": back,
        "back_label": back_label,
        "note": _("The person gets a message, and it stands in the journal. Nobody gives a role to oneself."),
    }
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)


def _given(request, form, place):
    """True when the role of a valid form was given."""
    if not form.is_valid():
        return False
    person = owner_of(form.cleaned_data["email"])
    if person is None:
        form.add_error("email", _("Nobody has an account with this address. Invite this person first."))
        return False
    kind = form.cleaned_data["kind"]
    if not attempt(form, actions.give_role, person, kind, place, by=request.user):
        return False
    words = {"person": person, "role": RoleKind(kind).label}
    messages.success(request, _("%(person)s is %(role)s now, and gets a message.") % words)
    return True


@require_POST
def end_role(request, pk):
    """Take a role back."""
    rows = Role.objects.current().for_page(request.user, "end").select_related("person", "school", "board", "network")
    role = get_or_refuse(rows, "end", pk=pk)
    actions.end_role(role, by=request.user)
    messages.success(request, _("This role has ended. %(person)s gets a message.") % {"person": role.person})
    place = role.place
    return redirect(place or "organisations:platform")
