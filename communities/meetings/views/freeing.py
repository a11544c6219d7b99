"""Room in the timetable for a meeting."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from communities.meetings import freeing
from communities.meetings.forms.freeing import MeetingRoomForm
from communities.meetings.models import Meeting
from core.models import get_or_refuse
from core.refusals import attempt


def ask_room_for(request, pk):
    """Ask the leader of one's school to be free at the hours of this meeting, and of those after it."""
    meeting = get_or_refuse(Meeting.objects.for_detail(request.user), "answer", pk=pk)
    form = MeetingRoomForm(request.POST or None, meeting=meeting, person=request.user)
    if not form.schools:
        raise PermissionDenied
    if form.is_valid() and attempt(form, freeing.ask, meeting, request.user, **form.cleaned_data):
        messages.success(request, _("Asked. Your school leader hears of it."))
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "why_not": meeting.why_not_answer,
        "back": meeting.get_absolute_url(),
        "back_label": meeting.when,
    }
    return render(request, "organisations/room_ask.html", context, status=422 if form.is_bound else 200)
