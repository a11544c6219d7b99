"""Plan a series of meetings, or one more."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.meetings import actions, planner
from communities.meetings.forms import AddForm, DateFormSet, PlanForm, schools_of
from communities.meetings.models import Series
from communities.meetings.views.meeting import warn
from communities.models import Community
from core.models import get_or_refuse
from core.refusals import Refused, attempt


def plan(request, pk):
    """First what to plan (a GET, so that it can be changed and shared), then the proposed dates to keep or change."""
    community = _community(request, pk)
    data = request.POST or (request.GET if "first" in request.GET else None)
    form = PlanForm(data, community=community)
    context = {"community": community, "form": form, "rows": None}
    if not form.is_bound:
        context["last_series"] = Series.objects.filter(community=community).order_by("-pk").first()
    if form.is_valid():
        context["asked"] = {name: data.get(name, "") for name in form.fields}
        rows = _rows(request, community, form, context)
        if request.method == "POST" and rows.is_valid() and _planned(request, community, form, rows):
            return redirect("meetings:index", community.pk)
    refused = request.method == "POST" or (form.is_bound and form.errors)
    return render(request, "meetings/plan.html", context, status=422 if refused else 200)


def _community(request, pk):
    community = get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)
    if reason := community.why_not_plan:
        raise Refused(reason)
    return community


def _rows(request, community, form, context):
    """The proposed dates as a set of small forms, with what stands in their way."""
    asked = form.cleaned_data
    who = planner.company(community)
    schools = schools_of(community, asked["host"])
    if request.method == "POST":
        rows = DateFormSet(request.POST, prefix="dates", schools=schools)
        for row in rows:
            held_on = row.fields["held_on"].to_python(row["held_on"].value()) if row.is_valid() else None
            row.facing = planner.facing(who, held_on) if held_on else []
        context |= {"rows": rows, "company": who}
        return rows
    until = planner.horizon(asked["first"])
    proposal = planner.propose(
        who,
        first=asked["first"],
        count=asked["count"],
        cadence_weeks=asked["cadence_weeks"],
        slots=asked["slots"],
        place=asked["place"],
        host=asked["host"],
        until=until,
    )
    rows = DateFormSet(
        prefix="dates",
        schools=schools,
        initial=[
            {
                "held_on": row.held_on,
                "starts": row.starts,
                "ends": row.ends,
                "school": row.school and row.school.pk,
                "take": True,
            }
            for row in proposal.dates
        ],
    )
    context |= {
        "poll_url": poll_url(community, proposal, asked["place"]),
        "without_study_days": who.without_study_days(until),
    }
    for row, proposed in zip(rows, proposal.dates, strict=False):
        row.proposed = proposed
        row.fields["held_on"].widget.attrs["aria-label"] = _("Date")
    context |= {"rows": rows, "proposal": proposal, "company": who}
    return rows


def poll_url(community, proposal, place):
    """Where what is left over becomes a date poll, filled in already; "" where there is nothing to choose from."""
    if not proposal.options:
        return ""
    options = [f"{day:%Y-%m-%d}T{starts:%H:%M}-{ends:%H:%M}" for day, starts, ends in proposal.options]
    asked = {"option": options, "wanted": min(len(proposal.leftovers), len(options)), "place": place}
    return f"{reverse('meetings:open_poll', args=[community.pk])}?{urlencode(asked, doseq=True)}"


def roll_over(request, pk):
    """A series once more, a school year later: the same questions to the planner, filled in."""
    series = get_or_refuse(Series.objects.for_page(request.user, "plan").select_related("community"), "plan", pk=pk)
    asked = planner.rolled_over(series)
    if not asked:
        raise Refused(_("This series has no dates to go on from."))
    return redirect(f"{reverse('meetings:plan', args=[series.community_id])}?{urlencode(asked)}")


def _planned(request, community, form, rows):
    """Do it; a refusal stands above the dates."""
    asked = form.cleaned_data
    deed = {name: asked[name] for name in ("starts", "ends", "cadence_weeks", "place", "room", "link")}
    if not (series := attempt(form, actions.plan, community, by=request.user, dates=rows.taken, **deed)):
        return False
    count = series.meetings.count()
    messages.success(
        request,
        ngettext(
            "%(count)d meeting is planned. Everybody hears of it.",
            "%(count)d meetings are planned. Everybody hears of it.",
            count,
        )
        % {"count": count},
    )
    return True


def add(request, pk):
    """One meeting more."""
    community = _community(request, pk)
    form = AddForm(request.POST or None, community=community)
    meeting = form.is_valid() and attempt(form, actions.add, community, by=request.user, **form.cleaned_data)
    if meeting:
        messages.success(request, _("The meeting is planned. Everybody hears of it."))
        warn(request, community, meeting.held_on)
        return redirect(meeting)
    return render(
        request, "meetings/add.html", {"community": community, "form": form}, status=422 if form.is_bound else 200
    )
