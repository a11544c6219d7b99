from django import forms
from django.utils.translation import gettext_lazy as _


class NudgeForm(forms.Form):
    """A prepared word that the facilitator makes her own."""

    text = forms.CharField(label=_("Your message"), max_length=2000, widget=forms.Textarea({"rows": 9}))
