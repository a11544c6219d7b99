"""The day on a phone: what is now, what comes, my afternoon, and my code."""

import segno
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from communities.choices import Theme
from core import streams
from core.models import get_or_refuse
from core.refusals import attempt
from events import company
from events.actions import announcing, checking
from events.choices import SeatState
from events.forms.days import AnnounceForm
from events.models import CheckIn, Dates, Event, Seat
from events.views.events import registration_of, tabs_of

NEWS = 3


def now(request, pk):
    """Now, then, and my afternoon; it follows the server's clock and the stream."""
    event = get_or_refuse(Event.objects.for_detail(request.user), pk=pk)
    mine, at = registration_of(event, request.user), timezone.now()
    seats = list(_seats(mine))
    dates = list(
        Dates.objects.filter(session__event=event, session__is_cancelled=False)
        .exclude(state="concept").select_related("session").prefetch_related("all_rounds").order_by("session__slot__starts")
    )  # fmt: skip
    turns = [turn for row in dates if (turn := _turn(row, mine, at))] if mine else []
    live = next((turn for turn in turns if turn["current"] or turn["following"]), None)
    context = {
        "event": event,
        "mine": mine,
        "at": at,
        "turn": live,
        "offers": [seat for seat in seats if seat.state == SeatState.OFFERED],
        "day": _day(event, request.user, seats, at, live) if event.released_id else [],
        "came": CheckIn.objects.filter(registration=mine, session=None, direction="in").first() if mine else None,
        "news": _news(event, seats),
        "tabs": [tab | {"current": tab["url"] == request.path} for tab in tabs_of(event, request.user)],
        "stream": streams.of_page(request.user, event.channel),
    }
    return render(request, "events/now.html#today" if request.headers.get("HX-Request") else "events/now.html", context)


def _seats(mine):
    rows = Seat.objects.filter(registration=mine.pk if mine else 0).exclude(state=SeatState.LEFT)
    return rows.select_related("session__slot", "session__room").order_by("session__slot__starts", "pk")


def _turn(dates, mine, at):
    """Where she sits now and next; None once it is over."""
    current, following = company.round_at(dates, at)
    if current is None and (following is None or following.began_at is None):
        return None
    turn = {"dates": dates, "current": current, "following": following, "others": [], "next_others": []}
    if current:
        seat, others = company.table_of(current, mine)
        wished = set(mine.wishes.values_list("other", flat=True))
        turn |= {"seat": seat, "others": [_other(each, each.pk in wished) for each in others]}
        turn["shares"] = [Theme(each).label for each in (seat.shares if seat else []) if each in Theme.values]
        turn["left"] = int((current.ends_at - at).total_seconds() * 1000)
        turn["whole"] = dates.minutes * 60_000
    if following and following.began_at:
        turn["next_seat"], others = company.table_of(following, mine)
        turn["next_others"] = [_other(each, False) for each in others]
        turn["until_next"] = int((following.began_at - at).total_seconds() * 1000)
    last = dates.session.check_ins.filter(registration=mine).order_by("-at", "-pk").first()
    turn["is_missed"] = bool(last and last.direction == "out")
    return turn


def _other(registration, is_wished):
    """Who sits at her table: name, school, PLG."""
    facts = []
    if person := registration.person:
        work = person.affiliations.current().select_related("school", "board").order_by("-from_on", "-pk").first()
        if where := work and (work.school or work.board):
            facts.append(str(where))
        plgs = person.memberships.filter(state="active").select_related("community").order_by("pk")[:1]
        facts += [_("PLG %(name)s") % {"name": row.community} for row in plgs]
    name = registration.called
    return {"row": registration, "name": name, "short": name.split(" ")[0], "facts": facts, "is_wished": is_wished}


def _day(event, user, seats, at, live):
    """My afternoon: what is for all, what I chose, what I bring."""
    held = {seat.session_id: seat for seat in seats}
    hers = Q(pk__in=held) | Q(speakers=user.pk) | ~Q(slot__is_choice=True)
    rows = event.sessions.filter(hers, slot__isnull=False).select_related("slot", "room").prefetch_related("speakers")
    table_in = {live["dates"].session_id: live["seat"].table} if live and live.get("seat") else {}
    lines = []
    for session in rows.distinct().order_by("slot__starts_at", "room__order", "pk"):
        ends = session.slot.ends_at
        lines.append({
            "session": session,
            "seat": held.get(session.pk),
            "state": "past" if ends <= at else "now" if session.slot.starts_at <= at else "ahead",
            "brings": any(person.pk == user.pk for person in session.speakers.all()),
            "speakers": ", ".join(str(person) for person in session.speakers.all() if person.pk != user.pk),
            "table": table_in.get(session.pk),
        })  # fmt: skip
    return lines


def _news(event, seats):
    of_mine = [seat.session_id for seat in seats if seat.state == SeatState.CONFIRMED]
    return event.announcements.filter(Q(session=None) | Q(session__in=of_mine)).select_related("session")[:NEWS]


def code(request, pk):
    """My code for the door: scanned, or typed."""
    event = get_or_refuse(Event.objects.for_detail(request.user), pk=pk)
    mine = registration_of(event, request.user)
    drawn = short = ""
    if mine and mine.state == "confirmed":
        picture = segno.make(checking.code_of(mine), error="m", micro=False)
        label = _("Your code for the door")
        drawn = mark_safe(picture.svg_inline(scale=6, border=2, light="#ffffff", title=label))
        short = checking.short_code(mine)
    return render(request, "events/code.html", {"event": event, "mine": mine, "drawn": drawn, "short": short})


def announce(request, pk):
    """For organisers and helpers: say something to all, or to those of a session."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "receive", pk=pk)
    form = AnnounceForm(request.POST if request.method == "POST" else None, event=event)
    if form.is_bound and form.is_valid() and attempt(form, _announce, request, event, form):
        messages.success(request, _("Said. It stands on their phones."))
        return redirect("events:announce", event.pk)
    rows = event.announcements.select_related("by", "session")
    context = {"event": event, "form": form, "said": rows}
    return render(request, "events/announce.html", context, status=422 if form.is_bound else 200)


def _announce(request, event, form):
    words = form.cleaned_data
    return announcing.announce(event, by=request.user, text=words["text"], session=words["session"])
