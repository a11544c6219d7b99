"""Forms of the call: they only read, the deeds write."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.choices import Theme
from events.choices import ContributionKind, Decision
from events.forms.questions import AsksQuestions
from events.models import Contribution


class ContributionForm(AsksQuestions, forms.ModelForm):
    """What somebody offers: the usual, and what the organisers ask."""

    class Meta:
        model = Contribution
        fields = ("kind", "title", "community", "theme", "summary", "minutes", "seats", "needs")
        widgets = {"kind": forms.RadioSelect, "summary": forms.Textarea({"rows": 6})}
        help_texts = {
            "title": _("Say what colleagues take home from it."),
            "needs": _("For example a beamer, a room with a sink, loose tables."),
        }

    def __init__(self, *args, plgs, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ContributionKind.choices
        self.fields["theme"].choices = [("", _("No theme in particular")), *Theme.choices]
        self.fields["community"].queryset = plgs
        self.fields["community"].label = _("On behalf of which PLG?")
        self.fields["community"].empty_label = _("None, I come for myself")
        self.fields["minutes"].widget.attrs |= {"min": 5, "max": 480}
        self.add_questions(questions, self.instance.answers)
        for name in self.asked:
            self.fields[name].required = False  # a concept may lack something; what does is said when it is submitted

    def _post_clean(self):
        """The deed writes the row."""

    @property
    def words(self):
        """What the deed takes."""
        usual = {name: self.cleaned_data[name] for name in self._meta.fields}
        return usual | {"answers": self.answers}

    def clean_minutes(self):
        """Between five minutes and a day."""
        minutes = self.cleaned_data["minutes"]
        if not 5 <= minutes <= 480:
            raise forms.ValidationError(_("Between 5 minutes and 8 hours."))
        return minutes


class AuthorForm(forms.Form):
    """Who brings it along."""

    email = forms.EmailField(label=_("Mail address"), max_length=254)
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("Only where she has no account here.")
    )


class WithdrawForm(forms.Form):
    """Why it will not be."""

    because = forms.CharField(label=_("Why?"), max_length=300, required=False)


class ReviewForm(forms.Form):
    """A score from 1 to 5 for each line, advice, and a remark for the organisers."""

    advice = forms.ChoiceField(label=_("Your advice"), choices=Decision, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("A remark for the organisers"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, rubric, before=None, **kwargs):
        super().__init__(*args, **kwargs)
        scores = before.scores if before else []
        self.lines = [f"score-{number}" for number in range(len(rubric))]
        for number, (name, line) in enumerate(zip(self.lines, rubric, strict=True)):
            self.fields[name] = forms.TypedChoiceField(
                label=line, choices=SCALE, coerce=int, widget=forms.RadioSelect,
                initial=scores[number] if number < len(scores) else None,
            )  # fmt: skip
        if before:
            self.fields["advice"].initial, self.fields["remark"].initial = before.advice, before.remark
        self.order_fields([*self.lines, "advice", "remark"])

    @property
    def said(self):
        """What the deed takes."""
        found = self.cleaned_data
        return {
            "scores": [found[name] for name in self.lines],
            "advice": found["advice"],
            "remark": found["remark"],
        }


SCALE = [
    (1, pgettext_lazy("a score", "1, not yet")),
    (2, "2"),
    (3, pgettext_lazy("a score", "3, fine")),
    (4, "4"),
    (5, pgettext_lazy("a score", "5, very good")),
]


class DecideForm(forms.Form):
    """One row of the choice: what is decided, what we say with it, and what she saw there."""

    decision = forms.ChoiceField(
        label=_("Decision"), required=False, choices=[("", _("Not yet decided")), *Decision.choices]
    )
    says = forms.CharField(
        label=_("What you say with it"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        known = {"decision": row.decision, "says": row.decision_says, "seen": row.decision}
        super().__init__(*args, prefix=f"row-{row.pk}", initial=known, **kwargs)
        self.row = row
        for name in ("decision", "says"):
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}: {row.title}"


class UnavailableForm(forms.Form):
    """When a speaker cannot."""

    slots = forms.ModelMultipleChoiceField(
        label=_("When can you not?"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, slots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slots"].queryset = slots
