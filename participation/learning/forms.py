"""What is written down in a learning year, and the statements of its self-scan."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.choices import State
from communities.models import Community
from core.forms import DayField
from core.time import today
from organisations.models import Network
from participation.impact.forms import Statements
from participation.learning.models import Cycle, Goal
from participation.learning.statements import STATEMENTS


def _text(rows=3):
    return forms.Textarea(attrs={"rows": rows})


class OnlyReads(forms.ModelForm):
    """The action writes the row."""

    def _post_clean(self):
        """Nothing is laid onto the row here."""


class WishForm(OnlyReads):
    said_on = DayField(label=_("Said aloud to the team on"), required=False)

    class Meta:
        model = Cycle
        fields = ["wish", "said_on"]
        widgets = {"wish": _text(4)}


class RoomForm(OnlyReads):
    class Meta:
        model = Cycle
        fields = ["time_free", "money_free"]
        widgets = {"time_free": _text(), "money_free": _text()}


class LookBackForm(OnlyReads):
    class Meta:
        model = Cycle
        fields = ["look_back"]
        widgets = {"look_back": _text(8)}


class GoalForm(OnlyReads):
    class Meta:
        model = Goal
        fields = ["text", "communities", "networks"]
        widgets = {"communities": forms.CheckboxSelectMultiple, "networks": forms.CheckboxSelectMultiple}

    def __init__(self, *args, cycle, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["communities"].queryset = plgs_of(cycle)
        self.fields["networks"].queryset = networks_of(cycle)
        if self.instance.pk:  # what serves it already stays, also a PLG that is completed since
            self._add("communities", self.instance.communities)
            self._add("networks", self.instance.networks)
        for name in ("communities", "networks"):
            if not self.fields[name].queryset.exists():
                del self.fields[name]

    def _add(self, name, chosen):
        rows = self.fields[name].queryset
        here = Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=chosen.values("pk"))
        self.fields[name].queryset = rows.model.objects.filter(here).order_by("sort_name", "pk")


def plgs_of(cycle):
    """The PLGs in which people of the school or board take part, or that belong to it: agreed facts."""
    rows = Community.objects.exclude(state__in=[State.CONCEPT, State.CLOSED])
    if cycle.school_id:
        pks = rows.filter(memberships__in=cycle.school.memberships.seated()).values("pk")
        rows = rows.filter(pk__in=pks) | rows.filter(owner_school=cycle.school_id)
    else:
        rows = rows.filter(board=cycle.board_id)
    return rows.order_by("sort_name", "pk")


def networks_of(cycle):
    """The networks in which the school or board takes part."""
    if cycle.school_id:
        rows = Network.objects.filter(schools=cycle.school_id) | Network.objects.filter(boards=cycle.school.board_id)
    else:
        rows = Network.objects.filter(boards=cycle.board_id)
    return Network.objects.filter(pk__in=rows.values("pk")).order_by("sort_name")


class OpenScanForm(forms.Form):
    closes_on = DayField(label=_("Until"))

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"closes_on": today() + timedelta(weeks=2)})
        super().__init__(*args, **kwargs)


class ScanForm(Statements):
    """The eight statements, for one person."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, questions=STATEMENTS, **kwargs)
