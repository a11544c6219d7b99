"""What organisers do with an event: take a step, change it, name others, ask questions, copy it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import steps as machine
from core.models import get_or_refuse
from core.refusals import attempt
from core.text import number
from events import steps
from events.actions import making, moving
from events.choices import QuestionOf
from events.forms.events import CopyForm, EditForm, PersonForm, StepForm, questions_form, said_questions
from events.models import Event, Organiser


def of_organisers(request, pk):
    """The event, for who organises it."""
    return get_or_refuse(Event.objects.for_detail(request.user), "organise", pk=pk)


def step(request, pk):
    """Take a step. What cannot be undone or asks for a reason has its page; the rest is one tap."""
    event = of_organisers(request, pk)
    verb = request.POST.get("verb") or request.GET.get("verb", "")
    found = machine.find(steps.EVENT, event.state, verb)
    if found is None:
        if reason := machine.why_not(steps.EVENT, event, verb) if verb in moving.PAST else "":
            messages.warning(request, reason)
            return redirect(event)
        raise Http404
    asked = found.asked(event)
    form = StepForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        because = form.cleaned_data["because"]
        if attempt(form, moving.take, event, verb, by=request.user, because=because):
            messages.success(request, _("Done: %(step)s.") % {"step": found.label})
            return redirect(event)
    people, addresses = making.heard(event) if verb == "cancel" else ((), ())
    context = {"event": event, "step": found, "form": form, "asked": asked, "hard": found.refused(event)}
    context |= {"told": len(people) + len(addresses), "asks_why": bool(asked or found.needs_reason)}
    return render(request, "events/step.html", context, status=422 if form.is_bound else 200)


def edit(request, pk):
    """Everything about it on one screen."""
    event = of_organisers(request, pk)
    form = EditForm(request.POST or None, instance=event)
    if form.is_bound and form.is_valid() and attempt(form, _edit, request, event, form):
        messages.success(request, _("Kept."))
        return redirect(event)
    context = {"event": event, "form": form}
    return render(request, "events/edit.html", context, status=422 if form.is_bound else 200)


def _edit(request, event, form):
    making.edit(event, by=request.user, **{name: form.cleaned_data[name] for name in form.fields})


def people(request, pk):
    """Who organises, reads contributions and helps on the day."""
    event = of_organisers(request, pk)
    form = PersonForm(request.POST or None)
    if form.is_bound and form.is_valid() and attempt(form, _add, request, event, form):
        return redirect("events:people", event.pk)
    rows = event.organisers.select_related("person")
    context = {"event": event, "form": form, "rows": rows}
    return render(request, "events/people.html", context, status=422 if form.is_bound else 200)


def _add(request, event, form):
    making.add_person(event, by=request.user, **form.cleaned_data)


@require_POST
def remove_person(request, pk):
    """Not any more."""
    event = of_organisers(request, pk)
    rows = Organiser.objects.filter(event=event, pk=number(request.POST.get("organiser", ""), 0)).select_related(
        "person"
    )
    if not (row := rows.first()):
        raise Http404
    making.remove_person(row, by=request.user)
    if row.person == request.user and not Organiser.objects.filter(event=event, person=request.user).exists():
        return redirect("events:index")
    return redirect("events:people", event.pk)


def questions(request, pk):
    """What the organiser asks of who registers, contributes and was there."""
    event = of_organisers(request, pk)
    data = request.POST if request.method == "POST" else None
    forms = [
        questions_form(data, event, of)
        for of in (QuestionOf.REGISTRATION, QuestionOf.CONTRIBUTION, QuestionOf.EVALUATION)
    ]
    are_valid = [form.is_valid() for form in forms] if data is not None else [False]  # all of them show their errors
    if all(are_valid):
        for form in forms:
            making.ask(event, by=request.user, of=form.of, questions=said_questions(form))
        messages.success(request, _("Kept."))
        return redirect("events:questions", event.pk)
    context = {"event": event, "forms": forms}
    return render(request, "events/questions.html", context, status=422 if data is not None else 200)


def copy(request, pk):
    """The same for another year."""
    event = of_organisers(request, pk)
    form = CopyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        new = attempt(form, making.copy, event, by=request.user, **form.cleaned_data)
        if new:
            messages.success(request, _("Copied. Look at it, and change what is different this time."))
            return redirect("events:edit", new.pk)
    context = {"event": event, "form": form}
    return render(request, "events/copy.html", context, status=422 if form.is_bound else 200)
