"""What organisers type about an event, one class a form."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.forms import ClockInput, DayField
from core.time import AMSTERDAM, exists, today
from events.choices import Kind, Part, Place, QuestionKind, QuestionOf, Scope
from events.models import Event, Question
from events.rules import start as may_start
from organisations.models import Board, Network, School
from people.models import User

PLACES = {"school": School, "board": Board, "network": Network}
MOST_QUESTIONS, EMPTY_QUESTIONS = 20, 2


def _with_capitals(choices):
    return [(value, capfirst(label)) for value, label in choices.choices]


def owners(user):
    """[("school-3", "De Regenboog"), …]: for whom she may begin an event; first what is nearest."""
    found = []
    for scope, ids in may_start(user).items():
        found += [(f"{scope}-{row.pk}", row) for row in PLACES[scope].objects.filter(pk__in=ids).order_by("name")]
    return found


class Moment(forms.DateTimeInput):
    """A day and an hour, with what the device has for it."""

    input_type = "datetime-local"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


class StartForm(forms.ModelForm):
    """What is needed to begin: what, when, and whose."""

    owner = forms.ChoiceField(label=_("Whose event is it?"))
    is_public = forms.BooleanField(
        label=_("Everybody may see it, on the web"),
        required=False,
        help_text=_("For parents and neighbours, or others."),
    )
    held_on = DayField(label=_("Date"))

    class Meta:
        model = Event
        fields = ("kind", "title", "held_on", "starts", "ends", "place")
        widgets = {"kind": forms.RadioSelect, "place": forms.RadioSelect, "starts": ClockInput, "ends": ClockInput}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices, self.fields["place"].choices = _with_capitals(Kind), _with_capitals(Place)
        self.found = dict(owners(user))
        self.fields["owner"].choices = [(key, row.name) for key, row in self.found.items()]
        if len(self.found) == 1:
            self.fields["owner"].widget, self.fields["owner"].initial = forms.HiddenInput(), next(iter(self.found))
        self.fields["starts"].initial, self.fields["ends"].initial = "13:00", "17:00"

    def clean(self):
        said = super().clean()
        check_moment(self, said | {"last_on": said.get("held_on")})
        if said.get("held_on") and said["held_on"] < today():
            self.add_error("held_on", _("This day lies behind us."))
        return said

    def _post_clean(self):
        """The action writes the row."""

    @property
    def said(self):
        """What the action needs."""
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        place = self.found[self.cleaned_data["owner"]]
        scope = self.cleaned_data["owner"].split("-")[0]
        said |= {"last_on": said["held_on"], scope: place}
        return said | {"scope": Scope.PUBLIC if self.cleaned_data["is_public"] else scope}


def check_moment(form, said):
    """Hours that the clock skips, and what ends before it begins, each beside its field."""
    day, last, starts, ends = (said.get(name) for name in ("held_on", "last_on", "starts", "ends"))
    for name, on, at in (("starts", day, starts), ("ends", last, ends)):
        if on and at and not exists(on, at, AMSTERDAM):
            form.add_error(name, _("That night the clock goes forward: this hour does not exist."))
    if day and last and starts and ends and (last, ends) <= (day, starts):
        form.add_error("ends" if last == day else "last_on", _("It ends before it begins."))


class EditForm(forms.ModelForm):
    """Everything about an event on one screen."""

    held_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"), required=False, help_text=_("Only when it takes more than one day."))
    rubric = forms.CharField(
        label=_("What readers of contributions look at"), required=False, max_length=1000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}), help_text=_("One on each line."),
    )  # fmt: skip

    class Meta:
        model = Event
        fields = (
            "kind", "title", "summary", "text", "held_on", "last_on", "starts", "ends", "place", "venue",
            "venue_address", "link", "languages", "capacity", "needs_approval", "is_for_guests", "offer_hours",
            "call_until", "registration_until", "choice_until", "rubric", "budget_note",
        )  # fmt: skip
        widgets = {
            "kind": forms.RadioSelect, "place": forms.RadioSelect, "starts": ClockInput, "ends": ClockInput,
            "summary": forms.Textarea({"rows": 2, "dir": "auto"}), "text": forms.Textarea({"rows": 8, "dir": "auto"}),
            "budget_note": forms.Textarea({"rows": 3, "dir": "auto"}), "call_until": Moment,
            "registration_until": Moment, "choice_until": Moment,
            "capacity": forms.NumberInput({"inputmode": "numeric", "min": 1}),
            "offer_hours": forms.NumberInput({"inputmode": "numeric", "min": 1}),
        }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices, self.fields["place"].choices = _with_capitals(Kind), _with_capitals(Place)
        self.initial["rubric"] = "\n".join(self.instance.rubric)
        self.fields["offer_hours"].min_value = 1
        if self.instance.scope != Scope.PUBLIC:
            del self.fields["is_for_guests"]
        if self.instance.last_on == self.instance.held_on:
            self.initial["last_on"] = None

    def clean_rubric(self):
        return [line.strip()[:120] for line in self.cleaned_data["rubric"].splitlines() if line.strip()][:8]

    def clean_offer_hours(self):
        if not 1 <= self.cleaned_data["offer_hours"] <= 24 * 14:
            raise forms.ValidationError(_("Between an hour and two weeks."))
        return self.cleaned_data["offer_hours"]

    def clean(self):
        said = super().clean()
        if "last_on" not in self.errors:
            said["last_on"] = said.get("last_on") or said.get("held_on")
        check_moment(self, said)
        return said

    def _post_clean(self):
        """The action writes the row, locked."""


class StepForm(forms.Form):
    """A step that needs a reason, or that goes on all the same."""

    because = forms.CharField(
        label=_("Why?"), required=False, max_length=300, widget=forms.Textarea({"rows": 2, "dir": "auto"})
    )


class PersonForm(forms.Form):
    """Somebody with an account, found by her mail address: nobody needs a list of all people for this."""

    person = forms.EmailField(label=_("Mail address of a colleague"))
    part = forms.ChoiceField(label=_("Does what?"), choices=lambda: _with_capitals(Part), widget=forms.RadioSelect)

    def clean_person(self):
        address = self.cleaned_data["person"]
        found = User.objects.filter(emailaddress__email__iexact=address, emailaddress__verified=True, is_active=True)
        if not found:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return found.first()


class QuestionForm(forms.ModelForm):
    """One question. Without words it goes."""

    label = forms.CharField(label=_("Question"), required=False, max_length=200)
    options = forms.CharField(
        label=_("To choose from"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=_("One on each line."),
    )  # fmt: skip

    class Meta:
        model = Question
        fields = ("label", "kind", "options", "is_required")

    def clean_options(self):
        return [line.strip()[:120] for line in self.cleaned_data["options"].splitlines() if line.strip()][:20]

    def clean(self):
        said = super().clean()
        chooses = said.get("kind") in (QuestionKind.CHOICE, QuestionKind.MANY)
        if said.get("label") and chooses and len(said.get("options", ())) < 2:
            self.add_error("options", _("Give two or more to choose from."))
        return said

    def _post_clean(self):
        """The action writes the row."""


def questions_form(data, event, of):
    """The questions to one group, and some empty rows to go on in."""
    made = forms.formset_factory(QuestionForm, extra=EMPTY_QUESTIONS, max_num=MOST_QUESTIONS, validate_max=True)
    rows = list(event.questions.filter(of=of))
    initial = [
        {"label": row.label, "kind": row.kind, "options": "\n".join(row.options), "is_required": row.is_required}
        for row in rows
    ]
    form = made(data, initial=initial, prefix=of)
    form.of, form.known, form.title = of, [row.pk for row in rows], QuestionOf(of).label
    return form


def said_questions(form):
    """What `making.ask` needs: those with words, each with the row that it was."""
    found = []
    for number, one in enumerate(form.forms):
        said = one.cleaned_data
        if said and said["label"].strip():
            pk = form.known[number] if number < len(form.known) else None
            found.append({"pk": pk, **{name: said[name] for name in QuestionForm.Meta.fields}})
    return found


class CopyForm(forms.Form):
    held_on = DayField(label=_("On which day?"))

    def clean_held_on(self):
        if self.cleaned_data["held_on"] < today():
            raise forms.ValidationError(_("This day lies behind us."))
        return self.cleaned_data["held_on"]
