"""Forms on which a person says who she is and when she works."""

from datetime import time, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.files.intake import take_image
from core.refusals import Refused
from core.templatetags.ui import clock
from core.time import today
from people import choices
from people.fields import CodeField, NameField, OwnDeviceField
from people.models import User


class SignUpForm(forms.Form):
    """What we ask beside the mail address: only a name."""

    name = NameField()
    remember = OwnDeviceField()

    def signup(self, request, user):
        """Keep the name; allauth saves the rest."""
        user.name = self.cleaned_data["name"]
        user.save()
        request.session["own_device"] = self.cleaned_data["remember"]


class ThemesField(forms.MultipleChoiceField):
    """The themes that upper apps offer; see people.choices.themes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=choices.offered_themes, required=False, **kwargs)


class DaysField(forms.TypedMultipleChoiceField):
    """Days of the working week, as numbers from 0 for Monday."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        kwargs["error_messages"] = {"required": _("Choose at least one day.")}
        super().__init__(choices=choices.Weekday.choices[:5], coerce=int, **kwargs)


class LevelForm(forms.ModelForm):
    """First question: whom and what do you teach?"""

    class Meta:
        model = User
        fields = ("level", "subjects")
        labels = {"level": _("Which year group or level?"), "subjects": _("Which subjects?")}
        help_texts = {
            "level": _("For example: year 5 and 6, or the first years of havo."),
            "subjects": _("For example: everything, or biology."),
        }


class ThemesForm(forms.ModelForm):
    """Second question: what do you want to learn more about?"""

    themes = ThemesField(label=_("Which themes interest you?"))

    class Meta:
        model = User
        fields = ("themes",)


class WorkingDaysForm(forms.ModelForm):
    """Third question, asked as people say it: the days one works, not the days off."""

    working_days = DaysField(label=_("On which days do you work?"))

    class Meta:
        model = User
        fields = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["working_days"] = [day for day in range(5) if day not in self.instance.days_off]

    def clean_working_days(self):
        days = self.cleaned_data["working_days"]
        self.instance.days_off = [day for day in range(5) if day not in days]
        return days


class ProfileForm(forms.ModelForm):
    """Who I am, as others see me."""

    name = NameField()
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic"}),
        help_text=_("JPEG, PNG, WebP or HEIC. We remove the place where it was taken."),
    )
    remove_photo = forms.BooleanField(label=_("Remove my photo"), required=False)
    themes = ThemesField(label=_("Themes that interest me"))

    class Meta:
        model = User
        fields = ("name", "photo", "level", "subjects", "themes", "language", "theme")
        labels = {"theme": _("Colours")}
        widgets = {"theme": forms.RadioSelect, "language": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.photo:
            del self.fields["remove_photo"]

    def clean_photo(self):
        upload = self.files.get(self.add_prefix("photo"))
        if upload is None:
            return None
        try:
            return take_image(upload, longest_side=400)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None

    def _post_clean(self):
        # The photo is changed by the deed, which clears away the old file; the form leaves it alone.
        self.new_photo = self.cleaned_data.pop("photo", None)
        super()._post_clean()


class RhythmForm(forms.ModelForm):
    """When I work and when I may be disturbed."""

    working_days = DaysField(label=_("I work on"))
    letter_weekday = forms.TypedChoiceField(
        label=_("Day of the PLG letter"), choices=choices.LetterDay.choices, coerce=int
    )
    letter_hour = forms.TypedChoiceField(
        label=_("Hour of the PLG letter"),
        choices=lambda: [(hour, clock(time(hour))) for hour in range(24)],
        coerce=int,
    )

    class Meta:
        model = User
        fields = (
            "region",
            "quiet_from",
            "quiet_until",
            "letter_weekday",
            "letter_hour",
            "letter_in_holidays",
            "paused_until",
        )
        labels = {
            "letter_in_holidays": _("Send the PLG letter in my holidays, too"),
            "quiet_from": _("No mail from"),
            "quiet_until": _("Until"),
            "paused_until": _("No mail at all until"),
        }
        help_texts = {
            "region": _("In the school holidays of your region we leave you alone. Empty: the region of your school."),
            "paused_until": _("For example during leave. Codes to sign in do come."),
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["working_days"] = [day for day in range(5) if day not in self.instance.days_off]

    clean_working_days = WorkingDaysForm.clean_working_days

    def clean_paused_until(self):
        until = self.cleaned_data["paused_until"]
        if until and until > today() + timedelta(days=370):
            raise forms.ValidationError(_("That is more than a year away. Choose an earlier day."))
        return until


class AddressForm(forms.Form):
    """The mail address of my other account."""

    address = forms.EmailField(
        label=_("The mail address of your other account"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_address(self):
        return self.cleaned_data["address"].lower()


class CodeForm(forms.Form):
    """The code that came by mail."""

    code = CodeField()


class MergeForm(forms.Form):
    """The last question before two accounts become one."""

    second_step = forms.CharField(
        label=_("Code of the app, or a recovery code, of your other account"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args, needs_second_step, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_second_step:
            del self.fields["second_step"]
