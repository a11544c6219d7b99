"""Forms of room in the timetable."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import ClockInput, DayField
from core.text import one_line
from organisations.choices import RoomFor
from organisations.models import Affiliation, RoomRequest, School
from people.models import User


class RoomForm(forms.Form):
    """At which school, from when until when, and who could take the class."""

    school = forms.ModelChoiceField(School.objects.none(), label=_("At which school?"), empty_label=None)
    starts = forms.TimeField(label=_("Free from"), widget=ClockInput)
    ends = forms.TimeField(label=_("until"), widget=ClockInput)
    needs_cover = forms.TypedChoiceField(
        label=_("Does somebody have to take your class?"),
        choices=[("yes", _("Yes")), ("no", _("No, I have no class then"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    cover = forms.CharField(label=_("Who could take your class?"), max_length=80, required=False)
    what = forms.CharField(
        label=RoomRequest._meta.get_field("what").verbose_name.capitalize(),
        max_length=140,
        required=False,
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        schools = School.objects.filter(pk__in=Affiliation.objects.current().filter(person=person).values("school"))
        self.fields["school"].queryset = schools = schools.order_by("sort_name", "pk")
        self.schools = list(schools)
        if len(self.schools) == 1:
            self.fields["school"].required = False
            self.fields["school"].widget = forms.HiddenInput()
            self.initial["school"] = self.schools[0].pk

    def clean_school(self):
        return self.cleaned_data["school"] or self.schools[0]

    def clean_cover(self):
        return one_line(self.cleaned_data["cover"])

    def clean_what(self):
        return one_line(self.cleaned_data["what"])

    def clean(self):
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _now("The end lies before the beginning."))
        if data.get("needs_cover") is False:
            data["cover"] = ""
        return data


class OwnRoomForm(RoomForm):
    """The same for something that is no meeting: on which day, and what for."""

    purpose = forms.ChoiceField(label=_("What for?"), widget=forms.RadioSelect)
    held_on = DayField(label=_("On which day?"))

    field_order = ("purpose", "school", "held_on", "starts", "ends", "needs_cover", "cover", "what")

    def __init__(self, *args, communities=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.communities = dict(communities)
        own = [(f"{RoomFor.PLG}:{pk}", name) for pk, name in self.communities.items()]
        visit, other = RoomFor.VISIT, RoomFor.OTHER
        self.fields["purpose"].choices = [(visit.value, visit.label), *own, (other.value, other.label)]
        self.initial.setdefault("purpose", visit.value)

    def clean(self):
        data = super().clean()
        purpose, _colon, community = data.get("purpose", "").partition(":")
        return data | {"purpose": purpose, "community": int(community) if community else None}


class TalkForm(forms.Form):
    """A word back."""

    word = forms.CharField(
        label=_("What do you want to say?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class CoverForm(forms.Form):
    """Who takes the class: a colleague, a name, or nobody."""

    colleague = forms.ModelChoiceField(
        User.objects.none(), label=_("A colleague"), required=False, empty_label=_("nobody of this list")
    )
    cover = forms.CharField(
        label=_("Or somebody else"), max_length=80, required=False, help_text=_("For example a substitute teacher.")
    )
    no_class = forms.BooleanField(label=_("Nobody is needed: there is no class then"), required=False)

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        there = Affiliation.objects.current(request.held_on).filter(school=request.school_id)
        people = User.objects.filter(pk__in=there.values("person"), is_active=True).exclude(pk=request.person_id)
        self.fields["colleague"].queryset = people.order_by("sort_name", "pk")
        self.initial = {
            "colleague": request.cover_person_id, "cover": request.cover, "no_class": not request.needs_cover,
        }  # fmt: skip

    def clean_cover(self):
        return one_line(self.cleaned_data["cover"])

    def clean(self):
        data = super().clean()
        if data.get("colleague") and data.get("cover"):
            self.add_error("cover", _now("Choose a colleague or type a name, not both."))
        if data.get("no_class"):
            data |= {"colleague": None, "cover": ""}
        return data
