"""The screens of class visits."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.models import Community
from core import names, streams
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.views import private
from lessonstudy.visits import actions, ics, rules, steps
from lessonstudy.visits import feedback as talk
from lessonstudy.visits.choices import State
from lessonstudy.visits.forms import OpenForm, StepForm, SwapForm, say_form
from lessonstudy.visits.models import CoverNeed, Visit

MOST_OVER = 20


@require_safe
def index(request):
    """My visits, and what is offered in my PLGs."""
    rows = list(Visit.objects.for_list(request.user).going_on())
    mine = [row for row in rows if row.can_take_part]
    context = {
        "mine": mine,
        "offers": [row for row in rows if row.can_respond],
        "over": list(Visit.objects.for_list(request.user).over()[:MOST_OVER]),
        "plgs": list(Community.objects.filter(rules.open_in(request.user)).living().order_by("sort_name", "pk")),
        "plans": rules.plan_cover(request.user),
    }
    return render(request, "visits/index.html", context)


def _plg(request, pk):
    community = get_or_refuse(Community.objects.for_inside(request.user), "take_part", pk=pk)
    if reason := community.why_not_add:
        raise Refused(reason)
    return community


def open_visit(request, pk):
    """Come and look with me, or I want to look with somebody."""
    community = _plg(request, pk)
    begun = {"direction": request.GET.get("direction", "come")}
    form = OpenForm(request.POST if request.method == "POST" else None, community=community, user=request.user,
                    initial=begun)  # fmt: skip
    if form.is_valid() and (visit := attempt(form, actions.open_visit, community, by=request.user, **form.deed)):
        messages.success(request, _("Your colleagues can see it now."))
        names.remark(request, form, visit.get_absolute_url())
        return redirect(visit)
    return render(request, "visits/open_visit.html", {"community": community, "form": form}, status=_status(form))


def swap(request, pk):
    """The short way: we arranged it, it only needs to stand somewhere."""
    community = _plg(request, pk)
    form = SwapForm(request.POST if request.method == "POST" else None, community=community, user=request.user)
    if form.is_valid() and (visit := attempt(form, actions.swap, community, by=request.user, **form.deed)):
        messages.success(request, _("It is planned. Your colleague hears of it."))
        names.remark(request, form, visit.get_absolute_url())
        return redirect(visit)
    return render(request, "visits/swap.html", {"community": community, "form": form}, status=_status(form))


def _status(form):
    return 422 if form.is_bound else 200


def _visit(request, pk, power="view"):
    return get_or_refuse(Visit.objects.for_detail(request.user), power, pk=pk)


@require_safe
def detail(request, pk):
    """Where it is, what is next and whose turn it is."""
    visit = _visit(request, pk)
    parts = steps.parts_of(request.user, visit)
    mine = [step for step in steps.open_to(visit, parts) if not steps.refused(visit, step)]
    labels, now_at = steps.path(visit)
    slots = [slot for slot in visit.slots.all() if not slot.has_begun] if visit.state == State.OFFERED else []
    said = getattr(visit, "feedback", None)
    turn = talk.turn(visit, said)
    context = {
        "visit": visit,
        "path": labels,
        "now_at": now_at,
        "forward": [step for step in mine if not step.is_way_out and not (step.verb == "accept" and slots)],
        "may_accept": any(step.verb == "accept" for step in mine),
        "ways_out": [step for step in mine if step.is_way_out],
        "waits_for": _waits_for(visit, mine),
        "cover": getattr(visit, "cover", None),
        "talk": visit.can_take_part and visit.was_there,
        "turn": turn,
        "my_turn": bool(turn and turn.who in parts),
        "turn_of": talk.whose(visit, turn) if turn else None,
        "moves": list(visit.moves.all()) if visit.can_take_part else [],
        "slots": slots,
        "stream_url": streams.of_page(request.user, visit.channel),
    }
    return render(request, "visits/detail.html", context)


def _waits_for(visit, mine):
    """Who takes the next step where it is not the reader."""
    if any(not step.is_way_out for step in mine):
        return ""
    following = next((step for step in steps.of(visit) if visit.state in step.sources and not step.is_way_out), None)
    if following is None or steps.refused(visit, following):
        return ""
    person = visit.visited if steps.VISITED in following.who else visit.visitor
    return person or _("a colleague of your PLG")


def step(request, pk, verb):
    """Take a step: first what it asks for, or why, where that is needed."""
    visit = _visit(request, pk)
    if verb not in steps.VERBS:
        raise Http404
    parts = steps.parts_of(request.user, visit)
    if not parts:
        raise PermissionDenied
    if reason := steps.why_not_step(visit, verb, parts):
        raise Refused(reason)
    taken = steps.step(visit, verb)
    if sentences := steps.refused(visit, taken):
        raise Refused(" ".join(sentences))
    asked = steps.asked(visit, taken)
    form = StepForm(
        request.POST if request.method == "POST" else None, visit=visit, step=taken, user=request.user,
        because=bool(asked or taken.needs_reason),
    )  # fmt: skip
    if form.is_valid() and attempt(form, actions.take, visit, verb, by=request.user, **form.deed):
        visit = Visit.objects.get(pk=pk)
        messages.success(request, _("Kept: the visit is now “%(state)s”.") % {"state": visit.get_state_display()})
        return redirect(visit)
    context = {"visit": visit, "step": taken, "asked": asked, "form": form}
    return render(request, "visits/step.html", context, status=_status(form))


def feedback(request, pk):
    """What the two say afterwards, each in her turn; nobody else reads it."""
    visit = _visit(request, pk, "take_part")
    if not visit.was_there:
        raise Refused(_("First the visit, then the talk."))
    said, parts = getattr(visit, "feedback", None), steps.parts_of(request.user, visit)
    rows, form = talk.shown(visit, said, parts), None
    writing = _writing(request, rows)
    if writing:
        part = writing["part"]
        form = say_form(part)(request.POST if request.method == "POST" else None, instance=said)
        if form.is_valid() and attempt(form, actions.say, visit, part.key, by=request.user, **form.cleaned_data):
            messages.success(request, _("It is kept. Only the two of you read it."))
            names.remark(request, form, request.path)
            return redirect("visits:feedback", pk)
    elif request.method == "POST":
        raise Refused(_("It is not your turn now."))
    context = {"visit": visit, "rows": rows, "form": form, "writing": writing}
    return render(request, "visits/feedback.html", context, status=422 if form and form.is_bound else 200)


def _writing(request, rows):
    """The part that she writes: the one she asked for, else the next one if it is hers."""
    key = request.POST.get("part") or request.GET.get("part", "")
    if key not in talk.BY_KEY:
        return next((row for row in rows if row["may"] and row["is_next"]), None)
    return next((row for row in rows if row["may"] and row["part"].key == key), None)


@require_safe
def covers(request):
    """For who plans a school: whose class needs somebody, when and how. Nothing of the visit itself."""
    if not rules.plan_cover(request.user):
        raise PermissionDenied
    rows = CoverNeed.objects.for_list(request.user).exclude(person=request.user).to_come()
    return render(request, "visits/covers.html", {"covers": list(rows)})


@require_safe
@private
def calendar(request, pk):
    """The date for one's own calendar."""
    visit = _visit(request, pk, "take_part")
    if not visit.slot_id or not visit.other_id:
        raise Refused(_("There is no date yet."))
    answer = HttpResponse(ics.publish(visit), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="klassenbezoek-{visit.pk}.ics"'
    return answer
