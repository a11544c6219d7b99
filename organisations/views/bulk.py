"""Many people at once: choose them, say what happens, look at it row by row, carry it out, take it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from activity import looks
from core.models import get_or_refuse
from core.refusals import attempt
from core.text import number
from organisations import actions
from organisations.actions.bulk import MOST, rows_of
from organisations.bulk import UNDO_DAYS, BulkDeed
from organisations.bulk_forms import BulkForm
from organisations.choices import BulkVerb
from organisations.models import Affiliation, School
from organisations.rules import standing
from organisations.views.people import FILTERS, found_by


def _chosen(request):
    """The places of work that are meant: of the people ticked, or of everybody that the list found."""
    asked = request.POST if request.method == "POST" else request.GET
    people, seen = found_by(request.user, asked)
    if "everybody" not in asked:
        people = people.filter(pk__in=[pk for value in asked.getlist("person") if (pk := number(value))])
    rows = Affiliation.objects.allowing(request.user, "manage").filter(pk__in=seen.values("pk"), person__in=people)
    return rows.select_related("person").order_by("person__sort_name", "pk")


def bulk_new(request):
    """Say what happens to the people who were chosen in the list: first the verb, then what it needs."""
    if not standing(request.user).manages:
        raise PermissionDenied
    rows = list(_chosen(request)[: MOST + 1])
    asked = request.POST if request.method == "POST" else request.GET
    verb = asked.get("verb") if asked.get("verb") in BulkVerb else None
    form = BulkForm(request.POST if request.method == "POST" else None, prefix="do", verb=verb) if verb else None
    if form and form.is_bound and form.is_valid():
        if verb == BulkVerb.MOVE:
            get_or_refuse(School.objects.for_page(request.user, "manage"), "manage", pk=form.cleaned_data["school"].pk)
        deed = attempt(form, actions.prepare_bulk, rows, verb, form.wishes, by=request.user)
        if deed:
            return redirect(deed)
    people = list(dict.fromkeys(row.person for row in rows))
    looks.note(request.user, people, "organisations.people")
    context = {
        "form": form,
        "verb": verb,
        "called": BulkVerb(verb).label if verb else _("Many people at once"),
        "verbs": BulkVerb.choices,
        "people": people,
        "too_many": len(rows) > MOST,
        "kept": [(name, value) for name in KEPT for value in asked.getlist(name)],
    }
    return render(request, "organisations/bulk_new.html", context, status=422 if form and form.errors else 200)


#: What the list was asked for, and who was ticked.
KEPT = ("person", "everybody", *FILTERS)


def _found(request, pk):
    return get_or_refuse(BulkDeed.objects.for_page(request.user), pk=pk)


@require_safe
def bulk(request, pk):
    """Row by row what will happen, or what happened."""
    return _page(request, _found(request, pk))


def _page(request, deed):
    rows = rows_of(deed, request.user) if not deed.done_at else []
    looks.note(request.user, [row.affiliation.person_id for row in rows], "organisations.people")
    context = {
        "deed": deed,
        "rows": rows,
        "possible": [row for row in rows if not row.why_not],
        "told": sum(row.affiliation.person.has_joined for row in rows if not row.why_not),
        "is_invitation": deed.verb == BulkVerb.INVITE,
        "undo_days": UNDO_DAYS,
    }
    if deed.done_at:
        told = Affiliation.objects.allowing(request.user, "manage").filter(pk__in=[pk for pk, _why in deed.outcome])
        known = {row.pk: row for row in told.select_related("person", "school", "board", "partner")}
        context["outcome"] = [(known[pk], why) for pk, why in deed.outcome if pk in known]
        context["why_not_undo"] = deed.why_not_undo
    return render(request, "organisations/bulk.html", context)


@require_POST
def bulk_carry_out(request, pk):
    """Do it for the rows that are still ticked."""
    deed = _found(request, pk)
    chosen = {row for value in request.POST.getlist("row") if (row := number(value))}
    count = actions.carry_out_bulk(deed, chosen, by=request.user)
    messages.success(
        request, ngettext("Done for %(count)d person.", "Done for %(count)d people.", count) % {"count": count}
    )
    return redirect(deed)


@require_POST
def bulk_take_back(request, pk):
    """Put everything back that still stands as it was left."""
    deed = _found(request, pk)
    say_taken_back(request, actions.take_back_bulk(deed, by=request.user))
    return redirect(deed)


def say_taken_back(request, stays):
    """All of it, or all but these."""
    if stays:
        names = ", ".join(stays[:12]) + (" …" if len(stays) > 12 else "")
        messages.warning(request, _("Taken back, except for %(names)s: something else came since.") % {"names": names})
    else:
        messages.success(request, _("Taken back. Everything is as it was before."))
