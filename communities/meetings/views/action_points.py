"""Action points and try-outs: of a PLG, my own, one; also from a letter without signing in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.meetings import promises
from communities.meetings.actions import action_points as actions
from communities.meetings.choices import ActionState
from communities.meetings.forms.action_points import AgreeForm, DropForm, EditActionForm, TriedForm
from communities.meetings.models import ActionPoint, Meeting
from communities.meetings.views import by_mail
from communities.models import Community, Membership
from core import names
from core.files.serving import serve
from core.links import BadLink
from core.models import get_or_refuse
from core.refusals import attempt, way_back
from core.text import number

PER_PAGE = 30


def action_points(request, pk):
    """What a PLG promised each other: still open, done, or dropped."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "enter", pk=pk)
    state = request.GET.get("state")
    state = state if state in ActionState else ActionState.OPEN
    rows = ActionPoint.objects.for_list(request.user).filter(community=community, state=state)
    rows = rows.in_groups(F("due_on").asc(nulls_last=True)) if state == ActionState.OPEN else rows.order_by(
        F("answered_at").desc(nulls_last=True), "-pk"
    )  # fmt: skip
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "community": community,
        "state": state,
        "page": page,
        "query": f"&state={state}",
        "groups": promises.groups(page),
        "chips": _chips(community, state),
        "may_agree": community.can_take_part and not community.is_closed,
    }
    return render(request, "meetings/action_points.html", context)


def _chips(community, state):
    url = f"{_list_of(community.pk)}?state="
    words = {
        ActionState.OPEN: _("Still to do"),
        ActionState.DONE: _("Done"),
        ActionState.DROPPED: _("Dropped"),
    }
    return [{"label": label, "url": url + each, "current": each == state} for each, label in words.items()]


def _list_of(pk):
    return reverse("meetings:action_points", args=[pk])


def my_action_points(request):
    """What I promised, in all my PLGs: what is still open, and what I did."""
    mine = ActionPoint.objects.for_list(request.user).filter(person=request.user)
    done = mine.filter(state=ActionState.DONE).order_by("-answered_at", "-pk")
    context = {
        "open": list(mine.open()[:100]),
        "done": Paginator(done, 10).get_page(request.GET.get("page")),
    }
    return render(request, "meetings/my_action_points.html", context)


def action_point(request, pk):
    """One promise: who, by when, how it went."""
    point = _point(request, "view", pk)
    return render(request, "meetings/action_point.html", {"point": point, "form": TriedForm(point=point)})


def _point(request, power, pk):
    return get_or_refuse(ActionPoint.objects.for_list(request.user), power, pk=pk)


def agree(request, pk):
    """Write down what one, several or everybody will do."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "take_part", pk=pk)
    wished = number(request.GET.get("meeting", ""))
    meeting = Meeting.objects.filter(community=community, pk=wished).first()
    form = AgreeForm(request.POST or None, community=community, meeting=meeting)
    if form.is_valid():
        data = form.cleaned_data | {"by": request.user, "meeting": meeting}
        if points := attempt(form, actions.agree, community, **data):
            messages.success(request, _("It is agreed."))
            names.remark(request, form, reverse("meetings:edit_action", args=[points[0].pk]))
            return redirect(meeting or _list_of(points[0].community_id))
    context = {"community": community, "meeting": meeting, "form": form}
    return render(request, "meetings/agree.html", context, status=422 if form.is_bound else 200)


@require_POST
def answer_action(request, pk):
    """Say how it went: one tap, and a sentence and a photo if one likes."""
    point = _point(request, "answer", pk)
    form = TriedForm(request.POST, request.FILES, point=point)
    done = form.is_valid() and attempt(form, actions.answer, point, by=request.user, **form.cleaned_data)
    if request.htmx:
        point = _point(request, "answer", pk)
        context = {"point": point, "form": form, "just_now": done}
        return render(request, "meetings/action_point_mine.html", context, status=200 if done else 422)
    if done:
        messages.success(request, _("Your answer is kept."))
        names.remark(request, form, point.get_absolute_url())
        return redirect(way_back(request, point.get_absolute_url()))
    return render(request, "meetings/action_point.html", {"point": point, "form": form}, status=422)


def edit_action(request, pk):
    """Other words or another day."""
    point = _point(request, "edit", pk)
    form = EditActionForm(request.POST or None, point=point)
    if form.is_valid() and attempt(form, actions.edit, point, by=request.user, **form.cleaned_data):
        messages.success(request, _("The action point is changed."))
        names.remark(request, form, request.path)
        return redirect(point)
    context = {"point": point, "form": form}
    return render(request, "meetings/action_point_edit.html", context, status=422 if form.is_bound else 200)


def drop_action(request, pk):
    """It need not be done after all."""
    point = _point(request, "edit", pk)
    form = DropForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.drop, point, by=request.user, **form.cleaned_data):
        messages.success(request, _("It need not be done any more."))
        return redirect(point)
    context = {"point": point, "form": form}
    return render(request, "meetings/action_point_drop.html", context, status=422 if form.is_bound else 200)


def action_photo(request, pk):
    """The photo with an answer, for whoever sees the answer."""
    point = _point(request, "view", pk)
    if not point.photo:
        raise Http404
    return serve(request, point.photo, name=f"{_('photo')}-{point.pk}.jpg", media_type="image/jpeg")


@by_mail.opens(promises.KIND)
def act_by_mail(request, facts):
    """The same from a letter: a GET shows the promise and asks, a POST answers. No signing in."""
    point, membership = _behind(request, facts)
    with by_mail.in_her_language(membership):
        form = TriedForm(request.POST or None, request.FILES or None, point=point)
        if form.is_valid() and attempt(form, actions.answer, point, by=point.person, **form.cleaned_data):
            return redirect(request.path)
        context = {
            "point": point,
            "membership": membership,
            "form": form,
            "choices": sorted(point.my_choices, key=lambda choice: choice["value"] != facts.get("went")),
        }
        return render(request, "meetings/act_by_mail.html", context, status=422 if form.is_bound else 200)


def _behind(request, facts):
    """The promise and the member behind a link. Raises BadLink with the reason why it counts no more."""
    rows = ActionPoint.objects.select_related("person", "community", "meeting").filter(**by_mail.who(facts))
    point = rows.filter(pk=facts.get("point")).first()
    if point is None:
        raise BadLink(_("This action point no longer exists."))
    membership = by_mail.member(request, facts, Membership.objects.active().filter(community=point.community_id))
    if reason := point.why_not_answer:
        raise BadLink(reason)
    return point, membership
