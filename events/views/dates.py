"""Speed-dates: planning them, the big screen, and what people say at the table."""

from django.contrib import messages
from django.db.models import Count, Max
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import streams
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from events import company
from events.actions import dates as deeds
from events.choices import DatesState, SessionKind
from events.forms.days import AvoidForm, DatesForm
from events.models import Dates, Event, Registration, Round, Session
from events.views.events import registration_of


def dates(request, pk):
    """For organisers: how they are, whether that is possible, and the plan."""
    session = _session(request, pk, "organise")
    row = Dates.objects.filter(session=session).first()
    form = DatesForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_bound and form.is_valid() and (made := attempt(form, _set_up, request, session, form)):
        if attempt(form, deeds.plan, made, by=request.user):
            return redirect("events:dates", session.pk)
        row = Dates.objects.get(pk=made.pk)
    if row:
        row.session = session
    count, why_not = deeds.feasible(row) if row else (0, "")
    current, following = company.round_at(row, now()) if row else (None, None)
    rounds = row.all_rounds.annotate(tables=Max("seats__table"), people=Count("seats")) if row else []
    context = {
        "event": session.event, "session": session, "dates": row, "form": form, "count": count, "why_not": why_not,
        "rounds": rounds, "current": current, "following": following, "said": deeds.said_of(row) if row else "",
    }  # fmt: skip
    return render(request, "events/dates.html", context, status=422 if form.is_bound else 200)


def _set_up(request, session, form):
    return deeds.set_up(session, by=request.user, **form.cleaned_data)


@require_POST
def step_dates(request, pk):
    """Begin, shift, stop, plan anew."""
    session = _session(request, pk, "organise")
    row = get_or_refuse(Dates.objects.for_page(request.user), session=session)
    do = request.POST.get("do")
    if do == "start":
        deeds.start(row, by=request.user)
    elif do == "stop":
        deeds.stop(row, by=request.user)
    elif do == "shift":
        deeds.shift(row, by=request.user, minutes=2)
    elif do == "anew":
        deeds.plan_anew(row, by=request.user)
        messages.success(request, _("The rounds to come are planned anew. What began stays."))
    else:
        raise Refused(_("Choose one of the two."))
    return redirect("events:dates", session.pk)


def screen(request, pk):
    """On the wall: a large clock, which round it is, and who sits where next."""
    session = _session(request, pk)
    get_or_refuse(Event.objects.for_page(request.user, "receive"), "receive", pk=session.event_id)
    row = get_or_refuse(Dates.objects.for_page(request.user), session=session)
    at = now()
    current, following = company.round_at(row, at)
    context = {
        "event": session.event,
        "session": session,
        "dates": row,
        "current": current,
        "following": following,
        "tables": _tables(current or following),
        "left": _milliseconds(current.ends_at if current else following and following.began_at, at),
        "stream": streams.of_page(request.user, session.event.channel),
        "is_over": row.state == DatesState.OVER or (current is None and following is None and row.state == "running"),
    }
    return render(request, "events/screen.html", context)


def _milliseconds(until, at):
    return int((until - at).total_seconds() * 1000) if until else 0


def _tables(round_):
    """{table: names} of a round, in order."""
    found = {}
    if round_ is not None:
        seats = round_.seats.filter(table__gt=0).select_related("registration__person").order_by("table", "pk")
        for seat in seats:
            found.setdefault(seat.table, []).append(seat.registration.called)
    return list(found.items())


@require_POST
def say(request, pk):
    """At the table: "let us talk on", or that somebody is not there."""
    round_ = get_or_refuse(Round.objects.for_page(request.user).select_related("dates__session__event"), pk=pk)
    mine = registration_of(round_.dates.session.event, request.user)
    rows = Registration.objects.filter(event=round_.dates.session.event_id)
    other = rows.filter(pk=number(request.POST.get("other", ""), 0)).first()
    if mine is None or other is None:
        raise Refused(_("You do not sit at a table with each other."))
    match request.POST.get("do"):
        case "talk":
            deeds.talk_on(round_, mine, other, by=request.user)
        case "silent":
            deeds.keep_silent(mine, other, by=request.user)
        case "absent":
            deeds.not_here(round_, mine, other, by=request.user)
            messages.success(request, _("Thank you. The next rounds are planned without."))
        case _other:
            raise Refused(_("Choose one of the two."))
    return redirect("events:now", mine.event_id)


def my_dates(request, pk):
    """Whether I take part, whom I would rather not meet, and that I am there after all."""
    session = _session(request, pk)
    mine = registration_of(session.event, request.user)
    form = AvoidForm(request.POST if request.POST.get("do") == "avoid" else None)
    if request.method == "POST":
        if mine is None:
            raise Refused(_("Register first. Then you can choose."))
        do = request.POST.get("do")
        if do == "here":
            row = get_or_refuse(Dates.objects.for_page(request.user), session=session)
            deeds.here_again(row, mine, by=request.user)
            return redirect("events:now", session.event_id)
        if do in ("out", "in"):
            deeds.stay_out(mine, by=request.user, out=do == "out")
            messages.success(request, _("Kept."))
            return redirect("events:my_dates", session.pk)
        if do != "avoid":
            raise Refused(_("Choose one of the two."))
        if form.is_valid():
            deeds.avoid(mine, by=request.user, address=form.cleaned_data["address"])
            messages.success(request, _("If that person comes, you are never put at one table. Nobody hears it."))
            return redirect("events:my_dates", session.pk)
    context = {"event": session.event, "session": session, "mine": mine, "form": form}
    return render(request, "events/my_dates.html", context, status=422 if form.is_bound else 200)


def _session(request, pk, power=None):
    rows = Session.objects.for_page(request.user, *([power] if power else [])).filter(kind=SessionKind.SPEED_DATES)
    return get_or_refuse(rows.select_related("event", "slot", "room"), *([power] if power else []), pk=pk)
