"""A version of one's own of what colleagues made."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from knowledgehub.actions import adapting as actions
from knowledgehub.choices import LICENCES
from knowledgehub.forms.sharing import AdaptForm
from knowledgehub.models import Resource


def adapt(request, pk):
    """What comes along, what is named, and under which licence it goes on."""
    source = get_or_refuse(Resource.objects.for_detail(request.user), "use", pk=pk)
    if reason := source.why_not_adapt:
        raise Refused(reason)
    if begun := actions.begun_by(request.user, source):
        messages.info(request, _("You began a version of this already. Go on with it."))
        return redirect(begun)
    form = AdaptForm(request.POST if request.method == "POST" else None, source=source)
    if form.is_bound and form.is_valid():
        made = attempt(form, actions.adapt, source, by=request.user, **form.cleaned_data)
        if made:
            messages.success(request, _("Here is your own version. Only you see it, until you publish it."))
            return redirect(made)
    context = {
        "source": source,
        "form": form,
        "licence": LICENCES[source.licence],
        "says": actions.attribution(source, source.current),
        "files": source.current.files.count(),
    }
    return render(request, "knowledgehub/adapt.html", context, status=422 if form.is_bound else 200)
