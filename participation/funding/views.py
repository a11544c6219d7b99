"""The screens of funding, for who runs the network, board or PLG."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.models import Community
from communities.rules import standing
from core import pdf
from core.files.tables import xlsx_answer
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from organisations.models import Board, Network
from organisations.rules import standing as at_work
from participation.funding import actions, evidence, rules
from participation.funding.forms import DateForm, GrantForm
from participation.funding.models import DueDate, Grant


@require_safe
def index(request):
    """All that I keep, and the places for which I can write something down."""
    if not rules.run_something(request.user):
        raise PermissionDenied
    context = {"grants": list(Grant.objects.for_list(request.user)), "places": _places(request.user)}
    return render(request, "funding/index.html", context)


def _places(user):
    """(kind, row) of what she runs."""
    mine = at_work(user)
    found = []
    for kind, model, ids in (
        ("network", Network, mine.networks_run),
        ("board", Board, mine.boards_run),
        ("plg", Community, standing(user).leads),
    ):
        found += [(kind, row) for row in model.objects.filter(pk__in=ids).order_by("sort_name")] if ids else []
    return found


def add(request, kind, pk):
    """Write down what there is for one of my places."""
    place = _place(request.user, kind, pk)
    form = GrantForm(request.POST if request.method == "POST" else None, place=place)
    if form.is_valid():
        grant = attempt(form, actions.add, place, by=request.user, **form.cleaned_data)
        if grant:
            messages.success(request, _("It is written down. Now add the days on which you must report."))
            return redirect(grant)
    context = {"form": form, "place": place}
    return render(request, "funding/form.html", context, status=422 if form.is_bound else 200)


def _place(user, kind, pk):
    """The place, if she runs it."""
    model, ids = {
        "network": (Network, at_work(user).networks_run),
        "board": (Board, at_work(user).boards_run),
        "plg": (Community, standing(user).leads),
    }.get(kind, (None, ()))
    if model is None or not (row := model.objects.filter(pk=pk).first()):
        raise Http404
    if row.pk not in ids:
        if model.objects.allowing(user, "view").filter(pk=pk).exists():
            raise PermissionDenied
        raise Http404
    return row


def _grant(request, pk):
    return get_or_refuse(Grant.objects.for_detail(request.user), "manage", pk=pk)


@require_safe
def detail(request, pk):
    """What it is, when to report, and what there is to show for it."""
    return _detail(request, _grant(request, pk), DateForm())


def _detail(request, grant, form, status=200):
    found = evidence.of(grant)
    context = {"grant": grant, "form": form, "evidence": found, "why": evidence.why(grant)}
    return render(request, "funding/detail.html", context, status=status)


def edit(request, pk):
    """Change what is written down."""
    grant = _grant(request, pk)
    form = GrantForm(request.POST if request.method == "POST" else None, instance=grant, place=grant.place)
    if form.is_valid() and attempt(form, actions.edit, grant, by=request.user, **form.cleaned_data):
        messages.success(request, _("Changed."))
        return redirect(grant)
    context = {"form": form, "grant": grant, "place": grant.place}
    return render(request, "funding/form.html", context, status=422 if form.is_bound else 200)


def remove(request, pk):
    """First what goes, then it goes."""
    grant = _grant(request, pk)
    if reason := grant.why_not_remove:
        raise Refused(reason)
    if request.method == "POST":
        actions.remove(grant, by=request.user)
        messages.success(request, _("It is gone."))
        return redirect("funding:index")
    return render(request, "funding/remove.html", {"grant": grant})


@require_POST
def add_date(request, pk):
    """A day before which something must be reported."""
    grant, form = _grant(request, pk), DateForm(request.POST)
    if form.is_valid() and attempt(form, actions.add_date, grant, by=request.user, **form.cleaned_data):
        messages.success(request, _("You are asked four weeks before."))
        return redirect(grant)
    return _detail(request, grant, form, status=422)


def _due(request, pk):
    rows = DueDate.objects.for_page(request.user, "manage").select_related("grant")
    return get_or_refuse(rows, "manage", pk=pk)


@require_POST
def report(request, pk):
    """It is reported."""
    due = actions.report(_due(request, pk), by=request.user)
    messages.success(request, _("Written down as reported."))
    return redirect(due)


@require_POST
def report_undone(request, pk):
    """It was not reported after all."""
    return redirect(actions.report_undone(_due(request, pk), by=request.user))


@require_POST
def remove_date(request, pk):
    """Nothing needs to be reported then."""
    due = _due(request, pk)
    actions.remove_date(due, by=request.user)
    messages.success(request, _("That day is gone."))
    return redirect(due.grant)


@require_safe
def evidence_xlsx(request, pk):
    """Dates and sums as a spreadsheet."""
    grant = _grant(request, pk)
    rows = list(evidence.table(grant, evidence.of(grant)))
    return xlsx_answer(f"{_name(grant)}.xlsx", rows, title=_("Evidence"))


@require_safe
def evidence_pdf(request, pk):
    """The same on paper: a tagged PDF."""
    grant = _grant(request, pk)
    return pdf.answer("report", evidence.paper(grant, evidence.of(grant)), name=_name(grant))


def _name(grant):
    return slugify(_("evidence %(name)s") % {"name": grant.name})
