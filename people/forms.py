from django import forms
from django.utils.translation import gettext_lazy as _


class SignUpForm(forms.Form):
    """What we ask beside the mail address: only a name."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    def signup(self, request, user):
        """Keep the name; allauth saves the rest."""
        user.name = self.cleaned_data["name"]
        user.save()
