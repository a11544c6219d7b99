"""Forms of observing: a note without script, who observes whom, a talk with a pupil."""

import uuid

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import NamesAreSeen
from lessonstudy import observing
from lessonstudy.choices import Match
from lessonstudy.models import Interview

CLASS = ""


class NoteForm(NamesAreSeen, forms.Form):
    """A note, as the page without script sends it: the button that was tapped says whether it was expected."""

    fact = forms.CharField(
        label=_("What did you see or hear?"), max_length=observing.LONGEST_FACT, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    pupil = forms.TypedChoiceField(label=_("Of whom?"), required=False, coerce=int, empty_value=None)
    stage = forms.TypedChoiceField(label=_("Part of the lesson"), required=False, coerce=int, empty_value=None)
    match = forms.ChoiceField(
        label=_("As expected?"), choices=[("", _("I do not say")), *Match.choices], required=False
    )

    def __init__(self, *args, sheet, **kwargs):
        super().__init__(*args, **kwargs)
        pupils = [(pupil.pk, pupil.code) for pupil in sheet.everyone]
        self.fields["pupil"].choices = [(CLASS, _("the whole class")), *pupils]
        self.fields["stage"].widget.attrs["class"] = "form-select"
        self.fields["stage"].choices = [(CLASS, _("No part")), *((row.pk, row.title) for row in sheet.stages)]

    def clean(self):
        said = super().clean()
        if not said.get("fact", "").strip() and not said.get("match"):
            self.add_error("fact", _now("Write what you saw or heard."))
        return said

    def note(self, key=None, sequence=1):
        """What it says, as devices send it."""
        said = self.cleaned_data
        return observing.Note(
            key=key or uuid.uuid4(), sequence=sequence, stage=said["stage"], pupil=said["pupil"], fact=said["fact"],
            match=said["match"], is_quote="“" in said["fact"],
        )  # fmt: skip


class PhotoForm(forms.Form):
    """A photo of work, for a note that is there."""

    photo = forms.ImageField(label=_("Photo of the work"), widget=forms.FileInput(attrs={"accept": "image/*"}))
    shows_work = forms.BooleanField(
        label=_("It shows work only: no faces, no names."), required=False,
    )  # fmt: skip


class AssignForm(forms.Form):
    """Who observes whom: a row a member, with the pupils as boxes to tick."""

    def __init__(self, *args, people, pupils, assignments=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.people, self.pupils = list(people), list(pupils)
        codes = [(pupil.pk, pupil.code) for pupil in self.pupils]
        mine = {row.observer_id: row for row in assignments}
        for person in self.people:
            row = mine.get(person.pk)
            self.fields[f"observes-{person.pk}"] = forms.BooleanField(
                label=str(person), required=False, initial=row is not None
            )
            self.fields[f"pupils-{person.pk}"] = forms.TypedMultipleChoiceField(
                label=_now("Whom does %(name)s follow?") % {"name": person}, choices=codes, coerce=int, required=False,
                widget=forms.CheckboxSelectMultiple, initial=[each.pk for each in row.pupils.all()] if row else [],
            )  # fmt: skip

    @property
    def rows(self):
        """(person, the box that she observes, the boxes of the pupils)."""
        return [(person, self[f"observes-{person.pk}"], self[f"pupils-{person.pk}"]) for person in self.people]

    @property
    def chosen(self):
        """{person: [pupils]}; whoever follows a pupil observes."""
        found = {}
        for person in self.people:
            ids = self.cleaned_data[f"pupils-{person.pk}"]
            if ids or self.cleaned_data[f"observes-{person.pk}"]:
                found[person] = [pupil for pupil in self.pupils if pupil.pk in ids]
        return found


class InterviewForm(NamesAreSeen, forms.ModelForm):
    """Four questions to a pupil, in her own words; or the reason why there was no talk."""

    also_free = ("skipped_why",)

    class Meta:
        model = Interview
        fields = ("enjoyed", "learned", "worked", "change", "skipped_why")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields[:4]:
            self.fields[name].widget.attrs["rows"] = 3

    def clean(self):
        said = super().clean()
        if not any(str(said.get(name) or "").strip() for name in self.Meta.fields):
            raise forms.ValidationError(_now("Write down an answer, or why there was no talk."))
        return said

    def _post_clean(self):
        """It only reads: the action writes the row."""
