"""Cycles of mine, and the page of one: where we are, what is needed next, who does what; and its steps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.models import Community
from communities.registry import shown
from core import names, streams
from core.models import get_or_refuse
from core.refusals import attempt
from core.text import number
from lessonstudy import needs, overview, registry, rules, steps
from lessonstudy.actions import making, members, moving
from lessonstudy.choices import Halt
from lessonstudy.forms.cycles import BecauseForm, GoalForm, HaltForm, StartForm
from lessonstudy.models import Cycle, CycleMember


def cycle_of(request, pk, power="view", rows=overview.with_lessons):
    """The cycle, for a page or deed that asks this power, with its lessons; `rows` fetches more along."""
    return get_or_refuse(rows(request.user), power, pk=pk)


def page(request, cycle, template, current="", *, status=200, **context):
    """A page of one cycle, with its tabs."""
    context |= {"cycle": cycle, "tabs": registry.tabs_of(cycle, request.user, current)}
    return render(request, template, context, status=status)


def index(request):
    """My cycles: those that go on, and those that ended."""
    team = Prefetch("members", CycleMember.objects.now().select_related("person"), to_attr="people_now")
    rows = list(Cycle.objects.for_page(request.user).select_related("community").prefetch_related(team))
    for row in rows:
        row.phase = needs.phase(row)
        row.people = [member.person for member in row.people_now if member.person_id]
    going_on = [row for row in rows if row.is_active or row.halt == Halt.PAUSED]
    context = {
        "going_on": going_on,
        "ended": [row for row in rows if row not in going_on],
        "may_start": Community.objects.filter(rules.start(request.user)).exists(),
        "ways": list(registry.ways.values()),
    }
    return render(request, "lessonstudy/index.html", context)


def running(request):
    """What of mine goes on, for *Vandaag*: each with its step. A piece of a page."""
    rows = list(Cycle.objects.for_page(request.user).going_on().select_related("community")[:3])
    for row in rows:
        row.phase, row.says = needs.phase(row), needs.NOW[row.state]
    return render(request, "lessonstudy/running.html", {"cycles": rows})


def in_plg(request, pk):
    """What goes on with lessons in a PLG: its cycles and visits. A piece of its page, which asks for it."""
    community = get_or_refuse(Community.objects.for_detail(request.user), pk=pk)
    cards = shown(registry.in_plg, community, request.user)
    return render(request, "lessonstudy/in_plg.html", {"community": community, "cards": cards})


def start(request):
    """Begin a cycle: for which PLG, and then what and with whom."""
    plgs = list(Community.objects.living().filter(rules.start(request.user)).order_by("sort_name"))
    chosen = number(request.GET.get("of", ""))
    community = next((plg for plg in plgs if plg.pk == chosen), plgs[0] if len(plgs) == 1 else None)
    if community is None:
        if chosen and plgs:
            raise Http404
        return render(request, "lessonstudy/start_where.html", {"plgs": plgs})
    colleagues = members.colleagues(community, besides=[request.user])
    form = StartForm(request.POST or None, colleagues=colleagues, initial={"template": "lesson_study"})
    if form.is_bound and form.is_valid():
        cycle = attempt(form, making.start, community, by=request.user, **form.cleaned_data)
        if cycle:
            names.remark(request, form, reverse("lessonstudy:edit", args=[cycle.pk]))
            return redirect(cycle)
    context = {"form": form, "community": community, "several": len(plgs) > 1}
    return render(request, "lessonstudy/start.html", context, status=422 if form.is_bound else 200)


def detail(request, pk):
    """Where we are, what is needed for the next step, who does what."""
    cycle = cycle_of(request, pk, rows=overview.with_all)
    parts = registry.laid(registry.parts, cycle, request.user)
    labels, now = needs.phases(cycle)
    return page(
        request, cycle, "lessonstudy/detail.html", "overview",
        main=[part for part in parts if not part["beside"]],
        beside=[part for part in parts if part["beside"]],
        labels=labels, now=now,
        stream_url=streams.of_page(request.user, cycle.channel),
    )  # fmt: skip


def history(request, pk):
    """Every step, by whom and why."""
    cycle = cycle_of(request, pk)
    labels = {each.verb: each.label for each in steps.of(cycle)}
    labels |= {"pause": _("Paused"), "stop": _("Stopped"), "resume": _("Resumed")}
    moves = list(cycle.moves.select_related("by"))
    for move in moves:
        move.label = labels.get(move.verb, move.verb)
    return page(request, cycle, "lessonstudy/history.html", "history", moves=reversed(moves))


def step(request, pk, verb):
    """A step: what it asks, what it brings about, and where something is missing why you go on all the same."""
    cycle = cycle_of(request, pk, rows=overview.with_all)
    found = next((each for each in steps.of(cycle) if each.verb == verb), None)
    if found is None:
        raise Http404
    parts = steps.parts_of(request.user, cycle)
    refusal = steps.why_not_step(cycle, verb)
    found = steps.step(cycle, verb) or found
    if not found.who & parts:
        raise PermissionDenied
    needed = [] if refusal else needs.of(cycle, found)
    asked = [need.missing for need in needed if need.missing and not need.is_hard]
    refused = [need.missing for need in needed if need.missing and need.is_hard]
    form = BecauseForm(request.POST if request.method == "POST" else None, asked=bool(asked or found.needs_reason))
    said = {"by": request.user, "because": form.cleaned_data["because"]} if form.is_bound and form.is_valid() else None
    if said and attempt(form, moving.take, cycle, verb, **said):
        messages.success(request, _("Done: %(step)s.") % {"step": found.label})
        return redirect(cycle)
    return page(
        request, cycle, "lessonstudy/step.html", status=422 if request.method == "POST" else 200, form=form, step=found,
        refusal=refusal, refused=refused, asked=asked, needs=needed, brings=needs.BRINGS.get(verb, ""),
        asks_reason=bool(asked or found.needs_reason),
    )  # fmt: skip


def halt(request, pk):
    """Pause or stop it, with the reason."""
    cycle = cycle_of(request, pk, "guide")
    form = HaltForm(request.POST or None)
    if form.is_bound and form.is_valid():
        deed = moving.pause if form.cleaned_data["halt"] == Halt.PAUSED else moving.stop
        if attempt(form, deed, cycle, by=request.user, because=form.cleaned_data["because"]):
            return redirect(cycle)
    return page(request, cycle, "lessonstudy/halt.html", status=422 if form.is_bound else 200, form=form)


@require_POST
def resume(request, pk):
    """On where it stood."""
    cycle = cycle_of(request, pk, "guide")
    moving.resume(cycle, by=request.user)
    return redirect(cycle)


def edit(request, pk):
    """What it is about."""
    cycle = cycle_of(request, pk, "edit")
    form = GoalForm(request.POST or None, instance=cycle)
    if form.is_bound and form.is_valid():
        if attempt(form, making.edit, cycle, by=request.user, **form.cleaned_data):
            names.remark(request, form, request.path)
            return redirect(cycle)
        cycle.refresh_from_db()
    return page(request, cycle, "lessonstudy/edit.html", status=422 if form.is_bound else 200, form=form)
