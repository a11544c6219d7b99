"""The form of the connector: two sides, and one message to both."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities import connecting


class IntroduceForm(forms.Form):
    """Two sides and one message. The second side is a PLG ("plg-12") or an expert ("person-34")."""

    one = forms.ChoiceField(label=_("This PLG"))
    other = forms.ChoiceField(label=_("with"))
    message = forms.CharField(
        label=_("Your message to both"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Why would it be good if they met?"),
    )

    def __init__(self, *args, network, **kwargs):
        super().__init__(*args, **kwargs)
        plgs = connecting.cards(network)
        names = [(card.pk, f"{card.name} · {card.place}" if card.place else card.name) for card in plgs]
        people = [(f"person-{row.person_id}", f"{row.person} · {row.partner}") for row in connecting.experts()]
        self.fields["one"].choices = [("", _("Choose a PLG")), *names]
        self.fields["other"].choices = [
            ("", _("Choose a PLG or an expert")),
            (_("PLGs"), [(f"plg-{pk}", name) for pk, name in names]),
            (_("Experts"), people),
        ]

    @property
    def deed(self):
        """What the action takes."""
        kind, _dash, pk = self.cleaned_data["other"].partition("-")
        expert = None
        if kind == "person":
            expert = connecting.experts().get(person=pk).person
        return {
            "one": int(self.cleaned_data["one"]),
            "other": int(pk) if kind == "plg" else None,
            "expert": expert,
            "message": self.cleaned_data["message"],
        }
