"""Questions to a network: the list, one question with its answers, and what is done with them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.discussions.views.lists import looked_at, status_of
from communities.discussions.views.typing import gives_back
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from knowledgehub.questions import actions, similar
from knowledgehub.questions.forms import AnswerForm, QuestionForm, ReportForm
from knowledgehub.questions.models import Answer, Question, Report
from knowledgehub.questions.rules import networks_of
from knowledgehub.views.collecting import hub
from organisations.models import Network
from people.choices import FACE

PER_PAGE = 20


def index(request):
    """Questions of her networks, the latest first; for connectors what was reported."""
    only, tag = request.GET.get("only", ""), request.GET.get("tag", "")[:60]
    rows = Question.objects.for_list(request.user)
    if only == "open":
        rows = rows.filter(accepted=None, closed_at=None)
    elif only == "mine":
        rows = rows.filter(followers__person=request.user)
    if tag:
        rows = rows.tagged(tag)
    page = Paginator(rows.order_by("-last_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    asked = urlencode({name: value for name, value in (("only", only), ("tag", tag)) if value})
    reports = Report.objects.for_page(request.user, "settle").filter(settled_at=None)
    context = {
        "page": page,
        "chips": _chips(only),
        "tag": tag,
        "query": f"&{asked}" if asked else "",
        "may_ask": bool(networks_of(request.user)),
        "reports": reports.select_related("question", "answer__author", "by").order_by("at"),
    } | hub()
    return render(request, "questions/index.html", context)


def _chips(only):
    words = {"": _("All"), "open": _("Without an answer"), "mine": _("That I follow")}
    return [
        {"label": label, "url": f"?only={name}" if name else "?", "current": name == only}
        for name, label in words.items()
    ]


def _networks(user):
    return Network.objects.filter(pk__in=networks_of(user)).order_by("name", "pk")


def _question(request, pk, power="view"):
    return get_or_refuse(Question.objects.for_detail(request.user), power, pk=pk)


def ask(request):
    """Ask a network; while typing, what was asked already."""
    networks = _networks(request.user)
    if not networks.exists():
        raise Refused(_("You work in no network yet, so there is nobody to ask."))
    begun = {"title": request.GET.get("title", "")[:140]}  # what she looked for and did not find
    form, seen = QuestionForm(request.POST or None, initial=begun, networks=networks), looked_at(request)
    if form.is_bound and not seen and form.is_valid():
        row = attempt(form, actions.ask, by=request.user, **form.cleaned_data)
        if row:
            messages.success(request, _("Your question is asked. You hear of answers."))
            return redirect(row)
    context = {"form": form, "preview_html": seen, "question": None} | _similar(request, form["title"].value())
    return render(request, "questions/ask.html", context, status=status_of(form, seen))


def look_similar(request):
    """Questions like the one that is being typed."""
    return render(request, "questions/similar.html", _similar(request, request.GET.get("title", "")))


def _similar(request, title):
    return {"similar": similar.to((title or "")[:140], request.user)}


def question(request, pk):
    """One question with its answers: what helped first, then as they came."""
    return _page(request, _question(request, pk), AnswerForm())


def _page(request, row, form, seen="", status=200):
    rows = Answer.objects.for_page(request.user, "edit", "remove").select_related("author").naming(author=FACE)
    answers = sorted(rows.filter(question=row), key=lambda each: each.pk != row.accepted_id)
    context = {
        "question": row,
        "answers": answers,
        "form": form,
        "preview_html": seen,
        "may_answer": row.can_answer and not row.why_not_answer,
        "may_promote": (row.can_edit or row.can_keep_order) and not row.why_not_promote,
    }
    return render(request, "questions/question.html", context, status=status)


@gives_back
def answer(request, pk):
    """Answer it; a refused one comes back with all that was typed."""
    row = _question(request, pk, "answer")
    if request.method != "POST":
        return redirect(f"{row.get_absolute_url()}#answer")
    form, seen = AnswerForm(request.POST), looked_at(request)
    if not seen and form.is_valid():
        said = attempt(form, actions.answer, row, by=request.user, **form.cleaned_data)
        if said:
            return redirect(said)
    return _page(request, row, form, seen, status_of(form, seen))


@gives_back
def edit(request, pk):
    """Say the question better."""
    row = _question(request, pk, "edit")
    initial = {"title": row.title, "text": row.text, "tags": ", ".join(row.tags.names())}
    form, seen = QuestionForm(request.POST or None, initial=initial, networks=None), looked_at(request)
    if (
        form.is_bound
        and not seen
        and form.is_valid()
        and attempt(form, actions.edit, row, by=request.user, **form.cleaned_data)
    ):
        return redirect(row)
    context = {"form": form, "preview_html": seen, "question": row}
    return render(request, "questions/ask.html", context, status=status_of(form, seen))


def _answer(request, pk, power):
    rows = Answer.objects.for_page(request.user, "edit", "remove").select_related("question__network", "author")
    return get_or_refuse(rows, power, pk=pk)


@gives_back
def edit_answer(request, pk):
    """Say an answer better."""
    row = _answer(request, pk, "edit")
    form, seen = AnswerForm(request.POST or None, initial={"text": row.text}), looked_at(request)
    if (
        form.is_bound
        and not seen
        and form.is_valid()
        and attempt(form, actions.edit_answer, row, by=request.user, **form.cleaned_data)
    ):
        return redirect(row)
    context = {"form": form, "preview_html": seen, "answer": row, "question": row.question}
    return render(request, "questions/edit_answer.html", context, status=status_of(form, seen))


def remove_answer(request, pk):
    """Take an answer away, after a page that says what stays."""
    row = _answer(request, pk, "remove")
    if request.method == "POST":
        actions.remove_answer(row, by=request.user)
        messages.success(request, _("The answer was removed."))
        return redirect(row.question)
    return render(request, "questions/remove_answer.html", {"answer": row, "question": row.question})


@require_POST
def accept(request, pk):
    """This answer helped: who asked says so."""
    row = _answer(request, pk, "view")
    asked = _question(request, row.question_id, "edit")
    is_chosen = actions.accept(row, by=request.user)
    messages.success(request, _("Chosen as the answer.") if is_chosen else _("It is no longer chosen as the answer."))
    return redirect(asked)


@require_POST
def close(request, pk):
    """Nothing is added any more, or again."""
    row = _question(request, pk, "close")
    is_closed = actions.close(row, by=request.user)
    messages.success(request, _("The question is closed.") if is_closed else _("The question is open again."))
    return redirect(row)


@require_POST
def follow(request, pk):
    """Hear of answers, or no longer."""
    row = _question(request, pk)
    follows = actions.follow(row, by=request.user)
    messages.success(request, _("You hear of answers.") if follows else _("You do not hear of answers any more."))
    return redirect(row)


@gives_back
def report(request, pk):
    """Tell the connectors that it should not stand here: the question, or one of its answers."""
    row = _question(request, pk)
    said = _reported(row, request.GET["answer"]) if "answer" in request.GET else None
    form = ReportForm(request.POST or None)
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, actions.report, row, by=request.user, said=said, **form.cleaned_data)
    ):
        messages.success(request, _("Your report was sent. Thank you for looking after each other."))
        return redirect(row)
    context = {"question": row, "answer": said, "form": form}
    return render(request, "questions/report.html", context, status=status_of(form))


def _reported(question, pk):
    """The answer that she means; one that went meanwhile is no reason to report the question itself."""
    if said := Answer.objects.filter(question=question, pk=number(pk), removed_at=None).first():
        return said
    raise Refused(_("This answer was removed."))


@require_POST
def settle(request, pk):
    """A connector looked at it: it goes, or stays."""
    row = get_or_refuse(Report.objects.for_page(request.user, "settle"), "settle", pk=pk)
    actions.settle(row, by=request.user, hide="hide" in request.POST)
    messages.success(request, _("The report is settled."))
    return redirect("questions:index")


@require_POST
def show_again(request, pk):
    """What was hidden stands there again."""
    row = _question(request, pk, "keep_order")
    actions.show_again(row, by=request.user)
    return redirect(row)


def promote(request, pk):
    """Into the KennisHub, after a page that says what is copied and who is asked."""
    row = _question(request, pk)
    if not (row.can_edit or row.can_keep_order):
        raise PermissionDenied
    if request.method == "POST":
        version = actions.promote(row, by=request.user)
        messages.success(request, _("A concept, that only its makers see. Go on here when it suits you."))
        return redirect("knowledgehub:edit", version.resource_id)
    if reason := row.why_not_promote:
        raise Refused(reason)
    said = Answer.objects.select_related("author").get(pk=row.accepted_id)
    return render(request, "questions/promote.html", {"question": row, "answer": said})
