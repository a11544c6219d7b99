"""The agenda of a meeting, proposals for it, and the backlog of a PLG."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.meetings import actions, agenda
from communities.meetings.choices import ItemState
from communities.meetings.forms import DropForm, ItemForm, PlaceForm, ProposalForm, ShortItemForm
from communities.meetings.models import AgendaItem, Meeting
from communities.models import Community
from communities.registry import tabs_of
from communities.rules import standing
from core import names, streams
from core.files.serving import serve
from core.models import get_or_refuse
from core.refusals import Refused, attempt, way_back


def agenda_of(request, pk):
    """What will be done, in order and with the clock; what is proposed; one line to add something."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "view", pk=pk)
    return render(request, "meetings/agenda_of.html", _context(request, meeting))


def _context(request, meeting, **more):
    items = agenda.items_of(meeting, request.user)
    takes_part = meeting.community_id in standing(request.user).member_of
    open_yet = not meeting.why_not_change
    return {
        "meeting": meeting,
        "agenda": items,
        "went_on": list(_went_on(request.user, meeting)) if meeting.is_over else [],
        "proposals": agenda.proposals_for(meeting, request.user) if takes_part and open_yet else [],
        "may_order": meeting.can_plan and open_yet,
        "may_finish": meeting.can_plan and meeting.has_begun and not meeting.is_cancelled,
        "may_propose": takes_part and open_yet,
        "removed": _removed(request, meeting) if meeting.can_plan and open_yet else None,
        "form": ShortItemForm(),
        "fill_url": f"{reverse('meetings:protocols')}?meeting={meeting.pk}",
        "stream_url": streams.of_page(request.user, f"meeting:{meeting.pk}"),
    } | more


def _went_on(user, meeting):
    """What was not done here and moved on."""
    return AgendaItem.objects.for_list(user).filter(carried_from=meeting).exclude(state=ItemState.DROPPED)


def _removed(request, meeting):
    """What was taken away a moment ago and can still be put back."""
    pk = request.GET.get("removed", "")
    rows = AgendaItem.objects.for_list(request.user).filter(meeting=meeting, state=ItemState.DROPPED)
    return rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 18 else None


def _item(request, pk, power):
    """One item with its meeting, or the right refusal."""
    rows = AgendaItem.objects.for_page(request.user, "edit", "plan").select_related(
        "meeting", "community", "protocol", "proposed_by"
    )
    return get_or_refuse(rows, power, pk=pk)


def _a_pk(request, name):
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 18 else 0


# One press on the agenda --------------------------------------------------------------------------


def _up(item, by, request):
    place = actions.shift_item(item, by=by, steps=-1)
    return _("%(title)s now stands in place %(place)d.") % {"title": item.title, "place": place}


def _down(item, by, request):
    place = actions.shift_item(item, by=by, steps=1)
    return _("%(title)s now stands in place %(place)d.") % {"title": item.title, "place": place}


def _moved(item, by, request):
    after = AgendaItem.objects.filter(pk=_a_pk(request, "after"), meeting=item.meeting_id).first()
    place = actions.move_item(item, by=by, after=after)
    return _("%(title)s now stands in place %(place)d.") % {"title": item.title, "place": place}


def _remove(item, by, request):
    actions.remove_item(item, by=by)
    return _("%(title)s is taken off the agenda.") % {"title": item.title}


def _restore(item, by, request):
    item = actions.restore_item(item, by=by)
    if not item.is_planned:
        return _("%(title)s is proposed again.") % {"title": item.title}
    return _("%(title)s stands on the agenda again.") % {"title": item.title}


def _done(item, by, request):
    actions.finish_item(item, by=by)
    return _("%(title)s is done.") % {"title": item.title}


def _undone(item, by, request):
    actions.finish_item(item, by=by, done=False)
    return _("%(title)s is not done yet.") % {"title": item.title}


PRESSES = {
    "up": _up, "down": _down, "moved": _moved, "remove": _remove, "restore": _restore, "done": _done,
    "undone": _undone,
}  # fmt: skip


@require_POST
def change_agenda(request, pk):
    """One press on a row: up, down, to a place, away, back, done. The whole list comes back."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    pressed = next((name for name in PRESSES if name in request.POST), None)
    rows = AgendaItem.objects.for_page(request.user, "plan").select_related("meeting")
    item = rows.filter(meeting=meeting, pk=_a_pk(request, pressed or "")).first()
    if item is None:
        raise Refused(_("This is not on the agenda any more. You see the agenda as it is now."))
    said = PRESSES[pressed](item, request.user, request)
    if request.htmx:
        context = _context(request, meeting, said=said, removed=item if pressed == "remove" else None)
        return render(request, "meetings/agenda_of.html#agenda", context)
    if pressed == "remove":
        return redirect(f"{_page(meeting)}?removed={item.pk}")
    messages.success(request, said)
    return redirect(_page(meeting))


def _page(meeting):
    return reverse("meetings:agenda_of", args=[meeting.pk])


# Items, one by one --------------------------------------------------------------------------------


def add_item(request, pk):
    """Put something on the agenda: in one line at its foot, or with all there is to say on a page of its own."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    if reason := meeting.why_not_change:
        raise Refused(reason)
    short = "short" in request.POST
    if short:
        form = ShortItemForm(request.POST)
    else:
        form = ItemForm(
            request.POST or None, request.FILES or None, community=meeting.community, meeting=meeting
        )  # fmt: skip
    if form.is_valid() and attempt(form, actions.add_item, meeting, by=request.user, **_data(form)):
        if not (short and request.htmx):
            messages.success(request, _("It stands on the agenda."))
            names.remark(request, form, _page(meeting))
            return redirect(_page(meeting))
        said = _("%(title)s stands on the agenda.") % {"title": form.cleaned_data["title"]}
        return render(request, "meetings/agenda_of.html#all", _context(request, meeting, said=said))
    status = 422 if form.is_bound else 200
    if short:
        template = "meetings/agenda_of.html#all" if request.htmx else "meetings/agenda_of.html"
        return render(request, template, _context(request, meeting, form=form), status=status)
    context = {"meeting": meeting, "form": form, "cancel_url": _page(meeting)}
    return render(request, "meetings/item_form.html", context, status=status)


def _data(form):
    return {name: value for name, value in form.cleaned_data.items() if name != "file"} | (
        {"file": form.cleaned_data["file"]} if form.cleaned_data.get("file") else {}
    )


def edit_item(request, pk):
    """All that an item says, for who leads; a member changes what she proposed."""
    item = _item(request, pk, "edit")
    if reason := item.why_not_change:
        raise Refused(reason)
    make = ItemForm if item.can_plan else ProposalForm
    more = {"community": item.community, "meeting": item.meeting} if item.can_plan else {}
    form = make(request.POST or None, request.FILES or None, instance=item, **more)
    if form.is_valid() and attempt(form, actions.edit_item, item, by=request.user, **_data(form)):
        messages.success(request, _("This is kept."))
        names.remark(request, form, request.path)
        return redirect(AgendaItem.objects.get(pk=item.pk))
    context = {"item": item, "meeting": item.meeting, "form": form, "cancel_url": item.get_absolute_url()}
    return render(request, "meetings/item_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_item(request, pk):
    """Take it away: off the agenda, or a proposal of one's own."""
    item = _item(request, pk, "edit")
    back = item.get_absolute_url()
    actions.remove_item(item, by=request.user)
    messages.success(request, _("%(title)s is taken away.") % {"title": item.title})
    return redirect(back)


def item(request, pk):
    """Where an item stands: on its agenda, or in the backlog."""
    return redirect(_item(request, pk, "view"))


def item_file(request, pk):
    """The file of an item, for whoever may see the item."""
    item = _item(request, pk, "view")
    if not item.attachment:
        raise Http404
    return serve(request, item.attachment, name=item.attachment_name, media_type=item.attachment_type)


# Proposals and the backlog ------------------------------------------------------------------------


def propose_item(request, pk):
    """A member says what she would like to talk about, at a meeting to come or some day."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "take_part", pk=pk)
    form = ProposalForm(request.POST or None)
    meeting = _meeting_asked(request, community)
    if form.is_valid() and attempt(
        form, actions.propose_item, community, by=request.user, meeting=meeting, **_data(form)
    ):
        messages.success(request, _("Thank you. The facilitator decides when you will talk about it."))
        return redirect(_page(meeting) if meeting else "meetings:backlog", *([] if meeting else [community.pk]))
    context = {"community": community, "meeting": meeting, "form": form}
    return render(request, "meetings/item_propose.html", context, status=422 if form.is_bound else 200)


def _meeting_asked(request, community):
    """The meeting to come that stands in the address, if it is of this PLG and she may see it."""
    pk = request.GET.get("meeting", "")
    if not (pk.isdecimal() and len(pk) < 18):
        return None
    rows = Meeting.objects.for_list(request.user).filter(community=community.pk).upcoming()
    return rows.filter(pk=int(pk)).first()


def backlog(request, pk):
    """What this PLG wants to talk about some day."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "enter", pk=pk)
    coming = list(Meeting.objects.filter(community=community).upcoming()[:6])
    context = {
        "community": community,
        "tabs": tabs_of(community, request.user, "meetings"),
        "items": list(AgendaItem.objects.for_list(request.user).backlog(community)),
        "meetings": coming,
    }
    return render(request, "meetings/backlog.html", context)


@require_POST
def place_item(request, pk):
    """Put a proposal on the agenda of a meeting to come."""
    item = _item(request, pk, "plan")
    form = PlaceForm(request.POST, community=item.community)
    if not form.is_valid():
        raise Refused(_("Choose a meeting to come of this PLG."))
    meeting = form.cleaned_data["meeting"]
    actions.place_item(item, by=request.user, meeting=meeting)
    messages.success(request, _("It stands on the agenda of %(when)s.") % {"when": meeting.when})
    return redirect(way_back(request, _page(meeting)))


@require_POST
def keep_item(request, pk):
    """Not now, perhaps later: into the backlog."""
    item = _item(request, pk, "plan")
    back = item.get_absolute_url()
    actions.keep_item(item, by=request.user)
    messages.success(request, _("It is kept for later."))
    return redirect(back)


def drop_item(request, pk):
    """We will not do this, with a word for whoever proposed it."""
    item = _item(request, pk, "plan")
    if reason := item.why_not_change:
        raise Refused(reason)
    form = DropForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.drop_item, item, by=request.user, **form.cleaned_data):
        messages.success(request, _("It is taken away."))
        return redirect(item.get_absolute_url())
    return render(request, "meetings/item_drop.html", {"item": item, "form": form}, status=422 if form.errors else 200)
