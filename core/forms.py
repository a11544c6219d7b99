"""Fields that forms of every floor use: a day, an hour, a file."""

from django import forms
from django.urls import reverse_lazy

from core.files.intake import take_file
from core.refusals import Refused


class DayInput(forms.DateInput):
    """The calendar of the device."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class DayField(forms.DateField):
    """A day, chosen in it."""

    widget = DayInput


class ClockInput(forms.TimeInput):
    """The clock of the device."""

    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


class FileField(forms.FileField):
    """An uploaded file as `core.files.intake` lets it in: a `Taken`, or the sentence why not."""

    widget = forms.FileInput

    def clean(self, data, initial=None):
        """What was chosen; what stands there already is no matter of the field."""
        upload = super().clean(data)
        if not upload:
            return None
        try:
            return take_file(upload)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None


NAMES_URL = reverse_lazy("likely_names")


class NamesAreSeen:
    """A form in whose free text names of pupils may stand: a hint beneath its fields, and `core.names.remark` after.

    All its text boxes of more than one line, and the fields named in `also_free`.
    """

    also_free = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mark_free()

    def mark_free(self):
        """Once more after a form added fields of its own."""
        for name in self._free():
            self.fields[name].names_url = NAMES_URL

    def _free(self):
        boxes = (name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea))
        return [*boxes, *(name for name in self.also_free if name in self.fields)]

    @property
    def free_text(self):
        """All that was typed freely."""
        return "\n".join(str(self.cleaned_data.get(name) or "") for name in self._free())
