"""Forms by which somebody shares, looks along, adapts and objects. They only read; the deeds write."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField
from core.time import today
from knowledgehub import licences
from knowledgehub.actions.links import MOST_DAYS, USUAL_DAYS
from knowledgehub.choices import LICENCES, Origin, Pupils, Wrong


def _words(label, *, rows=4, required=True, most=4000, **more):
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.Textarea({"rows": rows}), **more
    )


class DoorForm(forms.Form):
    """The first step: who sees it."""

    door = forms.ChoiceField(label=_("Who sees it?"), widget=forms.RadioSelect)

    def __init__(self, *args, scopes, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["door"].choices = [(scope.door, scope.label) for scope in scopes]
        self.fields["door"].initial = now and now.door


class AgreedForm(forms.Form):
    """What must be agreed before more people see it: whose work it is, and what parents said.

    What is not asked of this resource has no field.
    """

    origin = forms.ChoiceField(label=_("Did you make it yourselves?"), choices=Origin, widget=forms.RadioSelect)
    origin_says = forms.CharField(label=_("Of whom, and under which licence?"), max_length=300, required=False)
    rights_hold = forms.BooleanField(label=_("They agreed that these people see it too."), required=False)
    pupils = forms.ChoiceField(label=_("Are there pupils in it?"), choices=Pupils, widget=forms.RadioSelect)
    parents_agree = forms.BooleanField(
        label=_("The parents of who can be recognised agreed to these people too."), required=False
    )

    def __init__(self, *args, resource, asks=True, **kwargs):
        super().__init__(*args, **kwargs)
        keeps = set()
        if asks and not resource.origin:
            keeps |= {"origin", "origin_says", "rights_hold"}
        elif asks and resource.origin == Origin.PERMISSION:
            keeps |= {"rights_hold"}
        if asks and not resource.pupils:
            keeps |= {"pupils", "parents_agree"}
        elif asks and resource.pupils == Pupils.CONSENT:
            keeps |= {"parents_agree"}
        for name in set(AgreedForm.base_fields) - keeps:
            del self.fields[name]


class LinkForm(AgreedForm):
    """For whom a link is, and until when."""

    said = forms.CharField(
        label=_("For whom?"),
        max_length=120,
        required=False,
        help_text=_("Only you and your fellow makers read this. So you know later which link is whose."),
    )
    expires_on = DayField(label=_("Until"))
    field_order = ("said", "expires_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        until = self.fields["expires_on"]
        until.initial = today() + timedelta(days=USUAL_DAYS)
        first, last = today() + timedelta(days=1), today() + timedelta(days=MOST_DAYS)
        until.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}


class OfferForm(forms.Form):
    """Who looks along, and a word with it."""

    place = forms.ChoiceField(label=_("Who looks along?"), widget=forms.RadioSelect)
    text = _words(_("What would you like to know?"), required=False)

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {f"{type(place).__name__.lower()}-{place.pk}": place for place, _people in places}
        choices = []
        for key, (place, people) in zip(self.places, places, strict=True):
            names = ", ".join(person.name for person in people[:3])
            choices.append((key, f"{place}: {names}"))
        self.fields["place"].choices = choices
        if len(choices) == 1:
            self.fields["place"].initial = choices[0][0]

    def clean_place(self):
        return self.places[self.cleaned_data["place"]]


class RemarkForm(forms.Form):
    """What somebody says in a review; the button says what it means."""

    text = _words(_("Your remark"), required=False)


class AdaptForm(forms.Form):
    """Under which licence one's own version goes on."""

    licence = forms.ChoiceField(label=_("What may others do with your version?"), widget=forms.RadioSelect)

    def __init__(self, *args, source, **kwargs):
        super().__init__(*args, **kwargs)
        codes = licences.of_adaptations(source.licence)
        self.fields["licence"].choices = [(code, f"{LICENCES[code].label}: {LICENCES[code].says}") for code in codes]
        self.fields["licence"].initial = source.licence if source.licence in codes else codes[0]


class ReportForm(forms.Form):
    """What is wrong with it."""

    what = forms.ChoiceField(label=_("What is wrong?"), choices=Wrong, widget=forms.RadioSelect)
    reason = _words(_("Tell it"), most=2000)


class StrangerReportForm(ReportForm):
    """The same of a visitor without an account."""

    address = forms.EmailField(
        label=_("Your mail address"),
        required=False,
        help_text=_("Only if you want to hear what was decided. We use it for nothing else."),
    )
    #: Nobody sees this field; who fills it in is a program.
    website = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))

    @property
    def is_of_a_robot(self):
        return bool(self.cleaned_data["website"])

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in ("what", "reason", "address")}


class SettleForm(forms.Form):
    """What the moderators decided."""

    outcome = _words(
        _("What did you decide?"),
        rows=3,
        most=500,
        help_text=_("Whoever reported it reads this. When you hide it, the makers read it too."),
    )
