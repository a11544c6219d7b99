"""One post: found again, changed, reacted to, removed, reported."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.discussions import actions, drawing
from communities.discussions.actions.moderating import goes_to_confidant
from communities.discussions.forms import EditPostForm, ReactionForm, ReportForm
from communities.discussions.models import Attachment, Draft, Post, Report, Topic
from communities.discussions.views.lists import looked_at, status_of
from communities.discussions.views.typing import gives_back, keep
from core import names
from core.files.serving import serve
from core.models import get_or_refuse
from core.refusals import Refused, attempt


def _post(request, pk, power="view"):
    return get_or_refuse(Post.objects.for_detail(request.user), power, pk=pk)


def _standing(request, pk, power):
    """A post that was not removed."""
    row = _post(request, pk, power)
    if row.is_removed:
        raise Refused(_("This post was removed."))
    return row


def post(request, pk):
    """The page of its topic, at this post."""
    row = _post(request, pk)
    return redirect(row.topic.url_of(row.number))


def more(request, pk):
    """Whatever can be done with a post."""
    row = _standing(request, pk, "write")
    topic = get_or_refuse(Topic.objects.for_detail(request.user), pk=row.topic_id)
    context = {
        "post": row,
        "topic": topic,
        "is_mine": row.author_id == request.user.pk,
        "may_accept": topic.can_edit and topic.is_question and row.number > 1 and not topic.community.why_not_add,
    }
    template = "discussions/more.html"
    return render(request, f"{template}#deeds" if request.htmx else template, context)


@gives_back
def edit_post(request, pk):
    """Say it better; earlier texts stay readable."""
    row = _standing(request, pk, "edit")
    if reason := row.why_not_edit:
        raise Refused(reason)
    draft = Draft.objects.filter(person=request.user, post=row).first()
    begun = {"text": draft.text if draft else row.text, "seen": row.words_seen}
    form = EditPostForm(request.POST or None, initial=begun)
    seen = looked_at(request)
    if form.is_bound and not seen and form.is_valid():
        if attempt(form, actions.edit_post, row, by=request.user, **form.cleaned_data):
            names.remark(request, form, request.path)
            return redirect(row.topic.url_of(row.number))
        row = _post(request, pk)  # as it is now
    context = {"post": row, "topic": row.topic, "form": form, "preview_html": seen}
    if form.is_bound and form.data.get("seen", row.words_seen) != row.words_seen:  # she sees it now, and decides
        form.data = form.data.copy()
        form.data["seen"] = row.words_seen
        context["meanwhile"] = row.html
    return render(request, "discussions/edit_post.html", context, status=status_of(form, seen))


@require_POST
def keep_edit_draft(request, pk):
    """Keep a change that is being written."""
    row = _post(request, pk, "edit")
    return keep(request, community=row.topic.community, topic=row.topic, post=row)


def history(request, pk):
    """What a post said before."""
    row = _standing(request, pk, "view")
    return render(request, "discussions/history.html", {"post": row, "versions": list(row.versions.all()[:50])})


def react(request, pk):
    """The four reactions to a post, one tap each."""
    row = _standing(request, pk, "write")
    if request.method == "POST":
        form = ReactionForm(request.POST)
        if form.is_valid():
            actions.react(row, by=request.user, kind=form.cleaned_data["kind"])
        if not request.htmx:
            return redirect(row.topic.url_of(row.number))
        row = _post(request, pk)
        return HttpResponse(drawing.reactions_of(row.given))
    context = {"post": row, "topic": row.topic, "choices": row.reactions_for(request.user)}
    return render(request, "discussions/react.html#choices" if request.htmx else "discussions/react.html", context)


def restore(request, pk):
    """Put a removed post back, after a page that shows what comes back."""
    row = _post(request, pk, "restore")
    if reason := row.why_not_restore:
        raise Refused(reason)
    if request.method == "POST":
        actions.restore(row, by=request.user)
        messages.success(request, _("The post stands here again."))
        return redirect(row.topic.url_of(row.number))
    return render(request, "discussions/restore.html", {"post": row, "topic": row.topic})


@require_POST
def accept(request, pk):
    """This answer helped."""
    row = _standing(request, pk, "view")
    topic = get_or_refuse(Topic.objects.for_detail(request.user), "edit", pk=row.topic_id)
    row.topic = topic
    is_chosen = actions.accept(row, by=request.user)
    messages.success(request, _("Chosen as the answer.") if is_chosen else _("It is no longer chosen as the answer."))
    return redirect(topic.url_of(row.number))


def remove(request, pk):
    """Take a post away, after a page that says what stays."""
    row = _standing(request, pk, "remove")
    if request.method == "POST":
        actions.remove(row, by=request.user)
        messages.success(request, _("The post was removed."))
        return redirect(row.topic.url_of(row.number))
    return render(request, "discussions/remove.html", {"post": row, "topic": row.topic})


@gives_back
def report(request, pk):
    """Tell who can do something about it; about a facilitator, that is the confidant."""
    row = _standing(request, pk, "write")
    form = ReportForm(request.POST or None)
    if form.is_bound and form.is_valid() and attempt(form, actions.report, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Your report was sent. Thank you for looking after each other."))
        return redirect(row.topic.url_of(row.number))
    context = {"post": row, "topic": row.topic, "form": form, "to_confidant": goes_to_confidant(row)}
    return render(request, "discussions/report.html", context, status=status_of(form))


@require_POST
def settle_report(request, pk):
    """The facilitators looked at it; the post stays."""
    row = get_or_refuse(Report.objects.for_page(request.user, "settle"), "settle", pk=pk)
    row = Report.objects.select_related("post__topic").get(pk=row.pk)
    actions.settle_report(row, by=request.user)
    messages.success(request, _("The report is settled."))
    return redirect("discussions:index", row.post.topic.community_id)


def attachment(request, pk):
    """The file of a post, for whoever may read the post."""
    row = get_or_refuse(Attachment.objects.for_page(request.user), pk=pk)
    if not row.file:
        raise Http404
    return serve(request, row.file, name=row.name, media_type=row.media_type)
