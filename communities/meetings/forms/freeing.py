from django import forms
from django.utils.translation import gettext_lazy as _

from communities.meetings import freeing
from communities.models import Membership
from core.templatetags import ui
from organisations.room_forms import RoomForm


class MeetingRoomForm(RoomForm):
    """Room for a meeting: its hours to begin with, and perhaps for the later ones in the same tap."""

    also = forms.MultipleChoiceField(
        label=_("Also for the dates after it?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, meeting, person, **kwargs):
        super().__init__(*args, person=person, **kwargs)
        self.later = {str(row.pk): row for row in freeing.later(meeting, person)}
        self.fields["also"].choices = [(pk, ui.upfirst(ui.day(row.held_on))) for pk, row in self.later.items()]
        if not self.later:
            del self.fields["also"]
        self.initial |= {"starts": meeting.starts, "ends": meeting.ends}
        if len(self.schools) > 1:
            mine = Membership.objects.filter(community=meeting.community_id, person=person)
            self.initial["school"] = mine.values_list("school", flat=True).first()

    def clean_also(self):
        return [self.later[pk] for pk in self.cleaned_data["also"]]
