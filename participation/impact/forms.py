"""What people fill in: the facilitator who sets up, a PLG together, somebody alone, a pupil or parent."""

import uuid

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.time import today
from participation.impact.choices import Animal, Audience, Colour, Moment, Way
from participation.impact.models import Panel, Wave
from participation.impact.models.answers import MOST_PEOPLE
from participation.impact.questions import MARKS, OF_PLG
from people.calendar import days_of_school_year

BETWEEN = {"invalid_choice": _("Choose a figure from 1 to 5.")}


def why_not(opens, closes, year):
    """Why questions of this school year cannot be asked on these days, or ""."""
    if closes < opens:
        return _now("The last day is not before the first.")
    if closes < today():
        return _now("This lies in the past.")
    first, last = days_of_school_year(year)
    return _now("Choose days in this school year.") if opens < first or closes > last else ""


class SetUpForm(forms.Form):
    """The waves of a school year, with the days that are proposed for them."""

    way = forms.ChoiceField(
        label=_("How do you answer?"), choices=Way, widget=forms.RadioSelect, initial=Way.JOINT,
        help_text=_("Together it takes a quarter of an hour and you see the result at once. Alone fits a large group."),
    )  # fmt: skip
    start_opens = DayField(label=_("From"))
    start_closes = DayField(label=_("Until"))
    with_middle = forms.BooleanField(label=_("Also halfway"), required=False)
    middle_opens = DayField(label=_("From"), required=False)
    middle_closes = DayField(label=_("Until"), required=False)
    end_opens = DayField(label=_("From"))
    end_closes = DayField(label=_("Until"))

    def __init__(self, *args, year, proposed, is_network=False, **kwargs):
        initial = {"with_middle": proposed[Moment.MIDDLE].fits}
        for moment, proposal in proposed.items():
            initial |= {f"{moment}_opens": proposal.opens_on, f"{moment}_closes": proposal.closes_on}
        super().__init__(*args, initial=initial, **kwargs)
        self.year = year
        if is_network:
            del self.fields["way"]

    def clean(self):
        data, last = super().clean(), None
        for moment in self._moments(data):
            opens, closes = data.get(f"{moment}_opens"), data.get(f"{moment}_closes")
            if not (opens and closes):
                if f"{moment}_opens" not in self.errors and f"{moment}_closes" not in self.errors:
                    self.add_error(f"{moment}_opens", _now("Choose both days."))
                continue
            if reason := self._why_not(opens, closes, last):
                self.add_error(f"{moment}_closes", reason)
            last = closes
        return data

    def _why_not(self, opens, closes, last):
        if last and opens <= last:
            return _now("This begins before the questions before it are closed.")
        return why_not(opens, closes, self.year)

    def _moments(self, data):
        return [moment for moment in Moment if moment != Moment.MIDDLE or data.get("with_middle")]

    @property
    def waves(self):
        """[(moment, from, until)], as the deed takes them."""
        data = self.cleaned_data
        return [(each, data[f"{each}_opens"], data[f"{each}_closes"]) for each in self._moments(data)]


class WaveForm(forms.ModelForm):
    """Other days, or another way, as long as nobody answered."""

    opens_on, closes_on = DayField(label=_("From")), DayField(label=_("Until"))

    class Meta:
        model = Wave
        fields = ("way", "opens_on", "closes_on")
        widgets = {"way": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.questionnaire.network_id:
            del self.fields["way"]

    def clean(self):
        data = super().clean()
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and (reason := why_not(opens, closes, self.instance.questionnaire.year)):
            self.add_error("closes_on", reason)
        return data

    def _post_clean(self):
        """The action writes the row, locked."""


class TogetherForm(forms.Form):
    """Who sits around the table."""

    people = forms.IntegerField(
        label=_("How many of you are here?"), min_value=2, max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "code-field"}),
    )  # fmt: skip


def choice(label, *, required=False):
    """One statement, answered from 1 to 5."""
    return forms.TypedChoiceField(
        label=label, choices=MARKS, coerce=int, empty_value=None, required=required, widget=forms.RadioSelect,
        error_messages=BETWEEN,
    )  # fmt: skip


def example(label, **more):
    return forms.CharField(
        label=label, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **more
    )


class SayForm(forms.Form):
    """The common answer to one question; or from where to where, when the PLG does not agree."""

    value = choice(_("What do most of you say?"))
    low, high = choice(_("The lowest")), choice(_("The highest"))

    def __init__(self, *args, question, **kwargs):
        super().__init__(*args, **kwargs)
        if question.asks_example:
            self.fields["text"] = example(_("Your example, without names of children"))

    def clean(self):
        data = super().clean()
        value, low, high = data.get("value"), data.get("low"), data.get("high")
        if (low is None) != (high is None):
            self.add_error("low", _now("Choose the lowest and the highest."))
        elif low is not None and low > high:
            self.add_error("high", _now("The highest is not below the lowest."))
        elif low is not None and value is not None and not low <= value <= high:
            self.add_error("value", _now("What most of you say lies between the lowest and the highest."))
        return data


class Statements(forms.Form):
    """Some statements on one page, each from 1 to 5; who does not know leaves one open."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, questions, **kwargs):
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.key] = choice(question.text)

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self):
        data = super().clean()
        if not self.errors and not self.answers:
            raise forms.ValidationError(_now("Answer at least one question."))
        return data

    @property
    def answers(self):
        """{question: figure} of what was answered."""
        found = {question.key: self.cleaned_data.get(question.key) for question in self.questions}
        return {key: value for key, value in found.items() if value is not None}

    @property
    def statements(self):
        """The fields with their questions, for the template."""
        return [(question, self[question.key]) for question in self.questions]


class AloneForm(Statements):
    """All questions of a PLG, for one person; a network reads no examples."""

    def __init__(self, *args, is_network=False, **kwargs):
        super().__init__(*args, questions=OF_PLG, **kwargs)
        if not is_network:
            self.fields["text"] = example(
                _("An example of what you saw with pupils"), help_text=_("No names of children or colleagues.")
            )


class PanelForm(forms.ModelForm):
    """Whom else to ask, how many they are and until when."""

    until = DayField(label=_("Until"))

    class Meta:
        model = Panel
        fields = ("audience", "ceiling", "until")
        widgets = {"audience": forms.RadioSelect, "ceiling": forms.NumberInput(attrs={"inputmode": "numeric"})}
        help_texts = {"ceiling": _("The link takes no more answers than this.")}

    def __init__(self, *args, wave, **kwargs):
        super().__init__(*args, **kwargs)
        self.wave = wave
        taken = {panel.audience for panel in wave.panels.all()}
        left = [(each.value, each.label) for each in Audience if each not in taken]
        self.fields["audience"].choices = left
        self.fields["audience"].initial = left[0][0] if left else None
        self.fields["until"].initial = wave.closes_on

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < max(today(), self.wave.opens_on):
            raise forms.ValidationError(_now("Choose a day after these questions open."))
        if until > days_of_school_year(self.wave.questionnaire.year)[1]:
            raise forms.ValidationError(_now("Choose days in this school year."))
        return until

    def _post_clean(self):
        """The action writes the row, locked. Its own bounds are asked here."""
        if "ceiling" in self.cleaned_data:
            low, high = 5, 1000
            if not low <= self.cleaned_data["ceiling"] <= high:
                self.add_error("ceiling", _now("Between 5 and 1000: of fewer than five, nothing is shown."))


class PanelAnswerForm(Statements):
    """A few statements for pupils or parents, and the code by which before and after belong together."""

    animal = forms.ChoiceField(label=_("An animal"), choices=[("", "—"), *Animal.choices], required=False)
    colour = forms.ChoiceField(label=_("A colour"), choices=[("", "—"), *Colour.choices], required=False)
    number = forms.IntegerField(
        label=_("A number from 1 to 99"), min_value=1, max_value=99, required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args, panel, **kwargs):
        super().__init__(*args, questions=panel.questions, **kwargs)
        self.fields["text"] = example(
            _("Is there something else you want to say?"), help_text=_("You need not. Do not write names.")
        )

    def clean(self):
        data = super().clean()
        parts = [data.get(name) for name in ("animal", "colour", "number")]
        if any(parts) and not all(parts) and "number" not in self.errors:
            self.add_error("number", _now("A code has an animal, a colour and a number. Or leave all three open."))
        return data

    @property
    def code(self):
        """What she made up, as one word; "" where she made nothing up."""
        data = self.cleaned_data
        return f"{data['animal']}-{data['colour']}-{data['number']}" if data.get("number") else ""
