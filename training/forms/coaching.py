"""What two people fill in. The forms only read; the deeds write."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.choices import Theme
from core.forms import ClockInput, DayField
from training.choices import CoachingKind, NoteOf, TalkKind
from training.forms.learning import area


class OfferForm(forms.Form):
    """What somebody can help with."""

    kinds = forms.MultipleChoiceField(
        label=_("As what?"), choices=CoachingKind, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label=_("In which themes?"), choices=Theme, required=False, widget=forms.CheckboxSelectMultiple
    )
    says = area(_("What can you help with?"), rows=3, most=500, required=False)
    capacity = forms.IntegerField(label=_("How many people at once?"), min_value=1, max_value=20, initial=2)
    is_open = forms.BooleanField(label=_("I can be asked"), required=False, initial=True)


class FindForm(forms.Form):
    """A wish: read from the address, so that it can be kept and shared."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("coaching", "What do you look for?"), choices=CoachingKind, widget=forms.RadioSelect
    )
    themes = forms.MultipleChoiceField(
        label=_("In which themes?"), choices=Theme, required=False, widget=forms.CheckboxSelectMultiple
    )


class ProposeForm(forms.Form):
    """Asking the other."""

    kind = forms.ChoiceField(label=_("As what?"), choices=CoachingKind, widget=forms.RadioSelect)
    wish = area(_("What would you like help with?"), rows=4, most=1000, required=False)

    def __init__(self, *args, kinds=CoachingKind.values, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [each for each in CoachingKind.choices if each[0] in kinds]
        if len(self.fields["kind"].choices) == 1:
            self.fields["kind"].initial = self.fields["kind"].choices[0][0]


HOW_FAR = [
    (0, _("not begun")),
    (1, pgettext_lazy("of a goal", "begun")),
    (2, _("halfway")),
    (3, _("nearly there")),
    (4, pgettext_lazy("of a goal", "reached")),
]


class GoalForm(forms.Form):
    text = forms.CharField(label=_("What do you want to be able to do?"), max_length=300)
    indicator = forms.CharField(
        label=_("By what do you see it?"), max_length=300, help_text=_("A sign that you can both see or hear.")
    )
    reached = forms.TypedChoiceField(
        label=_("How far is it?"), choices=HOW_FAR, coerce=int, initial=0, widget=forms.RadioSelect
    )


class TalkForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=TalkKind, widget=forms.RadioSelect, initial=TalkKind.TALK)
    held_on = DayField(label=_("Date"))
    starts = forms.TimeField(label=_("From"), required=False, widget=ClockInput())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=480, initial=45)
    was_held = forms.BooleanField(label=_("It was held"), required=False)
    said = area(_("What did you agree?"), rows=5, most=4000, required=False)


class NoteForm(forms.Form):
    text = area(_("Your note"), rows=4, most=4000)
    kind = forms.ChoiceField(label=_("For whom?"), choices=NoteOf, widget=forms.RadioSelect, initial=NoteOf.PRIVATE)


class NoteTextForm(NoteForm):
    """Its text alone: what was private stays private."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class LookBackForm(forms.Form):
    """What was reached, what to keep, what to stop; and how far each goal is."""

    reached = area(_("What did you reach?"), rows=3)
    keep = area(_("What do you keep?"), rows=2, most=1000, required=False)
    stop = area(_("What do you stop?"), rows=2, most=1000, required=False)

    def __init__(self, *args, goals, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        for goal in self.goals:
            self.fields[f"goal-{goal.pk}"] = forms.TypedChoiceField(
                label=goal.text, help_text=goal.indicator, choices=HOW_FAR, coerce=int, initial=goal.reached,
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.order_fields([f"goal-{goal.pk}" for goal in self.goals])

    def clean(self):
        """How far, by goal."""
        said = super().clean()
        said["goals"] = {goal: said.pop(f"goal-{goal.pk}") for goal in self.goals if f"goal-{goal.pk}" in said}
        return said
