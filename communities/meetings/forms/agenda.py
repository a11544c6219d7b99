from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.choices import Role
from communities.meetings.choices import ItemKind
from communities.meetings.models import AgendaItem, Meeting
from communities.models import Membership
from core.forms import FileField, NamesAreSeen
from core.text import one_line

MOST_MINUTES = 480


class ProposalForm(NamesAreSeen, forms.ModelForm):
    """What a member would like to talk about."""

    also_free = ("title",)

    class Meta:
        model = AgendaItem
        fields = ("title", "kind", "minutes", "instruction")
        widgets = {"instruction": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minutes"] = forms.IntegerField(
            label=_("Minutes"),
            min_value=0,
            max_value=MOST_MINUTES,
            initial=10,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )
        self.fields["kind"].choices = ItemKind.choices
        self.fields["kind"].initial = ItemKind.OTHER
        if "instruction" in self.fields:
            self.fields["instruction"].label = _("What is it about?")

    def clean_title(self):
        return one_line(self.cleaned_data["title"])

    def _post_clean(self):
        """The action writes the row, locked."""


class ShortItemForm(ProposalForm):
    """One line at the foot of the agenda: the quickest way to add something."""

    class Meta(ProposalForm.Meta):
        fields = ("title", "kind", "minutes")


class ItemForm(ProposalForm):
    """All of an item, for who leads the PLG."""

    file = FileField(
        label=_("File"),
        required=False,
        help_text=_("A picture, PDF or document, at most 20 MB. No pupils who can be recognised."),
    )
    remove_file = forms.BooleanField(label=_("Take this file away"), required=False)

    class Meta(ProposalForm.Meta):
        fields = ("title", "kind", "minutes", "presenter", "instruction", "private_note")
        widgets = {
            "instruction": forms.Textarea(attrs={"rows": 4}),
            "private_note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, community, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["instruction"].label = _("How do you do it?")
        invited = Q(pk__in=meeting.guests.values("pk")) if meeting else Q(pk__in=[])
        people = Membership.objects.active().filter(~Q(role=Role.GUEST) | invited, community=community)
        self.fields["presenter"].queryset = people.select_related("person").order_by("person__sort_name", "pk")
        self.fields["presenter"].label = _("Who leads this?")
        self.fields["presenter"].empty_label = _("nobody in particular")
        self.fields["presenter"].label_from_instance = lambda row: row.called
        if not (self.instance and self.instance.attachment):
            del self.fields["remove_file"]


class DropForm(forms.Form):
    because = forms.CharField(
        label=_("A word for whoever proposed it"),
        max_length=200,
        required=False,
        help_text=_("For example: we did this in spring."),
    )

    def clean_because(self):
        return one_line(self.cleaned_data["because"])


class PlaceForm(forms.Form):
    """On which agenda: the meetings to come of this PLG."""

    meeting = forms.ModelChoiceField(queryset=Meeting.objects.none(), label=_("On the agenda of"), empty_label=None)

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = Meeting.objects.filter(community=community).upcoming()
        self.fields["meeting"].label_from_instance = lambda row: row.when
