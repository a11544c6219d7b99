"""For platform administrators: the state of the mail, and what can be done about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from activity import bounces, looks
from activity.models import PausedAddress
from organisations.rules import run_platform
from organisations.views.places import query_of
from plg_platform.mailroom import actions, queue

PER_PAGE = 20


def _refuse_others(user):
    if not run_platform(user):
        raise PermissionDenied


@require_safe
def index(request):
    """The outbox: figures, and one list: what waits, what failed, or the addresses to which nothing goes."""
    _refuse_others(request.user)
    figures = queue.figures()
    counts = {
        queue.FAILED: figures["failed"],
        queue.WAITING: figures["due"] + figures["later"],
        queue.PAUSED: figures["paused"],
    }
    show = request.GET.get("show")
    show = show if show in counts else next((name for name, count in counts.items() if count), queue.FAILED)
    asked = {name: request.GET.get(name, "").replace("\0", "") for name in ("q", "kind", "reason")}
    if show == queue.PAUSED:
        rows = queue.paused(asked["q"])
    else:
        rows = queue.letters(show, words=asked["q"], kind=asked["kind"], reason=asked["reason"])
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    looks.note(request.user, [row.person_id for row in page.object_list], "mailroom.index")
    if show != queue.PAUSED:
        for letter in page.object_list:
            letter.called = queue.label_of(letter.kind)
    labels = {queue.FAILED: _("Failed"), queue.WAITING: _("Waiting"), queue.PAUSED: _("Paused addresses")}
    shown = {
        "figures": figures,
        "show": show,
        "asked": asked,
        "page": page,
        "reasons": queue.reasons() if show == queue.FAILED else [],
        "query": query_of(show=show, **asked),
        "chips": [
            {"url": f"?show={name}", "label": labels[name], "count": count, "current": name == show}
            for name, count in counts.items()
        ],
    }
    return render(request, "mailroom/index.html", shown)


@require_POST
def resend(request, pk):
    """One letter that failed goes out again."""
    _refuse_others(request.user)
    letter = get_object_or_404(queue.failed(), pk=pk)
    _resend(request, queue.failed().filter(pk=letter.pk))
    return redirect(_list(request))


@require_POST
def resend_all(request):
    """All letters that failed for one reason go out again."""
    _refuse_others(request.user)
    reason = request.POST.get("reason", "").replace("\0", "")
    _resend(request, queue.failed(reason) if reason else queue.failed().none())
    return redirect(_list(request))


def _resend(request, letters):
    count = actions.resend(letters, by=request.user)
    messages.success(
        request,
        ngettext("%(count)d letter goes out again.", "%(count)d letters go out again.", count) % {"count": count},
    )


@require_POST
def release(request, pk):
    """An address works again, says an operator."""
    _refuse_others(request.user)
    paused = get_object_or_404(PausedAddress, pk=pk)
    bounces.release(paused, by=request.user)
    messages.success(request, _("%(address)s gets mail again.") % {"address": paused.address})
    return redirect(f"{reverse('mailroom:index')}?show={queue.PAUSED}")


def _list(request):
    return f"{reverse('mailroom:index')}?show={queue.FAILED}"
