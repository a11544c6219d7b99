"""Answering: together on one screen, a question at a time; or alone, on one page."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import get_or_refuse
from core.refusals import attempt
from core.views import private
from participation.impact import actions
from participation.impact.forms import AloneForm, SayForm, TogetherForm
from participation.impact.models import Answered, Response, Wave
from participation.impact.questions import MARKS, OF_PLG


@private
def answer(request, pk):
    """Where an ask and an agenda item lead: the way in, for each way of answering."""
    wave = get_or_refuse(Wave.objects.for_detail(request.user), "answer", pk=pk)
    if reason := wave.why_not_answer:
        return render(request, "impact/not_now.html", {"wave": wave, "reason": reason})
    return _together(request, wave) if wave.is_joint else _alone(request, wave)


def _together(request, wave):
    row = _joint(wave)
    form = TogetherForm(request.POST or None, initial={"people": row.people if row else _usual(wave)})
    if form.is_bound and form.is_valid():
        found = attempt(form, actions.begin_together, wave, by=request.user, people=form.cleaned_data["people"])
        if found:
            return redirect("impact:say", wave.pk, _next_open(found))
    context = {"wave": wave, "form": form, "joint": row, "count": len(OF_PLG), "done": len(row.answers) if row else 0}
    return render(request, "impact/together.html", context, status=422 if form.is_bound else 200)


def _usual(wave):
    """How many are usually there: all members."""
    return max(wave.questionnaire.community.memberships.seated().count(), 2)


def _joint(wave):
    return Response.objects.filter(wave=wave, is_joint=True).first()


def _next_open(row):
    """The number of the first question that has no answer yet."""
    open_ones = (n for n, question in enumerate(OF_PLG, start=1) if question.key not in row.answers)
    return next(open_ones, len(OF_PLG))


def _alone(request, wave):
    if Answered.objects.filter(wave=wave, person=request.user).exists():
        return render(request, "impact/thanks.html", {"wave": wave})
    form = AloneForm(request.POST or None, is_network=bool(wave.questionnaire.network_id))
    if form.is_bound and form.is_valid():
        deed = {"answers": form.answers, "key": form.cleaned_data["key"], "text": form.cleaned_data.get("text", "")}
        if attempt(form, actions.answer_alone, wave, by=request.user, **deed):
            return redirect("impact:answer", wave.pk)
    context = {"wave": wave, "form": form}
    return render(request, "impact/alone.html", context, status=422 if form.is_bound else 200)


@private
def say(request, pk, number):
    """One question, big, for everybody around the screen. A tap answers it and brings the next."""
    wave = get_or_refuse(Wave.objects.for_detail(request.user), "answer", pk=pk)
    if not wave.is_joint or not 1 <= number <= len(OF_PLG):
        raise Http404
    row = _joint(wave)
    if row is None:
        return redirect("impact:answer", wave.pk)
    question = OF_PLG[number - 1]
    form = SayForm(_typed(request) or None, question=question, initial=_said(row, question))
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, actions.say, wave, question=question.key, **form.cleaned_data)
    ):
        following = reverse("impact:finish", args=[wave.pk])
        if number < len(OF_PLG):
            following = reverse("impact:say", args=[wave.pk, number + 1])
        return redirect(following)
    context = {
        "wave": wave,
        "joint": row,
        "question": question,
        "number": number,
        "total": len(OF_PLG),
        "form": form,
        "marks": MARKS,
        "chosen": row.answers.get(question.key),
        "disagrees": question.key in row.spread or (form.is_bound and "low" in request.POST),
    }
    return render(request, "impact/say.html", context, status=422 if form.is_bound else 200)


def _typed(request):
    """What was sent; a tap on a figure means: we agree."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if "tap" in data:
        data["value"] = data["tap"]
        data.pop("low", None)
        data.pop("high", None)
    return data


def _said(row, question):
    low, high = row.spread.get(question.key, (None, None))
    return {"value": row.answers.get(question.key), "low": low, "high": high, "text": row.text}


@private
def finish(request, pk):
    """All answers once more; then the result is there."""
    wave = get_or_refuse(Wave.objects.for_detail(request.user), "answer", pk=pk)
    if not wave.is_joint:
        raise Http404
    row = _joint(wave)
    if row is None:
        return redirect("impact:answer", wave.pk)
    if request.method == "POST":
        actions.finish(wave, by=request.user)
        messages.success(request, _("This is your result. Talk about one thing that strikes you."))
        return redirect(wave.questionnaire)
    lines = [
        {
            "question": question,
            "number": n,
            "value": row.answers.get(question.key),
            "spread": row.spread.get(question.key),
        }
        for n, question in enumerate(OF_PLG, start=1)
    ]
    context = {"wave": wave, "joint": row, "lines": lines, "total": len(OF_PLG)}
    return render(request, "impact/finish.html", context)
