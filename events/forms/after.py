"""What people type after the day: what they thought of it, hours put right, posters, recordings."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import ClockInput, FileField
from events import attending, evaluating
from events.choices import QuestionKind
from events.forms.questions import AsksQuestions
from events.models import Contribution

SHORT = 500
POSTERS = ("image/jpeg", "application/pdf")


def marks(label):
    """From 1 to 5; who does not know leaves it open."""
    return forms.TypedChoiceField(
        label=label, choices=evaluating.MARKS, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose a figure from 1 to 5.")},
    )  # fmt: skip


def words(label):
    """A few lines; what is longer than they hold is told."""
    widget = forms.Textarea({"rows": 2, "dir": "auto"})
    return forms.CharField(label=label, max_length=SHORT, required=False, widget=widget)


class EvaluationForm(AsksQuestions, forms.Form):
    """The day, what the organisers ask, and each session that she was in; all of it may stay open but one."""

    worth = marks(evaluating.WORTH)
    takes_along = words(_("What do you take along?"))
    better = words(_("What could be better?"))

    def __init__(self, *args, questions, sessions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.add_questions(questions)
        self.sessions = list(sessions)
        for name, question in self.asked.items():
            if question.kind == QuestionKind.SCALE:
                self.fields[name].choices = [(str(value), label) for value, label in evaluating.MARKS]
            if question.kind == QuestionKind.TEXT:
                self.fields[name].max_length = SHORT
        for each in self.sessions:
            self.fields[f"session_{each.pk}"] = marks(each.title)
            self.fields[f"word_{each.pk}"] = words(_("A word for who gave it"))

    @property
    def of_sessions(self):
        """[(session, its marks, its word)], to draw them."""
        return [(each, self[f"session_{each.pk}"], self[f"word_{each.pk}"]) for each in self.sessions]

    @property
    def of_questions(self):
        """[(bound field, is it a scale)], to draw them."""
        return [(self[name], each.kind == QuestionKind.SCALE) for name, each in self.asked.items()]

    def clean(self):
        said = super().clean()
        if not self.errors and not any(value not in (None, "", [], False) for value in said.values()):
            raise forms.ValidationError(_now("Answer at least one question."))
        return said

    @property
    def said(self):
        """What the deed takes."""
        said = self.cleaned_data
        return {name: said[name] for name in ("worth", "takes_along", "better")} | {
            "answers": self.answers,
            "sessions": [(each.pk, said[f"session_{each.pk}"], said[f"word_{each.pk}"]) for each in self.sessions],
        }


class AttendanceForm(forms.Form):
    """From when to when somebody was there, on each day of the event; left open, she was not."""

    def __init__(self, *args, event, presence, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone, self.days = ZoneInfo(event.zone), attending.windows(event)
        for number, (_day, begin, until) in enumerate(self.days):
            here = [span for span in presence.spans if begin <= span[0] <= until]
            for name, label, moment in (
                ("from", _("From"), here and here[0][0]), ("until", _("Until"), here and here[-1][1]),
            ):  # fmt: skip
                self.fields[f"{name}_{number}"] = forms.TimeField(
                    label=label, required=False, widget=ClockInput(),
                    initial=moment.astimezone(self.zone).time() if moment else None,
                )  # fmt: skip

    @property
    def rows(self):
        """[(day, from, until)], to draw them."""
        return [(day, self[f"from_{n}"], self[f"until_{n}"]) for n, (day, _begin, _end) in enumerate(self.days)]

    def clean(self):
        said = super().clean()
        for number in range(len(self.days)):
            if bool(said.get(f"from_{number}")) != bool(said.get(f"until_{number}")) and not self.errors:
                raise forms.ValidationError(_now("Fill in both hours, or leave both open."))
        return said

    @property
    def said(self):
        """[(from, until)] as instants, of the days on which she was there. Past midnight is the day after."""
        found = []
        for number, (day, begin, until) in enumerate(self.days):
            hours = self.cleaned_data[f"from_{number}"], self.cleaned_data[f"until_{number}"]
            if all(hours):
                last = until.astimezone(self.zone).date()
                moments = [datetime.combine(day, hour, self.zone) for hour in hours]
                found.append(tuple(
                    datetime.combine(last, moment.timetz()) if moment < begin and last > day else moment
                    for moment in moments
                ))  # fmt: skip
        return found


class PosterForm(forms.ModelForm):
    """A picture or PDF, and what is on it in words for who cannot see it."""

    file = FileField(label=_("Picture or PDF"), required=False)

    class Meta:
        model = Contribution
        fields = ("poster_alt",)
        labels = {"poster_alt": _("What is on it, in words")}
        help_texts = {"poster_alt": _("For who cannot see it. One or two sentences.")}
        widgets = {"poster_alt": forms.Textarea({"rows": 2, "dir": "auto"})}

    field_order = ("file", "poster_alt")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["poster_alt"].required = True
        self.fields["file"].widget.attrs["accept"] = ",".join([*POSTERS, "image/png", "image/webp", "image/heic"])
        self.fields["file"].help_text = _("Without faces of pupils. At most 20 MB.")

    def _post_clean(self):
        """The deed writes the row."""

    def clean_file(self):
        """A poster hangs on the wall: a picture, or a PDF."""
        taken = self.cleaned_data["file"]
        if taken and taken.media_type not in POSTERS:
            raise forms.ValidationError(_now("Choose a picture or a PDF."))
        if not taken and not self.instance.poster:
            raise forms.ValidationError(_now("Choose a picture or a PDF."))
        return taken


class RecordingsForm(forms.Form):
    """Where the recording of each session stands."""

    def __init__(self, *args, sessions, **kwargs):
        super().__init__(*args, **kwargs)
        self.sessions = list(sessions)
        for each in self.sessions:
            self.fields[f"session_{each.pk}"] = forms.URLField(
                label=each.title, required=False, max_length=500, initial=each.recording, assume_scheme="https",
                widget=forms.URLInput({"placeholder": "https://"}),
            )  # fmt: skip

    @property
    def said(self):
        """[(session, address)]."""
        return [(each, self.cleaned_data[f"session_{each.pk}"]) for each in self.sessions]

    @property
    def rows(self):
        """[(session, bound field)]."""
        return [(each, self[f"session_{each.pk}"]) for each in self.sessions]
