"""What the team learned, and whether anybody can be recognised in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import NamesAreSeen
from lessonstudy.choices import Audience
from lessonstudy.guards import CHECKLIST

#: The checklist, line by line: what is looked at, and how one does so.
LINES = {
    "names": (_("No names"), _("No pupil, parent or colleague is named. Not in quotes either.")),
    "class": (_("No class, no date"), _("No group, day or who gave the lesson. With a code that names a pupil.")),
    "photos": (_("No faces"), _("Photos show work of hands, no faces, no name on a table or a bag.")),
    "work": (_("No handwriting with a name"), _("Work of pupils is without a name or a number.")),
    "recognisable": (_("Nobody is recognised"), _("Nobody who knows the school recognises a pupil in the story.")),
}
assert tuple(LINES) == CHECKLIST  # the guard and the page look at the same lines


class OutcomeForm(NamesAreSeen, forms.Form):
    """What pupils and teachers learned, how far that holds, and for whom it is."""

    headline = forms.CharField(
        label=_("In one sentence"), max_length=200, required=False,
        help_text=_("What should a colleague of another school remember of it?"),
    )  # fmt: skip
    pupils_learned = forms.CharField(
        label=_("What did pupils learn?"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )
    teachers_learned = forms.CharField(
        label=_("What did you learn?"), max_length=4000, required=False, widget=forms.Textarea({"rows": 5})
    )
    limits = forms.CharField(
        label=_("What do you not know yet?"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Of how many pupils was it, and what could have been chance?"),
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("How far does it go?"), choices=Audience, widget=forms.RadioSelect)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    also_free = ("headline",)


class CheckForm(forms.Form):
    """The ticks, and who of the team is named or shown in it."""

    lines = forms.MultipleChoiceField(required=False, choices=[(key, key) for key in CHECKLIST])
    shown = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, team=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shown"].choices = [(str(member.pk), str(member.pk)) for member in team]

    @property
    def deed(self):
        """What the action takes."""
        return {"lines": self.cleaned_data["lines"], "shown": {int(pk) for pk in self.cleaned_data["shown"]}}
