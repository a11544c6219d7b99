"""Registering oneself and others, and what becomes of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from events import places
from events.actions import registering, waiting
from events.choices import RegistrationState
from events.forms.coming import OthersForm, RegisterForm
from events.models import Event, Registration
from events.views.events import registration_of


def register(request, pk):
    """Myself, with what the organiser asks."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "register", pk=pk)
    if mine := registration_of(event, request.user):
        return redirect("events:edit_registration", mine.pk)
    data = request.POST if request.method == "POST" else None
    form = RegisterForm(data, event=event, themes=request.user.themes)
    if form.is_bound and form.is_valid():
        rows = attempt(form, _register, request, event, form)
        if rows:
            messages.success(request, _said(rows[0]))
            return redirect(event)
    context = {"event": event, "form": form, "why_not": places.why_not_register(event), "room": places.free(event)}
    return render(request, "events/register.html", context, status=422 if form.is_bound else 200)


def _register(request, event, form):
    return registering.register(event, by=request.user, **form.said)


def _said(row):
    """What became of her registration."""
    if row.state == RegistrationState.CONFIRMED:
        return _("You come. It stands in a mail as well.")
    if row.state == RegistrationState.REQUESTED:
        return _("You asked for a place. An organiser answers you.")
    return _("All places are taken. You are on the waiting list, and hear when a place comes free.")


def register_others(request, pk):
    """Colleagues, or a whole PLG. Each hears it, and can cancel."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "register", pk=pk)
    form = OthersForm(request.POST if request.method == "POST" else None, event=event, user=request.user)
    if form.is_bound and form.is_valid():
        rows = attempt(form, _register_all, request, event, form)
        if rows:
            _say_how_many(request, rows)
            return redirect(event)
    context = {"event": event, "form": form, "why_not": places.why_not_register(event), "room": places.free(event)}
    return render(request, "events/register_others.html", context, status=422 if form.is_bound else 200)


def _register_all(request, event, form):
    return registering.register(event, by=request.user, people=form.chosen)


def _say_how_many(request, rows):
    coming = sum(row.state == RegistrationState.CONFIRMED for row in rows)
    waiting_now = sum(row.state == RegistrationState.WAITING for row in rows)
    asked = len(rows) - coming - waiting_now
    for count, words in (
        (coming, ngettext("%(n)s person is registered.", "%(n)s people are registered.", coming)),
        (waiting_now, ngettext("%(n)s is on the waiting list.", "%(n)s are on the waiting list.", waiting_now)),
        (asked, ngettext("An organiser answers %(n)s request.", "An organiser answers %(n)s requests.", asked)),
    ):
        if count:
            messages.success(request, words % {"n": count})


def edit_registration(request, pk):
    """What I said of myself, said differently. Whoever registered a colleague does not see what she eats."""
    row = get_or_refuse(Registration.objects.for_detail(request.user), "keep", pk=pk)
    if row.person_id != request.user.pk:
        return redirect("events:cancel_registration", row.pk)
    reason = places.why_not_keep(row)
    form = RegisterForm(request.POST if request.method == "POST" else None, instance=row, event=row.event)
    if form.is_bound and form.is_valid() and attempt(form, _change, request, row, form):
        messages.success(request, _("Kept."))
        return redirect(row.event)
    context = {"event": row.event, "row": row, "form": form, "why_not": reason}
    return render(request, "events/edit_registration.html", context, status=422 if form.is_bound else 200)


def _change(request, row, form):
    registering.change(row, by=request.user, **form.said)


def cancel_registration(request, pk):
    """I cannot come, or she cannot: asked once more, because the place goes to who waits."""
    row = get_or_refuse(Registration.objects.for_detail(request.user), "keep", pk=pk)
    if request.method == "POST":
        waiting.leave(row, by=request.user)
        messages.success(request, _("Cancelled. Your place goes to who waits.") if row.person_id == request.user.pk
                         else _("Cancelled. %(name)s hears it.") % {"name": row.called})  # fmt: skip
        return redirect("events:index")
    context = {"event": row.event, "row": row, "why_not": places.why_not_keep(row)}
    return render(request, "events/cancel_registration.html", context)


@require_POST
def answer_offer(request, pk):
    """Take the place that is held for me, or leave it to the next in line."""
    row = get_or_refuse(Registration.objects.for_detail(request.user), "keep", pk=pk)
    answer(row, request.POST.get("do", ""), by=request.user)
    messages.success(request, said_of(request.POST.get("do", "")))
    return redirect(row.event if request.POST.get("do") == "take" else "events:index")


def answer(row, do, *, by=None):
    """Take or leave. Raises Refused for anything else."""
    if do == "take":
        waiting.take_offer(row, by=by)
    elif do == "leave":
        waiting.leave(row, by=by)
    else:
        raise Refused(_("Choose one of the two."))


def said_of(do):
    """What was done."""
    return _("The place is yours.") if do == "take" else _("Thank you. The place goes to the next in line.")
