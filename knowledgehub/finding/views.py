"""The home of the KennisHub: search, narrow, save a search; and the words that mean the same."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core import dutch
from core.limits import is_too_often
from core.models import get_or_refuse
from core.refusals import attempt, way_back
from core.text import number
from knowledgehub.actions import collecting
from knowledgehub.finding import actions, drawing, facets, finding, suggesting
from knowledgehub.finding.forms import SynonymForm
from knowledgehub.finding.models import SavedSearch, Synonym
from knowledgehub.models import Resource
from organisations.rules import standing as at_work

LONGEST = 200


@require_GET
def index(request):
    """Words and ticked boxes in, resources out; all of it stands in the address."""
    typed = _typed(request)
    question = dutch.asked(typed, typing=False)
    wishes = facets.chosen(request.GET)
    query = _query(request.GET)
    context = {"typed": typed, "query": query.urlencode(), "says_nothing": bool(typed) and not question}
    if (question or wishes) and is_too_often("search", request.user.pk, most=settings.SEARCHES_A_MINUTE):
        context["is_too_much"] = True
    else:
        context |= _found(request, query, question, wishes)
    return render(request, "finding/index.html#found" if request.htmx else "finding/index.html", context)


def _found(request, query, question, wishes):
    only_exact = "exact" in request.GET
    found = finding.find(request.user, question, wishes, only_exact=only_exact)
    shown = min(max(number(request.GET.get("show", ""), finding.PER_PAGE), finding.PER_PAGE), finding.MOST)
    widened = drawing.widened(question, found.plan)
    rows = drawing.cards(request.user, found.hits[:shown], widened)
    if only_exact:
        query["exact"] = "1"
    groups = facets.options(found.counts, wishes, lambda name, value: without(query, name, value))
    more = min(len(found.hits), finding.MOST) - shown
    return {
        "found": found,
        "rows": rows,
        "hits": drawing.html(rows, get_token(request)),
        "title": drawing.title_of(found) if question or wishes else _("New"),
        "boxes": drawing.boxes(groups, found.is_cut),
        "chosen": [option for _heading, _name, options in groups for option in options if option.is_chosen],
        "meant": drawing.meant(question, found.plan, rows) if question and not found.exact else {},
        "only_exact": only_exact,
        "asks": bool(question),
        "narrows": bool(wishes),
        "more": min(more, finding.PER_PAGE) if more > 0 else 0,
        "more_url": with_one(query, "show", shown + finding.PER_PAGE),
        "exact_url": with_one(query, "exact", 1),
        "wide_url": without(query, "exact", "1"),
        "shown": len(rows),
    }


def _typed(request):
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]


def _query(asked):
    """What was asked, always in the same order; nothing that it does not know."""
    found, wishes = QueryDict(mutable=True), facets.chosen(asked)
    if typed := asked.get("q", "").replace("\0", "").strip()[:LONGEST]:
        found["q"] = typed
    for name in wishes:
        found.setlist(name, facets.values_of(name, wishes[name]))
    return found


def with_one(query, name, value):
    """The address with this instead of what it says of it."""
    query = query.copy()
    query[name] = str(value)
    return "?" + query.urlencode()


def without(query, name, value):
    """The address without this value."""
    query = query.copy()
    query.setlist(name, [each for each in query.getlist(name) if each != value])
    return "?" + query.urlencode()


@require_GET
def suggest(request):
    """Options under the field while somebody types."""
    found = []
    if not is_too_often("suggest", request.user.pk, most=6 * settings.SEARCHES_A_MINUTE):
        found = suggesting.suggestions(request.user, _typed(request))
    return render(request, "finding/suggestions.html", {"suggestions": found})


@require_POST
def save(request, pk):
    """The button of a card: keep this resource at hand, or no longer."""
    row = get_or_refuse(Resource.objects.for_page(request.user, "use"), "use", pk=pk)
    is_saved = collecting.save(row, by=request.user)
    if request.htmx:
        return render(request, "finding/save.html", {"url": request.path, "of": row.title, "is_saved": is_saved})
    messages.success(request, _("Saved.") if is_saved else _("No longer saved."))
    return redirect(way_back(request, reverse("finding:index")))


# Saved searches -------------------------------------------------------------------------------------
@require_GET
def searches(request):
    """What she keeps, to look again or to let go."""
    rows = SavedSearch.objects.allowing(request.user, "view")
    return render(request, "finding/searches.html", {"searches": rows})


@require_POST
def save_search(request):
    """Tell her in her letter what is new for what she asked."""
    asked = QueryDict(request.POST.get("query", "")[:500])
    query = _query(asked).urlencode()
    if not query or len(query) > 500:
        messages.warning(request, _("Type a word first, or tick what you look for."))
        return redirect("finding:index")
    actions.save_search(query, _said(asked), by=request.user)
    messages.success(request, _("Saved. What is new comes in your PLG letter."))
    return redirect("finding:searches")


def _said(asked):
    """A search in words: what was typed, and what was ticked."""
    wishes = facets.chosen(asked)
    counts = {name: facets.Counter() for name in facets.GROUPS}
    groups = facets.options(counts, wishes, lambda name, value: "")
    ticked = [str(each.label) for _heading, _name, options in groups for each in options if each.is_chosen]
    return " · ".join(filter(None, [asked.get("q", "").strip()[:LONGEST], *ticked]))


@require_POST
def remove_search(request, pk):
    """Nothing is told about it any more."""
    rows = SavedSearch.objects.for_page(request.user, "remove")
    actions.remove_search(get_or_refuse(rows, "remove", pk=pk), by=request.user)
    messages.success(request, _("Removed. You get no more messages about it."))
    return redirect("finding:searches")


# Synonyms -------------------------------------------------------------------------------------------
def synonyms(request):
    """The words that mean the same, and a form for more."""
    if not at_work(request.user).is_platform_admin:
        raise PermissionDenied
    form = SynonymForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.set_synonym, form.cleaned_data["words"], by=request.user):
        messages.success(request, _("Saved. Searching takes them into account at once."))
        return redirect("finding:synonyms")
    context = {"form": form, "synonyms": Synonym.objects.for_page(request.user)}
    return render(request, "finding/synonyms.html", context, status=422 if form.is_bound else 200)


def edit_synonym(request, pk):
    """Change one row."""
    row = get_or_refuse(Synonym.objects.for_page(request.user, "edit"), "edit", pk=pk)
    form = SynonymForm(request.POST or None, instance=row)
    if form.is_valid() and attempt(form, actions.set_synonym, form.cleaned_data["words"], by=request.user, synonym=row):
        return redirect("finding:synonyms")
    context = {"form": form, "synonym": row}
    return render(request, "finding/edit_synonym.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_synonym(request, pk):
    """These words mean each their own again."""
    row = get_or_refuse(Synonym.objects.for_page(request.user, "edit"), "edit", pk=pk)
    actions.remove_synonym(row, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("finding:synonyms")
