"""The programme as everybody reads it: the page, one session, calendars, and the schedule for other apps."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from communities.choices import Theme
from core import links
from core.models import get_or_refuse
from core.text import number
from events import ics, planning, registry, releases, schedule
from events.actions import programme as deeds
from events.choices import SessionKind
from events.models import Event, Favourite, Release, Session
from people.models import User

#: A personal calendar address counts so long: a school year and the summer after it.
CALENDAR_DAYS = 500
WORKER = "dist/programme-worker.js"


def _page(user):
    return "shell.html" if user.is_authenticated else "public.html"


@login_not_required
@require_safe
def programme(request, pk):
    """The programme that people know, joined from the pieces that were drawn at its release; one query of its own."""
    wish = _wish(request)
    drawn = "page" if wish == releases.ALL else "html"
    event = get_or_refuse(Event.objects.for_programme(request.user, get_language(), drawn), pk=pk)
    marked = frozenset(event.marked or ())
    page = event.drawn if drawn == "page" else None
    if not page and event.released_id:
        page = releases.page_of(_pieces(event, drawn), wish, marked)
    context = {
        "event": event,
        "page_base": _page(request.user),
        "page": page and page | {"list": releases.with_marks(page["list"], marked), "is_empty": not page["list"]},
        "wish": wish,
        "tabs": _tabs(event, request),
        "worker": f"{request.path}worker.js",
    }
    response = render(request, "events/programme.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _wish(request):
    """What she asks to see. A kind or theme that we do not know is not asked."""
    known = {"kind": SessionKind.values, "theme": Theme.values}
    wish = {name: value for name, values in known.items() if (value := request.GET.get(name)) in values}
    if slot := number(request.GET.get("slot", ""), 0):
        wish["slot"] = str(slot)
    return releases.ALL | wish | {"mine": "mine" in request.GET and request.user.is_authenticated}


def _pieces(event, drawn):
    """Drawn at the release; now, for a release of before this language or this page was there."""
    if drawn == "html" and event.drawn:
        return event.drawn
    return releases.pieces(Release.objects.get(pk=event.released_id).content)


def _tabs(event, request):
    found = [tab for build in registry.tabs.values() for tab in build(event, request.user)]
    for tab in found:
        tab["current"] = tab["url"] == request.path
    return sorted(found, key=lambda tab: tab.get("order", 50))


@require_POST
def favourite(request, pk):
    """Mark a session, or no longer; by script from the page that stays."""
    rows = Session.objects.for_page(request.user).filter(event=pk)
    session = get_or_refuse(rows, pk=number(request.POST.get("session", ""), 0))
    is_marked = deeds.favourite(session, by=request.user)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"marked": is_marked})
    back = links.address("events:programme", pk)
    return redirect(f"{back}#s{session.pk}")


@login_not_required
@require_safe
def session(request, pk):
    """One session as people know it; organisers come to where they change it as long as it is not released."""
    rows = Session.objects.for_page(request.user, "organise").select_related("event", "event__released")
    row = get_or_refuse(rows, pk=pk)
    content = row.event.released.content if row.event.released_id else {}
    known = next((each for each in content.get("sessions", []) if each["id"] == row.pk), None)
    if known is None:
        if row.can_organise:
            return redirect("events:edit_session", row.pk)
        raise Http404
    slot = next(each for each in content["slots"] if each["id"] == known["slot"])
    parts = [part(row, request.user) for part in registry.session_parts.values()]
    context = {
        "event": row.event,
        "row": row,
        "session": known,
        "slot": releases.with_times(slot),
        "room": next((each for each in content["rooms"] if each["id"] == known["room"]), None),
        "names": releases.names(known),
        "kind": SessionKind(known["kind"]).label,
        "theme": Theme(known["theme"]).label if known["theme"] else "",
        "icon": planning.KIND_ICONS[known["kind"]],
        "parts": sorted((each for each in parts if each), key=lambda each: each.get("order", 50)),
        "is_marked": request.user.is_authenticated
        and Favourite.objects.filter(person=request.user, session=row).exists(),
        "page_base": _page(request.user),
    }
    return render(request, "events/session.html", context)


# For other programs -------------------------------------------------------------------------------


def _released(request, pk):
    rows = Event.objects.for_page(request.user).select_related("released")
    return get_or_refuse(rows, pk=pk)


@login_not_required
@require_safe
def calendar(request, pk):
    """All sessions, for a calendar."""
    event = _released(request, pk)
    return _as_calendar(request, event, ics.programme(event, event.released), f"{pk}.ics")


def my_calendar(request, pk):
    """What she goes to, and the address that her calendar reads by itself."""
    event = _released(request, pk)
    token = links.sign("events.calendar", event=event.pk, person=request.user.pk)
    address = links.url_for("events:my_feed", token)
    context = {
        "event": event,
        "address": address,
        "webcal": "webcal" + address.removeprefix("https").removeprefix("http"),
        "count": len(releases.sessions_of(request.user, event)),
    }
    return render(request, "events/my_calendar.html", context)


@login_not_required
@require_safe
def my_feed(request, token):
    """The same without signing in, for whoever holds the address. Raises BadLink."""
    facts = links.read("events.calendar", token, days=CALENDAR_DAYS)
    person = User.objects.filter(pk=facts["person"], is_active=True).first()
    rows = Event.objects.allowing(person, "view").select_related("released") if person else Event.objects.none()
    event = rows.filter(pk=facts["event"]).first()
    if event is None:
        raise links.BadLink(_("This calendar address no longer works."))
    with override(person.language):
        content = ics.programme(event, event.released, only=set(releases.sessions_of(person, event)))
    return _as_calendar(request, event, content, f"{event.pk}.ics")


def _as_calendar(request, event, content, name):
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="event-{name}"'
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


@login_not_required
@require_safe
def schedule_json(request, pk):
    """The programme as pretalx and the apps around it read it; with an event on the web for everybody."""
    event = _released(request, pk)
    if event.released is None:
        raise Http404
    response = JsonResponse(schedule.export(event, event.released))
    if event.door == "w":
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@login_not_required
@require_GET
@never_cache
def programme_worker(request, pk):
    """What keeps the programme on the device: a service worker that looks after pages below this address only."""
    found = finders.find(WORKER) or settings.STATIC_ROOT / WORKER
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript")
