"""The facilitator asks pupils or parents: a link and a picture of it, how many answered, and its end."""

from functools import lru_cache

import segno
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from participation.impact import actions
from participation.impact.choices import Audience
from participation.impact.forms import PanelForm
from participation.impact.models import Panel, Wave


def open_panel(request, pk):
    """Make a link for pupils or parents."""
    wave = get_or_refuse(Wave.objects.for_detail(request.user), "manage", pk=pk)
    if wave.closed_at:
        raise Refused(_("These questions are closed."))
    if wave.panels.count() >= len(Audience):
        raise Refused(_("There is a link for pupils and for parents already."))
    form = PanelForm(request.POST or None, wave=wave)
    if form.is_bound and form.is_valid():
        panel = attempt(form, actions.open_panel, wave, by=request.user, **form.cleaned_data)
        if panel:
            messages.success(request, _("The link is there. Show it on the board, or print this page."))
            return redirect(panel)
    context = {"wave": wave, "form": form}
    return render(request, "impact/open_panel.html", context, status=422 if form.is_bound else 200)


@require_safe
def panel(request, pk):
    """The link with its picture, and how many answered."""
    row = get_or_refuse(Panel.objects.for_detail(request.user), "manage", pk=pk)
    context = {
        "panel": row,
        "wave": row.wave,
        "questionnaire": row.wave.questionnaire,
        "count": row.responses.count(),
        "picture": picture_of(row.link),
        "why_not": row.why_not_answer,
    }
    return render(request, "impact/panel.html", context)


@lru_cache(maxsize=200)
def picture_of(link):
    """What leads the camera of a phone to this link."""
    drawn = segno.make(link, error="m", micro=False)
    return mark_safe(drawn.svg_inline(border=2, light="#fff", omitsize=True, svgclass="qr", lineclass=""))


def _deed(request, pk, deed, said, **more):
    row = get_or_refuse(Panel.objects.for_detail(request.user), "manage", pk=pk)
    deed(row, by=request.user, **more)
    messages.success(request, said)
    return row


@require_POST
def revoke_panel(request, pk):
    """The link counts no more."""
    return redirect(_deed(request, pk, actions.revoke_panel, _("The link counts no more. What was answered stays.")))


@require_POST
def renew_panel(request, pk):
    """Another link; where somebody played with the old one, without what was answered."""
    empty = "empty" in request.POST
    said = _("There is a new link, and nothing is answered yet.") if empty else _("There is a new link.")
    return redirect(_deed(request, pk, actions.renew_panel, said, empty=empty))


@require_POST
def close_panel(request, pk):
    """No more answers: the result is there."""
    row = _deed(request, pk, actions.close_panel, _("Closed. The result stands below."))
    return redirect(row.wave.questionnaire)


@require_POST
def remove_text(request, pk, response):
    """Take a text away that names somebody or does not belong here."""
    row = _deed(request, pk, actions.remove_text, _("The text is taken away."), response=response)
    return redirect(row.wave.questionnaire)
