"""Forms of date polls: what to choose from, and a vote."""

import re
from datetime import date, time, timedelta

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.meetings.actions.planning import why_not_at
from communities.meetings.choices import Fits, Place
from communities.meetings.forms.meeting import MOST_DATES, Hosts, check_order
from communities.meetings.polls import by_day
from core.forms import ClockInput, DayInput
from core.text import one_line
from core.time import today
from people.calendar import is_working_day

FIRST_ROWS, MORE_ROWS = 4, 4
#: An option in an address: 2027-01-14T15:30-17:00.
OPTION = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)-(\d\d:\d\d)")


def usual_deadline():
    """A week from now, and then a working day."""
    day = today() + timedelta(days=7)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


class PollForm(forms.Form):
    """What a date poll asks for, besides its options."""

    title = forms.CharField(label=_("What for?"), max_length=140, required=False)
    wanted = forms.IntegerField(label=_("How many dates do you need?"), min_value=1, max_value=MOST_DATES, initial=1)
    deadline = forms.DateField(label=_("Answer before or on"), widget=DayInput(), initial=usual_deadline)

    def clean_title(self):
        return one_line(self.cleaned_data["title"])

    def clean_deadline(self):
        deadline = self.cleaned_data["deadline"]
        if deadline < today():
            raise forms.ValidationError(_now("This day lies behind us."))
        return deadline


class EditPollForm(PollForm):
    """What of an open poll can still be changed: its dates were voted on, so these stay."""

    wanted = None


class OptionForm(forms.Form):
    """One date to choose from; an empty row does not count."""

    held_on = forms.DateField(label=_("Date"), widget=DayInput(), required=False)
    starts = forms.TimeField(label=_("From"), widget=ClockInput(), required=False)
    ends = forms.TimeField(label=_("Until"), widget=ClockInput(), required=False)
    place = forms.ChoiceField(label=_("Where?"), choices=Place, required=False, initial=Place.ONSITE)
    school = Hosts(empty_label=_("no school yet"))

    def clean(self):
        data = check_order(self, super().clean())
        data["place"] = data.get("place") or Place.ONSITE
        if data["place"] == Place.ONLINE:
            data["school"] = None
        if self.errors or not data.get("held_on"):
            return data
        for name in ("starts", "ends"):
            if not data.get(name):
                self.add_error(name, _now("From when until when?"))
                return data
        sentence, field = why_not_at(data["held_on"], data["starts"], data["ends"])
        if sentence:
            self.add_error(field, sentence)
        return data


class Options(forms.BaseFormSet):
    """The options of a new poll."""

    def __init__(self, *args, schools=(), **kwargs):
        self.queryset_of_schools = schools
        self.schools = list(schools)
        super().__init__(*args, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.empty_permitted = True
        form.fields["school"].queryset = self.queryset_of_schools
        # One list of options for all rows: no query a row.
        form.fields["school"].widget.choices = [("", _("no school yet"))] + [(row.pk, row.name) for row in self.schools]

    def clean(self):
        """No date twice: the second one says so."""
        seen = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            key = (data.get("held_on"), data.get("starts"), data.get("school"))
            if not data.get("held_on") or form.errors:
                continue
            if key in seen:
                form.add_error("held_on", _now("This date stands here already."))
                raise forms.ValidationError(_now("A date stands here twice."))
            seen.add(key)

    @property
    def chosen(self):
        """The rows with a date."""
        names = ("held_on", "starts", "ends", "place", "school")
        return [
            {name: form.cleaned_data[name] for name in names} for form in self.forms if form.cleaned_data.get("held_on")
        ]


OptionFormSet = forms.formset_factory(
    OptionForm, formset=Options, extra=FIRST_ROWS, max_num=MOST_DATES, absolute_max=MOST_DATES
)


def prefilled(texts, place, usual):
    """Options that stand in an address, as initial values; what is not understood is left out."""
    found = []
    for text in texts[:MOST_DATES]:
        if match := OPTION.fullmatch(text):
            try:
                held_on, starts, ends = (
                    date.fromisoformat(match[1]), time.fromisoformat(match[2]), time.fromisoformat(match[3]),
                )  # fmt: skip
            except ValueError:
                continue
            found.append({"held_on": held_on, "starts": starts, "ends": ends} | place)
    return found or [dict(usual) for _row in range(FIRST_ROWS)]


class VoteForm(forms.Form):
    """Yes, if need be or no for each option."""

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = options
        for option in options:
            self.fields[f"option_{option.pk}"] = forms.ChoiceField(
                label=option.called,
                choices=Fits,
                widget=forms.RadioSelect,
                error_messages={"required": _("Does this date fit you?")},
            )

    @property
    def days(self):
        """The fields in groups: (day, fields of that day)."""
        groups = by_day(self.options, lambda option: option.held_on)
        return [(day, [self[f"option_{option.pk}"] for option in options]) for day, options in groups]

    @property
    def fits(self):
        """What was chosen: option id -> vote."""
        return {option.pk: self.cleaned_data[f"option_{option.pk}"] for option in self.options}

    @staticmethod
    def initial_of(fits):
        """Earlier votes as initial values."""
        return {f"option_{pk}": vote for pk, vote in fits.items()}
