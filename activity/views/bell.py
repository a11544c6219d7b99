"""The bell: what was told to somebody, the newest first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity import actions, words
from activity.kinds import kinds
from activity.models import Notification

PAGE = 30


@require_safe
def bell(request):
    """What happened that concerns her, newest first, a day at a time; only what she may still see."""
    page = Paginator(Notification.objects.for_bell(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "activity/bell.html", {"page": page, "lines": lines_of(request.user, page.object_list)})


def lines_of(person, notifications):
    """Each notification whose subject this person may see, with `said`, `url` and `day`."""
    by_activity = {row.activity: row for row in notifications}
    lines = []
    for activity in words.seen_by(person, list(by_activity), kinds.get):
        kind, row = kinds[activity.kind], by_activity[activity]
        row.said = words.say(kind, "line", words.context_of(kind, activity, person, by=activity.by))
        row.url = kind.url(activity.about, person, activity.facts)
        row.day = localdate(activity.at)
        lines.append(row)
    return lines


@require_safe
def bell_count(request):
    """The bell button alone, for the live page."""
    return render(request, "activity/bell_button.html")


@require_POST
def open_notification(request, pk):
    """Read one notification and go where it leads."""
    rows = Notification.objects.for_bell(request.user)
    notification = get_object_or_404(rows, pk=pk)
    actions.read(notification)
    seen = lines_of(request.user, [notification])
    if not seen:
        messages.info(request, _("That is no longer there, or no longer for you."))
    return redirect(seen[0].url if seen and seen[0].url else "activity:bell")


@require_POST
def read_all(request):
    """Everything in the bell is read."""
    actions.read_all(request.user)
    return redirect("activity:bell")
