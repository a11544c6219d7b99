"""Help for who lost a passkey or the app with codes."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import attempt
from organisations import recovery
from people.models import User


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("How do you know that it is really this person who asks?"),
        choices=[
            ("in_person", gettext_lazy("I met this person face to face")),
            ("video", gettext_lazy("I saw this person in a video call")),
            ("called_back", gettext_lazy("I called this person back on a number that I knew")),
        ],
        widget=forms.RadioSelect,
    )


def reset_second_step(request, pk):
    """Say how one knows her, then take the second step away."""
    person = User.objects.filter(recovery.may_reset(request.user), pk=pk, is_active=True).first()
    if person is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, recovery.reset_second_step, person, by=request.user, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, _("Done. %(person)s was told by mail.") % {"person": person})
        return redirect("home")
    context = {"form": form, "person": person}
    return render(
        request, "organisations/recovery/reset_second_step.html", context, status=422 if form.is_bound else 200
    )
