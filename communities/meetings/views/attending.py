"""Who was there: the facilitator's page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.meetings import actions, rollcall
from communities.meetings.forms import MarkForm
from communities.meetings.models import Meeting
from communities.models import Membership
from core.models import get_or_refuse
from core.refusals import Refused


def attendance(request, pk):
    """Everybody who was expected, with what they answered and whether they were there."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    return render(request, "meetings/attendance.html", _context(meeting))


def _context(meeting):
    lines = rollcall.roll(meeting)
    return {
        "meeting": meeting,
        "lines": lines,
        "said_yes": sum(line.comes and line.attendance is None for line in lines),
        "answers_open": sum(line.answer is not None and line.attendance is None for line in lines),
        "were_there": sum(line.attendance is not None and line.attendance.was_there for line in lines),
    }


@require_POST
def mark_all(request, pk):
    """Who said yes, is there: one tap."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    actions.mark_all(meeting, by=request.user)
    return _after(request, meeting)


@require_POST
def mark(request, pk):
    """One person: there or not, and for how long."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "plan", pk=pk)
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Minutes are a whole number between 0 and %(most)d.") % {"most": 24 * 60})
    data = form.cleaned_data
    membership = Membership.objects.filter(community=meeting.community_id, pk=data["membership"]).first()
    if membership is None:
        raise Refused(_("This person is not on the list."))
    actions.mark(meeting, membership, by=request.user, was_there=data["was_there"], minutes=data["minutes"])
    return _after(request, meeting)


def _after(request, meeting):
    if request.htmx:
        return render(request, "meetings/attendance.html#roll", _context(meeting))
    messages.success(request, _("Written down."))
    return redirect("meetings:attendance", meeting.pk)
