"""What comes by mail and how soon; and what a letter opens by itself."""

from django.apps import apps
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from activity import actions, marking, paces
from activity.forms import PacesForm, PauseForm
from activity.kinds import kinds, levels
from activity.letters import UNSUBSCRIBE, UNSUBSCRIBE_DAYS
from core import links
from core.links import BadLink
from core.views import private


@require_http_methods(["GET", "HEAD", "POST"])
def choose_paces(request):
    """How soon each kind of news comes by mail, and why so."""
    form = PacesForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.choose_paces(request.user, form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("activity:paces")
    return _paces(request, form, PauseForm())


def _paces(request, form, pause_form):
    groups = {}
    for name, each in form.effective.items():
        app = apps.app_configs.get(name.partition(".")[0])
        groups.setdefault(app.verbose_name if app else _("Other"), []).append((each, form[name]))
    shown = {
        "form": form,
        "groups": [(name, rows, sum(bool(each.choice) for each, _field in rows)) for name, rows in groups.items()],
        "levels": [level for levels_of in levels.values() for level in levels_of(request.user)],
        "always": [kind for kind in kinds.values() if kind.fixed],
        "pause_form": pause_form,
        "all_off": request.user.paces.filter(kind=paces.ALL).exists(),
        "paused_until": request.user.paused_until if (request.user.paused_until or localdate()) > localdate() else None,
    }
    return render(request, "activity/paces.html", shown, status=422 if form.errors or pause_form.errors else 200)


@require_POST
def pause(request):
    """No letters until a day, or again from now on."""
    if "stop" in request.POST:
        actions.pause(request.user, None)
        messages.success(request, _("You get mail again."))
        return redirect("activity:paces")
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _paces(request, PacesForm(request.user), form)
    actions.pause(request.user, form.cleaned_data["until"])
    messages.success(request, _("No mail until then. In the bell you find everything."))
    return redirect("activity:paces")


@require_POST
def turn(request, way):
    """All mail off, or on again."""
    if way == "off":
        actions.turn_off(request.user)
        messages.success(request, _("All mail is off. In the bell you find everything."))
    else:
        actions.turn_on(request.user)
        messages.success(request, _("You get mail again, as before."))
    return redirect("activity:paces")


@private
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_letter(request, token):
    """Mark what stood in one PLG letter as read, from that letter. GET asks, POST does; no title stands here."""
    person_id, rows = marking.read(token)
    person = get_user_model().objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise BadLink
    if request.user.is_authenticated and request.user != person:
        sentence = _("This link belongs to somebody else. You are signed in as %(name)s.")
        raise BadLink(sentence % {"name": request.user})
    with translation.override(person.language):
        if request.method == "POST":
            actions.read_letter(person, rows)
            return redirect(request.path)
        count = person.notifications.unread().filter(pk__in=rows).count()
        return render(request, "activity/read_letter.html", {"count": count})


@csrf_exempt  # a mail program posts here by itself (RFC 8058); the signed token is the proof
@private
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """Turn off one kind of mail, or all of it, from the mail itself. GET shows, POST changes."""
    reader = actions.Reader(links.read(UNSUBSCRIBE, token, days=UNSUBSCRIBE_DAYS))
    wish = request.POST.get("what", "kind")
    if request.method == "POST":
        if wish == "back":
            actions.subscribe(reader)
        elif wish in ("kind", "all"):
            actions.unsubscribe(reader, reader.kind.name if wish == "kind" else paces.ALL)
        else:
            raise Http404
    language = reader.person.language if reader.person else translation.get_language()
    with translation.override(language):
        shown = {
            "kind": reader.kind,
            "hears_kind": reader.hears(reader.kind.name),
            "hears_all": reader.hears(paces.ALL),
            "asks_all": request.GET.get("what") == "all",
            "always": [kind for kind in kinds.values() if kind.fixed],
            "person": reader.person,
        }
        return render(request, "activity/unsubscribe.html", shown)
