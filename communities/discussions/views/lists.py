"""Topics in a row: of a PLG, and the questions in a network; and how a new one begins."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.discussions import actions, drawing, writing
from communities.discussions.choices import Audience, TopicKind
from communities.discussions.forms import AskNetworkForm, TopicForm
from communities.discussions.models import Draft, Report, Topic
from communities.discussions.views.typing import gives_back
from communities.models import Community
from communities.registry import tabs_of
from core import names, streams
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from organisations.models import Network

TOPICS_PER_PAGE = 20


def index(request, pk):
    """The topics of one PLG: what is pinned, then what was written last; what she was writing herself."""
    community = Community.objects.for_inside(request.user).filter(pk=pk).first()
    if not community:  # seen from outside, perhaps; that is refused
        community = get_or_refuse(Community.objects.for_detail(request.user), "enter", pk=pk)
    only = request.GET.get("only", "")
    rows = _chosen(Topic.objects.for_list(request.user).filter(community=community), only).latest_first()
    seen = Topic.objects.allowing(request.user, "view").filter(community=community)
    page = _page(request, rows, sum(seen.counts()) if not only else rows.count())
    context = {
        "community": community,
        "tabs": tabs_of(community, request.user, "discussions"),
        "page": page,
        "topics": drawing.topics(page.object_list),
        "query": f"&only={only}" if only else "",
        "chips": _chips(community, only),
        "only": only,
        "may_write": community.can_take_part and not community.why_not_add,
        "drafts": Draft.objects.of(request.user, community),
        "reports": _reports(request.user, community) if community.can_lead else [],
        "stream_url": streams.of_page(request.user, f"community:{community.pk}"),
    }
    return render(request, "discussions/index.html", context)


def _page(request, rows, count):
    """The page that is asked for, of twenty rows. Django's paginator would ask the rows for their query."""
    page = Paginator(range(count), TOPICS_PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(rows[page.start_index() - 1 : page.end_index()]) if count else []
    return page


def _chosen(rows, only):
    if only == "new":
        return rows.with_something_new()
    if only == "questions":
        return rows.filter(kind=TopicKind.QUESTION, accepted=None)
    return rows


def _chips(community, only):
    url = reverse("discussions:index", args=[community.pk])
    words = {"": _("All"), "new": _("New for you"), "questions": _("Questions without an answer")}
    return [
        {"label": label, "url": f"{url}?only={name}" if name else url, "current": name == only}
        for name, label in words.items()
    ]


def _reports(user, community):
    rows = Report.objects.for_page(user, "settle").filter(post__topic__community=community, settled_at=None)
    return list(rows.select_related("post__topic", "post__author", "by").order_by("at"))


@gives_back
def open_topic(request, pk):
    """Begin a topic. What was typed before, here or on another device, stands in the form."""
    community = _where_she_writes(request, pk)
    draft = Draft.objects.filter(person=request.user, community=community, topic=None).first()
    initial = {"title": draft.title, "text": draft.text} if draft else {}
    if request.GET.get("kind") in TopicKind:
        initial["kind"] = request.GET["kind"]
    form = TopicForm(request.POST or None, request.FILES or None, initial=initial, may_announce=community.can_lead)
    seen = looked_at(request)
    if form.is_bound and not seen and form.is_valid():
        topic = attempt(form, actions.open_topic, community, by=request.user, **form.cleaned_data)
        if topic:
            names.remark(request, form, where_to_edit(topic))
            return redirect(topic)
    context = {"community": community, "form": form, "draft": draft, "preview_html": seen}
    return render(request, "discussions/open_topic.html", context, status=status_of(form, seen))


def where_to_edit(topic):
    """The address where its first post is changed; looked for only where it is needed."""
    return lambda: reverse("discussions:edit_post", args=[topic.posts.get(number=1).pk])


def _where_she_writes(request, pk):
    """The PLG in which something new may begin."""
    community = get_or_refuse(Community.objects.for_inside(request.user), "take_part", pk=pk)
    if reason := community.why_not_add:
        raise Refused(reason)
    return community


def looked_at(request):
    """Without script: how the text will look, when she pressed that button; "" otherwise."""
    if request.method != "POST" or "preview" not in request.POST:
        return ""
    return writing.html_of(request.POST.get("text", "")[: writing.LONGEST]) or " "


def status_of(form, seen=""):
    """422 for a form that was refused."""
    return 422 if form.is_bound and not seen else 200


# The network --------------------------------------------------------------------------------------


def network(request):
    """The questions that PLGs of my networks asked without names."""
    rows = Topic.objects.for_list(request.user).filter(audience=Audience.NETWORK).select_related("network")
    page = _page(request, rows.order_by("-last_post_at", "-pk"), rows.count())
    context = {"page": page, "topics": drawing.topics(page.object_list)}
    return render(request, "discussions/network.html", context)


@gives_back
def ask_network(request, pk):
    """Ask the PLGs of a network, without names."""
    community = _where_she_writes(request, pk)
    networks = networks_of(community)
    if not networks.exists():
        raise Refused(_("Your PLG belongs to no network yet, so there is nobody to ask."))
    form = AskNetworkForm(request.POST or None, networks=networks)
    seen = looked_at(request)
    if form.is_bound and not seen and form.is_valid():
        topic = attempt(form, actions.ask_network, community, by=request.user, **form.cleaned_data)
        if topic:
            messages.success(request, _("Your question is asked, without names. Answers come here."))
            names.remark(request, form, where_to_edit(topic))
            return redirect(topic)
    context = {"community": community, "form": form, "preview_html": seen}
    return render(request, "discussions/ask_network.html", context, status=status_of(form, seen))


def networks_of(community):
    """The networks to which a PLG can put a question."""
    return Network.objects.filter(
        Q(boards=community.board_id) | Q(pk=community.owner_network_id)
    ).distinct().order_by("name", "pk")  # fmt: skip
