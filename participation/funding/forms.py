"""What is written down about money, and a day on which it must be reported on."""

from decimal import Decimal

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from core.forms import DayField
from organisations.models import Board, Network
from participation.funding.models import Grant
from participation.reading import FIRST_YEAR, LAST_YEAR

MOST_YEARS = 10


class GrantForm(forms.ModelForm):
    """Only reads and checks: the action writes the row."""

    amount = forms.DecimalField(
        label=_("Amount in euros"), min_value=Decimal("0.01"), max_digits=11, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))

    class Meta:
        model = Grant
        fields = ["name", "source", "amount", "starts_on", "ends_on", "conditions", "communities"]
        widgets = {
            "conditions": forms.Textarea(attrs={"rows": 4}),
            "communities": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, place, **kwargs):
        super().__init__(*args, **kwargs)
        self.place = place
        if isinstance(place, Community):
            del self.fields["communities"]
        else:
            self.fields["communities"].queryset = plgs_of(place)

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _now("The last day is not before the first."))
        elif first and last and not _can_be(first, last):
            self.add_error("ends_on", _now("Choose a term of at most ten years, between 2000 and 2100."))
        return data

    def _post_clean(self):
        """The action writes the row."""


def _can_be(first, last):
    """Whether it is a term: the evidence asks for every school year of it."""
    is_short = (last.year - MOST_YEARS, last.month, last.day) < (first.year, first.month, first.day)
    return is_short and first.year >= FIRST_YEAR and last.year <= LAST_YEAR


def plgs_of(place):
    """The PLGs whose dates may stand in the evidence of a board or network."""
    if isinstance(place, Board):
        here = Q(board=place)
    else:
        assert isinstance(place, Network)
        here = Q(owner_network=place) | Q(board__in=place.boards.values("pk"))
    return Community.objects.filter(here).exclude(state="concept").order_by("sort_name", "pk")


class DateForm(forms.Form):
    what = forms.CharField(label=_("What must be reported?"), max_length=140)
    due_on = DayField(label=_("To be reported before"))
