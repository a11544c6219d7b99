"""What can be learned: the list, and the page of one programme with the way in."""

from django.db.models import Count, F, Q, Sum
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.time import today
from organisations.rules import standing as at_work
from training import progress, registry
from training.actions import learning
from training.choices import AssessmentState, EnrolmentState
from training.forms.learning import EnrolForm
from training.models import Assessment, Enrolment, Group, Module, Outcome, Programme
from training.rules import standing

OVER = (EnrolmentState.STOPPED, EnrolmentState.DECLINED)


@require_safe
def index(request):
    """What I am busy with first, then what I guide, then all that can be learned."""
    user = request.user
    rows = Programme.objects.for_cards(user).filter(retired_at=None).order_by("-form", "pk")
    mine = list(Enrolment.objects.filter(person=user).exclude(state__in=OVER).select_related("version__programme"))
    parts = progress.of_learners(mine)
    work = at_work(user)
    context = {
        "mine": [{"enrolment": row, "done": parts[row.pk][0], "total": parts[row.pk][1]} for row in mine],
        "groups": list(Group.objects.filter(pk__in=standing(user).trains).select_related("version")),
        "coached": list(
            Enrolment.objects.filter(coach=user).going().select_related("person", "version").order_by("person__name")
        ),
        "to_assess": list(
            Assessment.objects.filter(assessor=user, state=AssessmentState.ASKED)
            .allowing(user, "assess")
            .select_related("enrolment__person", "enrolment__version")
        ),
        "programmes": [_card(row) for row in rows if row.current_id or row.can_keep],
        "may_add": bool(work.boards_run or work.networks_run or work.is_platform_admin),
    }
    return render(request, "training/index.html", context)


def _card(programme):
    version = programme.current
    return {"programme": programme, "version": version, **(in_words(version) if version else {})}


def in_words(version):
    """Title and summary in the language of the reader, where they are there."""
    english = get_language() == "en"
    return {
        "title": (english and version.title_en) or version.title,
        "summary": (english and version.summary_en) or version.summary,
    }


def of_programme(user, pk, power="view"):
    """A programme that she may see. Unseen is 404."""
    return get_or_refuse(Programme.objects.for_cards(user), power, pk=pk)


@require_safe
def programme(request, pk):
    """What one learns, what it asks, and the way in."""
    row = of_programme(request.user, pk)
    version = row.current or row.versions.last()
    modules = Module.objects.filter(version=version).annotate(pages_n=Count("pages", distinct=True))
    mine = Enrolment.objects.filter(version__programme=row, person=request.user).exclude(state__in=OVER).first()
    lines = [found for line in registry.keepers_lines.values() if (found := line(row, request.user))]
    context = {
        "programme": row,
        "version": version,
        **in_words(version),
        "modules": modules.order_by("order", "pk"),
        "outcomes": Outcome.objects.filter(version=version),
        "minutes": modules.aggregate(all=Sum("minutes"))["all"] or 0,
        "mine": mine,
        "why_not": learning.why_not_enrol(version),
        "groups": groups_to_come(version),
        "lines": lines if row.can_keep else [],
        "versions": list(row.versions.annotate(people=Count("enrolments"))) if row.can_keep else [],
        "all_groups": list(Group.objects.filter(version__programme=row)) if row.can_keep else [],
    }
    return render(request, "training/programme.html", context)


def groups_to_come(version):
    """Groups in which somebody can still begin: not full, and not over."""
    going = Q(enrolments__state__in=["admitted", "going", "paused"])
    rows = Group.objects.filter(version=version).filter(Q(ends_on=None) | Q(ends_on__gte=today()))
    return rows.annotate(taken=Count("enrolments", filter=going)).filter(taken__lt=F("places")).order_by("starts_on")


def enrol(request, pk):
    """Begin a course at once; ask to be admitted to a trajectory."""
    row = of_programme(request.user, pk)
    version = row.current
    if version is None or (reason := learning.why_not_enrol(version)):
        raise Refused(reason if version else learning.why_not_enrol(row.versions.last()))
    groups = groups_to_come(version)
    form = EnrolForm(request.POST or None, version=version, user=request.user, groups=groups)
    if form.is_valid():
        made = attempt(form, learning.enrol, version, by=request.user, **form.cleaned_data)
        if made:
            return redirect(made)
    context = {"form": form, "programme": row, "version": version, **in_words(version), "groups": groups}
    return render(request, "training/enrol.html", context, status=422 if form.is_bound else 200)
