"""Forms of innovation time: what a board agreed, and what of it is each person's."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.text import one_line
from organisations.choices import Function
from organisations.innovation_time import MOST_FACTOR, MOST_HOURS
from organisations.models import TimeRule
from people.calendar import days_of_school_year

LONGEST = 12  # of a number that somebody means
PEOPLE_OF_A_SCHOOL = [each for each in Function if each not in (Function.GUEST, Function.STAFF)]


class NumberField(forms.Field):
    """A number with a comma or a point, as people type it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 6})

    def to_python(self, value):
        """A Decimal. Raises ValidationError for what is none."""
        if not (text := (value or "").strip().replace(",", ".")):
            return None
        try:
            number = Decimal(text if len(text) <= LONGEST else "NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise forms.ValidationError(_("This is no number. Type for example 0,8."))
        return number

    def prepare_value(self, value):
        return as_typed(value) if isinstance(value, Decimal) else value


def as_typed(number):
    """A number as people write it: without zeros at its end, with a comma where the language has one."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return number_format(text, use_l10n=True)


class HoursField(NumberField):
    """Hours of a school year, kept as minutes."""

    def clean(self, value):
        """Whole minutes. Raises ValidationError for less than nothing, and for more than a year has."""
        number = super().clean(value)
        if number is None:
            return None
        if number < 0:
            raise forms.ValidationError(_("Less than nothing cannot be."))
        if number > MOST_HOURS:
            raise forms.ValidationError(_("That is more than anybody works in a year. Type hours, not minutes."))
        return round(number * 60)

    def prepare_value(self, value):
        return as_typed(round(Decimal(value) / 60, 2)) if isinstance(value, int) else value


class FactorField(NumberField):
    """Which part of a full-time job somebody works."""

    def clean(self, value):
        """Above 0, at most one and a half; four decimals."""
        number = super().clean(value)
        if number is None:
            return None
        number = round(number, 4)
        if not 0 < number <= MOST_FACTOR:
            likely = next((number / ten for ten in (10, 100) if 0 < number / ten <= MOST_FACTOR), None)
            if likely is None:
                raise forms.ValidationError(_("A working-time factor is more than 0 and at most 1,5."))
            sentence = _now("A working-time factor is at most 1,5. Do you mean %(likely)s?")
            raise forms.ValidationError(sentence % {"likely": as_typed(likely)})
        return number


class TimeRuleForm(forms.ModelForm):
    """What the board agreed."""

    minutes = HoursField(label=_("Hours in a full-time job"), help_text=_("As you agreed it, for a whole school year."))
    functions = forms.MultipleChoiceField(
        label=_("For whom?"),
        choices=[(each.value, each.label) for each in PEOPLE_OF_A_SCHOOL],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Tick none when it is for everybody."),
    )

    class Meta:
        model = TimeRule
        fields = ("name", "minutes", "functions")
        labels = {"name": _("What is it called?")}

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_minutes(self):
        if self.cleaned_data["minutes"] == 0:
            raise forms.ValidationError(_("Type how many hours there are."))
        return self.cleaned_data["minutes"]

    def _post_clean(self):
        """The action writes the row."""


class BudgetForm(forms.Form):
    """What was agreed with one person."""

    factor = FactorField(label=_("Working-time factor"))
    first = DayField(
        label=_("From"), required=False, help_text=_("Empty: from the beginning of the school year, or her first day.")
    )
    last = DayField(
        label=_("Until and on"), required=False, help_text=_("Empty: until its end, or her last day. Think of leave.")
    )
    minutes = HoursField(
        label=_("Hours, where you agreed something else"),
        required=False,
        help_text=_("Empty: we work it out by factor and days."),
    )

    def __init__(self, *args, year, **kwargs):
        super().__init__(*args, **kwargs)
        self.year = days_of_school_year(year)

    def clean(self):
        data = super().clean()
        for name in ("first", "last"):
            if data.get(name) and not self.year[0] <= data[name] <= self.year[1]:
                self.add_error(name, _now("This day lies outside the school year."))
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _now("The last day lies before the first day."))
        return data
