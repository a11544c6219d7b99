"""Forms of who makes the programme: they only read, the deeds write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ClockInput, DayField
from events.choices import SessionKind
from people.models import User


class RoomForm(forms.Form):
    """A room."""

    name = forms.CharField(label=_("Name"), max_length=80)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=10_000, required=False)
    where = forms.CharField(
        label=_("Where to find it"), max_length=140, required=False, help_text=_("For example “first floor, left”.")
    )

    def __init__(self, *args, room=None, **kwargs):
        known = {"name": room.name, "seats": room.seats, "where": room.where} if room else {}
        super().__init__(*args, initial=known, **kwargs)


class Agreeing(forms.Form):
    """What takes something from people is asked for twice: the tick appears once it was refused without."""

    agreed = forms.BooleanField(label=_("I know this, go on"), required=False)

    @property
    def asks_to_agree(self):
        """Whether the tick stands there."""
        return self.is_bound and ("agreed" in self.errors or bool(self.data.get("agreed")))


class SlotForm(Agreeing):
    """A stretch of time."""

    held_on = DayField(label=_("Date"))
    starts = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("Until"), widget=ClockInput)
    name = forms.CharField(label=_("Name"), max_length=80, required=False, help_text=_("For example “round 1”."))
    is_choice = forms.BooleanField(label=_("People choose their workshop here"), required=False)
    field_order = ("held_on", "starts", "ends", "name", "is_choice", "agreed")

    def __init__(self, *args, event, slot=None, **kwargs):
        known = {"held_on": event.held_on}
        if slot:
            known = {name: getattr(slot, name) for name in ("held_on", "starts", "ends", "name", "is_choice")}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["held_on"].widget.attrs |= {"min": event.held_on.isoformat(), "max": event.last_on.isoformat()}
        if event.held_on == event.last_on:
            self.fields["held_on"].widget = forms.HiddenInput()

    @property
    def said(self):
        """What a new one is made of: nobody has a place in it yet, so there is nothing to agree to."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed"}


class PlaceForm(Agreeing):
    """Where a session stands: the same as dragging it."""

    slot = forms.ModelChoiceField(label=_("When"), queryset=None, required=False, empty_label=_("Not placed yet"))
    room = forms.ModelChoiceField(label=_("Room"), queryset=None, required=False, empty_label=_("No room"))
    field_order = ("slot", "room", "agreed")

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset, self.fields["room"].queryset = event.slots.all(), event.rooms.all()
        several = event.held_on != event.last_on
        self.fields["slot"].label_from_instance = lambda slot: _slot_label(slot, several)


def _slot_label(slot, with_day=False):
    day = f"{slot.held_on:%d-%m} " if with_day else ""
    return f"{day}{slot.starts:%H.%M}–{slot.ends:%H.%M} {slot.name}".strip()


class SessionForm(PlaceForm):
    """What happens in a session."""

    title = forms.CharField(label=_("Title"), max_length=140)
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind)
    summary = forms.CharField(
        label=_("What it is about"), max_length=1500, required=False, widget=forms.Textarea({"rows": 5})
    )
    speakers = forms.ModelMultipleChoiceField(
        label=_("Who brings it, beside the authors"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=10_000, required=False, help_text=_("Empty: as many as come.")
    )
    link = forms.URLField(label=_("Link to join"), max_length=500, required=False, assume_scheme="https")
    field_order = ("title", "kind", "slot", "room", "agreed", "capacity", "summary", "speakers", "link")
    WORDS = ("title", "kind", "summary", "capacity", "link", "slot", "room")

    def __init__(self, *args, event, session=None, **kwargs):
        known = {}
        if session:
            known = {name: getattr(session, name) for name in self.WORDS}
            known["speakers"] = list(session.speakers.values_list("pk", flat=True))
        super().__init__(*args, event=event, initial=known, **kwargs)
        near = User.objects.filter(event_parts__event=event) | User.objects.filter(sessions_given__event=event)
        self.fields["speakers"].queryset = near.distinct().order_by("name", "pk")

    @property
    def said(self):
        """What the deed takes."""
        return {name: self.cleaned_data[name] for name in (*self.WORDS, "speakers")}


class ReleaseForm(forms.Form):
    """A word with a new version; and what she looked at."""

    says = forms.CharField(
        label=_("What is new, in a sentence"), max_length=300, required=False,
        help_text=_("Whoever hears of a change reads it."),
    )  # fmt: skip
    number = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
