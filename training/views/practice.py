"""Practice sessions: planned at a meeting, agreed by the PLG, looked back on by the learner, then by her coach."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.meetings.views import by_mail
from core.links import BadLink
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from people.models import User
from training.actions import moving
from training.actions import practice as deeds
from training.choices import PracticeState
from training.forms.learning import FeedForm, MeetingForm, PracticeForm, ReflectionForm
from training.models import Practice
from training.views.learning import of_user

SIMPLE = {"consent": deeds.agree, "refuse": deeds.refuse, "hold": deeds.hold}


def plan_practice(request, pk):
    """At which meeting, and what she practises."""
    row = of_user(request, pk, "learn")
    if reason := deeds.why_not_plan(row):
        raise Refused(reason)
    form = PracticeForm(request.POST or None, enrolment=row)
    if form.is_valid():
        made = attempt(form, deeds.plan, row, by=request.user, **form.cleaned_data)
        if made:
            messages.success(request, _("Planned. Your PLG is asked whether your coach may look on."))
            return redirect(made)
    context = {"form": form, "enrolment": row, "has_meetings": form.fields["meeting"].queryset.exists()}
    return render(request, "training/plan_practice.html", context, status=422 if form.is_bound else 200)


def of_practice(request, pk, power="view"):
    """A practice session that she may see."""
    rows = Practice.objects.for_page(request.user, "learn", "guide", "consent")
    return get_or_refuse(
        rows.select_related(
            "enrolment__version", "enrolment__person", "enrolment__coach", "community", "meeting", "consented_by",
            "feedback_by",
        ),
        power,
        pk=pk,
    )  # fmt: skip


@require_safe
def practice(request, pk):
    """What was planned, what the PLG said, how it went. Each reads only what is hers to read."""
    return _show(request, of_practice(request, pk))


def _show(request, row, *, reflection=None, feedback=None):
    form = reflection or feedback
    mine = moving.parts(row, request.user)
    inside = row.can_learn or row.can_guide or not row.can_consent  # a PLG reads no feedback
    steps = {step.verb for step in moving.open_to(row, request.user)}
    if row.refused_at:
        steps.discard("refuse")
    if row.consented_at:
        steps.discard("consent")
    context = {
        "practice": row,
        "enrolment": row.enrolment,
        "is_inside": inside,
        "steps": steps,
        "may_hold": "hold" in steps and row.consented_at and row.meeting and row.meeting.has_begun,
        "may_move": row.can_learn and row.state == PracticeState.PLANNED,
        "form": form,
        "reflection": reflection or (ReflectionForm() if "reflect" in steps else None),
        "feedback": feedback or (_feed_form() if "coach" in mine and "give_feedback" in steps else None),
    }
    status = 422 if form is not None else 200
    return render(request, "training/practice.html", context, status=status)


def _feed_form(data=None):
    return FeedForm(data, sufficient=_("Sufficient"), insufficient=_("Once more"))


def practice_step(request, pk, verb):
    """The PLG answers, it was held, the learner looks back, the coach says what she saw."""
    row = of_practice(request, pk)
    if request.method != "POST":
        return redirect(row)
    if verb in SIMPLE:
        row = SIMPLE[verb](row, by=request.user)
        return redirect(row)
    if verb == "reflect":
        form = ReflectionForm(request.POST)
        if form.is_valid() and attempt(form, deeds.reflect, row, by=request.user, **form.cleaned_data):
            messages.success(request, _("Kept. Your coach reads it, then gives feedback."))
            return redirect(row)
        return _show(request, of_practice(request, pk), reflection=form)
    if verb == "feedback":
        form = _feed_form(request.POST)
        if form.is_valid() and attempt(form, deeds.give_feedback, form, practice=row, by=request.user):
            messages.success(request, _("Thank you. %(name)s reads it right away.") % {"name": row.enrolment.person})
            return redirect(row)
        return _show(request, of_practice(request, pk), feedback=form)
    raise Http404


def move_practice(request, pk):
    """To another meeting."""
    row = of_practice(request, pk, "learn")
    form = MeetingForm(request.POST or None, enrolment=row.enrolment)
    if form.is_valid() and attempt(form, deeds.move, row, by=request.user, **form.cleaned_data):
        return redirect(row)
    context = {"form": form, "practice": row}
    return render(request, "training/move_practice.html", context, status=422 if form.is_bound else 200)


@by_mail.opens("training.practice")
def agree_by_mail(request, facts):
    """The PLG answers from a letter: a GET shows what is asked, a POST says yes or no. No signing in."""
    rows = Practice.objects.select_related("enrolment__person", "enrolment__coach", "community", "meeting")
    row = rows.filter(pk=facts.get("practice"), state=PracticeState.PLANNED).first()
    person = User.objects.filter(pk=facts.get("person"), is_active=True).first()
    if row is None or person is None or "plg" not in moving.parts(row, person):
        raise BadLink(_("There is nothing to answer any more."))
    by_mail.refuse_another(request, person.pk)
    if request.method == "POST":
        deed = deeds.refuse if "refuse" in request.POST else deeds.agree
        deed(row, by=person)
        return redirect(request.path)
    return render(request, "training/agree_by_mail.html", {"practice": row, "enrolment": row.enrolment})
