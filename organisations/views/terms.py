"""How long what is kept, for the administrators of boards and networks."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.models import get_or_refuse
from core.refusals import Refused
from core.registry import terms
from core.terms import in_words
from organisations.models import Board
from organisations.rules import standing
from organisations.terms import BoardTerm, TermReport, choose

STEPS = (30, 60, 90, 180, 365, 730, 1095, 1825, 2555, 3650)


def choices_of(term, days):
    """The terms that a board can choose, as (days, words, is the platform's own, is chosen)."""
    kept = sorted({step for step in STEPS if term.least <= step <= term.most} | {term.days, days})
    return [
        {"days": step, "words": in_words(step), "usual": step == term.days, "chosen": step == days} for step in kept
    ]


@require_safe
def retention(request):
    """The terms of the platform, those of one's boards, and what the last nights took away."""
    mine = standing(request.user)
    if not mine.manages:
        raise PermissionDenied
    reached = mine.boards_run | mine.boards_reached
    boards = Board.objects.open().filter(pk__in=reached).for_page(request.user, "manage").order_by("sort_name")
    chosen = {}
    for term in BoardTerm.objects.filter(board__in=reached, kind__in=terms).select_related("board"):
        chosen.setdefault(term.kind, []).append({"board": term.board, "said": in_words(term.days)})
    context = {
        "rows": [{"name": name, "term": term, "chosen": chosen.get(name, [])} for name, term in terms.items()],
        "boards": [board for board in boards if board.can_manage],
        "reports": _in_words(TermReport.objects.all()[:7]),
    }
    return render(request, "organisations/retention.html", context)


def _in_words(reports):
    for report in reports:
        report.lines = [(terms[name].title, count) for name, count in report.counts.items() if name in terms and count]
        report.troubles = [terms[name].title for name in report.failed if name in terms]
    return list(reports)


def _usual(choice):
    return _("%(term)s (usual)") % {"term": choice["words"]} if choice["usual"] else choice["words"]


class TermsForm(forms.Form):
    """The terms of one board, each within its bounds."""

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        now = dict(BoardTerm.objects.filter(board=board).values_list("kind", "days"))
        for name, term in terms.items():
            if term.is_chosen:
                days = now.get(name, term.days)
                options = [(each["days"], _usual(each)) for each in choices_of(term, days)]
                self.fields[name] = forms.TypedChoiceField(
                    label=term.title, help_text=term.goes, choices=options, coerce=int, initial=days
                )


def board_terms(request, pk):
    """A board sets its own terms."""
    board = get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)
    form = TermsForm(request.POST or None, board=board)
    if request.method == "POST" and form.is_valid() and _chosen(form, board, request.user):
        messages.success(request, _("Saved. It holds from tonight."))
        return redirect("organisations:retention")
    context = {"form": form, "board": board}
    return render(request, "organisations/board_terms.html", context, status=422 if request.method == "POST" else 200)


def _chosen(form, board, by):
    for name in form.changed_data:
        try:
            choose(board, name, form.cleaned_data[name], by=by)
        except Refused as refusal:
            form.add_error(name, refusal.sentence)
    return not form.errors
