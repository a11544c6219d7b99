"""Requests to take part: what they mean, and the answer."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.models import get_or_refuse
from organisations import actions
from organisations.models import Joining


def _found(request, pk, power="view"):
    return get_or_refuse(Joining.objects.for_detail(request.user), power, pk=pk)


@require_safe
def joining(request, pk):
    """Who asks, and what a yes would change."""
    joining = _found(request, pk)
    context = {"joining": joining, "schools": list(joining.schools.order_by("sort_name"))}
    return render(request, "organisations/joining.html", context)


@require_POST
def accept_joining(request, pk):
    """Yes."""
    joining = _found(request, pk, "answer")
    actions.accept_joining(joining, by=request.user)
    messages.success(request, _("You said yes. %(asker)s hears of it.") % {"asker": joining.asker})
    return redirect(joining)


@require_POST
def decline_joining(request, pk):
    """No."""
    joining = _found(request, pk, "answer")
    actions.decline_joining(joining, by=request.user)
    messages.success(request, _("You said no. Nothing changes."))
    return redirect(joining)


@require_POST
def withdraw_joining(request, pk):
    """Taken back by who asked."""
    joining = _found(request, pk, "withdraw")
    actions.withdraw_joining(joining, by=request.user)
    messages.success(request, _("The request is taken back."))
    return redirect(joining.asker)
