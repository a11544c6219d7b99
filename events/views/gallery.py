"""What was shown: posters on a wall, and recordings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.files.serving import serve
from core.models import FETCH_MODE, get_or_refuse
from core.refusals import attempt
from events import evaluating, rules
from events.actions import after, posters
from events.forms.after import PosterForm, RecordingsForm
from events.models import Contribution, Event
from events.views.events import tabs_of

ON_A_PAGE = 12


def hanging(event):
    """The posters of an event, in the order of their titles."""
    rows = Contribution.objects.filter(event=event, state__in=posters.HANGS).exclude(poster="")
    return rows.order_by("title", "pk")


@login_not_required
@require_safe
def gallery(request, pk):
    """All posters of an event, for who sees the event."""
    event = Event.objects.for_detail(request.user).filter(pk=pk).first()
    if event is None:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    rows = hanging(event).select_related("community").prefetch_related("authors__person").fetch_mode(FETCH_MODE)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    own = rules.standing(request.user).brings if request.user.is_authenticated else ()
    for row in page:
        row.names = ", ".join(str(each) for each in row.authors.all())
        row.is_pdf = row.poster_type == "application/pdf"
    may_hang = Contribution.objects.filter(pk__in=own, event=event, state__in=posters.HANGS, poster="").first()
    context = {
        "event": event,
        "page_base": "shell.html" if request.user.is_authenticated else "public.html",
        "page": page,
        "own": own,
        "may_hang": may_hang,
        "tabs": [tab | {"current": tab["url"] == request.path} for tab in tabs_of(event, request.user)],
    }
    return render(request, "events/gallery.html", context)


@login_not_required
@require_safe
def poster_file(request, pk, size):
    """The poster itself, or its small picture."""
    rows = Contribution.objects.filter(rules.view(request.user, "event__"), state__in=posters.HANGS).exclude(poster="")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    if size == "small" and row.poster_small:
        return serve(request, row.poster_small, name="poster.jpg", media_type="image/jpeg")
    return serve(request, row.poster, name=row.poster_name, media_type=row.poster_type)


def poster(request, pk):
    """Hang a poster, another one, or take it down."""
    row = get_or_refuse(Contribution.objects.for_detail(request.user), "edit", pk=pk)
    if request.method == "POST" and request.POST.get("do") == "take_down":
        posters.take_down(row, by=request.user)
        messages.success(request, _("Your poster hangs no more."))
        return redirect("events:gallery", row.event_id)
    is_posted = request.method == "POST"
    form = PosterForm(request.POST if is_posted else None, request.FILES if is_posted else None, instance=row)
    if form.is_bound and form.is_valid() and attempt(form, _hang, request, row, form):
        messages.success(request, _("Your poster hangs."))
        return redirect("events:gallery", row.event_id)
    context = {"contribution": row, "event": row.event, "form": form, "why_not": posters.why_not_hang(row)}
    return render(request, "events/poster.html", context, status=422 if form.is_bound else 200)


def _hang(request, row, form):
    return posters.hang(row, by=request.user, taken=form.cleaned_data["file"], alt=form.cleaned_data["poster_alt"])


def recordings(request, pk):
    """Where the recording of each session stands; who gave it decides whether it is shared."""
    event = get_or_refuse(Event.objects.for_detail(request.user), "organise", pk=pk)
    sessions = list(evaluating.sessions_of(event).select_related("slot", "contribution__resource"))
    form = RecordingsForm(request.POST if request.method == "POST" else None, sessions=sessions)
    if form.is_bound and form.is_valid():
        count = sum(after.record_session(each, by=request.user, recording=said) for each, said in form.said)
        said = ngettext("%(n)d session was changed.", "%(n)d sessions were changed.", count) % {"n": count}
        messages.success(request, said)
        return redirect("events:recordings", event.pk)
    context = {"event": event, "form": form}
    return render(request, "events/recordings.html", context, status=422 if form.is_bound else 200)
