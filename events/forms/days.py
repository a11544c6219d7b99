"""What organisers and visitors type around the day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import number
from events import choosing
from events.models import Announcement, Dates, Session

SIZES = ((2, _("two people")), (3, _("three people")), (4, _("four people")))


class WishForm(forms.Form):
    """For every hour of choice a first, second and third wish."""

    def __init__(self, *args, event, registration, **kwargs):
        super().__init__(*args, **kwargs)
        sessions = event.sessions.filter(slot__is_choice=True).select_related("slot", "room")
        chosen = dict(registration.preferences.values_list("session", "rank")) if registration else {}
        self.sessions, self.hours, by_slot = {each.pk: each for each in sessions}, [], {}
        for each in sessions:
            by_slot.setdefault(each.slot, []).append(each)
        for slot, found in sorted(by_slot.items(), key=lambda item: (item[0].starts_at, item[0].pk)):
            self.hours.append({"slot": slot, "name": f"slot_{slot.pk}", "fields": self._fields(slot, found, chosen)})

    def _fields(self, slot, found, chosen):
        ranked = {chosen[each.pk]: each.pk for each in found if each.pk in chosen}
        options = [("", _("no wish"))]
        options += [(each.pk, _option(each)) for each in found if not each.is_cancelled]
        names = []
        for rank in range(1, choosing.WISHES + 1):
            name = f"slot_{slot.pk}" if rank == 1 else f"slot_{slot.pk}_{rank}"
            labels = {1: _("What you like most"), 2: _("And then"), 3: _("And after that")}
            self.fields[name] = forms.ChoiceField(
                label=labels[rank], required=False, choices=options, initial=ranked.get(rank, "")
            )
            names.append(name)
        return names

    def bound_hours(self):
        """Each hour with its fields, for the page."""
        return [hour | {"fields": [self[name] for name in hour["fields"]]} for hour in self.hours]

    @property
    def wishes(self):
        """What the action needs."""
        wished = {}
        for hour in self.hours:
            chosen = [number(self.cleaned_data[name], 0) for name in hour["fields"]]
            wished[hour["slot"].pk] = [self.sessions[pk] for pk in chosen if pk in self.sessions]
        return {slot: sessions for slot, sessions in wished.items() if sessions}


def _option(session):
    return f"{session} ({session.room})" if session.room_id else str(session)


class DatesForm(forms.ModelForm):
    """How the speed-dates are."""

    size = forms.TypedChoiceField(label=_("At each table"), choices=SIZES, coerce=int, initial=2)
    rounds = forms.IntegerField(label=_("Rounds"), min_value=1, max_value=20, initial=8)
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=1, max_value=60, initial=6)
    break_s = forms.IntegerField(label=_("Seconds to walk to the next table"), min_value=0, max_value=600, initial=60)

    class Meta:
        model = Dates
        fields = ("size", "rounds", "minutes", "break_s", "other_school", "other_plg", "other_board")

    def _post_clean(self):
        """The action writes the row."""


class AnnounceForm(forms.ModelForm):
    """A few words, to all or to those of one session."""

    class Meta:
        model = Announcement
        fields = ("text", "session")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.filter(event=event, is_cancelled=False)
        self.fields["session"].required = False
        self.fields["session"].empty_label = _("everybody who comes")
        self.fields["session"].label = _("To whom")

    def _post_clean(self):
        """The action writes the row."""


class AvoidForm(forms.Form):
    """Somebody whom she would rather not meet."""

    address = forms.EmailField(label=_("Mail address of somebody whom you would rather not meet"))
