"""What is asked about credentials."""

from django import forms
from django.utils.translation import gettext_lazy as _

from training.credentials.models import Accreditation, QualityRecord


class WhyForm(forms.Form):
    """Nothing is taken from somebody without a reason."""

    because = forms.CharField(label=_("Why?"), max_length=300)


class QualityForm(forms.ModelForm):
    class Meta:
        model = QualityRecord
        fields = ["assured_by", "procedure", "assessment", "framework", "level", "ground", "ects", "valid_until"]
        widgets = {
            "procedure": forms.Textarea(attrs={"rows": 4}),
            "assessment": forms.Textarea(attrs={"rows": 4}),
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self):
        """A level has its framework and its ground."""
        found = super().clean()
        if found.get("level") and not (found.get("framework") and found.get("ground")):
            self.add_error("level", _("Say in which framework, and on what the level is based."))
        return found

    def _post_clean(self):
        """The action writes the row."""


class AccreditationForm(forms.ModelForm):
    class Meta:
        model = Accreditation
        fields = ["register", "number", "value", "valid_until"]
        widgets = {"valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def _post_clean(self):
        """The action writes the row."""
