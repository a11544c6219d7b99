"""A version before its editors: the real thing, and beside it what they and its makers say of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import streams
from core.models import get_or_refuse
from core.refusals import attempt
from knowledgehub import editors, rules
from knowledgehub.actions import reviewing as actions
from knowledgehub.forms.sharing import OfferForm, RemarkForm
from knowledgehub.models import Objection, Resource, ResourceVersion, Review
from knowledgehub.models.version import rules_of_review
from knowledgehub.sharing import looks_after
from knowledgehub.shell import home
from knowledgehub.views.showing import parts_of

PAGE = 20


def offer(request, pk):
    """Ask editors to look along at the concept of this resource."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    version = resource.versions.filter(published_at=None).first()
    places = editors.places_to_ask(request.user)
    form = OfferForm(request.POST if request.method == "POST" else None, places=places)
    why_not = _why_not_offer(resource, version, places)
    if form.is_bound and form.is_valid() and not why_not:
        review = attempt(form, actions.offer, version, by=request.user, **form.cleaned_data)
        if review:
            messages.success(request, _("Offered. You hear it when somebody says something."))
            return redirect(review)
    context = {"resource": resource, "version": version, "form": form, "why_not": why_not}
    return render(request, "knowledgehub/offer.html", context, status=422 if form.is_bound else 200)


@require_safe
def waiting(request):
    """What waits for me as an editor: to look along at, and to settle. What I made myself waits for others."""
    reviews = Review.objects.filter(rules_of_review(request.user)).exclude(
        rules.made(request.user, "version__resource__")
    )
    reviews = reviews.select_related("version__resource", "community", "network", "asked_by")
    objections = Objection.objects.filter(rules.moderate(request.user, "resource__"), settled_at=None)
    context = {
        "page": Paginator(reviews.order_by("asked_at", "pk"), PAGE).get_page(request.GET.get("page")),
        "objections": list(objections.select_related("resource").order_by("at", "pk")[:PAGE]),
        "looks_after": looks_after(request.user),
        "hub_url": reverse(home()),
    }
    return render(request, "knowledgehub/waiting.html", context)


def _why_not_offer(resource, version, places):
    if version is None:
        return _("There is no concept to look at. Make a new version first.")
    version.resource = resource
    if reason := actions.why_not_offer(version):
        return reason
    if not places:
        return _("You take part in no PLG or network where somebody else can look along.")
    return ""


def _review(request, pk, power="view"):
    rows = Review.objects.for_page(request.user, "decide").select_related("community", "network", "asked_by")
    return get_or_refuse(rows, power, pk=pk)


@require_safe
def review(request, pk):
    """The version as it will look, and the conversation beside it."""
    return _page(request, _review(request, pk), RemarkForm())


def _page(request, row, form, status=200):
    version = ResourceVersion.objects.select_related("resource__community", "resource__school").get(pk=row.version_id)
    is_maker = version.resource.is_made_by(request.user)
    context = {
        "review": row,
        "remarks": list(row.remarks.select_related("author")),
        "form": form,
        "stream_url": streams.of_page(request.user, actions.channel(row)),
        "is_maker": is_maker,
        "may_decide": row.can_decide and not is_maker and not row.decided_at,
        "is_agreed": bool(row.is_agreed and (version.offered_at or version.published_at)),  # not changed since
        "may_take_back": is_maker and bool(version.offered_at) and not version.published_at,
        **parts_of(request, version.resource, version),
    }
    return render(request, "knowledgehub/review.html", context, status=status)


def _say(request, pk, power, deed, said):
    """What was typed is never lost: a refusal shows the page again with it."""
    row = _review(request, pk, power)
    form = RemarkForm(request.POST)
    if form.is_valid() and attempt(form, deed, row, by=request.user, **form.cleaned_data):
        messages.success(request, said)
        return None
    return _page(request, row, form, status=422)


@require_POST
def remark(request, pk):
    """Say something about it."""
    return _say(request, pk, "view", actions.remark, _("Said.")) or redirect("knowledgehub:review", pk)


@require_POST
def agree(request, pk):
    """Good as it is."""
    return _say(request, pk, "decide", actions.agree, _("You agree. The makers can publish it.")) or redirect("home")


@require_POST
def not_yet(request, pk):
    """Not yet, with what should be different."""
    said = _("The makers read your remark and can change it.")
    return _say(request, pk, "decide", actions.not_yet, said) or redirect("home")


@require_POST
def take_back(request, pk):
    """A maker wants to change something first."""
    row = _review(request, pk)
    get_or_refuse(Resource.objects.for_detail(request.user), "edit", versions__review=row)
    actions.take_back(row, by=request.user)
    messages.success(request, _("Taken back. You can change it again."))
    return redirect("knowledgehub:review", pk)
