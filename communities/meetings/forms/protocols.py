from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from communities.meetings.models import Meeting, Protocol
from communities.models import Community
from core.text import one_line

MOST_STEPS = 40
TIMES = (20, 30, 45, 60, 75, 90, 120)


class SearchForm(forms.Form):
    """Which way of working fits: words, how many people, how much time. Odd values are left out, not refused."""

    words = forms.CharField(required=False, max_length=80, label=_("What do you want to do?"))
    people = forms.IntegerField(required=False, min_value=1, max_value=40, label=_("How many are you?"))
    minutes = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label=_("How much time is there?")
    )  # fmt: skip
    meeting = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = ngettext_lazy("at most %(n)d minute", "at most %(n)d minutes", "n")
        self.fields["minutes"].choices = [("", _("as long as you like")), *((n, words % {"n": n}) for n in TIMES)]
        self.fields["words"].widget.input_type = "search"
        self.fields["words"].widget.attrs |= {"autocomplete": "off", "enterkeyhint": "search"}
        self.fields["people"].widget.attrs |= {"inputmode": "numeric"}

    @property
    def asked(self):
        """What was asked in a way that can be answered: words, people, minutes."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in ("words", "people", "minutes")}


class UseForm(forms.Form):
    """For which meeting, and what to do with what stands there."""

    meeting = forms.ModelChoiceField(queryset=Meeting.objects.none(), label=_("For which meeting?"), empty_label=None)
    replace = forms.TypedChoiceField(
        label=_("Something stands on the agenda already"),
        choices=[("no", _("put the steps after it")), ("yes", _("replace it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    fit = forms.BooleanField(label=_("Make the minutes fit the time of the meeting"), required=False)

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replace"].required = "replace" in self.data  # on an empty agenda it is not asked
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = lambda row: f"{row.community.name}: {row.when}"


class CopyForm(forms.Form):
    """For which of my PLGs."""

    community = forms.ModelChoiceField(queryset=Community.objects.none(), label=_("For which PLG?"), empty_label=None)

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities


class StepForm(forms.Form):
    """One step of a way of working."""

    title = forms.CharField(label=_("Step"), max_length=140)
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=0, max_value=240, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )
    instruction = forms.CharField(
        label=_("What do you do?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    silent = forms.CharField(
        label=_("Who is silent meanwhile?"),
        max_length=200,
        required=False,
        help_text=_("Names of roles, with a comma between them."),
    )

    def clean_title(self):
        return one_line(self.cleaned_data["title"])

    def clean_silent(self):
        return names(self.cleaned_data["silent"])


def names(text):
    """Names of roles from a line with commas."""
    return list(dict.fromkeys(part for each in str(text).split(",") if (part := one_line(each)[:40])))[:10]


class ProtocolForm(forms.ModelForm):
    """A copy of a PLG: what it is called, what it is good for, for how many."""

    roles = forms.CharField(
        label=_("Roles"),
        max_length=300,
        required=False,
        help_text=_("With a comma between them. Who is silent in a step is one of these."),
    )

    class Meta:
        model = Protocol
        fields = ("name", "purpose", "group_min", "group_max", "roles", "note", "is_case")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2}), "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["roles"] = ", ".join(self.instance.roles)
        for name in ("group_min", "group_max"):
            self.fields[name].min_value = 1
            self.fields[name].widget.attrs["min"] = 1

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_roles(self):
        return names(self.cleaned_data["roles"])

    def clean(self):
        data = super().clean()
        least, most = data.get("group_min"), data.get("group_max")
        if least is not None and least < 1:
            self.add_error("group_min", _now("At least one person takes part."))
        if least and most and most < least:
            self.add_error("group_max", _now("The most people is not below the least."))
        return data

    def _post_clean(self):
        """The action writes the row, locked."""


class Steps:
    """The steps of a copy as forms in a row, which can be added, taken away and moved without script.

    Each row is named by its number; what was pressed (`do`, as "up-2", "down-2", "remove-2", "add") rearranges the
    rows as they were typed, without saving.
    """

    def __init__(self, data=None, steps=()):
        if data is None:
            shown = [step | {"silent": ", ".join(step["silent"])} for step in steps]
            self.forms = [StepForm(initial=step, prefix=f"step-{n}") for n, step in enumerate(shown)]
            return
        try:
            count = min(int(data.get("steps", 0)), MOST_STEPS)
        except ValueError:
            count = 0
        rows = [
            {name: data.get(f"step-{n}-{name}", "") for name in StepForm.base_fields}
            for n in range(max(count, 0))
        ]  # fmt: skip
        self.deed = data.get("do", "")
        self.rows = rearranged(rows, self.deed)
        bound = {f"step-{n}-{name}": value for n, row in enumerate(self.rows) for name, value in row.items()}
        self.forms = [StepForm(bound, prefix=f"step-{n}") for n in range(len(self.rows))]

    def __iter__(self):
        return iter(self.forms)

    def __len__(self):
        return len(self.forms)

    @property
    def minutes(self):
        """The total, of what can be read as minutes."""
        values = [str(form["minutes"].value()) for form in self.forms]
        return sum(int(value) for value in values if value.isdecimal() and len(value) < 5)

    def untouched(self):
        """The same rows without errors: they were only rearranged."""
        self.forms = [StepForm(initial=row, prefix=f"step-{n}") for n, row in enumerate(self.rows)]
        return self

    def is_valid(self):
        checked = [form.is_valid() for form in self.forms]  # all of them, so that each shows its errors
        return all(checked)

    @property
    def cleaned(self):
        """The steps as a protocol keeps them."""
        return [{key: form.cleaned_data[key] for key in ("title", "minutes", "instruction", "silent")} for form in self]


def rearranged(rows, deed):
    """The rows after one press: moved up or down, taken away, or with an empty one at the end."""
    verb, _dash, place = deed.partition("-")
    if verb == "add" and len(rows) < MOST_STEPS:
        return [*rows, {"title": "", "minutes": "5", "instruction": "", "silent": ""}]
    if not place.isdecimal() or not 0 <= int(place) < len(rows):
        return rows
    here = int(place)
    if verb == "remove":
        return rows[:here] + rows[here + 1 :]
    there = here + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= there < len(rows):
        rows = [*rows]
        rows.insert(there, rows.pop(here))
    return rows
