"""One meeting: its page, and what its facilitator does with it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.choices import Role
from communities.meetings import actions, agenda, freeing, outcome, planner, rollcall, running
from communities.meetings.forms import CancelForm, ContentFields, GuestForm, MomentForm
from communities.meetings.models import Meeting
from communities.models import Membership
from communities.rules import standing
from core import streams
from core.models import get_or_refuse
from core.refusals import attempt
from core.text import number


def detail(request, pk):
    """What we will do, when and where, what to prepare, and who comes."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "view", pk=pk)
    who = rollcall.groups(meeting)
    guest_form = GuestForm(meeting=meeting) if meeting.can_plan and not meeting.why_not_change else None
    context = {
        "meeting": meeting,
        "agenda": agenda.items_of(meeting, request.user),
        "may_order": meeting.can_plan and not meeting.why_not_change,
        "may_propose": meeting.community_id in standing(request.user).member_of and not meeting.why_not_change,
        "who": who,
        "guest_form": guest_form,
        "may_invite": guest_form and guest_form.fields["guest"].queryset.exists(),
        "guests": [line for line in who["lines"] if line.is_guest] if guest_form else [],
        "sees_reasons": sees_reasons(request.user, meeting),
        "where": "page",
        "outcome": outcome.of(meeting, request.user),
        "session": running.door(meeting),
        "room": freeing.door(meeting, request.user),
        "stream_url": streams.of_page(request.user, f"meeting:{meeting.pk}"),
    }
    return render(request, "meetings/detail.html", context)


def people(request, pk):
    """The part of the page that tells who comes, fetched anew when somebody answers."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "view", pk=pk)
    context = {
        "meeting": meeting,
        "who": rollcall.groups(meeting),
        "sees_reasons": sees_reasons(request.user, meeting),
    }
    return render(request, "meetings/detail.html#people", context)


def sees_reasons(user, meeting):
    """Why somebody cannot come is for the members, not for a guest or for who left and reads on."""
    return meeting.community_id in standing(user).member_of


def edit(request, pk):
    """What we will do, what to prepare, and where."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    form = ContentFields(request.POST or None, instance=meeting, community=meeting.community)
    if form.is_valid() and attempt(form, actions.edit, meeting, by=request.user, **form.cleaned_data):
        messages.success(request, _("The meeting is kept."))
        return redirect(meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/edit.html", context, status=422 if form.is_bound else 200)


def move(request, pk):
    """Another day or hour; the page says first whom that touches."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    form = MomentForm(request.POST or None, instance=meeting)
    if form.is_valid() and attempt(form, actions.move, meeting, by=request.user, **form.cleaned_data):
        messages.success(request, _("The meeting is moved. Everybody hears of it."))
        warn(request, meeting.community, form.cleaned_data["held_on"])
        return redirect(meeting)
    who = rollcall.groups(meeting)
    context = {"meeting": meeting, "form": form, "answered": [line.name for line in who["coming"] + who["absent"]]}
    return render(request, "meetings/move.html", context, status=422 if form.is_bound else 200)


def warn(request, community, held_on):
    """Say what stands in the way of a date that was chosen by hand."""
    for sentence in planner.facing(planner.company(community), held_on):
        messages.warning(request, sentence)


def cancel(request, pk):
    """Call it off, after a page that says whom that touches."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    form = CancelForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.cancel, meeting, by=request.user, **form.cleaned_data):
        messages.success(request, _("The meeting is cancelled. Everybody hears of it."))
        return redirect(meeting)
    context = {"meeting": meeting, "form": form, "who": rollcall.groups(meeting)}
    return render(request, "meetings/cancel.html", context, status=422 if form.is_bound else 200)


@require_POST
def invite_guest(request, pk):
    """A guest of the PLG comes to this one meeting."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    form = GuestForm(request.POST, meeting=meeting)
    if form.is_valid() and attempt(form, actions.invite_guest, meeting, by=request.user, **form.cleaned_data):
        messages.success(request, _("The guest is invited."))
    else:
        messages.warning(request, _("Choose a guest of this PLG."))
    return redirect(meeting)


@require_POST
def release_guest(request, pk):
    """A guest does not come after all."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    pk = request.POST.get("guest", "")
    guests = Membership.objects.filter(community=meeting.community_id, role=Role.GUEST).select_related("person")
    guest = get_object_or_404(guests, pk=number(pk, 0))
    actions.release_guest(meeting, by=request.user, guest=guest)
    messages.success(request, _("The guest is no longer invited."))
    return redirect(meeting)
