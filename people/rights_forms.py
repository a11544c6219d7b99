"""Forms with which a person asks for what is hers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.fields import CodeField


class LeaveForm(forms.Form):
    """The wish to leave, and where she has a password, the proof that it is she."""

    hides_name = forms.BooleanField(
        label=_("Also take my full name out of what others wrote in my PLGs"),
        required=False,
        initial=True,
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=128,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        if not person.has_usable_password():
            del self.fields["password"]


class LeaveCodeForm(forms.Form):
    """The code that came by mail."""

    code = CodeField()
