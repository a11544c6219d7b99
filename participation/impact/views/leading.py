"""What the facilitators do with the questions, and who runs a network with those of the network."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.meetings.models import Meeting
from communities.models import Community
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.time import today
from organisations.models import Network
from organisations.rules import standing as at_work
from participation.impact import actions, dates, results
from participation.impact.forms import SetUpForm, WaveForm
from participation.impact.models import Questionnaire, Wave
from people.calendar import school_year


def set_up(request, pk):
    """Ask a PLG, on days that are proposed."""
    community = get_or_refuse(Community.objects.for_detail(request.user), "lead", pk=pk)
    if reason := community.why_not_add:
        raise Refused(reason)
    region = community.owner_school.region if community.owner_school_id else ""
    planned = Meeting.objects.filter(community=community).upcoming()
    meetings = list(planned.values_list("held_on", flat=True))
    return _set_up(request, community, {"community": community}, region=region, meetings=meetings)


def set_up_network(request, pk):
    """Ask everybody in the PLGs of a network, one by one."""
    network = Network.objects.allowing(request.user, "view").filter(pk=pk).first()
    if network is None:
        raise Http404
    if network.pk not in at_work(request.user).networks_run:
        raise PermissionDenied
    return _set_up(request, network, {"network": network})


def _set_up(request, place, context, **known):
    year = school_year(today())
    is_network = isinstance(place, Network)
    form = SetUpForm(request.POST or None, year=year, proposed=dates.propose(year, **known), is_network=is_network)
    if form.is_bound and form.is_valid():
        way = {} if is_network else {"way": form.cleaned_data["way"]}
        row = attempt(form, actions.set_up, place, by=request.user, year=year, waves=form.waves, **way)
        if row:
            messages.success(request, _("It is set up. Everybody who is asked hears of it."))
            return redirect(row.page)
    context |= {"form": form, "said_year": f"{year}–{year + 1}", "place": place, "is_network": is_network}
    context["back"] = Questionnaire(**({"network": place} if is_network else {"community": place})).page
    return render(request, "impact/set_up.html", context, status=422 if form.is_bound else 200)


def edit_wave(request, pk):
    """Other days, or another way of answering."""
    wave = get_or_refuse(Wave.objects.for_detail(request.user), "manage", pk=pk)
    if reason := wave.why_not_change:
        raise Refused(reason)
    form = WaveForm(request.POST or None, instance=wave)
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, actions.edit_wave, wave, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Changed."))
        return redirect(wave.questionnaire.page)
    context = {"wave": wave, "form": form}
    return render(request, "impact/edit_wave.html", context, status=422 if form.is_bound else 200)


def close(request, pk):
    """First what closing means, then it is closed."""
    wave = get_or_refuse(Wave.objects.for_detail(request.user), "manage", pk=pk)
    if reason := wave.why_not_close:
        raise Refused(reason)
    if request.method == "POST":
        actions.close(wave, by=request.user)
        messages.success(request, _("Closed. The result stands below."))
        return redirect(wave.questionnaire)
    count = Wave.objects.filter(pk=wave.pk).with_counts().get().count
    return render(request, "impact/close.html", {"wave": wave, "count": count})


def release(request, pk):
    """First what is seen of it, and by whom; then these averages count."""
    row = get_or_refuse(Questionnaire.objects.for_detail(request.user), "manage", pk=pk)
    if reason := row.why_not_release:
        raise Refused(reason)
    if request.method == "POST":
        actions.release(row, by=request.user)
        messages.success(request, _("These averages count now. Your members hear it."))
        return redirect(row)
    return render(request, "impact/release.html", {"questionnaire": row, "results": results.of(row)})


@require_POST
def take_back(request, pk):
    """The averages count no more."""
    row = get_or_refuse(Questionnaire.objects.for_detail(request.user), "manage", pk=pk)
    actions.take_back(row, by=request.user)
    messages.success(request, _("These averages count no more."))
    return redirect(row)


def withdraw(request, pk):
    """First what happens then, afterwards nothing is asked any more."""
    row = get_or_refuse(Questionnaire.objects.for_detail(request.user), "manage", pk=pk)
    if reason := row.why_not_withdraw:
        raise Refused(reason)
    if request.method == "POST":
        page = row.page
        actions.withdraw(row, by=request.user)
        messages.success(request, _("The questions of this year are called off."))
        return redirect(page)
    return render(request, "impact/withdraw.html", {"questionnaire": row})
