"""Change several dates of a series: first what that does and to whom, then do it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from communities.meetings import changing, planner
from communities.meetings.actions.series import change_series as change
from communities.meetings.forms.series import SeriesForm
from communities.meetings.models import Meeting
from core.models import get_or_refuse
from core.refusals import attempt


def change_series(request, pk):
    """What to change (a GET, so that it can be adapted), then each date before and after, and whose answers."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    data = request.POST or (request.GET if "scope" in request.GET else None)
    form = SeriesForm(data, community=meeting.community)
    context = {"meeting": meeting, "form": form, "changes": None}
    if form.is_valid():
        scope, wish = form.cleaned_data["scope"], form.cleaned_data["wish"]
        deed = {"by": request.user, "scope": scope, "wish": wish, "known": request.POST.get("known", "")}
        if request.method == "POST" and (count := attempt(form, change, meeting, **deed)):
            sentence = ngettext(
                "%(count)d date is changed. Everybody hears of it.",
                "%(count)d dates are changed. Everybody hears of it.",
                count,
            )
            messages.success(request, sentence % {"count": count})
            return redirect("meetings:index", meeting.community_id)
        context |= _before(meeting, scope, wish) | {"asked": {name: data.get(name, "") for name in form.fields}}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "meetings/plan_series.html", context, status=status)


def _before(meeting, scope, wish):
    """The dates before and after, with what stands in their way."""
    meetings = list(changing.dates_in(meeting, scope).select_related("school"))
    found = changing.with_answers(changing.changes(meetings, wish))
    who = planner.company(meeting.community)
    for each in found:
        each.facing = planner.facing(who, each.held_on) if each.moves else []
    return {
        "changes": found,
        "known": changing.fingerprint(meetings),
        "asked_again": _names(each.asked_again for each in found),
        "lost": _names(each.lost for each in found),
        "kept": sum(each.kept for each in found),
    }


def _names(lists):
    return list(dict.fromkeys(name for names in lists for name in names))
