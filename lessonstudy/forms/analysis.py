"""What a team makes of facts, and what it found. These forms only read; the deeds write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import NamesAreSeen
from lessonstudy.actions.analysing import FIELDS
from lessonstudy.models import Stage


class CitingForm(NamesAreSeen, forms.Form):
    """A form beside which notes are chosen; the page draws them itself, pupil by pupil."""

    notes = forms.MultipleChoiceField(label=_("Notes"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, found=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["notes"].choices = [(str(note.pk), note.words) for note in found]

    def clean_notes(self):
        """As ids."""
        return [int(pk) for pk in self.cleaned_data["notes"]]

    @property
    def chosen(self):
        """The ids that are ticked, as text."""
        return {str(value) for value in self["notes"].value() or []}


class PatternForm(CitingForm):
    title = forms.CharField(label=_("What comes back?"), max_length=140, help_text=_("In one sentence."))
    text = forms.CharField(
        label=_("Of whom, and how?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    also_free = ("title",)
    field_order = ["title", "text", "notes"]


class ThoughtForm(CitingForm):
    text = forms.CharField(
        label=_("What does it mean, you think?"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("The fact stands beside it. Here you say what it tells you about learning."),
    )  # fmt: skip
    field_order = ["text", "notes"]


class RevisionForm(CitingForm):
    stage = forms.ChoiceField(label=_("Part of the lesson"))
    field = forms.ChoiceField(label=_("What of it?"))
    becomes = forms.CharField(label=_("Becomes"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    field_order = ["stage", "field", "becomes", "notes"]

    def __init__(self, *args, stages=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(str(stage.uid), stage.title) for stage in stages]
        self.fields["field"].choices = [(name, Stage._meta.get_field(name).verbose_name) for name in FIELDS]


class FindingForm(NamesAreSeen, forms.Form):
    """What was found of one pupil."""

    text = forms.CharField(label=_("What did you find?"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    reached = forms.TypedChoiceField(
        label=_("Can this pupil do it now?"), required=False, empty_value=None,
        choices=[("yes", _("Yes")), ("no", _("Not yet")), ("", _("We do not know"))],
        coerce={"yes": True, "no": False}.get, widget=forms.RadioSelect,
    )  # fmt: skip


class WordsForm(NamesAreSeen, forms.Form):
    """About teaching, and what the expert said."""

    teaching = forms.CharField(
        label=_("About our teaching"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
    expert_says = forms.CharField(
        label=_("What the expert says"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )
