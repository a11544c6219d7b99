"""The door: a list that works without internet, what devices send, and badges."""

import json
from uuid import uuid4

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import pdf, streams
from core.middleware import permissions
from core.models import get_or_refuse
from events.actions import checking
from events.choices import RegistrationState
from events.models import Event, Registration
from organisations.models import Affiliation


def check_in(request, pk):
    """Who comes, who is in; a camera where there is one."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "receive", pk=pk)
    if request.method == "POST":  # without script: one person of the list
        told = checking.check_in(event, by=request.user, rows=[request.POST.dict()])
        return _page(request, event, told=told[0][1])
    return _page(request, event)


def _page(request, event, **more):
    response = render(request, "events/check_in.html", _door(request, event) | more)
    response["Permissions-Policy"] = permissions("camera")
    return response


def _door(request, event):
    rows = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).select_related("person")
    people = [
        {"id": row.pk, "key": uuid4(), "name": row.called, "code": str(row.code), "short": checking.short_code(row),
         "here": row.here == "in", "what": row.get_as_what_display() if row.as_what != "participant" else ""}
        for row in checking.with_presence(rows)
    ]  # fmt: skip
    people.sort(key=lambda row: row["name"].casefold())
    return {
        "event": event,
        "people": people,
        "here": sum(row["here"] for row in people),
        "stream": streams.of_page(request.user, event.channel),
    }


@require_POST
def send_check_ins(request, pk):
    """What a device kept: each tap once. Answers which stand and which were refused, and who is in now."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "receive", pk=pk)
    try:
        sent = json.loads(request.body)
        rows = [row for row in sent["rows"] if isinstance(row, dict)]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"sentence": _("Something is wrong with this device. Load the page again.")}, status=422)
    told = checking.check_in(event, by=request.user, rows=rows, device=sent.get("device", ""))
    everybody = checking.with_presence(Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED))
    here = list(everybody.filter(here="in").values_list("pk", flat=True))
    return JsonResponse({"told": [{"key": key, "sentence": sentence} for key, sentence in told], "here": here})


def badges(request, pk):
    """Name badges as a PDF, by name; what somebody said of food or health is not on it."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "receive", pk=pk)
    rows = list(Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).select_related("person"))
    work = (
        Affiliation.objects.current()
        .filter(person__in=[row.person_id for row in rows])
        .select_related("school", "board")
    )
    places = {each.person_id: str(each.school or each.board or "") for each in work.order_by("from_on", "pk")}
    badges = sorted(
        (
            {"name": row.called, "where": places.get(row.person_id, ""), "code": checking.short_code(row),
             "what": row.get_as_what_display() if row.as_what != "participant" else ""}
            for row in rows
        ),
        key=lambda badge: badge["name"].casefold(),
    )  # fmt: skip
    data = {
        "title": _("Badges of %(event)s") % {"event": event},
        "event": event.title,
        "day": f"{event.held_on:%d-%m-%Y}",
        "badges": badges,
        "none": _("Nobody is registered yet."),
    }
    return pdf.answer("badges", data, name=f"badges {event}")
