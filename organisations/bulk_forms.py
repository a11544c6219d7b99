"""What is to be done with many people at once, and into which place another one goes up."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.time import today
from organisations.choices import BulkVerb, Function
from organisations.forms import SchoolField, found_board


class BulkForm(forms.Form):
    """One verb, and what that verb needs."""

    verb = forms.ChoiceField(label=_("What happens?"), choices=BulkVerb, widget=forms.RadioSelect)
    day = DayField(
        label=_("Day"), required=False, help_text=_("The last day here, or the first day at the other school.")
    )
    school = SchoolField(label=_("Other school"), required=False)
    function = forms.ChoiceField(label=_("Function"), choices=[("", _("Choose")), *Function.choices], required=False)

    def clean(self):
        """Each verb has what it needs; a day lies ahead, so that it can be taken back."""
        found = super().clean()
        verb, day = found.get("verb"), found.get("day")
        if verb in (BulkVerb.END, BulkVerb.MOVE):
            first = today() + timedelta(days=1) if verb == BulkVerb.MOVE else today()
            if not day:
                self.add_error("day", _("Choose a day."))
            elif day < first:
                self.add_error("day", _("Choose a later day: this must lie ahead, so that it can be taken back."))
        if verb == BulkVerb.MOVE and not found.get("school") and "school" not in self.errors:
            self.add_error("school", _("Choose a school."))
        if verb == BulkVerb.FUNCTION and not found.get("function"):
            self.add_error("function", _("Choose a function."))
        return found

    @property
    def wishes(self):
        """What was chosen, as JSON keeps it."""
        given, verb = self.cleaned_data, self.cleaned_data["verb"]
        wishes = {}
        if verb in (BulkVerb.END, BulkVerb.MOVE):
            wishes["day"] = given["day"].isoformat()
        if verb == BulkVerb.MOVE:
            wishes["school"] = given["school"].pk
        if verb == BulkVerb.FUNCTION:
            wishes["function"] = given["function"]
        return wishes


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
