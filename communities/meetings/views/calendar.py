"""Dates in one's own calendar: the choice, and the feed that a calendar reads without signing in."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from communities.meetings import actions, calendars
from communities.meetings.choices import CalendarWay
from communities.meetings.forms import WayForm
from communities.meetings.models import CalendarChoice
from core.links import url_for


def calendar_choice(request):
    """Mail, feed or neither, with how each calendar reads the feed."""
    choice = CalendarChoice.objects.filter(person=request.user).first()
    form = WayForm(request.POST or None, initial={"way": choice.way if choice else CalendarWay.MAIL})
    if request.method == "POST" and form.is_valid():
        actions.choose_calendar(request.user, way=form.cleaned_data["way"])
        messages.success(request, _("Your choice is kept."))
        return redirect("meetings:calendar_choice")
    address = url_for("meetings:feed", choice.key) if choice and choice.key else ""
    context = {
        "form": form,
        "address": address,
        "webcal": "webcal" + address.removeprefix("https").removeprefix("http"),
    }
    return render(request, "meetings/calendar_choice.html", context, status=422 if form.is_bound else 200)


@require_POST
def renew_key(request):
    """Another address; the old one stops working."""
    actions.renew_key(request.user)
    messages.success(request, _("You have a new address. The old one no longer works."))
    return redirect("meetings:calendar_choice")


@login_not_required
@require_safe
def feed(request, key):
    """All dates of the person whose private address this is."""
    choice = CalendarChoice.objects.filter(key=key, way=CalendarWay.FEED, person__is_active=True)
    choice = choice.select_related("person").first()
    if choice is None:
        return HttpResponse(
            _("This calendar address no longer works."), status=404, content_type="text/plain; charset=utf-8"
        )
    with override(choice.person.language):
        content, changed_at = calendars.feed(choice.person)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["ETag"] = etag
    if changed_at:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return get_conditional_response(request, etag=etag, response=response)
