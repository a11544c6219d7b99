"""Who makes the programme: rooms, slots, the planner, sessions, and the release."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.links import address
from core.models import FETCH_MODE, get_or_refuse
from core.refusals import attempt
from core.text import number
from events import planning, releases
from events.actions import programme as deeds
from events.actions import releasing
from events.forms import programme as forms
from events.models import Contribution, Event, Room, Session, Slot
from events.views.calling import event_of


def _row(request, model, pk):
    """One row of an event that she organises."""
    beside = ("slot", "room") if model is Session else ()
    rows = model.objects.for_page(request.user, "organise").select_related("event", *beside)
    return get_or_refuse(rows, "organise", pk=pk)


# Rooms and slots ----------------------------------------------------------------------------------


def rooms(request, pk):
    """The rooms, and one more."""
    event = event_of(request, pk, "organise")
    form = forms.RoomForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and attempt(form, deeds.add_room, event, by=request.user, **form.cleaned_data):
        return redirect("events:rooms", event.pk)
    context = {"event": event, "form": form, "rooms": event.rooms.all()}
    return render(request, "events/rooms.html", context, status=422 if form.is_bound else 200)


def edit_room(request, pk):
    """Another name, or more seats."""
    room = _row(request, Room, pk)
    form = forms.RoomForm(request.POST if request.method == "POST" else None, room=room)
    if form.is_bound and form.is_valid() and attempt(form, deeds.edit_room, room, by=request.user, **form.cleaned_data):
        return redirect("events:rooms", room.event_id)
    context = {"event": room.event, "form": form, "room": room}
    return render(request, "events/room.html", context, status=422 if form.is_bound else 200)


def remove_room(request, pk):
    """Away with it, after a page that says what stands in it."""
    room = _row(request, Room, pk)
    if request.method == "POST":
        count = deeds.remove_room(room, by=request.user, agreed="agreed" in request.POST)
        messages.success(request, _("The room is gone. Give %(n)s sessions another room.") % {"n": count} if count
                         else _("The room is gone."))  # fmt: skip
        return redirect("events:planner" if count else "events:rooms", room.event_id)
    context = {
        "event": room.event,
        "room": room,
        "says": deeds.why_not_remove_room(room),
        "sessions": room.sessions.select_related("slot").fetch_mode(FETCH_MODE),
    }
    return render(request, "events/remove_room.html", context)


def slots(request, pk):
    """The hours, and one more."""
    event = event_of(request, pk, "organise")
    form = forms.SlotForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_bound and form.is_valid() and attempt(form, deeds.add_slot, event, by=request.user, **form.said):
        return redirect("events:slots", event.pk)
    context = {"event": event, "form": form, "slots": event.slots.all()}
    return render(request, "events/slots.html", context, status=422 if form.is_bound else 200)


def edit_slot(request, pk):
    """Another hour; whom that takes a place from is said first."""
    slot = _row(request, Slot, pk)
    posted = request.POST if request.method == "POST" else None
    form = forms.SlotForm(posted, event=slot.event, slot=slot)
    if form.is_bound and form.is_valid() and attempt(form, deeds.edit_slot, slot, by=request.user, **form.cleaned_data):
        return redirect("events:slots", slot.event_id)
    context = {"event": slot.event, "form": form, "slot": slot, "seats": _seated(slot)}
    return render(request, "events/slot.html", context, status=422 if form.is_bound else 200)


def _seated(slot):
    return sum(slot.sessions.values_list("taken", flat=True))


@require_POST
def remove_slot(request, pk):
    """Away with an empty slot."""
    slot = _row(request, Slot, pk)
    deeds.remove_slot(slot, by=request.user)
    return redirect("events:slots", slot.event_id)


# The planner --------------------------------------------------------------------------------------


def planner(request, pk):
    """Slots down, rooms across, and beside it what is not placed yet; `?move=` opens the boxes for one of them."""
    event = event_of(request, pk, "organise")
    moving = _moving(event, request.GET.get("move", ""))
    form = forms.PlaceForm(event=event, initial=_stands(moving)) if moving else None
    return render(request, "events/planner.html", _board(event) | _boxes(moving, form))


def _boxes(moving, form):
    key = f"{type(moving).__name__.lower()}-{moving.pk}" if moving else ""
    return {"moving": moving, "moving_key": key, "form": form}


def _moving(event, key):
    """The session or contribution that `session-12` or `contribution-5` names, or None."""
    kind, _dash, pk = key.partition("-")
    if kind == "session":
        return event.sessions.filter(pk=number(pk)).first()
    if kind == "contribution":
        return event.contributions.filter(pk=number(pk)).first()
    return None


def _stands(row):
    return {"slot": row.slot_id, "room": row.room_id} if isinstance(row, Session) else {}


def _board(event):
    sessions = planning.sessions_of(event)
    found, rooms = planning.warnings(event, sessions), list(event.rooms.all())
    wrong = {pk for each in found for pk in each.sessions if each.what != "not_sure"}
    cells, loose = {}, []
    for each in sessions:
        each.icon, each.is_wrong = planning.KIND_ICONS[each.kind], each.pk in wrong
        each.by = ", ".join(name for _pk, name in planning.speakers_of(each))
        if each.slot_id:
            cells.setdefault((each.slot_id, each.room_id), []).append(each)
        elif not each.is_cancelled:
            loose.append(each)
    columns, to_place = [*rooms, None], planning.to_place(event)
    slots = list(event.slots.all())
    return {
        "event": event,
        "rooms": rooms,
        "slots": [(slot, [(room, cells.get((slot.pk, room and room.pk), [])) for room in columns]) for slot in slots],
        "several_days": event.held_on != event.last_on,
        "to_place": to_place,
        "loose": loose,
        "to_place_count": len(to_place) + len(loose),
        "warnings": found,
        "released": event.released_id,
    }


@require_POST
def place(request, pk):
    """Put something in a slot and a room: from dragging, or from the boxes."""
    event = event_of(request, pk, "organise")
    moving = _moving(event, request.POST.get("item", ""))
    if moving is None:
        raise Http404
    form = forms.PlaceForm(request.POST, event=event)
    is_placed = form.is_valid() and attempt(form, _place, event, moving, request.user, form.cleaned_data)
    if is_placed and not request.htmx:
        return redirect(address("events:planner", event.pk))
    if is_placed:
        context = _board(event) | {"said": _("“%(title)s” is placed.") % {"title": is_placed.title}}
        return render(request, "events/planner.html#board", context)
    context = _board(event) | _boxes(moving, form)
    template = "events/planner.html#board" if request.htmx else "events/planner.html"
    return render(request, template, context, status=422)


def _place(event, row, by, said):
    of = {"contribution": row} if isinstance(row, Contribution) else {"session": row}
    return deeds.place(event, by=by, **of, **said)


# Sessions -----------------------------------------------------------------------------------------


def add_session(request, pk):
    """Something that nobody offered: a welcome, a break, an invited speaker."""
    event = event_of(request, pk, "organise")
    form = forms.SessionForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_bound and form.is_valid() and attempt(form, deeds.add_session, event, by=request.user, **form.said):
        return redirect("events:planner", event.pk)
    context = {"event": event, "form": form, "session": None}
    return render(request, "events/edit_session.html", context, status=422 if form.is_bound else 200)


def edit_session(request, pk):
    """Other words, hour, room or number of places."""
    session = _row(request, Session, pk)
    posted = request.POST if request.method == "POST" else None
    form = forms.SessionForm(posted, event=session.event, session=session)
    if form.is_bound and form.is_valid():
        said = form.said | {"agreed": form.cleaned_data["agreed"]}
        if attempt(form, deeds.edit_session, session, by=request.user, **said):
            return redirect("events:planner", session.event_id)
    context = {"event": session.event, "form": form, "session": session}
    return render(request, "events/edit_session.html", context, status=422 if form.is_bound else 200)


def remove_session(request, pk):
    """Out of the programme, after a page that says what that means."""
    session = _row(request, Session, pk)
    if request.method == "POST":
        is_left = deeds.remove_session(session, by=request.user)
        messages.success(request, _("Called off. Whom it concerns hears it when you release the programme.") if is_left
                         else _("Taken out of the programme."))  # fmt: skip
        return redirect("events:planner", session.event_id)
    context = {"event": session.event, "session": session}
    return render(request, "events/remove_session.html", context)


# The release --------------------------------------------------------------------------------------


def release(request, pk):
    """What differs, what is wrong and whom it reaches; and the button that makes it known."""
    get_or_refuse(Event.objects.for_detail(request.user), "organise", pk=pk)
    event = get_object_or_404(Event.objects.select_related("released"), pk=pk)
    after, before, changes = releasing.draft(event)
    now_number = event.released.number if event.released_id else 0
    if request.method == "POST":
        form = forms.ReleaseForm(request.POST)
        if form.is_valid() and attempt(form, releasing.release, event, by=request.user, **form.cleaned_data):
            messages.success(request, _("Released. Whom it concerns hears it."))
            return redirect("events:programme", event.pk)
        event = get_object_or_404(Event.objects.select_related("released"), pk=pk)
        after, before, changes = releasing.draft(event)
        now_number = event.released.number if event.released_id else 0
        form.data = form.data.copy()  # what she looks at from here on
        form.data["number"], form.data["seen"] = now_number + 1, releases.fingerprint(after)
        status = 422
    else:
        form = forms.ReleaseForm(initial={"number": now_number + 1, "seen": releases.fingerprint(after)})
        status = 200
    people, addresses = releases.concerned(event, changes, before, after)
    titles = {each["id"]: each["title"] for each in after["sessions"]}
    context = {
        "event": event,
        "form": form,
        "number": now_number + 1,
        "changes": [
            {"title": titles[one], "says": releases.sentence(what, before, after, one), "what": what}
            for one, what in changes
        ],
        "warnings": releasing.warnings_of(event),
        "why_not": releasing.why_not_release(event, after, before),
        "count": len(people - {request.user.pk}) + len(addresses),
        "left": len(planning.to_place(event)),
    }
    return render(request, "events/release.html", context, status=status)
