"""What a cycle leaves: written, looked through, agreed, on a poster and in the KennisHub."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import names, pdf, streams
from core.models import get_or_refuse
from core.refusals import Refused
from lessonstudy import guards, papers, steps
from lessonstudy.actions import outcomes as actions
from lessonstudy.choices import Answer, State
from lessonstudy.forms.outcome import LINES, CheckForm, OutcomeForm
from lessonstudy.models import Approval, Cycle, Outcome
from lessonstudy.views.matrix import phase_line


def _cycle(request, pk, power="view"):
    return get_or_refuse(Cycle.objects.for_detail(request.user), power, pk=pk)


def _outcome(cycle):
    """The outcome as it stands; an unsaved one where nobody wrote yet."""
    row = Outcome.objects.filter(cycle=cycle).select_related("resource", "changed_by").first()
    cycle.outcome = row or Outcome(cycle=cycle)  # guards ask it of the cycle
    return cycle.outcome


def outcome(request, pk):
    """What pupils and teachers learned: to write, to look through and to agree with."""
    if request.method != "POST":
        return _page(request, _cycle(request, pk))
    cycle = _cycle(request, pk, "edit")
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _page(request, cycle, form, status=422)
    try:
        actions.edit(cycle, by=request.user, **form.cleaned_data)
    except actions.Second as refusal:
        return _page(request, cycle, _after(request, refusal), theirs=refusal.theirs, status=422)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, cycle, form, status=422)
    messages.success(request, _("Kept."))
    names.remark(request, form, reverse("lessonstudy:outcome", args=[pk]))
    return redirect("lessonstudy:outcome", pk)


def _after(request, refusal):
    """The same words, to be kept after what stands there now was read."""
    again = OutcomeForm({**request.POST.dict(), "version": refusal.theirs.version})
    again.is_valid()
    again.add_error(None, refusal.sentence)
    return again


def _page(request, cycle, form=None, theirs=None, status=200):
    row = _outcome(cycle)
    why_not = actions.why_not_edit(cycle)
    initial = {name: getattr(row, name) for name in (*actions.WRITTEN, "version")}
    parts = steps.parts_of(request.user, cycle)
    approvals = _approvals(row)
    mine = next((each for each in approvals if each.member.person_id == request.user.pk), None)
    shown = {each.member_id for each in approvals if each.is_shown}
    context = {
        "cycle": cycle,
        "outcome": row,
        "form": form or OutcomeForm(initial=initial),
        "theirs": _different(form, theirs) if theirs else [],
        "may_write": cycle.can_edit and not why_not,
        "why_not_edit": why_not,
        "lines": [
            {"key": key, "label": label, "hint": hint, "on": bool(row.checked.get(key))}
            for key, (label, hint) in LINES.items()
        ],
        "checked_count": sum(bool(row.checked.get(key)) for key in LINES),
        "team": [{"row": member, "shown": member.pk in shown} for member in _team(cycle)],
        "approvals": approvals,
        "mine": mine,
        "asks_me": bool(mine and not mine.answer and row.asked_at and cycle.state == State.SHARING),
        "may_withhold": steps.MEMBER in parts and cycle.state == State.SHARING,
        "missing": [sentence for guard in (guards.outcome_is_complete, guards.outcome_is_checked)
                    if (sentence := guard(cycle))],
        "share": next((each for each in steps.open_to(cycle, parts) if each.verb == "share"), None),
        "complete": next((each for each in steps.open_to(cycle, parts) if each.verb == "complete"), None),
        "why_not_complete": guards.all_agreed(cycle) if cycle.state == State.SHARING else "",
        "changes": papers.changes_of(cycle),
        "plan": papers.last_plan(cycle),
        "makers": [str(each.member.person) for each in approvals if each.answer in (Answer.YES, Answer.SILENT)],
        "stream_url": streams.of_page(request.user, cycle.channel),
        **phase_line(cycle),
    }  # fmt: skip
    return render(request, "lessonstudy/outcome.html", context, status=status)


def _team(cycle):
    return cycle.members.team().select_related("person").order_by("joined_at", "pk")


def _approvals(row):
    """Of who is of the team now; nobody is asked who left."""
    if not row.pk:
        return []
    rows = Approval.objects.filter(outcome=row, member__left_at=None).select_related("member__person")
    return list(rows.order_by("member__joined_at", "member__pk"))


def _different(form, theirs):
    """[(label, what stands there now)] of the fields in which hers and theirs differ."""
    return [
        (form[name].label, theirs.get_audience_display() if name == "audience" else getattr(theirs, name))
        for name in actions.WRITTEN
        if form[name].value() != getattr(theirs, name)
    ]


@require_POST
def check_outcome(request, pk):
    """Line by line: can anybody be recognised?"""
    cycle = _cycle(request, pk, "edit")
    form = CheckForm(request.POST, team=_team(cycle))
    if not form.is_valid():
        return _page(request, cycle, status=422)
    actions.check(cycle, by=request.user, **form.deed)
    messages.success(request, _("Kept what you looked at."))
    return redirect(f"{reverse('lessonstudy:outcome', args=[pk])}#check")


@require_POST
def agree_outcome(request, pk):
    """Yes, share it like this."""
    cycle = _cycle(request, pk)
    if steps.MEMBER not in steps.parts_of(request.user, cycle):
        raise PermissionDenied
    actions.agree(cycle, by=request.user)
    messages.success(request, _("You agree. Thank you."))
    return redirect("lessonstudy:outcome", pk)


@require_safe
def poster(request, pk):
    """One page for the wall or another school: no class, no date, no teacher."""
    cycle = _cycle(request, pk)
    row = _outcome(cycle)
    data = papers.of_poster(cycle, row, request.GET.get("paper", "a3"))
    return pdf.answer("poster", data, name=_("Poster %(title)s") % {"title": cycle.title})
