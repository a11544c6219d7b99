"""Something is not right: say so, and settle it."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from knowledgehub.actions import objecting as actions
from knowledgehub.forms.sharing import ReportForm, SettleForm, StrangerReportForm
from knowledgehub.models import Objection, Resource
from knowledgehub.views.showing import parts_of

#: How often visitors behind one address report something.
STRANGERS = "10/h/ip"


@login_not_required
def report(request, pk):
    """Tell whoever looks after it. Its makers do not hear who it was."""
    if not request.user.is_authenticated:
        return _report_from_outside(request, pk)
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "use", pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound and (reason := actions.why_not_report(resource, request.user)):
        raise Refused(reason)
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, actions.report, resource, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Thank you. Somebody looks at it, and you hear what was decided."))
        return redirect(resource)
    context = {"resource": resource, "form": form}
    return render(request, "knowledgehub/report.html", context, status=422 if form.is_bound else 200)


def _report_from_outside(request, pk):
    """The same without an account, of what stands on the web: not too often, and not by a program."""
    resource = Resource.objects.on_the_web().filter(pk=pk).select_related("community", "school").first()
    if resource is None:
        return redirect_to_login(request.get_full_path())
    form = StrangerReportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound and (reason := actions.why_not_report(resource, None)):
        raise Refused(reason)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        if not _is_now_and_then(request):
            form.add_error(None, _("That was often in a short time. Try again in an hour."))
            status = 429
        elif form.is_of_a_robot or attempt(form, actions.report, resource, by=None, **form.said):
            messages.success(request, _("Thank you. Somebody looks at it."))
            return redirect(resource)
    return render(request, "knowledgehub/report_outside.html", {"resource": resource, "form": form}, status=status)


def _is_now_and_then(request):
    config = {} if settings.TESTING and not getattr(settings, "ANSWER_LIMITS", None) else {"report": STRANGERS}
    return ratelimit.consume(request, app="knowledgehub", action="report", config=config)


def objection(request, pk):
    """What somebody objects, beside the thing itself; and what is decided."""
    rows = Objection.objects.for_page(request.user, "settle").select_related("by", "settled_by")
    row = get_or_refuse(rows, "settle", pk=pk)
    form = SettleForm(request.POST if request.method == "POST" else None)
    deed = actions.hide if request.POST.get("decide") == "hide" else actions.settle
    if form.is_bound and form.is_valid() and attempt(form, deed, row, by=request.user, **form.cleaned_data):
        hidden = deed is actions.hide
        said = _("Hidden. Only its makers see it still.") if hidden else _("Settled. It stays as it is.")
        messages.success(request, said)
        return redirect("home")
    rows = Resource.objects.select_related("current", "community", "school", "board", "network")
    resource = rows.get(pk=row.resource_id)
    context = {"objection": row, "form": form, **parts_of(request, resource, resource.current)}
    return render(request, "knowledgehub/objection.html", context, status=422 if form.is_bound else 200)


@require_POST
def show_again(request, pk):
    """What was wrong is put right."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "moderate", pk=pk)
    actions.show_again(resource, by=request.user)
    messages.success(request, _("Whoever could see it, finds it again."))
    return redirect(resource)
