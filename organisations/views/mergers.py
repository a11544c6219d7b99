"""A school or board goes up into another one: choose which, see what goes along, do it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.models import get_or_refuse
from core.refusals import attempt
from organisations import actions
from organisations.actions.mergers import what_goes_along, why_not_merge
from organisations.bulk_forms import MergeBoardForm, MergeSchoolForm
from organisations.models import Board, School


def merge_school(request, pk):
    """This school goes up into another one of its board."""
    rows = School.objects.for_page(request.user, "manage").select_related("board", "merged_into")
    return _merge(request, get_or_refuse(rows, "manage", pk=pk), MergeSchoolForm, actions.merge_schools)


def merge_board(request, pk):
    """This board goes up into another one that the same person manages."""
    rows = Board.objects.for_page(request.user, "manage").select_related("merged_into")
    return _merge(request, get_or_refuse(rows, "manage", pk=pk), MergeBoardForm, actions.merge_boards)


def _merge(request, gone, form_class, merge):
    """First the page with the other place and what goes along; carried out once that was seen and ticked."""
    form = form_class(request.POST or None)
    into = None
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        get_or_refuse(type(into).objects.for_page(request.user, "manage"), "manage", pk=into.pk)
        if reason := why_not_merge(gone, into):
            form.add_error("into", reason)
        elif not form.cleaned_data["sure"]:
            if "sure" in form.data or "seen" in form.data:
                form.add_error("sure", _("Tick that you looked at it. This cannot be taken back."))
        elif attempt(form, merge, gone, into, by=request.user, **form.choices):
            messages.success(request, _("%(gone)s went up into %(into)s.") % {"gone": gone, "into": into})
            return redirect(into)
    shown = into if into and not form.errors.get("into") else None
    context = {
        "form": form,
        "gone": gone,
        "into": shown,
        "goes": what_goes_along(gone) if shown else None,
        "is_board": isinstance(gone, Board),
        "why_not": _("%(place)s does not exist any more.") % {"place": gone} if gone.gone_at else "",
    }
    status = 422 if form.errors else 200
    return render(request, "organisations/merge.html", context, status=status)
