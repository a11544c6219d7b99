"""A staff list, from upload to undo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activity import looks
from core.files.tables import csv_answer
from core.models import get_or_refuse
from core.refusals import attempt
from core.text import number
from organisations import actions
from organisations.actions.staff import UNDO_DAYS, sample, why_not_undo
from organisations.choices import Function
from organisations.forms import CarryOutForm, StaffListForm
from organisations.imports.staff import Judge
from organisations.models import Board, StaffImport
from organisations.rules import add_people, standing
from organisations.views.bulk import say_taken_back

AT_FIRST = 12
STATES = ("new", "change", "same", "ask")


def _boards(user):
    if not add_people(user):
        raise PermissionDenied
    return Board.objects.for_page(user, "manage").filter(pk__in=standing(user).boards_run).order_by("sort_name")


def staff_import(request, pk=None):
    """Choose a file, and find earlier lists again."""
    boards = list(_boards(request.user))
    if pk is None:
        if len(boards) == 1:
            return redirect("organisations:staff_import", boards[0].pk)
        return render(request, "organisations/staff_import_board.html", {"boards": boards})
    board = get_or_refuse(Board.objects.for_page(request.user, "manage"), "manage", pk=pk)
    form = StaffListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        found = attempt(form, actions.read_staff_list, board, form.cleaned_data["file"], by=request.user)
        if found:
            return redirect("organisations:staff_import_check", found.pk)
    lists = StaffImport.objects.for_page(request.user).filter(board=board).select_related("by").defer("rows", "undo")
    context = {"board": board, "form": form, "lists": list(lists.order_by("-pk")[:10])}
    return render(request, "organisations/staff_import.html", context, status=422 if form.errors else 200)


@require_safe
def staff_sample(request):
    """A small file to fill in."""
    return csv_answer("voorbeeld-personeelslijst.csv", sample())


def _found(request, pk):
    rows = StaffImport.objects.for_page(request.user, "manage").select_related("board", "by")
    return get_or_refuse(rows, "manage", pk=pk)


@require_safe
def staff_import_check(request, pk):
    """Row by row what will happen; nothing is saved before every question is answered."""
    return _check(request, _found(request, pk))


def _check(request, found, status=200, form=None, part=""):
    if found.done_at:
        return _done(request, found)
    judge = Judge(found.board, found.rows)
    verdicts = judge.verdicts()
    show = request.GET.get("show", "")
    asking = [verdict for verdict in verdicts if verdict.asks]
    rows = asking + [verdict for verdict in verdicts if not verdict.asks]
    if show in STATES:
        rows = [verdict for verdict in rows if verdict.state == show]
    hidden = 0
    if "all" not in request.GET and len(rows) > AT_FIRST + len(asking):
        hidden = len(rows) - AT_FIRST - len(asking)
        rows = rows[: AT_FIRST + len(asking)]
    counts = {state: sum(verdict.state == state for verdict in verdicts) for state in STATES}
    looks.note(request.user, [verdict.person for verdict in rows], "organisations.staff_import")
    context = {
        "list": found,
        "rows": rows,
        "hidden": hidden,
        "show": show,
        "counts": counts,
        "total": len(verdicts),
        "good": len(verdicts) - counts["ask"],
        "first_asking": asking[0].n if asking else None,
        "invited": sum(_gets_invited(verdict) for verdict in verdicts),
        "missing": judge.missing(verdicts),
        "schools": judge.schools,
        "functions": Function.choices,
        "undo_days": UNDO_DAYS,
        "form": form or CarryOutForm(),
        "chips": _chips(counts, len(verdicts), show),
    }
    return render(request, f"organisations/staff_import_check.html{part}", context, status=status)


def _gets_invited(verdict):
    is_new = verdict.state == "new" and verdict.is_first and verdict.person is None
    return is_new or (verdict.new_address and verdict.is_first and not verdict.proves_first)


def _chips(counts, total, show):
    labels = {"ask": _("Asks you"), "new": _("New"), "change": _("Changes"), "same": _("Stays so")}
    chips = [{"url": "?", "label": _("All"), "count": total, "current": show not in labels}]
    return chips + [
        {"url": f"?show={state}", "label": label, "count": counts[state], "current": show == state}
        for state, label in labels.items()
        if counts[state]
    ]


def _done(request, found):
    reason = why_not_undo(found)
    made = found.undo
    context = {
        "list": found,
        "why_not_undo": reason,
        "people": len(made.get("people", ())),
        "places": len(made.get("affiliations", ())),
        "changed": len(made.get("changed", ())),
        "invitations": len(made.get("invitations", ())),
    }
    return render(request, "organisations/staff_import_done.html", context)


@require_POST
def answer_row(request, pk, row):
    """Answer what one row asks."""
    found = _found(request, pk)
    answers = {
        name: request.POST[name] for name in ("name", "email", "function", "from", "until") if name in request.POST
    }
    if school := request.POST.get("school", ""):
        answers["school"] = number(school, "board")
    if who := request.POST.get("person", ""):
        answers["person"] = number(who, "other")
    if "skip" in request.POST:
        answers["skip"] = True
    found = actions.answer_row(found, row, answers)
    if request.headers.get("HX-Request"):
        return _check(request, _found(request, pk), part="#preview")
    return redirect("organisations:staff_import_check", pk)


@require_POST
def carry_out(request, pk):
    """Save the whole list at once."""
    found = _found(request, pk)
    form = CarryOutForm(request.POST)
    if not form.is_valid() or not attempt(form, actions.carry_out, found, by=request.user, invite_at=form.moment):
        return _check(request, _found(request, pk), status=422, form=form)
    messages.success(request, _("Everything is saved."))
    return redirect("organisations:staff_import_check", pk)


@require_POST
def undo(request, pk):
    """Take back what a list made; says who stays."""
    say_taken_back(request, actions.undo(_found(request, pk), by=request.user))
    return redirect("organisations:staff_import_check", pk)


@require_safe
def staff_report(request, pk):
    """What happens or happened with each row, to keep or to pass on."""
    found = _found(request, pk)
    head = [_("row"), _("name"), _("e-mail"), _("school"), _("function"), _("what happens"), _("explanation")]
    if found.done_at:
        rows = [
            [row["n"], row["name"], row["email"], row["school"], row["function"], *row.get("outcome", ("", ""))]
            for row in found.rows
        ]
    else:
        verdicts = Judge(found.board, found.rows).verdicts()
        rows = [[v.n, v.name, v.email, v.place, v.function_name, v.tag, v.sentence] for v in verdicts]
    return csv_answer(f"verslag-{found.pk}.csv", [head, *rows])
