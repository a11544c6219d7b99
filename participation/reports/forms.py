"""What people fill in about a year report: its sections, who is named, a no with its reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.meetings.forms.minutes import MinutesForm
from people.models import User


class ReportForm(MinutesForm):
    """All sections at once, each with the mark of what its writer had before her, as those of minutes."""


class LayForm(forms.Form):
    """Who is quoted without being named; who is named is known from the text."""

    named = forms.ModelMultipleChoiceField(
        label=_("Is anybody quoted, or known by what stands there?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Whoever you choose is asked for her own yes. Without it, the report cannot be released."),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        pks = [person.pk for person in people]
        self.fields["named"].queryset = User.objects.filter(pk__in=pks).order_by("sort_name")


class SayNoForm(forms.Form):
    """A no, so that somebody can do something with it."""

    reason = forms.CharField(
        label=_("What should be different?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
