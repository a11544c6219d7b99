"""What happens while somebody types: how it will look, whom she can mention, and that nothing is lost."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from communities.discussions import actions, writing
from communities.discussions import people as in_plg
from communities.discussions.forms import DraftForm
from communities.models import Community
from core.models import get_or_refuse
from core.refusals import Refused
from core.views import private


def gives_back(view):
    """Whoever sends words to where she may not write any more gets them back, on the page that says so.

    The PLG was left, the conversation went to another one, the post was removed meanwhile.
    """

    @wraps(view)
    def wrapped(request, pk):
        try:
            return view(request, pk)
        except (Http404, PermissionDenied, Refused) as refusal:
            words = {name: request.POST.get(name, "") for name in ("title", "text", "reason")}
            if not any(map(str.strip, words.values())):
                raise
            sentence = refusal.sentence if isinstance(refusal, Refused) else ""
            status = 422 if sentence else 403 if isinstance(refusal, PermissionDenied) else 404
            context = words | {"sentence": sentence, "status": status}
            return render(request, "discussions/given_back.html", context, status=status)

    return wrapped


@require_POST
def preview(request):
    """A text as it will look, made by the same cleaner; too long a text is cut, for it will be refused."""
    text = request.POST.get("text", "")[: writing.LONGEST]
    return render(request, "discussions/preview.html", {"html": writing.html_of(text)})


@private
def people(request, pk):
    """Members whose names begin with what stands after the @."""
    community = get_or_refuse(Community.objects.for_inside(request.user), "take_part", pk=pk)
    words = request.GET.get("q", "")[:60]
    return render(request, "discussions/people.html", {"people": in_plg.found(community, words, besides=request.user)})


@require_POST
def keep_draft(request, pk):
    """Keep a topic that is being written."""
    community = get_or_refuse(Community.objects.for_inside(request.user), "take_part", pk=pk)
    return keep(request, community=community)


def keep(request, **where):
    """Keep what is typed on the server; what is too long is not, and says so."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain; charset=utf-8")
    actions.keep_draft(by=request.user, **where, **form.cleaned_data)
    return HttpResponse(status=204)
