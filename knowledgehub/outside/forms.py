from django import forms
from django.utils.translation import gettext_lazy as _

from knowledgehub.forms.making import FilesField
from knowledgehub.outside.models import HarvestSource
from organisations.models import Network


class SourceForm(forms.ModelForm):
    """A library to harvest."""

    network = forms.ModelChoiceField(
        Network.objects.none(), label=_("Network"), help_text=_("It gets a collection with what comes.")
    )

    class Meta:
        model = HarvestSource
        fields = ["name", "url", "set_spec"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = Network.objects.order_by("name")

    def _post_clean(self):
        """The action writes the rows."""


class ManyFilesField(FilesField):
    """As many as a folder holds."""

    most = 200

    def clean(self, data, initial=None):
        """A list with at least one file."""
        uploads = [upload for upload in (data or []) if upload]
        if not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.most:
            raise forms.ValidationError(_("At most %(most)d files. Make a ZIP of them."), params={"most": self.most})
        return uploads


class MaterialForm(forms.Form):
    """A ZIP, or all that lies in a folder."""

    files = ManyFilesField(
        label=_("A ZIP, or the list together with its files"),
        help_text=_("In it a list (CSV or XLSX) with a row for each thing, and the files that it names."),
    )
