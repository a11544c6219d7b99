from datetime import date, time, timedelta

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.choices import Role
from communities.meetings.choices import CalendarWay, Coming, Place
from communities.meetings.models import Meeting
from communities.meetings.planner import MOST_DATES, Slot
from communities.models import Membership
from core.forms import ClockInput, DayInput
from core.text import one_line
from core.time import today
from organisations.models import School
from people.choices import Weekday

OR_NONE = [("", _("no other day")), *Weekday.choices]


class Hosts(forms.ModelChoiceField):
    """The schools of the members; whatever school stands there already may stay."""

    def __init__(self, **kwargs):
        kwargs = {"queryset": School.objects.none(), "required": False, "label": _("host school")} | kwargs
        super().__init__(**kwargs)


def schools_of(community, also=None):
    """The schools that may be host: those of the members and of the PLG itself."""
    pks = set(
        Membership.objects.seated().filter(community=community).exclude(school=None).values_list("school", flat=True)
    )
    return School.objects.filter(pk__in=pks | {community.owner_school_id, also and also.pk} - {None}).order_by(
        "sort_name"
    )


class PlaceFields(forms.Form):
    """Where: what both a series and a single meeting ask."""

    place = forms.ChoiceField(
        label=_("Where do you meet?"), choices=Place, widget=forms.RadioSelect, initial=Place.ONSITE
    )
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    link = forms.URLField(
        label=_("Link for who joins online"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=_("For example of Teams or Meet. Only who is expected sees it."),
    )

    def clean_room(self):
        return one_line(self.cleaned_data["room"])

    def clean_link(self):
        """A link that a calendar or mail can open, and nothing else."""
        link = self.cleaned_data["link"]
        if link and not link.startswith(("https://", "http://")):
            raise forms.ValidationError(_now("A link begins with https://."))
        return link


def check_order(form, data):
    """The sentence for a meeting that ends before it starts."""
    if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
        form.add_error("ends", _now("The meeting ends before it starts."))
    return data


def as_last_time(community):
    """What a new series most likely is: it goes on from the last date, on its weekday, at its hours and place."""
    rhythm = {
        "cadence_weeks": community.cadence_weeks,
        "weekday": Weekday.THURSDAY,
        "first": today() + timedelta(days=7),
    }
    if not (last := community.meetings.planned().order_by("starts_at").last()):
        return rhythm
    goes_on = last.held_on + timedelta(weeks=community.cadence_weeks)
    return rhythm | {
        "weekday": last.held_on.weekday(),
        "first": max(goes_on, rhythm["first"]),
        "starts": last.starts,
        "ends": last.ends,
        "place": last.place,
        "room": last.room,
        "link": last.link,
    }


class PlanForm(PlaceFields):
    """What the planner must know to propose dates: also two more days of the week or hours that would do."""

    first = forms.DateField(label=_("From which date?"), widget=DayInput())
    count = forms.IntegerField(label=_("How many meetings?"), min_value=1, max_value=MOST_DATES, initial=5)
    weekday = forms.TypedChoiceField(label=_("On which day?"), choices=Weekday, coerce=int)
    cadence_weeks = forms.IntegerField(label=_("Weeks between meetings"), min_value=1, max_value=26)
    starts = forms.TimeField(label=_("From"), widget=ClockInput(), initial=time(15, 30))
    ends = forms.TimeField(label=_("Until"), widget=ClockInput(), initial=time(17, 0))
    weekday_2 = forms.TypedChoiceField(label=_("Or on"), choices=OR_NONE, coerce=int, required=False, empty_value=None)
    starts_2 = forms.TimeField(label=_("From"), widget=ClockInput(), required=False)
    ends_2 = forms.TimeField(label=_("Until"), widget=ClockInput(), required=False)
    weekday_3 = forms.TypedChoiceField(label=_("Or on"), choices=OR_NONE, coerce=int, required=False, empty_value=None)
    starts_3 = forms.TimeField(label=_("From"), widget=ClockInput(), required=False)
    ends_3 = forms.TimeField(label=_("Until"), widget=ClockInput(), required=False)
    host = Hosts(empty_label=_("The schools take turns"), label=_("Who is the host?"))

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = schools_of(community)
        self.initial = as_last_time(community) | self.initial

    @property
    def others(self):
        """The fields of the other days that would do, a row each."""
        return [[self[f"{name}_{n}"] for name in ("weekday", "starts", "ends")] for n in (2, 3)]

    @property
    def has_others(self):
        """Whether another day is asked for already: then its fields are not folded away."""
        return any(row[0].value() not in (None, "") or any(each.errors for each in row) for row in self.others)

    def clean_first(self):
        first = self.cleaned_data["first"]
        if not today() <= first <= today() + timedelta(days=2 * 366):
            raise forms.ValidationError(_now("Choose a date from today on, within two years."))
        return first

    def clean(self):
        """The days and hours that would do, as `slots`; where another day has no hours, those of the first."""
        data = check_order(self, super().clean())
        slots = []
        for suffix in ("", "_2", "_3"):
            weekday = data.get(f"weekday{suffix}")
            if weekday is None:
                continue
            starts, ends = (data.get(f"{name}{suffix}") or data.get(name) for name in ("starts", "ends"))
            if suffix and starts and ends and ends <= starts:
                self.add_error(f"ends{suffix}", _now("The meeting ends before it starts."))
            if starts and ends:
                slots.append(Slot(weekday, starts, ends))
        data["slots"] = list(dict.fromkeys(slots))
        return data


class DateForm(forms.Form):
    """One proposed date, to take, change or leave out."""

    take = forms.BooleanField(label=_("Plan this date"), required=False, initial=True)
    held_on = forms.DateField(label=_("Date"), widget=DayInput())
    starts = forms.TimeField(label=_("From"), widget=ClockInput(), required=False)
    ends = forms.TimeField(label=_("Until"), widget=ClockInput(), required=False)
    school = Hosts(empty_label=_("no school yet"))


class Dates(forms.BaseFormSet):
    """The proposed dates."""

    def __init__(self, *args, schools=None, **kwargs):
        self.schools = list(schools if schools is not None else [])
        self.queryset_of_schools = schools
        super().__init__(*args, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["school"].queryset = self.queryset_of_schools
        # One list of options for all rows: no query a row.
        form.fields["school"].widget.choices = [("", _("no school yet"))] + [(row.pk, row.name) for row in self.schools]

    @property
    def taken(self):
        """The rows that are to be planned."""
        return [
            {name: form.cleaned_data[name] for name in ("held_on", "school", "starts", "ends")}
            for form in self.forms
            if form.cleaned_data.get("take")
        ]


DateFormSet = forms.formset_factory(DateForm, formset=Dates, extra=0, max_num=MOST_DATES, absolute_max=MOST_DATES)


class MomentForm(forms.ModelForm):
    """Day and hours."""

    class Meta:
        model = Meeting
        fields = ("held_on", "starts", "ends")
        widgets = {"held_on": DayInput(), "starts": ClockInput(), "ends": ClockInput()}

    def clean(self):
        return check_order(self, super().clean())

    def _post_clean(self):
        """The action checks what the row must hold, with the row locked."""


class ContentFields(forms.ModelForm):
    """What we will do, and where."""

    class Meta:
        model = Meeting
        fields = ("title", "preparation", "place", "school", "room", "link")
        widgets = {
            "place": forms.RadioSelect,
            "preparation": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools_of(community, self.instance.school)
        self.fields["school"].empty_label = _("no school yet")
        self.fields["link"].assume_scheme = "https"
        self.fields["place"].choices = Place.choices

    def clean_title(self):
        return one_line(self.cleaned_data["title"])

    clean_room = PlaceFields.clean_room
    clean_link = PlaceFields.clean_link

    def _post_clean(self):
        """The action writes the row, locked."""


class AddForm(ContentFields):
    """One meeting more."""

    class Meta(ContentFields.Meta):
        fields = ("title", "held_on", "starts", "ends", "place", "school", "room", "link", "preparation")
        widgets = ContentFields.Meta.widgets | MomentForm.Meta.widgets

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts"].initial, self.fields["ends"].initial = time(15, 30), time(17, 0)

    def clean(self):
        return check_order(self, super().clean())


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Why?"), max_length=200, required=False, help_text=_("Everybody who is expected reads this.")
    )

    def clean_because(self):
        return one_line(self.cleaned_data["because"])


class AnswerForm(forms.Form):
    coming = forms.ChoiceField(choices=Coming)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    slot = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    for_all = forms.BooleanField(label=_("Also for all dates after this one"), required=False)

    def clean_reason(self):
        return one_line(self.cleaned_data["reason"])


class MarkForm(forms.Form):
    membership = forms.IntegerField(widget=forms.HiddenInput)
    was_there = forms.TypedChoiceField(
        choices=[("1", _("is there")), ("0", _("is not there"))], coerce=lambda v: v == "1"
    )
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=24 * 60)


class GuestForm(forms.Form):
    guest = forms.ModelChoiceField(queryset=Membership.objects.none(), label=_("Guest"))

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        guests = Membership.objects.active().filter(community=meeting.community_id, role=Role.GUEST)
        self.fields["guest"].queryset = guests.exclude(pk__in=meeting.guests.values("pk")).select_related("person")
        self.fields["guest"].empty_label = _("Choose a guest")
        self.fields["guest"].label_from_instance = lambda row: row.called


class WayForm(forms.Form):
    way = forms.ChoiceField(
        label=_("How do dates come into your calendar?"), choices=CalendarWay, widget=forms.RadioSelect
    )


class MonthForm(forms.Form):
    """A month in an address, like 2026-11; whatever else stands there is this month."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False)

    @classmethod
    def first_day(cls, data):
        """The first day of the asked month, within fifty years of now."""
        form = cls(data)
        asked = form.cleaned_data["month"] if form.is_valid() else None
        asked = asked or today().replace(day=1)
        return asked if abs(asked.year - now().year) < 50 else date(today().year, today().month, 1)
