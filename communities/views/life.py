"""Starting a PLG and moving it through its life."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities import actions
from communities.choices import Theme
from communities.forms import CloseForm, EditForm, StartForm
from communities.models import Community
from core.models import get_or_refuse
from core.refusals import attempt


def start(request):
    """One page: the learning question first, the rest with good defaults."""
    theme = request.GET.get("theme", "")
    form = StartForm(request.POST or None, user=request.user, initial={"theme": theme if theme in Theme else ""})
    if request.method == "POST" and form.is_valid():
        community = actions.start(form.save(commit=False), by=request.user)
        messages.success(request, _("Your PLG is there. Open it for members when you are ready."))
        return redirect(community)
    return _form(request, "communities/start.html", form)


def edit(request, pk):
    community = _led(request, pk)
    form = EditForm(request.POST or None, instance=community, user=request.user)
    if request.method == "POST" and form.is_valid() and attempt(form, actions.edit, form, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(community)
    return _form(request, "communities/edit.html", form, community=_led(request, pk))


@require_POST
def recruit(request, pk):
    actions.recruit(_led(request, pk), by=request.user)
    messages.success(request, _("Your PLG is open for members. Invite people you would like to have in it."))
    return redirect("communities:members", pk)


@require_POST
def begin(request, pk):
    actions.begin(_led(request, pk), by=request.user)
    messages.success(request, _("Your PLG has begun."))
    return redirect("communities:home", pk)


@require_POST
def rest(request, pk):
    actions.rest(_led(request, pk), by=request.user)
    messages.success(request, _("Your PLG is paused. Nobody joins and nothing is planned until it goes on."))
    return redirect("communities:home", pk)


@require_POST
def resume(request, pk):
    actions.resume(_led(request, pk), by=request.user)
    messages.success(request, _("Your PLG goes on."))
    return redirect("communities:home", pk)


def close(request, pk):
    """A page of its own, because it cannot be undone: with what was learned."""
    community = _led(request, pk)
    form = CloseForm(request.POST or None, instance=community)
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        if attempt(form, actions.close, community, by=request.user, outcome=outcome):
            messages.success(request, _("Your PLG is completed. Its pages stay readable for its members."))
            return redirect(community)
    return _form(request, "communities/close.html", form, community=_led(request, pk))


def _led(request, pk):
    """The PLG, for whoever facilitates it."""
    return get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)


def _form(request, template, form, **context):
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
