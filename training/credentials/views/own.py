"""What somebody has to show, and how she shows it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import pdf
from core.models import get_or_refuse
from core.steps import open_to
from training.credentials import actions, guards, rules
from training.credentials import paper as on_paper
from training.credentials.models import Credential
from training.credentials.showing import as_shown, json_answer, linkedin
from training.credentials.steps import CREDENTIAL


@require_safe
def mine(request):
    """All that I may show, the newest first."""
    rows = list(Credential.objects.for_list(request.user).filter(person=request.user))
    context = {
        "out": [each for each in rows if each.is_out],
        "waiting": [each for each in rows if not each.is_out and not each.ended_at],
        "keeps": rules.keep_some(request.user),
    }
    return render(request, "credentials/mine.html", context)


def _one(request, power="view", pk=None):
    return get_or_refuse(Credential.objects.for_detail(request.user), power, pk=pk)


@require_safe
def credential(request, pk):
    """One credential, for its holder and for who keeps the programme."""
    row = _one(request, pk=pk)
    context = {"credential": row, **as_shown(row)}
    if row.can_hold and row.is_out and row.signed:
        context |= {"linkedin": linkedin(row), "stale": actions.stale(row)}
    if row.can_keep and not row.can_hold:
        steps = open_to(CREDENTIAL, row.state, frozenset({"keeper", "second"}))
        context |= {"verbs": {each.verb: True for each in steps}, "why_not": guards.why_not_second(row, request.user)}
    return render(request, "credentials/credential.html", context)


@require_POST
def ask_anew(request, pk):
    """I am called otherwise now, or have another address: may it be issued anew?"""
    row = _one(request, "hold", pk=pk)
    actions.ask_anew(row, by=request.user)
    messages.success(request, _("It is asked. You hear when the new one is there."))
    return redirect(row)


@require_POST
def new_link(request, pk):
    """A new link; the old one shows no name any more."""
    row = _one(request, "hold", pk=pk)
    actions.new_link(row, by=request.user)
    messages.success(request, _("There is a new link. Whoever has the old one finds nothing there any more."))
    return redirect(row)


@require_safe
def paper(request, pk):
    """On paper, for its holder."""
    row = _shown(request, pk)
    return pdf.answer("credential", on_paper.of(row), name=row.title)


@require_safe
def badge(request, pk):
    """The signed credential as a file, for wallets and other programs."""
    return json_answer(_shown(request, pk).signed, "badge.json")


def _shown(request, pk):
    row = _one(request, "hold", pk=pk)
    if row.why_not_shown:
        raise Http404
    return row
