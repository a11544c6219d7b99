"""A school's own days, on which planners pass over it."""

from django.contrib import messages
from django.core import signing
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.text import number
from core.time import today
from organisations.actions import study_days as actions
from organisations.imports import study_days as reader
from organisations.models import School, StudyDay
from organisations.study_day_forms import CalendarFileForm, StudyDayForm

SALT, SIGNED_S = "organisations.study_days", 24 * 3600


def _school(request, pk, power="view"):
    return get_or_refuse(School.objects.for_page(request.user, "keep_study_days"), power, pk=pk)


def study_days(request, pk):
    """The days to come, and a form for one more."""
    school = _school(request, pk, "keep_study_days" if request.method == "POST" else "view")
    form = StudyDayForm(request.POST or None)
    deed = {"by": request.user}
    if form.is_valid() and attempt(form, actions.add_study_day, school, **deed | form.cleaned_data):
        messages.success(request, _("Saved. Planners pass over these days."))
        return redirect("organisations:study_days", school.pk)
    return _show(request, school, form)


def _show(request, school, form):
    days = StudyDay.objects.for_page(request.user, "manage").filter(school=school, last__gte=today())
    context = {"school": school, "form": form if school.can_keep_study_days else None, "days": list(days)}
    refused = request.method == "POST"
    return render(request, "organisations/study_days.html", context, status=422 if refused else 200)


def import_study_days(request, pk):
    """Choose a calendar file, and see what stands in it; nothing is saved yet."""
    school = _school(request, pk, "keep_study_days")
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and (found := attempt(form, reader.read, form.cleaned_data["file"]))
    ):
        known = set(StudyDay.objects.filter(school=school).values_list("uid", flat=True))
        rows = [{"day": day, "is_known": day.uid in known} for day in found]
        packed = signing.dumps([school.pk, [day.packed for day in found]], salt=SALT, compress=True)
        context = {"school": school, "rows": rows, "packed": packed}
        return render(request, "organisations/study_days_check.html", context)
    context = {"school": school, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "organisations/study_days_import.html", context, status=status)


@require_POST
def save_study_days(request, pk):
    """Save those that stay ticked."""
    school = _school(request, pk, "keep_study_days")
    chosen = {number(value) for value in request.POST.getlist("take")}
    days = [day for n, day in enumerate(_unpacked(request.POST.get("packed", ""), school)) if n in chosen]
    count = actions.save_study_days(school, by=request.user, days=days)
    sentence = ngettext("%(count)d day is saved.", "%(count)d days are saved.", count) % {"count": count}
    messages.success(request, sentence if count else _("All of these stood here already."))
    return redirect("organisations:study_days", school.pk)


def _unpacked(packed, school):
    """What the page with the found days carried along. Raises Refused when it is not ours, too old, or of elsewhere."""
    try:
        pk, rows = signing.loads(packed, salt=SALT, max_age=SIGNED_S)
    except signing.BadSignature:
        pk, rows = None, []
    if pk != school.pk:
        raise Refused(_("This page was open for too long. Choose the file once more; nothing was saved."))
    return [reader.Found.unpacked(row) for row in rows]


@require_POST
def remove_study_day(request, pk):
    """Take one away."""
    day = get_or_refuse(StudyDay.objects.for_page(request.user, "manage").select_related("school"), "manage", pk=pk)
    actions.remove_study_day(day, by=request.user)
    messages.success(request, _("Taken away."))
    return redirect("organisations:study_days", day.school_id)
