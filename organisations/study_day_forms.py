"""Forms of a school's own days."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.text import one_line
from core.time import today
from organisations.imports.study_days import LONGEST_NAME

MOST_DAYS, MOST_AHEAD_DAYS = 60, 3 * 366


class StudyDayForm(forms.Form):
    """One day, or days in a row, by hand."""

    name = forms.CharField(label=_("What is it?"), max_length=LONGEST_NAME, initial=_("study day"))
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Leave empty when it is one day."))

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean(self):
        data = super().clean()
        if not data.get("first"):
            return data
        data["last"] = data.get("last") or data["first"]
        if data["last"] < data["first"]:
            self.add_error("last", _now("The last day lies before the first day."))
        elif data["last"] < today():
            self.add_error("first", _now("This day lies behind us."))
        elif data["last"] - data["first"] > timedelta(days=MOST_DAYS):
            self.add_error("last", _now("That is more than two months."))
        elif data["last"] - today() > timedelta(days=MOST_AHEAD_DAYS):
            self.add_error("last", _now("That is more than three years away."))
        return data


class CalendarFileForm(forms.Form):
    """A calendar of the school."""

    file = forms.FileField(
        label=_("Calendar file"),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        help_text=_("An ICS file: Google, Outlook and school apps can export it."),
    )
