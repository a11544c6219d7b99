"""What people type about a cycle, one class a form."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ClockInput, DayField, NamesAreSeen
from core.text import one_line
from knowledgehub.choices import Vocabulary
from knowledgehub.models import Resource, Term
from lessonstudy.choices import Halt, Role
from lessonstudy.models import CasePupil, Charter, Cycle, CycleMember, ResearchLesson, Source
from organisations.models import School
from people.models import User

CODE = re.compile(r"^[A-Z][0-9]?$")


class Written(forms.ModelForm):
    """A form whose row is written by an action."""

    def _post_clean(self):
        """The action writes the row, locked."""


def area(rows=3, **attrs):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"} | attrs)


class StartForm(NamesAreSeen, Written):
    """A cycle begins with a question and a team."""

    team = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who takes part?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    also_free = ("title",)

    class Meta:
        model = Cycle
        fields = ("template", "title", "question")
        widgets = {"template": forms.RadioSelect, "question": area(3)}

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = User.objects.filter(pk__in=[person.pk for person in colleagues])
        self.fields["team"].choices = [(person.pk, str(person)) for person in colleagues]
        self.fields["title"].help_text = _("Short, for example: Fractions with strips")
        self.fields["question"].help_text = _("What do you want to see pupils learn? You can put it in words later.")

    def clean_title(self):
        return one_line(self.cleaned_data["title"])


class GoalForm(NamesAreSeen, Written):
    """What it is about."""

    also_free = ("title",)

    class Meta:
        model = Cycle
        fields = (
            "title", "pupil_goal", "question", "own_practice", "theme", "subject", "level", "rounds", "order",
        )  # fmt: skip
        widgets = {"pupil_goal": area(2), "question": area(2), "order": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].queryset = Term.objects.of(Vocabulary.SUBJECT)
        self.fields["level"].queryset = Term.objects.of(Vocabulary.LEVEL)
        self.fields["rounds"].widget.attrs |= {"min": 1, "max": 4, "inputmode": "numeric"}
        self.fields["rounds"].min_value, self.fields["rounds"].max_value = 1, 4
        if not self.instance.has_lessons:
            for name in ("rounds", "order"):
                del self.fields[name]

    def clean_title(self):
        return one_line(self.cleaned_data["title"])

    def clean_rounds(self):
        rounds = self.cleaned_data["rounds"]
        if not 1 <= rounds <= 4:
            raise forms.ValidationError(_("Between one and four times."))
        return rounds


class BecauseForm(NamesAreSeen, forms.Form):
    """Why: of a step that passes something over or goes back, of a pause, of an end."""

    because = forms.CharField(label=_("Because"), max_length=300, widget=area(2))

    def __init__(self, *args, asked=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].required = asked

    def clean_because(self):
        return one_line(self.cleaned_data["because"])


class HaltForm(BecauseForm):
    """Pause it, or stop it altogether."""

    halt = forms.ChoiceField(
        label=_("What do you want?"), choices=[(Halt.PAUSED, _("Pause it")), (Halt.STOPPED, _("Stop it"))],
        widget=forms.RadioSelect, initial=Halt.PAUSED,
    )  # fmt: skip
    field_order = ("halt", "because")


class CharterForm(NamesAreSeen, Written):
    """What the team agrees."""

    class Meta:
        model = Charter
        fields = ("text",)
        widgets = {"text": area(9)}


class SourceForm(NamesAreSeen, Written):
    """What the team read."""

    resource = forms.ModelChoiceField(Resource.objects.none(), label=_("From the KennisHub"), required=False)

    class Meta:
        model = Source
        fields = ("reference", "link", "takes", "resource")
        widgets = {"takes": area(3)}

    field_order = ("resource", "reference", "link", "takes")

    def __init__(self, *args, at_hand=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reference"].required = False
        self.fields["link"].assume_scheme = "https"
        ids = [row.pk for row in at_hand]
        self.fields["resource"].queryset = Resource.objects.filter(pk__in=ids)
        self.fields["resource"].choices = [("", _("something else")), *((row.pk, row.title) for row in at_hand)]
        if not ids:
            del self.fields["resource"]
        self.fields["reference"].help_text = _("A book, an article, a talk with somebody.")

    def clean(self):
        said = super().clean()
        if not said.get("resource") and not said.get("reference"):
            self.add_error("reference", _("Write what you read, or choose something from the KennisHub."))
        return said


class PupilForm(NamesAreSeen, Written):
    """A case pupil: a code, never a name."""

    class Meta:
        model = CasePupil
        fields = ("code", "stands_for", "start", "target", "reserve_for")
        widgets = {"start": area(2), "target": area(2)}

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"size": 3, "autocapitalize": "characters", "autocomplete": "off"}
        self.fields["code"].help_text = _("One letter, if need be with a figure. Never a name or initials.")
        self.fields["reserve_for"].queryset = others
        self.fields["reserve_for"].label = _("In reserve for")
        self.fields["reserve_for"].empty_label = _("nobody")
        if not others:
            del self.fields["reserve_for"]

    def clean_code(self):
        code = self.cleaned_data["code"].strip().upper()
        if not CODE.match(code):
            raise forms.ValidationError(_("One capital, such as A, or a capital and a figure, such as B2."))
        return code


class LessonForm(Written):
    """When the lesson is given, by whom, and what must be arranged for it."""

    held_on = DayField(label=_("Day"))

    class Meta:
        model = ResearchLesson
        fields = (
            "held_on", "starts", "ends", "school", "class_label", "teacher", "chair", "recorder", "cover", "is_filmed",
            "parents_informed_on",
        )  # fmt: skip
        widgets = {"starts": ClockInput(), "ends": ClockInput(), "cover": forms.RadioSelect}

    parents_informed_on = DayField(label=_("Parents informed on"), required=False)

    def __init__(self, *args, team, schools, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(pk__in=[person.pk for person in team])
        for name in ("teacher", "chair", "recorder"):
            self.fields[name].queryset = people
            self.fields[name].choices = [("", _("not chosen yet")), *((person.pk, str(person)) for person in team)]
        self.fields["school"].queryset = School.objects.filter(pk__in=schools)
        self.fields["class_label"].help_text = _("For example: group 6. It does not go into the outcome.")


class AddMemberForm(forms.Form):
    """Who else takes part."""

    people = forms.ModelMultipleChoiceField(User.objects.none(), label=_("Who?"), widget=forms.CheckboxSelectMultiple)
    role = forms.ChoiceField(label=_("As what?"), choices=[each for each in Role.choices if each[0] != Role.GUIDE])

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = User.objects.filter(pk__in=[person.pk for person in colleagues])
        self.fields["people"].choices = [(person.pk, str(person)) for person in colleagues]
        self.fields["role"].initial = Role.TEACHER


class RoleForm(Written):
    """Another role."""

    class Meta:
        model = CycleMember
        fields = ("role", "is_deputy")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.role != Role.GUIDE:
            self.fields["role"].choices = [each for each in Role.choices if each[0] != Role.GUIDE]


class TextForm(NamesAreSeen, forms.Form):
    """What stands under one heading."""

    text = forms.CharField(required=False, max_length=20_000, strip=False, widget=area(7))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
