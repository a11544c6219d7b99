"""Choosing workshops: wishes, the division, and taking a place oneself."""

from django.contrib import messages
from django.db.models import Count, F, FilteredRelation, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from events import choosing
from events.actions import choosing as deeds
from events.choices import SeatState
from events.forms.days import WishForm
from events.models import Event, Seat, Session
from events.views.events import registration_of, tabs_of


def choose(request, pk):
    """Before the deadline my wishes; after it what I got and why, and what is free."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "register", pk=pk)
    mine = registration_of(event, request.user)
    closed = choosing.why_not_wish(event)
    why_not = choosing.why_not_here(mine) or (closed if event.choice_until else "")
    form = None
    if not closed and mine:
        form = WishForm(request.POST if request.method == "POST" else None, event=event, registration=mine)
        if form.is_bound and form.is_valid() and attempt(form, _wish, request, mine, form):
            messages.success(request, _("Kept. You can change it until the choice closes."))
            return redirect("events:choose", event.pk)
    context = {
        "event": event,
        "mine": mine,
        "form": form,
        "why_not": why_not,
        "tabs": tabs_of(event, request.user),
        "hours": [] if form else _hours(event, mine),
        "is_divided": choosing.is_divided(event),
        "allocation": event.allocations.filter(published_at__isnull=False).first(),
        "gone": _called_off(mine) if form else [],
    }
    return render(request, "events/choose.html", context, status=422 if form is not None and form.is_bound else 200)


def _wish(request, mine, form):
    deeds.wish(mine, by=request.user, wishes=form.wishes)


def _called_off(mine):
    """Wishes for what was called off since: told, and not counted."""
    return [each.session for each in mine.preferences.filter(session__is_cancelled=True).select_related("session")]


def _hours(event, mine):
    """What there is in each hour of choice, with what is free and what is hers."""
    rows = (
        event.sessions.filter(slot__is_choice=True)
        .select_related("slot", "room")
        .annotate(
            hers=FilteredRelation("seats", condition=Q(seats__registration=mine.pk if mine else 0)),
            seat_id=F("hers__pk"), seat_state=F("hers__state"), seat_why=F("hers__why"),
            line=Count("seats", filter=Q(seats__state=SeatState.WAITING)),
        )
    )  # fmt: skip
    hours = {}
    for session in rows:
        session.room_left = choosing.room_in(session)
        session.why_not = choosing.why_not_take(event, session)
        hours.setdefault(session.slot, []).append(session)
    return [{"slot": slot, "sessions": found} for slot, found in hours.items()]


@require_POST
def take_seat(request, pk):
    """A free place, or one in line."""
    rows = Session.objects.for_page(request.user).select_related("event", "slot")
    session = get_or_refuse(rows, pk=pk)
    mine = registration_of(session.event, request.user)
    if mine is None:
        raise Refused(choosing.why_not_here(None))
    seat = deeds.take_seat(session, mine, by=request.user, instead="instead" in request.POST)
    messages.success(request, deeds.said_of(seat))
    return redirect("events:choose", session.event_id)


@require_POST
def leave_seat(request, pk):
    """My place goes to the next in line."""
    seat = _my_seat(request, pk)
    deeds.leave_seat(seat, by=request.user)
    messages.success(request, _("Your place goes to who waits."))
    return redirect("events:choose", seat.session.event_id)


@require_POST
def answer_seat(request, pk):
    """Take the place that is held for me, or not."""
    seat = _my_seat(request, pk)
    takes = request.POST.get("do") == "take"
    deeds.answer_seat(seat, by=request.user, takes=takes)
    messages.success(
        request, _("The place is yours.") if takes else _("Thank you. The place goes to the next in line.")
    )
    return redirect("events:now", seat.session.event_id)


def _my_seat(request, pk):
    rows = Seat.objects.filter(registration__person=request.user).select_related("session__event", "session__slot")
    return get_or_refuse(rows.for_page(request.user), pk=pk)


def allocate(request, pk):
    """For organisers: make the division, look at it, publish it."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "organise", pk=pk)
    if request.method == "POST":
        if request.POST.get("do") == "publish":
            deeds.publish(event, by=request.user)
            messages.success(request, _("Everybody has her place, and reads why."))
        else:
            deeds.divide(event, by=request.user)
        return redirect("events:allocate", event.pk)
    allocation = event.allocations.order_by(F("published_at").desc(nulls_last=True), "-at").first()
    people, _places = deeds.wishers(event)
    context = {
        "event": event,
        "allocation": allocation,
        "why_not": choosing.why_not_divide(event),
        "wishing": len(people),
        "hours": _hours(event, None),
        "ranks": _ranks(allocation) if allocation else [],
    }
    return render(request, "events/allocate.html", context)


def _ranks(allocation):
    """How often which wish was met, beside first come."""
    ours, theirs = allocation.figures["ranks"], allocation.figures["first_come"]["ranks"]
    names = {"1": _("1st choice"), "2": _("2nd choice"), "3": _("3rd choice"), "none": _("nothing of the list")}
    return [(label, ours.get(key, 0), theirs.get(key, 0)) for key, label in names.items()]
