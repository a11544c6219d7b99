"""Form fields that people fill in about themselves."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import one_line

NAME_LENGTH = 120
# These turn the reading direction of whatever stands behind a name on a page or in a subject line.
DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def clean_name(text):
    """A name on one line, composed, without marks that turn the text around it.

    Names in every script are names, with an emoji behind them too. Raises
    ValidationError where no letter is left or the name is too long.
    """
    name = one_line(unicodedata.normalize("NFC", str(text)).translate(DIRECTIONS))
    if not any(letter.isalpha() for letter in name):
        raise ValidationError(_("Write your name with letters, so that others know who you are."))
    if len(name) > NAME_LENGTH:
        raise ValidationError(
            _("This name has %(length)d characters. It may have %(most)d at most.")
            % {"length": len(name), "most": NAME_LENGTH}
        )
    return name


class NameField(forms.CharField):
    """The name of a person, as others will read it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Your name"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "name"}))
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        return clean_name(value) if value else value


class CodeField(forms.CharField):
    """The six digits of a mail, however they are pasted."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("The code from the mail"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "autocomplete": "one-time-code",
                    "inputmode": "numeric",
                    "autofocus": True,
                    "class": "code-field",
                }
            ),
        )
        super().__init__(**kwargs)

    def clean(self, value):
        return "".join(letter for letter in super().clean(value) if letter.isdecimal())


class OwnDeviceField(forms.BooleanField):
    """Whether to stay signed in for 90 days."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("This is my own device"),
            help_text=_("Then you stay signed in for 90 days. Otherwise until you close the browser."),
            required=False,
            **kwargs,
        )
