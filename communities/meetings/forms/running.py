"""Forms of a session."""

import uuid

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.meetings.choices import ActionKind, LineKind, Way
from communities.meetings.forms.action_points import AgreeForm
from communities.meetings.models import LONGEST_LINE, Meeting, Protocol
from core.forms import NamesAreSeen


class PlanForm(forms.Form):
    """How to work, where nothing stands on the agenda."""

    plan = forms.ChoiceField(label=_("How do you want to work?"), widget=forms.RadioSelect, initial="simple")

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        known = Protocol.objects.filter(Q(community=None) | Q(community=meeting.community_id)).own_first()
        self.protocols = {str(row.pk): row for row in known}
        simple = ("simple", _("Simply: check in, talk together, agreements"))
        self.fields["plan"].choices = [simple] + [
            (pk, _now("%(name)s (%(minutes)d min)") % {"name": row.name, "minutes": row.minutes})
            for pk, row in self.protocols.items()
        ]

    @property
    def chosen(self):
        plan = self.cleaned_data["plan"]
        return self.protocols.get(plan, plan)


class CodeForm(forms.Form):
    """The code that stands on the screen in the room."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code-field"}),
        help_text=_("It stands on the screen in the room."),
    )
    way = forms.ChoiceField(label=_("How do you take part?"), choices=Way, widget=forms.RadioSelect, initial=Way.ROOM)

    def clean_code(self):
        """Digits only: people type the blank between the halves, too."""
        code = "".join(letter for letter in self.cleaned_data["code"] if letter.isdecimal())
        if not code:
            raise forms.ValidationError(_now("A code has only digits."))
        return code


class LineForm(NamesAreSeen, forms.Form):
    """A line; the key comes from the device, or is made here for a page without script."""

    key = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=LineKind, required=False)
    step = forms.IntegerField(required=False)
    text = forms.CharField(max_length=LONGEST_LINE * 10, required=False, strip=False, widget=forms.Textarea)

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()


class EditLineForm(NamesAreSeen, forms.Form):
    """Other words for a line of one's own."""

    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST_LINE, strip=False
    )


class AgreeInRunForm(AgreeForm):
    """The same during a session, among who is expected there; under a key of the writer's device."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, run, people, **kwargs):
        meeting = run.what if isinstance(run.what, Meeting) else None
        fixed = {"community": run.community_id, "meeting": meeting, "people": people, "prefix": "agree"}
        super().__init__(*args, initial={"kind": ActionKind.TASK}, **fixed, **kwargs)

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()


class TicketForm(NamesAreSeen, forms.Form):
    """Two questions at the door."""

    worth = forms.TypedChoiceField(
        label=_("Was it worth your time?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[
            (1, _("1: no")),
            (2, pgettext_lazy("exit ticket", "2")),
            (3, _("3: a bit")),
            (4, pgettext_lazy("exit ticket", "4")),
            (5, _("5: yes, very")),
        ],
    )
    takes_along = forms.CharField(
        label=_("What do you take along?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
