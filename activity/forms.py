from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activity import paces
from core.time import today


class PacesForm(forms.Form):
    """One choice for each kind of news; a kind's field is called after it."""

    use_required_attribute = False  # one is always chosen; of eighty kinds each word weighs, so none has an id either

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, auto_id=False, **kwargs)
        known = paces.of_person(person)
        self.effective = {name: each for name, each in known.items() if each.kind.concerns(person)}
        for name, each in self.effective.items():
            self.fields[name] = forms.ChoiceField(
                label=capfirst(str(each.kind.label)),
                choices=each.options,
                widget=forms.Select(attrs=_attributes(name, each)),
                initial=each.pace,
            )


def _attributes(name, each):
    return {"class": "form-select"} | ({"aria-describedby": f"why-{name}"} if each.choice else {})


class PauseForm(forms.Form):
    """Until which day no letters come."""

    until = forms.DateField(label=_("No mail until"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_until(self):
        """A day that is still to come, within a year."""
        until = self.cleaned_data["until"]
        if until <= today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if (until - today()).days > 366:
            raise forms.ValidationError(_("Choose a day within a year. To stop for good, turn off all mail."))
        return until
