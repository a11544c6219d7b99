"""Fields that forms of every floor use: a day, an hour, a file."""

from django import forms

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
