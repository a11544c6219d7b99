"""The form that changes several dates of a series."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.meetings.changing import Scope, Wish
from communities.meetings.choices import Place
from communities.meetings.forms.meeting import Hosts, PlaceFields, schools_of
from core.forms import ClockInput
from people.choices import Weekday

AS_IT_IS = _("stays as it is")


class SeriesForm(forms.Form):
    """What becomes of the dates; what stays empty stays as it is."""

    scope = forms.ChoiceField(label=_("Which dates?"), choices=Scope, widget=forms.RadioSelect, initial=Scope.FOLLOWING)
    weekday = forms.TypedChoiceField(
        label=_("On another weekday"), choices=[("", AS_IT_IS), *Weekday.choices], coerce=int, required=False,
        empty_value=None,
    )  # fmt: skip
    weeks = forms.IntegerField(
        label=_("Weeks later"), min_value=-8, max_value=8, required=False, help_text=_("-1 is a week earlier.")
    )
    starts = forms.TimeField(label=_("From"), widget=ClockInput(), required=False)
    ends = forms.TimeField(label=_("Until"), widget=ClockInput(), required=False)
    place = forms.ChoiceField(label=_("Where do you meet?"), choices=[("", AS_IT_IS), *Place.choices], required=False)
    school = Hosts(empty_label=AS_IT_IS)
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    link = forms.URLField(label=_("Link for who joins online"), max_length=400, required=False, assume_scheme="https")

    clean_room = PlaceFields.clean_room
    clean_link = PlaceFields.clean_link

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools_of(community)

    def clean(self):
        """What was typed, as a `wish`."""
        data = super().clean()
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _now("The meeting ends before it starts."))
        where = {name: data[name] for name in ("place", "school", "room", "link") if data.get(name)}
        if where.get("place") == Place.ONLINE:
            where["school"], where["room"] = None, ""
        wish = Wish(data.get("weekday"), data.get("weeks") or 0, data.get("starts"), data.get("ends"), where)
        if not self.errors and wish.is_empty:
            raise forms.ValidationError(_now("Fill in what must change."))
        return data | {"wish": wish}
