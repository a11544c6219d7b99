"""One topic: read, answered, followed, kept in order."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from communities.discussions import actions, drawing
from communities.discussions.choices import Level
from communities.discussions.forms import BLANK_REPLY, EditTopicForm, LevelForm, MoveForm, ReadForm, ReplyForm
from communities.discussions.models import PER_PAGE, Post, Topic
from communities.discussions.views.lists import looked_at, status_of
from communities.discussions.views.typing import gives_back, keep
from communities.models import Community
from communities.rules import standing
from core import names, streams
from core.models import get_or_refuse
from core.refusals import attempt
from core.text import number


def topic(request, pk):
    """A page of fifty posts. Their HTML was made when they were written."""
    row = _topic(request, pk)
    return _page(request, row, ReplyForm(initial={"text": row.draft.text}) if row.draft else BLANK_REPLY)


def _topic(request, pk, power="view"):
    return get_or_refuse(Topic.objects.for_detail(request.user), power, pk=pk)


def _page(request, row, form, *, seen="", status=200):
    pages = max(-(-row.post_count // PER_PAGE), 1)
    page = min(max(_asked(request, "page") or 1, 1), pages)
    posts, last = drawing.posts(row, *_range(page), request.user)
    answering, mine = _answering(request, row), standing(request.user)
    context = {
        "topic": row,
        "posts": posts,
        "last": last,
        "page": page,
        "pages": pages,
        "before": page - 1,
        "after": page + 1 if page < pages else 0,
        "to_new": row.url_of_new if row.new and not _range(page)[0] <= row.next_read <= _range(page)[1] else "",
        "form": form,
        "blank": BLANK_REPLY if form is BLANK_REPLY and not answering else None,
        "preview_html": seen,
        "answering": answering,
        "levels": Level.choices,
        "may_edit": row.can_edit and not row.community.why_not_add,
        "may_move": row.can_moderate and not row.why_not_move,
        "may_reply": row.can_reply and not row.why_not_reply,
        "is_inside": row.community_id in mine.member_of | mine.reads_on,
        "is_nameless": row.would_be_nameless(mine.member_of),
        "stream_url": streams.of_page(request.user, f"topic:{row.pk}"),
    }
    return render(request, "discussions/topic.html", context, status=status)


def _asked(request, name):
    """A number in the address, that is none beyond all posts; else None."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 8 else None


def _range(page):
    """The first and last number of the posts on a page."""
    return (page - 1) * PER_PAGE + 1, page * PER_PAGE


def _answering(request, row):
    """The post that is being answered."""
    asked = number(request.POST.get("parent") or request.GET.get("reply", ""))
    return asked and Post.objects.standing().filter(topic=row, pk=asked).select_related("author").first()


def posts(request, pk):
    """For an open page: what was written after its last post, or anew what stands on it: a page, or one post."""
    row = _topic(request, pk)
    asked = {name: _asked(request, name) for name in ("after", "page", "only")}
    if asked["page"] or asked["only"]:
        first, last = _range(asked["page"]) if asked["page"] else (asked["only"], asked["only"])
        return HttpResponse(drawing.posts(row, first, last, request.user)[0])
    if asked["after"] is None:
        raise Http404
    drawn, last = drawing.posts(row, asked["after"] + 1, asked["after"] + PER_PAGE, request.user)
    context = {"topic": row, "posts": drawn, "last": last or asked["after"]}
    return render(request, "discussions/posts.html", context)


@gives_back
def reply(request, pk):
    """Add a post; a refused one comes back with all that was typed."""
    row = _topic(request, pk, "reply")
    if request.method != "POST":
        return redirect(f"{row.get_absolute_url()}#reply")
    form, seen = ReplyForm(request.POST, request.FILES or None), looked_at(request)
    if not seen and form.is_valid():
        parent = _answering(request, row)
        post = attempt(form, actions.reply, row, by=request.user, parent=parent, **form.cleaned_data)
        if post:
            names.remark(request, form, reverse("discussions:edit_post", args=[post.pk]))
            return redirect(row.url_of(post.number))
    return _page(request, row, form, seen=seen, status=status_of(form, seen))


@require_POST
def keep_reply_draft(request, pk):
    """Keep an answer that is being written."""
    row = _topic(request, pk, "reply")
    return keep(request, community=row.community, topic=row)


@require_POST
def read(request, pk):
    """She has seen all up to here."""
    row = _topic(request, pk)
    form = ReadForm(request.POST)
    if form.is_valid():
        actions.read(row, by=request.user, number=form.cleaned_data["number"])
    if request.htmx or request.headers.get("X-Seen"):
        return HttpResponse(status=204)
    return redirect(row)


@require_POST
def choose_level(request, pk):
    """How much of this topic she hears."""
    row = _topic(request, pk)
    form = LevelForm(request.POST)
    if form.is_valid():
        actions.choose_level(row, by=request.user, level=form.cleaned_data["level"])
        messages.success(request, _("Kept: of this conversation you hear %(level)s.") % {
            "level": Level(form.cleaned_data["level"]).label,
        })  # fmt: skip
    return redirect(row)


def edit_topic(request, pk):
    """Another title, kind, or that it is a case."""
    row = _topic(request, pk, "edit")
    form = EditTopicForm(request.POST or None, instance=row, may_announce=row.can_moderate)
    if form.is_bound and form.is_valid():
        words = {"kind": row.kind, "is_case": row.is_case} | form.cleaned_data
        if attempt(form, actions.edit_topic, row, by=request.user, **words):
            return redirect(row)
    return render(request, "discussions/edit_topic.html", {"topic": row, "form": form}, status=status_of(form))


def _in_one_tap(deed, said=""):
    """The view of something that facilitators do with a topic and that asks nothing; it says what became of it."""

    @require_POST
    def view(request, pk):
        row = _topic(request, pk, "moderate")
        deed(row, by=request.user)
        if said:
            messages.success(request, said)
        return redirect(row)

    return view


pin = _in_one_tap(actions.pin, _("This conversation stands at the head of the list now."))
unpin = _in_one_tap(actions.unpin)
close = _in_one_tap(actions.close, _("This conversation is closed. It can still be read."))
reopen = _in_one_tap(actions.reopen)


def move(request, pk):
    """To another PLG that she leads; the page says whom that touches."""
    row = _topic(request, pk, "moderate")
    others = Community.objects.allowing(request.user, "lead").living().exclude(pk=row.community_id)
    form = MoveForm(request.POST or None, communities=others)
    if form.is_bound and form.is_valid() and attempt(form, actions.move, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("The conversation is moved."))
        return redirect(row)
    context = {"topic": row, "form": form, "may_move": others.exists()}
    return render(request, "discussions/move.html", context, status=status_of(form))
