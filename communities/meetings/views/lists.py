"""Meetings in a row: of one PLG, and of all PLGs of one person."""

from calendar import Calendar
from datetime import timedelta
from itertools import groupby

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from communities.meetings import beside, rhythm
from communities.meetings.forms import MonthForm
from communities.meetings.models import Meeting, Poll
from communities.models import Community
from communities.registry import tabs_of
from core.models import get_or_refuse
from core.time import today

PAST_PER_PAGE = 10
MONTHS_AT_ONCE = 3
MOST_AHEAD = 120


def index(request, pk):
    """All meetings of one PLG: the rhythm, what comes, what has been."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "enter", pk=pk)
    rows = rhythm.meetings_of(community, request.user)
    past = Meeting.objects.for_list(request.user).filter(community=community).past_or_cancelled()
    context = {
        "community": community,
        "tabs": tabs_of(community, request.user, "meetings"),
        "upcoming": [row for row in rows if row.is_to_come],
        "past": Paginator(past, PAST_PER_PAGE).get_page(request.GET.get("page")),
        "rhythm": rhythm.of(community, rows),
        "rhythm_words": rhythm.words(community, rows),
        "may_plan": community.can_lead and not community.why_not_plan,
        "polls": list(Poll.objects.for_detail(request.user).open().filter(community=community)),
    }
    return render(request, "meetings/index.html", context)


def dates(request, pk):
    """The agreed facts for who leads a school that takes part: date, hours and place, nothing more."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "facts", pk=pk)
    rows = Meeting.objects.allowing(request.user, "see_date").filter(community=community).select_related("school")
    return render(request, "meetings/dates.html", {"community": community, "upcoming": list(rows.upcoming()[:20])})


def agenda(request):
    """My dates of all PLGs: the next months or what has been, beside one month as a calendar."""
    first = MonthForm.first_day(request.GET)
    after = (first + timedelta(days=32)).replace(day=1)
    mine = Meeting.objects.for_list(request.user).of(request.user)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    days, of_day = (weeks[0][0], weeks[-1][-1]), {}
    for row in _in_order([*mine.filter(held_on__range=days), *beside.rows(request.user, *days)]):
        of_day.setdefault(row.held_on, []).append(row)
    context = {
        "month": first,
        "before": first - timedelta(days=1),
        "after": after,
        "weekdays": list(weeks[0]),
        "weeks": [
            [
                {
                    "day": day,
                    "dates": of_day.get(day, []),
                    "other": day.month != first.month,
                    "today": day == today(),
                }
                for day in week
            ]
            for week in weeks
        ],
        "title": _("Agenda"),
    }
    context |= _behind(request, mine) if "past" in request.GET else _ahead(request, mine)
    return render(request, "meetings/agenda.html", context)


def _ahead(request, mine):
    """The next months with their dates, three at once; `later` is where more stand."""
    asked = request.GET.get("months", "")
    count = max(int(asked), MONTHS_AT_ONCE) if asked.isdecimal() and len(asked) < 3 else MONTHS_AT_ONCE
    rows = _in_order([*mine.upcoming()[:MOST_AHEAD], *beside.rows(request.user, today())])
    months = [(first, list(dates)) for first, dates in groupby(rows, lambda row: row.held_on.replace(day=1))]
    later = months[count:]
    return {
        "months": months[:count],
        "later": {
            "months": count + MONTHS_AT_ONCE,
            "first": later[0][0],
            "count": sum(len(dates) for _first, dates in later),
        }
        if later
        else None,
    }


def _in_order(rows):
    return sorted(rows, key=lambda row: row.starts_at)


def _behind(request, mine):
    return {"past": Paginator(mine.past_or_cancelled(), PAST_PER_PAGE).get_page(request.GET.get("page"))}
