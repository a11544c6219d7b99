from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.choices import Role
from communities.meetings.choices import ActionKind, Tried
from communities.meetings.models import Meeting
from communities.models import Membership
from core.forms import DayInput, NamesAreSeen

EVERYBODY = "all"


class WhatFields(NamesAreSeen, forms.Form):
    """What will be done and by when: the same for new and for changed."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=ActionKind, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What will be done?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label=_("Before which day?"), widget=DayInput(), required=False)


class AgreeForm(WhatFields):
    """Agree on something with one, several or everybody."""

    holders = forms.MultipleChoiceField(
        label=_("Who will do this?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who will do this.")},
    )
    field_order = ["kind", "text", "holders", "due_on"]

    def __init__(self, *args, community, meeting=None, people=None, **kwargs):
        people = Membership.objects.active().filter(community=community) if people is None else people
        people = people.select_related("person").order_by("person__sort_name", "name", "pk")
        self.members = {str(row.pk): row for row in people}
        coming = Meeting.objects.filter(community=community).upcoming()
        following = coming.exclude(pk=meeting.pk).first() if meeting else coming.first()
        initial = {"kind": ActionKind.TRY_OUT, "due_on": following and following.held_on}
        super().__init__(*args, **{"initial": initial | kwargs.pop("initial", {})} | kwargs)
        self.fields["holders"].choices = [
            (EVERYBODY, _now("Everybody")),
            *((pk, row.called) for pk, row in self.members.items()),
        ]

    def clean_holders(self):
        """The memberships that are meant; everybody is who takes part, not her guests."""
        chosen = self.cleaned_data["holders"]
        if EVERYBODY in chosen:
            return [row for pk, row in self.members.items() if row.role != Role.GUEST or pk in chosen]
        return [self.members[pk] for pk in chosen]


class EditActionForm(WhatFields):
    """Other words or another day."""

    def __init__(self, *args, point, **kwargs):
        initial = {"kind": point.kind, "text": point.text, "due_on": point.due_on}
        super().__init__(*args, initial=initial, **kwargs)


class DropForm(forms.Form):
    """Why it need not be done."""

    because = forms.CharField(label=_("Why need it not be done?"), max_length=200)


class TriedForm(NamesAreSeen, forms.Form):
    """How it went: one of three, a sentence and a photo if she likes."""

    went = forms.ChoiceField(
        label=_("How did it go?"), choices=Tried, error_messages={"required": _("Choose one of the three answers.")}
    )
    sentence = forms.CharField(label=_("In one sentence"), max_length=500, required=False)
    photo = forms.FileField(
        label=_("A photo"),
        required=False,
        allow_empty_file=True,
        help_text=_("Of work or material. No faces and no names."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    without_photo = forms.BooleanField(label=_("Take the photo away"), required=False)
    also_free = ("sentence",)

    def __init__(self, data=None, files=None, *, point, **kwargs):
        super().__init__(data, files, initial={"sentence": point.sentence}, **kwargs)
        if not point.photo:
            del self.fields["without_photo"]
