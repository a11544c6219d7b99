"""For who keeps programmes: approving, issuing, taking back; the record of quality."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from training.credentials import actions, guards, keys, rules
from training.credentials import quality as assuring
from training.credentials.choices import State
from training.credentials.forms import AccreditationForm, QualityForm, WhyForm
from training.credentials.models import Accreditation, Credential, QualityRecord
from training.models import Programme

PAGE = 100


def approve(request):
    """What waits for a second person, and what was approved and can be issued."""
    if not rules.keep_some(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _issue_chosen(request)
    rows = Credential.objects.for_list(request.user).allowing(request.user, "keep").exclude(person=request.user.pk)
    waiting = list(rows.filter(state=State.ELIGIBLE).order_by("proposed_at", "pk")[:PAGE])
    judged = guards.judged_by(request.user, waiting)
    for each in waiting:
        each.why_not = guards.why_not_second(each, request.user, judged)
    context = {
        "waiting": waiting,
        "approved": list(rows.filter(state=State.APPROVED).order_by("approved_at", "pk")[: actions.AT_ONCE]),
        "recent": list(rows.filter(issued_at__isnull=False).order_by("-issued_at", "-pk")[:20]),
        "missing": keys.why_not_sign(),
    }
    return render(request, "credentials/approve.html", context)


def _issue_chosen(request):
    ids = [found for each in request.POST.getlist("chosen") if (found := number(each))]
    rows = Credential.objects.allowing(request.user, "keep").exclude(person=request.user.pk)
    chosen = list(rows.filter(pk__in=ids, state=State.APPROVED)[: actions.AT_ONCE])
    if not chosen:
        raise Refused(_("Choose first which ones."))
    issued, refused = actions.issue_all(chosen, by=request.user)
    if issued:
        said = ngettext("%(count)d is issued.", "%(count)d are issued.", len(issued)) % {"count": len(issued)}
        messages.success(request, said)
    for credential, reason in refused:
        messages.warning(request, f"{credential}: {reason}")
    return redirect("credentials:approve")


def _one(request, pk):
    """Nobody keeps her own."""
    rows = Credential.objects.for_detail(request.user).exclude(person=request.user.pk)
    return get_or_refuse(rows, "keep", pk=pk)


@require_POST
def approve_one(request, pk):
    """It is right."""
    row = actions.approve(_one(request, pk), by=request.user)
    messages.success(request, _("“%(title)s” is approved. Now it can be issued.") % {"title": row.title})
    return redirect("credentials:approve")


@require_POST
def restore(request, pk):
    """It counts again."""
    row = actions.restore(_one(request, pk), by=request.user)
    messages.success(request, _("It counts again."))
    return redirect(row)


def reissue(request, pk):
    """The same under today's name and address: asked first, because the old one ends."""
    row = _one(request, pk)
    if request.method == "POST":
        anew = actions.reissue(row, by=request.user)
        messages.success(request, _("A new one is issued; the old one does not count any more."))
        return redirect(anew)
    return render(request, "credentials/reissue.html", {"credential": row})


def decline(request, pk):
    return _with_reason(request, pk, "decline", _("It is not given."))


def suspend(request, pk):
    return _with_reason(request, pk, "suspend", _("It does not count for now."))


def revoke(request, pk):
    return _with_reason(request, pk, "revoke", _("It was revoked."))


def _with_reason(request, pk, verb, done):
    """A page of its own for what takes something from somebody."""
    row = _one(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, getattr(actions, verb), row, by=request.user, **form.cleaned_data):
        messages.success(request, done)
        return redirect("credentials:approve")
    context = {"credential": row, "form": form, "verb": verb}
    return render(request, "credentials/why.html", context, status=422 if form.is_bound else 200)


# The record of quality ------------------------------------------------------------------------------


def _programme(request, pk):
    return get_or_refuse(Programme.objects.for_page(request.user, "keep").select_related("current"), "keep", pk=pk)


def quality(request, pk):
    """By what the quality of a programme is assured, and where it is known."""
    programme = _programme(request, pk)
    record = QualityRecord.objects.filter(programme=programme, retired_at=None).select_related(
        "filled_by", "approved_by"
    )
    found = record.first()
    form = QualityForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid() and attempt(form, assuring.fill, programme, by=request.user, **form.cleaned_data):
        messages.success(request, _("It is kept. Now somebody else approves it."))
        return redirect("credentials:quality", pk)
    context = {"form": form, "adding": AccreditationForm(), **_shown(programme, found, request.user)}
    return render(request, "credentials/quality.html", context, status=422 if form.is_bound else 200)


def _record(programme):
    rows = QualityRecord.objects.filter(programme=programme, retired_at=None)
    return rows.select_related("filled_by", "approved_by").first()


def _shown(programme, found, user):
    accreditations = list(Accreditation.objects.filter(programme=programme))
    why_not = assuring.why_not_approve(found, user) if found else ""
    return {"programme": programme, "record": found, "accreditations": accreditations, "why_not": why_not}


@require_POST
def approve_quality(request, pk):
    """A second person approves the record."""
    found = get_or_refuse(QualityRecord.objects.for_page(request.user, "keep"), "keep", pk=pk)
    assuring.approve(found, by=request.user)
    messages.success(request, _("It is approved. Certificates of this programme may now say it."))
    return redirect("credentials:quality", found.programme_id)


@require_POST
def add_accreditation(request, pk):
    """A register knows this programme."""
    programme = _programme(request, pk)
    form = AccreditationForm(request.POST)
    if form.is_valid() and attempt(form, assuring.accredit, programme, by=request.user, **form.cleaned_data):
        messages.success(request, _("It is written down."))
        return redirect("credentials:quality", pk)
    found = QualityRecord.objects.filter(programme=programme, retired_at=None).select_related(
        "filled_by", "approved_by"
    )
    context = {"adding": form, **_shown(programme, found.first(), request.user)}
    context["form"] = QualityForm(instance=context["record"])
    return render(request, "credentials/quality.html", context, status=422)


@require_POST
def remove_accreditation(request, pk):
    """That register does not know it any more."""
    found = get_or_refuse(Accreditation.objects.for_page(request.user, "keep"), "keep", pk=pk)
    assuring.remove_accreditation(found, by=request.user)
    messages.success(request, _("It is taken away."))
    return redirect("credentials:quality", found.programme_id)
