"""What a learner fills in for her portfolio, and an assessor about it. The forms only read; the deeds write."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayField, FileField
from core.time import today
from people.models import User
from training.actions.portfolio import USUAL_DAYS, work_of
from training.choices import Verdict
from training.forms.learning import area
from training.models import Outcome


class ItemForm(forms.Form):
    """Something of hers, and what it shows."""

    title = forms.CharField(label=_("Title"), max_length=140)
    work = forms.ChoiceField(label=_("From your training"), required=False)
    text = area(
        _("What does it show?"), rows=5, most=4000, required=False,
        help_text=_("What did you do, and what can you do now that you could not do before?"),
    )  # fmt: skip
    outcomes = forms.ModelMultipleChoiceField(
        Outcome.objects.none(), label=_("Which learning outcomes does it show?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one learning outcome.")},
    )  # fmt: skip
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    file = FileField(label=_("File"), required=False, help_text=_("A document, a picture or a PDF."))
    remove_file = forms.BooleanField(label=_("Leave this file out"), required=False)

    def __init__(self, *args, enrolment, item=None, **kwargs):
        if item is not None:
            kwargs["initial"] = self._of(item)
        super().__init__(*args, **kwargs)
        submissions, practices = work_of(enrolment)
        self.rows = {f"submission-{row.pk}": row for row in submissions}
        self.rows |= {f"practice-{row.pk}": row for row in practices}
        self.fields["work"].choices = [
            ("", _("nothing of it")),
            *((key, _called(row)) for key, row in self.rows.items()),
        ]
        self.fields["outcomes"].queryset = Outcome.objects.filter(version=enrolment.version_id)
        self.item = item
        if len(self.rows) == 0:
            del self.fields["work"]
        if item is None or not item.file:
            del self.fields["remove_file"]

    @staticmethod
    def _of(item):
        work = f"submission-{item.submission_id}" if item.submission_id else ""
        if item.practice_id:
            work = f"practice-{item.practice_id}"
        outcomes = [row.pk for row in item.outcomes.all()]
        return {"title": item.title, "work": work, "text": item.text, "outcomes": outcomes, "link": item.link}

    def clean(self):
        """Something must be in it; what it points at is a submission or a practice session of hers."""
        said = super().clean()
        key = said.get("work", "")
        row = self.rows.get(key)
        said["submission"] = row if key.startswith("submission") else None
        said["practice"] = row if key.startswith("practice") else None
        said.setdefault("remove_file", False)
        keeps_file = self.item is not None and self.item.file and not said["remove_file"]
        is_empty = not (row or said.get("text", "").strip() or said.get("link") or said.get("file") or keeps_file)
        if is_empty and not self.errors:
            self.add_error(None, _("Write something, or add a link, a file or work from your training."))
        return said


def _called(row):
    return str(row.assignment) if hasattr(row, "assignment_id") else f"{row.aim or row.community}"


class PortfolioLinkForm(forms.Form):
    """A link to the portfolio: for whom, and until when."""

    said = forms.CharField(label=_("For whom?"), max_length=120, required=False, help_text=_("Only for yourself."))
    expires_on = DayField(label=_("Until"))

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"expires_on": today() + timedelta(days=USUAL_DAYS)})
        super().__init__(*args, **kwargs)


class AssessForm(forms.Form):
    """A judgement by outcome, and what it is based on."""

    says = area(
        _("What do you base it on?"), rows=5, most=4000,
        help_text=_("What convinced you? What could still grow?"),
    )  # fmt: skip

    def __init__(self, *args, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcomes = list(outcomes)
        for outcome in self.outcomes:
            self.fields[f"verdict-{outcome.pk}"] = forms.ChoiceField(
                label=f"{outcome.code} {outcome.text}", choices=Verdict, widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the two.")},
            )  # fmt: skip
            self.fields[f"why-{outcome.pk}"] = forms.CharField(
                label=_("By what do you see it?"), max_length=600, required=False,
                widget=forms.Textarea({"rows": 2, "dir": "auto"}),
            )  # fmt: skip
        if not self.outcomes:
            self.fields["verdict"] = forms.ChoiceField(label=_("So"), choices=Verdict, widget=forms.RadioSelect)

    def clean(self):
        """What is not sufficient yet says why; the whole is sufficient when each outcome is."""
        said = super().clean()
        said["scores"] = {}
        for outcome in self.outcomes:
            verdict, why = said.get(f"verdict-{outcome.pk}", ""), said.get(f"why-{outcome.pk}", "").strip()
            if verdict == Verdict.INSUFFICIENT and not why:
                self.add_error(f"why-{outcome.pk}", _("Say what is missing, so that it can be repaired."))
            said["scores"][outcome.code] = {"verdict": verdict, "why": why}
        if self.outcomes:
            verdicts = {each["verdict"] for each in said["scores"].values()}
            said["verdict"] = Verdict.SUFFICIENT if verdicts == {Verdict.SUFFICIENT} else Verdict.INSUFFICIENT
        return said


class AppealForm(forms.Form):
    reason = area(_("Why do you not agree?"), rows=6, most=3000)


class NameForm(forms.Form):
    """Who assesses: only who looks from outside."""

    assessor = forms.ModelChoiceField(
        User.objects.none(), label=_("Who assesses?"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        ids = [person.pk for person in people]
        self.fields["assessor"].queryset = User.objects.filter(pk__in=ids).order_by("name")
