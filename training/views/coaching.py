"""Coaching and mentoring, for the two: finding each other, what comes next, and the end."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from communities.choices import Theme
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.views import private
from training import coaching as ours
from training.actions import coaching as deeds
from training.actions import moving
from training.choices import CoachingState
from training.forms.coaching import FindForm, LookBackForm, NoteForm, OfferForm, ProposeForm
from training.models import Coaching, CoachOffer, Enrolment, Goal, Note, Talk
from training.rules import standing


@require_safe
@private
def coachings(request):
    """What goes on between her and others, what is over, and what she offers herself."""
    rows = list(Coaching.objects.for_detail(request.user).order_by("-at", "-pk"))
    context = {
        "going": [_seen(row, request.user) for row in rows if row.state in ours.LIVING],
        "over": [_seen(row, request.user) for row in rows if row.state not in ours.LIVING],
        "offer": CoachOffer.objects.filter(person=request.user).first(),
    }
    return render(request, "training/coachings.html", context)


def _seen(row, user):
    """A coaching as this reader sees it: with whom, and as what."""
    is_coach = row.coach_id == user.pk
    return {
        "coaching": row,
        "other": row.coachee if is_coach else row.coach,
        "is_coach": is_coach,
        "asks": row.state == CoachingState.PROPOSED and row.proposed_by_id != user.pk,
    }


def coach_offer(request):
    """What she offers herself."""
    row = CoachOffer.objects.filter(person=request.user).first()
    names = ("kinds", "themes", "says", "capacity", "is_open")
    initial = {name: getattr(row, name) for name in names} if row else {"themes": request.user.themes}
    form = OfferForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, deeds.offer, form, by=request.user):
        messages.success(request, _("Kept. Whoever looks for somebody can find you."))
        return redirect("training:coachings")
    context = {"form": form, "offer": row}
    return render(request, "training/coach_offer.html", context, status=422 if form.is_bound else 200)


@require_safe
def find_coach(request):
    """Who fits a wish, and why. The wish stands in the address."""
    is_asked = "kind" in request.GET
    form = FindForm(request.GET if is_asked else None, initial={"themes": request.user.themes})
    found = []
    if is_asked and form.is_valid():
        labels = dict(Theme.choices)
        for offer, match in deeds.find(request.user, **form.cleaned_data):
            found.append({"offer": offer, "match": match, "themes": [labels[each] for each in sorted(match.themes)]})
    status = 422 if is_asked and not form.is_valid() else 200
    context = {"form": form, "found": found, "is_asked": is_asked and form.is_valid(), "kind": request.GET.get("kind")}
    return render(request, "training/find_coach.html", context, status=status)


def propose_coaching(request, pk):
    """Ask somebody who offers it."""
    offer = get_object_or_404(CoachOffer.objects.select_related("person"), pk=pk, is_open=True, person__is_active=True)
    if offer.person_id == request.user.pk:
        raise Refused(_("Somebody is not her own coach."))
    data = request.POST or None
    form = ProposeForm(data, kinds=offer.kinds, initial={"kind": request.GET.get("kind")})
    return _propose(request, form, other=offer.person, coach=offer.person, coachee=request.user, offer=offer)


def coach_learner(request, pk):
    """A learner and the coach of her training: either of them begins."""
    mine = standing(request.user)
    rows = Enrolment.objects.filter(pk__in=mine.learns | mine.coaches, coach__isnull=False, person__isnull=False)
    row = get_object_or_404(rows.select_related("person", "coach"), pk=pk)
    other = row.coach if row.person_id == request.user.pk else row.person
    form = ProposeForm(request.POST or None, initial={"kind": "coaching"})
    return _propose(request, form, other=other, coach=row.coach, coachee=row.person)


def _propose(request, form, *, other, coach, coachee, offer=None):
    if form.is_valid():
        made = attempt(form, deeds.propose, by=request.user, coach=coach, coachee=coachee, **form.cleaned_data)
        if made:
            messages.success(request, _("Asked. You hear it by mail when there is an answer."))
            return redirect(made)
    context = {"form": form, "other": other, "offer": offer, "is_coach": coach == request.user}
    return render(request, "training/propose_coaching.html", context, status=422 if form.is_bound else 200)


# One coaching -------------------------------------------------------------------------------------


def of_two(request, pk):
    """A coaching of hers. For everybody else it is not there."""
    return get_or_refuse(Coaching.objects.for_detail(request.user), pk=pk)


@require_safe
@private
def coaching(request, pk):
    """What comes next, goals, talks, and two notebooks."""
    return show(request, of_two(request, pk))


def show(request, row, note=None):
    """The page of a coaching; with the note that was not kept."""
    goals, talks = list(Goal.objects.filter(coaching=row)), list(Talk.objects.filter(coaching=row))
    notes = list(Note.objects.for_page(request.user).filter(coaching=row).select_related("author"))
    why_not = ours.why_not_write(row)
    context = {
        **_seen(row, request.user),
        "next": ours.next_of(row, request.user, goals, talks),
        "goals": goals,
        "talks": talks[::-1],
        "shared": [each for each in notes if each.kind == "shared"],
        "own": [each for each in notes if each.kind == "private"],
        "why_not": why_not,
        "may_add_goal": not why_not and len(goals) < ours.MOST_GOALS,
        "may_look_back": row.state in (CoachingState.ACTIVE, CoachingState.EVALUATED),
        "steps": _aside(row, request.user),
        "form": note or (NoteForm() if not why_not else None),
    }
    return render(request, "training/coaching.html", context, status=422 if note else 200)


def _aside(row, user):
    """Steps beside the next one: to decline what the other proposed, to stop what goes on, to take back one's own."""
    proposed = row.state == CoachingState.PROPOSED
    verb = "decline" if proposed and row.proposed_by_id != user.pk else "stop"
    return [step for step in moving.open_to(row, user) if step.verb == verb]


MEANS = {
    "decline": gettext_lazy("It needs no reason. The other hears that it does not suit you."),
    "stop": gettext_lazy("You need not say why. It cannot be undone; you can both still read what is there."),
    "close": gettext_lazy("It cannot be undone. You can both still read what is there."),
    "accept": gettext_lazy("After this you agree on goals together."),
    "begin": gettext_lazy("From now on you plan talks."),
}
SAID = {
    "accept": gettext_lazy("Good. Agree on a first goal together."),
    "begin": gettext_lazy("You have begun. Plan your first talk."),
    "decline": gettext_lazy("The other hears that it does not suit you."),
    "close": gettext_lazy("Closed. Thank each other."),
    "stop": gettext_lazy("Stopped. The other hears it, without a reason."),
}


def coaching_step(request, pk, verb):
    """A GET asks where it cannot be undone; a POST takes the step."""
    row = of_two(request, pk)
    if verb not in MEANS:
        raise Http404
    found = next((each for each in moving.open_to(row, request.user) if each.verb == verb), None)
    if found is None:
        raise Refused(_("This step is not possible now."))
    if request.method == "POST":
        row = deeds.step(row, verb, by=request.user)
        messages.success(request, SAID[verb])
        return redirect(row)
    context = {**_seen(row, request.user), "step": found, "means": MEANS[verb]}
    return render(request, "training/coaching_step.html", context)


def look_back(request, pk):
    """What was reached, what to keep, what to stop."""
    row = of_two(request, pk)
    if row.state not in (CoachingState.ACTIVE, CoachingState.EVALUATED):
        raise Refused(ours.why_not_write(row) or _("Begin first."))
    initial = {"reached": row.reached, "keep": row.keep, "stop": row.stop}
    form = LookBackForm(request.POST or None, goals=Goal.objects.filter(coaching=row), initial=initial)
    if form.is_valid() and attempt(form, deeds.look_back, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Kept. Close it when you both agree."))
        return redirect(row)
    context = {**_seen(row, request.user), "form": form}
    return render(request, "training/look_back.html", context, status=422 if form.is_bound else 200)
