"""The facilitator's cockpit, and a word to one member."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.meetings import cockpit as reading
from communities.meetings.actions import leading as actions
from communities.meetings.forms.leading import NudgeForm
from communities.models import Membership
from core.models import get_or_refuse
from core.refusals import attempt


def cockpit(request):
    """Every PLG one leads, with what would help it now."""
    rows = reading.rows(request.user)
    waiting = sum(len(row.hints) for row in rows)
    return render(request, "meetings/cockpit.html", {"rows": rows, "waiting": waiting})


def nudge(request, pk):
    """A prepared message to one member, to copy, adapt and send oneself."""
    rows = Membership.objects.for_page(request.user, "manage").select_related("person", "community", "school")
    membership = get_or_refuse(rows, "manage", pk=pk)
    if actions.why_not_nudge(membership, request.user):
        raise Http404
    ready = {"text": reading.prepared_words(membership, request.user)}
    form = NudgeForm(request.POST or None, initial=ready)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, actions.nudge, membership, by=request.user, text=form.cleaned_data["text"]):
        messages.success(request, _("Your message goes to %(name)s.") % {"name": membership.called})
        return redirect("meetings:cockpit")
    context = {"form": form, "membership": membership}
    return render(request, "meetings/cockpit_nudge.html", context, status=422 if form.is_bound else 200)
