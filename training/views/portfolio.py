"""A portfolio: for its owner, for who assesses it, and for who holds a link."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.files.serving import serve
from core.held import by_key
from core.links import url_for
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from training import rules
from training.actions import assessing as judging
from training.actions import portfolio as deeds
from training.forms.assessing import ItemForm, PortfolioLinkForm
from training.models import Appeal, Assessment, Enrolment, Outcome, PortfolioItem, PortfolioLink, SubmissionVersion

OPENED_A_MINUTE = 120


def of_reader(request, pk, power="view"):
    """An enrolment of which she may read the portfolio: her own, or one that she assesses. A coach reads none."""
    seen = rules.learn(request.user) | rules.assess(request.user)
    rows = Enrolment.objects.filter(seen).with_powers(request.user, "learn", "assess")
    row = rows.select_related("version__programme", "person", "group").filter(pk=pk).first()
    if row is None:
        raise Http404
    if power != "view" and not getattr(row, f"can_{power}"):
        raise PermissionDenied
    return row


def items_of(enrolment):
    """Items with what they show and what they point at."""
    rows = PortfolioItem.objects.filter(enrolment=enrolment).prefetch_related(
        Prefetch("outcomes", Outcome.objects.order_by("order", "pk"))
    )
    return list(rows.select_related("submission__assignment", "practice__community", "practice__meeting"))


def by_outcome(enrolment, items):
    """[(outcome, the items that show it)], in the order of the programme."""
    shown = {}
    for item in items:
        for outcome in item.outcomes.all():
            shown.setdefault(outcome.pk, []).append(item)
    return [(row, shown.get(row.pk, [])) for row in Outcome.objects.filter(version=enrolment.version_id)]


@require_safe
def portfolio(request, pk):
    """What she shows, what of the outcomes is not shown yet, and how far its assessment is."""
    row = of_reader(request, pk)
    items = items_of(row)
    rounds = judging.rounds(row, request.user)
    context = {
        "enrolment": row,
        "items": items,
        "outcomes": by_outcome(row, items),
        "rounds": rounds,
        "why_not_change": deeds.why_not_change(row) if row.can_learn else "",
        "why_not": judging.why_not_hand_over(row) if row.can_learn else "",
        "may_appeal": row.can_learn and not judging.why_not_appeal(row),
        "appeal": Appeal.objects.filter(enrolment=row).order_by("-attempt").first() if row.can_learn else None,
        "mine": Assessment.objects.filter(enrolment=row, assessor=request.user, state="asked").first()
        if row.can_assess
        else None,
        "state": judging.state_of(row),
    }
    return render(request, "training/portfolio.html", context)


def add_item(request, pk):
    """Something more."""
    return _item(request, of_reader(request, pk, "learn"), None)


def _of_item(request, pk):
    rows = PortfolioItem.objects.allowing(request.user, "learn").select_related("enrolment")
    found = rows.prefetch_related("outcomes").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def edit_item(request, pk):
    """Change it."""
    item = _of_item(request, pk)
    return _item(request, of_reader(request, item.enrolment_id, "learn"), item)


def _item(request, row, item):
    form = ItemForm(request.POST or None, request.FILES or None, enrolment=row, item=item)
    if request.method == "GET" and (reason := deeds.why_not_change(row)):
        raise Refused(reason)
    if form.is_valid() and attempt(form, deeds.keep_item, form, enrolment=row, by=request.user, item=item):
        messages.success(request, _("Kept in your portfolio."))
        return redirect("training:portfolio", row.pk)
    context = {"form": form, "enrolment": row, "item": item}
    return render(request, "training/portfolio_item.html", context, status=422 if request.method == "POST" else 200)


def remove_item(request, pk):
    """Ask first: its text and file are gone then."""
    item = _of_item(request, pk)
    if request.method == "POST":
        deeds.remove_item(item, by=request.user)
        return redirect("training:portfolio", item.enrolment_id)
    return render(request, "training/portfolio_remove.html", {"item": item, "enrolment": item.enrolment})


@require_safe
def item_file(request, pk):
    """The file of an item, for who may read the portfolio."""
    item = get_object_or_404(PortfolioItem.objects.allowing(request.user, "view"), pk=pk)
    if not item.file:
        raise Http404
    return serve(request, item.file, name=item.file_name, media_type=item.file_type)


# Links --------------------------------------------------------------------------------------------


def portfolio_links(request, pk):
    """Her links, and a new one. Its key is shown once, in the answer to the form."""
    row = of_reader(request, pk, "learn")
    form, fresh, status = PortfolioLinkForm(request.POST or None), None, 200
    if request.method == "POST":
        made = form.is_valid() and attempt(form, deeds.share, row, by=request.user, **form.cleaned_data)
        if made:
            fresh, form = url_for("training:shared_portfolio", made[1]), PortfolioLinkForm()
        else:
            status = 422
    context = {
        "enrolment": row,
        "form": form,
        "fresh": fresh,
        "links": list(PortfolioLink.objects.filter(enrolment=row)),
        "has_items": PortfolioItem.objects.filter(enrolment=row).exists(),
    }
    return render(request, "training/portfolio_links.html", context, status=status)


@require_POST
def revoke_portfolio_link(request, pk):
    """The link counts no more."""
    rows = PortfolioLink.objects.for_page(request.user).select_related("enrolment")
    link = get_or_refuse(rows, pk=pk)
    deeds.revoke(link, by=request.user)
    messages.success(request, _("Called back. Who has the link sees nothing any more."))
    return redirect("training:portfolio_links", link.enrolment_id)


by_link = by_key("training.portfolio", most=OPENED_A_MINUTE, find=deeds.behind)


def _last_work(items):
    """Of each assignment that is shown, what was handed in last: {id of the submission: its version}."""
    ids = [item.submission_id for item in items if item.submission_id]
    rows = SubmissionVersion.objects.filter(submission__in=ids, submitted_at__isnull=False).order_by("number")
    return {row.submission_id: row for row in rows}


@by_link
def shared_portfolio(request, held):
    """Her items and her own work: no feedback, no assessment, nobody else's words."""
    if request.method == "GET":
        held.count_opening()
    row = held.enrolment
    items = items_of(row)
    work = _last_work(items)
    context = {
        "enrolment": row,
        "link": held,
        "key": held.key,
        "items": [{"item": item, "work": work.get(item.submission_id)} for item in items],
        "outcomes": by_outcome(row, items),
    }
    return render(request, "training/shared_portfolio.html", context)


@by_link
def shared_file(request, held, pk):
    """The file of an item, for who holds the link; else that of the work it points at."""
    item = get_object_or_404(PortfolioItem, enrolment=held.enrolment_id, pk=pk)
    file = item if item.file else _last_work([item]).get(item.submission_id)
    if file is None or not file.file:
        raise Http404
    return serve(request, file.file, name=file.file_name, media_type=file.file_type)
