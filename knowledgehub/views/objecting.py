"""Something is not right: say so, and settle it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from knowledgehub.actions import objecting as actions
from knowledgehub.forms.sharing import ReportForm, SettleForm
from knowledgehub.models import Objection, Resource
from knowledgehub.views.showing import parts_of


def report(request, pk):
    """Tell whoever looks after it. Its makers do not hear who it was."""
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
