"""The page on which one searches in one's PLGs."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.rules import standing
from communities.search import drawing, finding, narrowing
from core import dutch
from core.limits import is_too_often

LONGEST = 200


def search(request):
    """Words in, texts out; the filters stand in the address. While somebody types only what was found is drawn."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    mine = standing(request.user)
    wishes = narrowing.wishes_of(request.GET, mine.member_of | mine.reads_on)
    question = dutch.asked(typed)
    context = {"typed": typed, "wishes": wishes, "says_nothing": bool(typed) and not question}
    if question and is_too_often("search", request.user.pk, most=settings.SEARCHES_A_MINUTE):
        context["is_too_much"] = True
    elif question:
        context |= _found(request, question, wishes, typed)
    return render(request, "search/search.html#found" if request.htmx else "search/search.html", context)


def _found(request, question, wishes, typed):
    found = finding.find(request.user, question, **narrowing.as_filters(wishes))
    page = Paginator(found.hits, finding.PER_PAGE).get_page(request.GET.get("page"))
    hits = drawing.hits(finding.read(request.user, page.object_list), found.places, found.instead or question)
    asked = {"q": typed, **wishes}
    return {
        "page": page,
        "hits": hits,
        "said": _said(found, question, hits),
        "query": "&" + urlencode(asked),
        "chips": narrowing.chips(found.hits, asked),
    }


def _said(found, question, hits):
    """How much there is, and for which words, when those are not the ones that were typed."""
    if not hits:
        return ""
    if found.instead:
        meant = drawing.as_written(found.instead, hits)
        return _("Nothing has “%(typed)s”. This was found with “%(meant)s”.") % {"typed": question, "meant": meant}
    if found.is_loose:
        return _("Nothing has all of these words. This has some of them.")
    count = {"n": len(found.hits)}
    if found.is_cut:
        return (
            _("The newest %(n)d that fit, the best first. Older ones are found with one word more, or by school year.")
            % count
        )
    return ngettext("%(n)d found", "%(n)d found", count["n"]) % count
