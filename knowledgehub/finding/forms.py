from django import forms
from django.utils.translation import gettext as _

from core.text import one_line
from knowledgehub.finding.models import Synonym


class SynonymForm(forms.ModelForm):
    """Words with commas between them."""

    class Meta:
        model = Synonym
        fields = ["words"]

    def clean_words(self):
        """Two at least: one word is no synonym of anything."""
        words = dict.fromkeys(
            word for part in self.cleaned_data["words"].split(",") if (word := one_line(part).lower())
        )
        if len(words) < 2:
            raise forms.ValidationError(_("Write two words or more, with a comma between them."))
        return ", ".join(words)

    def _post_clean(self):
        """The action writes the row."""
