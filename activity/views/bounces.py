"""Letters that came back: a mail provider tells us, and the owner of an address says that it works again."""

import hashlib
import hmac
import json
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseBadRequest, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from activity import bounces
from activity.models import PausedAddress

WINDOW_S = 300  # a message signed longer ago, or in the future, is a replay
MOST_EVENTS = 1000


@csrf_exempt  # a provider posts here; its signature is the proof
@login_not_required
@require_POST
def bounced(request):
    """What a mail provider reports, in JSON that is signed with BOUNCE_SECRET (docs/operations.md)."""
    if not settings.BOUNCE_SECRET:
        raise Http404
    if len(request.body) > bounces.LONGEST_REPORT or not _is_signed(request):
        return HttpResponseForbidden()
    try:
        reports = [_report(event) for event in _events(request.body)]
    except (ValueError, TypeError, KeyError):
        return HttpResponseBadRequest()
    noted = [bounces.note(report) for report in reports]
    return JsonResponse({"events": len(noted), "noted": sum(bounce is not None for bounce in noted)})


def _is_signed(request):
    """HMAC-SHA256 over "<seconds>.<body>", made within the last five minutes."""
    seconds = request.headers.get("X-Plg-Timestamp", "")
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12):
        return False
    if abs(time.time() - int(seconds)) > WINDOW_S:
        return False
    right = hmac.new(settings.BOUNCE_SECRET.encode(), f"{seconds}.".encode() + request.body, hashlib.sha256).hexdigest()
    given = request.headers.get("X-Plg-Signature", "").removeprefix("sha256=")
    return constant_time_compare(given.encode(errors="replace"), right.encode())


def _events(body):
    found = json.loads(body)
    events = found.get("events", [found]) if isinstance(found, dict) else found
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise ValueError(events)
    return events


def _report(event):
    return bounces.Report(
        message_id=_text(event["message_id"]),
        action=_text(event.get("action", "failed")).lower(),
        status=_text(event.get("status", "")),
        recipients=tuple(_text(event[name]) for name in ("original_recipient", "recipient") if event.get(name)),
        said=_text(event.get("diagnostic", "")),
    )


def _text(value):
    if not isinstance(value, str):
        raise TypeError(value)
    return value.replace("\0", "")


@require_http_methods(["GET", "HEAD", "POST"])
def address(request):
    """Mail to her own address came back. POST: it works again."""
    paused = PausedAddress.objects.filter(address=request.user.email).first()
    if request.method == "POST":
        if paused:
            bounces.release(paused, by=request.user)
        messages.success(request, _("From now on we write to you again."))
        return redirect("activity:paces")
    return render(request, "activity/address.html", {"paused": paused})
