"""Handing over, naming assessors, judging, and appeal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from training.actions import assessing as deeds
from training.actions import moving
from training.actions.portfolio import work_of
from training.choices import AssessmentState
from training.forms.assessing import AppealForm, AssessForm, NameForm
from training.models import Assessment, Enrolment, Outcome
from training.rules import standing
from training.views.portfolio import by_outcome, items_of, of_reader


def hand_over(request, pk):
    """A GET says what happens; a POST has the portfolio assessed."""
    row = of_reader(request, pk, "learn")
    if reason := deeds.why_not_hand_over(row):
        raise Refused(reason)
    if request.method == "POST":
        deeds.hand_over(row, by=request.user)
        messages.success(request, _("Handed over. You hear it by mail when it is assessed."))
        return redirect("training:portfolio", row.pk)
    return render(request, "training/hand_over.html", {"enrolment": row, "wanted": deeds.wanted_of(row)})


def appeal(request, pk):
    """Where quality is assured: somebody else looks anew."""
    row = of_reader(request, pk, "learn")
    if reason := deeds.why_not_appeal(row):
        raise Refused(reason)
    form = AppealForm(request.POST or None)
    if form.is_valid() and attempt(form, deeds.appeal, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Somebody who did not judge it yet looks anew. You hear it by mail."))
        return redirect("training:portfolio", row.pk)
    return render(
        request, "training/appeal.html", {"enrolment": row, "form": form}, status=422 if form.is_bound else 200
    )


def assessors(request, pk):
    """For the trainers: who assesses, and who can."""
    rows = Enrolment.objects.filter(group__in=standing(request.user).trains).select_related(
        "person", "group", "version"
    )
    row = rows.filter(pk=pk).first()
    if row is None or "trainer" not in moving.parts(row, request.user):
        raise Http404
    found = Assessment.objects.filter(enrolment=row).select_related("assessor")
    open_ones = [each for each in found if each.state == AssessmentState.ASKED]
    wanted = next((each for each in open_ones if str(each.pk) == request.POST.get("place")), None)
    wanted = wanted or next((each for each in open_ones if each.assessor_id is None), next(iter(open_ones), None))
    people = deeds.candidates(row, wanted.place) if wanted else []
    suitable = [person for person, reason in people if not reason]
    form = NameForm(request.POST or None, people=suitable) if wanted else None
    is_said = form is not None and form.is_valid()
    if is_said and attempt(form, deeds.name, wanted, by=request.user, **form.cleaned_data):
        messages.success(request, _("Asked. You hear it when it is judged."))
        return redirect("training:assessors", row.pk)
    context = {
        "enrolment": row,
        "places": list(found),
        "wanted": wanted,
        "form": form,
        "suitable": suitable,
        "others": [(person, reason) for person, reason in people if reason],
    }
    is_wrong = form is not None and form.is_bound
    return render(request, "training/assessors.html", context, status=422 if is_wrong else 200)


def of_judge(request, pk):
    """A judgement: for its writer; for the learner and her guides once all was decided."""
    rows = Assessment.objects.for_page(request.user, "assess")
    row = get_or_refuse(
        rows.select_related("enrolment__person", "enrolment__version__programme", "enrolment__group", "assessor"), pk=pk
    )
    if row.assessor_id != request.user.pk and not deeds.is_decided(row):
        raise Http404
    return row


def assessment(request, pk):
    """What was handed over, by outcome; and the judgement about it."""
    row = of_judge(request, pk)
    enrolment = row.enrolment
    is_mine = row.assessor_id == request.user.pk
    may_judge = is_mine and row.can_assess and row.state == AssessmentState.ASKED
    if request.method == "POST" and not may_judge:
        raise Refused(_("You gave your judgement already.") if is_mine else _("This was not asked of you."))
    outcomes = list(Outcome.objects.filter(version=enrolment.version_id))
    form = AssessForm(request.POST or None, outcomes=outcomes) if may_judge else None
    if form is not None and form.is_valid() and attempt(form, deeds.give, form, assessment=row, by=request.user):
        messages.success(request, _("Thank you. Your judgement stands."))
        return redirect("training:assessment", row.pk)
    items = items_of(enrolment) if is_mine else []
    shown = by_outcome(enrolment, items)
    submissions, practices = work_of(enrolment)
    context = {
        "assessment": row,
        "enrolment": enrolment,
        "is_mine": is_mine,
        "is_learner": enrolment.person_id == request.user.pk,
        "items": items,
        "submissions": submissions if is_mine else [],
        "practices": practices if is_mine else [],
        "form": form,
        "asked": [
            (outcome, found, form[f"verdict-{outcome.pk}"], form[f"why-{outcome.pk}"]) for outcome, found in shown
        ]
        if form
        else [],
        "scores": [(outcome, row.scores.get(outcome.code)) for outcome in outcomes] if row.scores else [],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "training/assessment.html", context, status=status)


def hand_back(request, pk):
    """An assessor would rather not: she need not say why."""
    row = get_or_refuse(
        Assessment.objects.for_page(request.user, "assess").select_related("enrolment__person"), "assess", pk=pk
    )
    if row.state != AssessmentState.ASKED:
        raise Refused(_("You gave your judgement already."))
    if request.method == "POST":
        deeds.hand_back(row, by=request.user)
        messages.success(request, _("Handed back. The trainer names somebody else."))
        return redirect("training:index")
    return render(request, "training/hand_back.html", {"assessment": row, "enrolment": row.enrolment})
