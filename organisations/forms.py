from datetime import datetime, time, timedelta

from django import forms
from django.template.loader import render_to_string
from django.utils.timezone import make_aware, now
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.text import number
from core.time import today
from organisations.choices import Function, RoleKind
from organisations.models import COLOUR, Affiliation, Board, Network, Partner, School
from people.calendar import is_working_day
from people.fields import NameField

WHITE = (255, 255, 255)
ENOUGH_CONTRAST = 4.5
MOST_FOUND = 8


def contrast(one, other):
    """The contrast between two colours as WCAG 2.2 counts it, from 1 to 21."""

    def light(colour):
        parts = [part / 255 for part in colour]
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


# Choosing a school among nine thousand ----------------------------------------------------------
class SchoolPicker(forms.Widget):
    """A search field with the schools found beneath it; without script the form itself searches."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.found = []

    def render(self, name, value, attrs=None, renderer=None):
        """The search field, and the schools it found as radio buttons."""
        chosen = School.objects.filter(pk=number(str(value or ""))).first() if value else None
        found = [chosen] if chosen else self.found
        typed = "" if chosen or value is None else value
        attrs = self.attrs | (attrs or {})
        context = {"name": name, "attrs": attrs, "found": found, "chosen": value, "typed": typed}
        context |= {"described": attrs.get("aria-describedby"), "invalid": attrs.get("aria-invalid")}
        return render_to_string("organisations/school_picker.html", context)

    def value_from_datadict(self, data, files, name):
        """The chosen school's id, else the words that were typed."""
        return data.get(name) or data.get(f"{name}_q", "").strip()

    def value_omitted_from_data(self, data, files, name):
        """Neither chosen nor searched."""
        return name not in data and f"{name}_q" not in data


class SchoolField(forms.ModelChoiceField):
    """A school by id, or by words that fit only one school."""

    widget = SchoolPicker

    def __init__(self, **options):
        super().__init__(School.objects.open(), **options)

    def clean(self, value):
        """Words that fit several schools are given back with these schools to choose from."""
        text = str(value or "")
        if not text or text.isdecimal():
            return super().clean(value)
        found = list(self.queryset.search(text)[: MOST_FOUND + 1])
        if len(found) == 1:
            return found[0]
        self.widget.found = found[:MOST_FOUND]
        if not found:
            raise forms.ValidationError(_("We found no school by these words. Try its name, town or code."))
        raise forms.ValidationError(_("Choose one of these schools."))


# Places ----------------------------------------------------------------------------------------
class BoardForm(forms.ModelForm):
    """Name, colour, and the board's own titles of functions."""

    class Meta:
        model = Board
        fields = ("name", "primary_colour", "wants_qualified")
        help_texts = {
            "primary_colour": _("For buttons and headings. White letters on it must be easy to read."),
        }
        widgets = {"primary_colour": forms.TextInput(attrs={"placeholder": "#0b6e63", "autocomplete": "off"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for function in (Function.TEACHER, Function.CARE, Function.LEADER, Function.SUPPORT):
            self.fields[f"title_{function}"] = forms.CharField(
                label=_("Your own word for %(function)s") % {"function": function.label},
                max_length=40,
                required=False,
                initial=self.instance.titles.get(function, ""),
            )

    def clean_primary_colour(self):
        """A colour on which white letters can be read (WCAG 2.2, 1.4.3)."""
        colour = self.cleaned_data["primary_colour"].lower()
        if colour:
            COLOUR(colour)
        if colour and contrast(bytes.fromhex(colour[1:]), WHITE) < ENOUGH_CONTRAST:
            raise forms.ValidationError(_("White letters on this colour are hard to read. Choose a darker colour."))
        return colour

    def clean(self):
        """Put the titles together."""
        found = super().clean()
        titles = {name.removeprefix("title_"): text for name, text in found.items() if name.startswith("title_")}
        self.instance.titles = {name: text for name, text in titles.items() if text}
        return found


class SchoolForm(forms.ModelForm):
    class Meta:
        model = School
        fields = ("region", "website")
        help_texts = {"region": _("The school holidays of the people here follow from it.")}


class NetworkForm(forms.ModelForm):
    class Meta:
        model = Network
        fields = ("name", "about")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}


class PartnerForm(forms.ModelForm):
    class Meta:
        model = Partner
        fields = ("name", "kind", "town")


def found_board(text):
    """The one board of this name or number. Raises ValidationError where there is none, or more than one."""
    found = list(Board.objects.open().search(text)[:6])
    if not found:
        raise forms.ValidationError(_("We found no board by this name or number."))
    if len(found) > 1:
        names = ", ".join(f"{board.name} ({board.number})" for board in found[:5])
        raise forms.ValidationError(_("Which one: %(names)s? Type the number."), params={"names": names})
    return found[0]


class AddBoardForm(forms.Form):
    """A board by its name or number."""

    board = forms.CharField(label=_("Name or number of the board"), max_length=160)

    def clean_board(self):
        """The one board that is meant."""
        return found_board(self.cleaned_data["board"])


class AddSchoolForm(forms.Form):
    school = SchoolField(label=_("School"))


# People ----------------------------------------------------------------------------------------
class PlaceForm(forms.Form):
    """Where somebody works: a school found by words, or a board or partner organisation given by the page."""

    school = SchoolField(label=_("School"), required=False)
    function = forms.ChoiceField(label=_("Function"), choices=Function, initial=Function.TEACHER)

    def __init__(self, *args, place=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place
        if place:
            del self.fields["school"]
            titles = getattr(place, "titles", None) or getattr(getattr(place, "board", None), "titles", {})
            self.fields["function"].choices = [(value, titles.get(value) or label) for value, label in Function.choices]
        else:
            self.fields["school"].required = True

    @property
    def chosen_place(self):
        """The school, board or partner that was meant."""
        return self.place or self.cleaned_data["school"]


class InviteForm(PlaceForm):
    """Name and address of the person to invite."""

    name = NameField(label=_("Name"), widget=forms.TextInput)
    email = forms.EmailField(label=_("Mail address"), max_length=254)
    field_order = ("name", "email", "school", "function")


class AffiliationForm(PlaceForm):
    """Another place for somebody who is known."""

    from_on = DayField(label=_("From"), required=False, help_text=_("Empty: from today."))
    until_on = DayField(label=_("Last day"), required=False)


class FunctionForm(forms.ModelForm):
    class Meta:
        model = Affiliation
        fields = ("function", "title")
        help_texts = {"title": _("Only if you call it otherwise.")}


class EndForm(forms.Form):
    """The last day at a place."""

    until_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: it ends at once."))


class RoleForm(forms.Form):
    """Give a role at this place to a person who is known by her mail address."""

    email = forms.EmailField(label=_("Mail address of the person"), max_length=254)
    kind = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, RoleKind(kind).label) for kind in kinds]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
            self.fields["kind"].widget = forms.HiddenInput()


class AcceptForm(forms.Form):
    """How somebody who is new wants to be called."""

    name = NameField()


# Staff lists -----------------------------------------------------------------------------------
class StaffListForm(forms.Form):
    """A file with staff."""

    file = forms.FileField(
        label=_("Staff list"),
        help_text=_("CSV or XLSX, at most 10 MB. The first line names the columns."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class CarryOutForm(forms.Form):
    """When the invitations go out."""

    NOW, NEXT, DAY = "now", "next", "day"
    when = forms.ChoiceField(
        label=_("When do the invitations go out?"),
        choices=[
            (NOW, _("At once")),
            (NEXT, _("The next working day at 8.00")),
            (DAY, _("On a day that I choose, at 8.00")),
        ],
        initial=NEXT,
        widget=forms.RadioSelect,
    )
    day = DayField(label=_("Day"), required=False)

    def clean(self):
        """A chosen day must be given, and lie within three months."""
        found = super().clean()
        day = found.get("day")
        if found.get("when") == self.DAY and not day:
            self.add_error("day", _("Choose a day."))
        elif day and not today() <= day <= today() + timedelta(days=92):
            self.add_error("day", _("Choose a day from today on, at most three months ahead."))
        return found

    @property
    def moment(self):
        """The instant at which the letters go."""
        when = self.cleaned_data["when"]
        if when == self.NOW:
            return now()
        day = self.cleaned_data["day"] if when == self.DAY else next_working_day()
        return max(make_aware(datetime.combine(day, time(8))), now())


def next_working_day():
    """The first weekday after today that is no public holiday."""
    day = today() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
