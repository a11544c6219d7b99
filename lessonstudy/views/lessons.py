"""The research lesson of a round: when, who, what is arranged for it."""

from django.shortcuts import redirect

from core.models import get_or_refuse
from core.refusals import attempt
from core.time import today
from lessonstudy import registry
from lessonstudy.actions import making
from lessonstudy.forms.cycles import LessonForm
from lessonstudy.models import ResearchLesson
from lessonstudy.views.cycles import cycle_of, page
from organisations.models import School


def lesson(request, pk):
    """One lesson: what was arranged, who observes whom, and the ways on from here."""
    rows = ResearchLesson.objects.for_detail(request.user).select_related("chair", "recorder")
    row = get_or_refuse(rows, pk=pk)
    cycle = cycle_of(request, row.cycle_id)
    row.cycle = cycle
    parts = registry.laid(registry.lesson_parts, row, request.user)
    assignments = row.assignments.select_related("observer").prefetch_related("pupils")
    return page(
        request, cycle, "lessonstudy/lesson.html", "lesson", lesson=row, assignments=list(assignments),
        main=[part for part in parts if not part["beside"]],
        beside=[part for part in parts if part["beside"]],
        why_not=making.why_not_arrange(cycle, row),
    )  # fmt: skip


def arrange(request, pk):
    """Choose when the lesson of this round is given, by whom, and what is arranged."""
    cycle = cycle_of(request, pk, "edit")
    row = cycle.lessons.standing().filter(round=cycle.round).first()
    team = [member.person for member in cycle.members.now().select_related("person") if member.person_id]
    schools = School.objects.filter(affiliations__person__in=team).values_list("pk", flat=True)
    form = LessonForm(request.POST or None, instance=row, team=team, schools=schools)
    form.fields["held_on"].widget.attrs["min"] = today().isoformat()
    if form.is_bound and form.is_valid():
        found = attempt(form, making.arrange, cycle, by=request.user, **form.cleaned_data)
        if found:
            return redirect(found)
    return page(
        request, cycle, "lessonstudy/arrange.html", "lesson", status=422 if form.is_bound else 200, form=form,
        lesson=row, why_not=making.why_not_arrange(cycle, row),
    )  # fmt: skip
