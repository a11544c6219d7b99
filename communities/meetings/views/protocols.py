"""Ways of working: the library and a PLG's own copies, to find, use, change and print."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communities.meetings import actions, carrying
from communities.meetings.forms import CopyForm, ProtocolForm, SearchForm, Steps, UseForm
from communities.meetings.models import Meeting, Protocol
from communities.models import Community
from communities.rules import standing
from core.models import get_or_refuse
from core.refusals import Refused, attempt


def protocols(request):
    """All ways of working, one's own first, by words, people and time."""
    form = SearchForm(request.GET or None)
    asked = form.asked if form.is_bound else {}
    rows = Protocol.objects.for_page(request.user).select_related("community").own_first()
    found = list(rows.search(asked.get("words") or "", people=asked.get("people"), minutes=asked.get("minutes")))
    context = {
        "form": form,
        "found": found,
        "asked": any(asked.values()),
        "meeting": _meeting(request),
        "own": [row for row in found if row.is_own],
        "library": [row for row in found if not row.is_own],
        "examples": [_("design"), _("video"), _("case"), _("feedback")],
        "near": list(rows.search(asked.get("words") or "")[:3]) if not found and asked.get("words") else [],
    }
    template = "meetings/protocols.html#found" if request.htmx else "meetings/protocols.html"
    return render(request, template, context)


def _meeting(request):
    """The meeting for which one is looking, if she leads it and it is still to come."""
    pk = request.GET.get("meeting", "")
    if not (pk.isdecimal() and len(pk) < 18):
        return None
    return _mine(request.user).filter(pk=int(pk)).first()


def _mine(user):
    """Meetings to come that this person may fill."""
    rows = Meeting.objects.allowing(user, "plan").select_related("community", "school")
    return rows.upcoming()


def protocol(request, pk):
    """One way of working: what it is good for, its roles, its steps with their minutes."""
    row = _protocol(request, "view", pk)
    context = {
        "protocol": row,
        "lines": row.timed_steps,
        "meeting": _meeting(request),
        "may_use": _mine(request.user).exists() if standing(request.user).leads else False,
        "copy_for": list(_my_communities(request.user)),
    }
    return render(request, "meetings/protocol.html", context)


def _protocol(request, power, pk):
    rows = Protocol.objects.for_page(request.user, "edit").select_related("community", "copied_from", "created_by")
    return get_or_refuse(rows, power, pk=pk)


def _my_communities(user):
    return Community.objects.filter(pk__in=standing(user).member_of).exclude(state="closed").order_by("sort_name", "pk")


def use_protocol(request, pk):
    """Fill the agenda of a meeting; the page shows first what will stand there, and what stands there now."""
    row = _protocol(request, "view", pk)
    meetings = list(_mine(request.user))
    if not meetings:
        raise Refused(_("You lead no meeting that is still to come. Plan one first."))
    form = UseForm(request.POST or None, meetings=_mine(request.user))
    meeting = _meeting(request) or meetings[0]
    if form.is_valid():
        meeting = form.cleaned_data["meeting"]
        deed = {"replace": form.cleaned_data["replace"], "fit": form.cleaned_data["fit"]}
        if items := attempt(form, actions.use_protocol, row, meeting, by=request.user, **deed):
            count = len(items)
            said = ngettext("%(count)d step stands on the agenda.", "%(count)d steps stand on the agenda.", count)
            messages.success(request, said % {"count": count})
            return redirect("meetings:agenda_of", meeting.pk)
    stands = carrying.in_order(meeting)
    context = {
        "protocol": row,
        "form": form,
        "meeting": meeting,
        "meetings": meetings,
        "stands": stands,
        "fits": sum(item.minutes for item in stands) + row.minutes == meeting.minutes,
        "lines": row.timed_steps,
    }
    return render(request, "meetings/protocol_use.html", context, status=422 if form.errors else 200)


@require_POST
def copy_protocol(request, pk):
    """A copy that a PLG of mine may change."""
    row = _protocol(request, "view", pk)
    form = CopyForm(request.POST, communities=_my_communities(request.user))
    if not form.is_valid():
        raise Refused(_("Choose one of your PLGs."))
    copy = actions.copy_protocol(row, form.cleaned_data["community"], by=request.user)
    messages.success(request, _("This copy is of your PLG. Change what you like."))
    return redirect("meetings:edit_protocol", copy.pk)


def edit_protocol(request, pk):
    """Change a copy. Moving, adding and taking away steps works without script: the form comes back rearranged."""
    row = _protocol(request, "edit", pk)
    form = ProtocolForm(request.POST or None, instance=row)
    steps = Steps(request.POST) if request.method == "POST" else Steps(steps=row.steps)
    status = 200
    if request.method == "POST" and steps.deed:
        form = ProtocolForm(instance=row, initial=form.data.dict())
        steps.untouched()
        if request.htmx:
            return render(request, "meetings/protocol_edit.html#steps", {"protocol": row, "steps": steps})
    elif request.method == "POST":
        fine = all([form.is_valid(), steps.is_valid()])
        if fine and not len(steps):
            form.add_error(None, _("A way of working has at least one step."))
            fine = False
        if fine and attempt(
            form, actions.edit_protocol, row, by=request.user, **form.cleaned_data, steps=steps.cleaned
        ):  # fmt: skip
            messages.success(request, _("This is kept. Agendas that you filled before stay as they are."))
            return redirect("meetings:protocol", row.pk)
        status = 422
    context = {"protocol": row, "form": form, "steps": steps}
    return render(request, "meetings/protocol_edit.html", context, status=status)


def revert_protocol(request, pk):
    """Back to the original, after a page that says what goes."""
    row = _protocol(request, "edit", pk)
    if reason := row.why_not_revert:
        raise Refused(reason)
    if request.method == "POST":
        actions.revert_protocol(row, by=request.user)
        messages.success(request, _("This is the original again."))
        return redirect("meetings:protocol", row.pk)
    return render(request, "meetings/protocol_revert.html", {"protocol": row})


@require_POST
def delete_protocol(request, pk):
    """Take a copy of one's own away."""
    row = _protocol(request, "edit", pk)
    actions.delete_protocol(row, by=request.user)
    messages.success(request, _("The copy is gone. Agendas that you filled before stay as they are."))
    return redirect("meetings:protocols")
