"""What is to be done with many people at once, and into which place another one goes up."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.time import today
from organisations.choices import BulkVerb, Function
from organisations.forms import SchoolField, found_board

#: What each verb wants to know.
WANTS = {
    BulkVerb.END: ("day",),
    BulkVerb.MOVE: ("school", "day"),
    BulkVerb.FUNCTION: ("function",),
    BulkVerb.INVITE: (),
}


class BulkForm(forms.Form):
    """What one verb needs."""

    school = SchoolField(label=_("Other school"))
    day = DayField(label=_("Last day"))
    function = forms.ChoiceField(label=_("Function"), choices=[("", _("Choose")), *Function.choices])

    def __init__(self, *args, verb, **kwargs):
        super().__init__(*args, **kwargs)
        self.verb = verb
        for name in set(self.fields) - set(WANTS[verb]):
            del self.fields[name]
        if verb == BulkVerb.MOVE:
            self.fields["day"].label = _("First day there")

    def clean_day(self):
        """A day that lies ahead, so that it can be taken back."""
        day = self.cleaned_data["day"]
        if day < today() + timedelta(days=self.verb == BulkVerb.MOVE):
            raise forms.ValidationError(_("Choose a later day: this must lie ahead, so that it can be taken back."))
        return day

    @property
    def wishes(self):
        """What was chosen, as JSON keeps it."""
        given = self.cleaned_data
        how = {"day": lambda day: day.isoformat(), "school": lambda school: school.pk}
        return {name: how.get(name, str)(given[name]) for name in WANTS[self.verb]}


class MergeForm(forms.Form):
    """Looked at, and sure: asked on the second step."""

    sure = forms.BooleanField(label=_("I looked at it: this cannot be taken back"), required=False)

    @property
    def choices(self):
        """What the deed wants to know beside the two places."""
        return {}


class MergeSchoolForm(MergeForm):
    """The school that goes on."""

    into = SchoolField(label=_("Goes up into"))
    field_order = ("into", "sure")


class MergeBoardForm(MergeForm):
    """The board that goes on, by its name or number."""

    into = forms.CharField(label=_("Goes up into"), max_length=160, help_text=_("Name or number of the board"))
    with_administrators = forms.BooleanField(
        label=_("Whoever runs the old board, runs the new one from now on"), required=False
    )
    field_order = ("into", "with_administrators", "sure")

    def clean_into(self):
        """The one board that is meant."""
        return found_board(self.cleaned_data["into"])

    @property
    def choices(self):
        """Whether roles go along."""
        return {"with_administrators": self.cleaned_data["with_administrators"]}
