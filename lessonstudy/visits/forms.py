"""What people type about class visits, one class a form."""

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.forms import ClockInput, DayField, NamesAreSeen
from core.time import today
from knowledgehub.choices import Vocabulary
from knowledgehub.models import Term
from lessonstudy.visits.choices import CoverKind, Direction, Manner
from lessonstudy.visits.models import CoverNeed, Feedback, Slot, Visit
from organisations.models import School
from organisations.rules import standing as at_work
from people.models import User


class Times:
    """Some times, a day with its hours each; what stands half filled is asked for, empty rows are nothing."""

    times = 3

    def add_times(self, times=None):
        """Fields for so many times."""
        self.times = times or self.times
        for n in range(self.times):
            self.fields[f"day_{n}"] = DayField(label=_("On which day?"), required=False)
            self.fields[f"day_{n}"].widget.attrs["min"] = today().isoformat()
            self.fields[f"starts_{n}"] = forms.TimeField(label=_("From"), widget=ClockInput, required=False)
            self.fields[f"ends_{n}"] = forms.TimeField(label=_("until"), widget=ClockInput, required=False)

    def clean(self):
        """All times as (day, from, until)."""
        said = super().clean() or self.cleaned_data
        said["slots"] = []
        for n in range(self.times if "day_0" in self.fields else 0):
            moment = [said.get(f"{name}_{n}") for name in ("day", "starts", "ends")]
            if all(moment):
                said["slots"].append(tuple(moment))
            elif any(moment) and not any(f"{name}_{n}" in self.errors for name in ("day", "starts", "ends")):
                self.add_error(f"day_{n}", _now("Give the day, from when and until when."))
        return said

    @property
    def rows(self):
        """The fields of each time, for the page."""
        return [[self[f"{name}_{n}"] for name in ("day", "starts", "ends")] for n in range(self.times)]

    @property
    def has_more_times(self):
        """Whether something stands in the rows after the first."""
        return any(bound.value() or bound.errors for row in self.rows[1:] for bound in row)


def colleagues(community, user):
    """Who takes part in this PLG besides herself."""
    seats = community.memberships.seated().filter(person__isnull=False).values("person")
    return User.objects.filter(pk__in=seats, is_active=True).exclude(pk=user.pk).order_by("sort_name", "pk")


class Written(forms.ModelForm):
    """A form whose row is written by an action."""

    def _post_clean(self):
        """The action writes the row."""


class OpenForm(NamesAreSeen, Times, Written):
    """What I want to learn, and with whom."""

    also_free = ("question",)
    other = forms.ModelChoiceField(
        User.objects.none(), label=_("With somebody in particular?"), required=False,
        empty_label=_("with anybody of this PLG"),
    )  # fmt: skip

    class Meta:
        model = Visit
        fields = ("direction", "manner", "question", "look_at", "subject", "level", "link")
        widgets = {
            "direction": forms.RadioSelect,
            "manner": forms.RadioSelect,
            "look_at": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    field_order = ("direction", "question", "look_at", "other", "manner", "link", "subject", "level")

    def __init__(self, *args, community, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = colleagues(community, user)
        self.fields["question"].help_text = _(
            "One question. For example: when do pupils begin to talk with each other?"
        )
        self.fields["question"].widget.attrs["dir"] = "auto"
        self.fields["look_at"].help_text = _("Where do you want eyes? No names of pupils.")
        self.fields["link"].help_text = _("Only with a film: where it stands. Who can open it is decided there.")
        self.fields["link"].assume_scheme = "https"
        self.fields["subject"].queryset = Term.objects.of(Vocabulary.SUBJECT)
        self.fields["level"].queryset = Term.objects.of(Vocabulary.LEVEL)
        for name in ("direction", "manner"):
            self.fields[name].choices = {"direction": Direction, "manner": Manner}[name].choices
        self.add_times()

    @property
    def deed(self):
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name[-2:] not in ("_0", "_1", "_2")}


class SwapForm(NamesAreSeen, Times, forms.Form):
    """We arranged it already: with whom, when, and the question."""

    also_free = ("question",)
    times = 1
    other = forms.ModelChoiceField(User.objects.none(), label=_("With whom?"), empty_label=_("Choose a colleague"))
    direction = forms.ChoiceField(
        label=_("Who looks?"), choices=[(Direction.GO, _("I look with my colleague")),
                                        (Direction.COME, _("my colleague looks with me"))],
        widget=forms.RadioSelect, initial=Direction.GO,
    )  # fmt: skip
    question = forms.CharField(label=_("What do you want to learn?"), max_length=300)

    def __init__(self, *args, community, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = colleagues(community, user)
        self.add_times()
        for name in ("day_0", "starts_0", "ends_0"):
            self.fields[name].required = True

    @property
    def deed(self):
        said = self.cleaned_data
        return {name: said[name] for name in ("other", "direction", "question")} | {"slot": said["slots"][0]}


class StepForm(NamesAreSeen, Times, forms.Form):
    """What a step asks for, verb by verb; and why, where a reason is needed."""

    because = forms.CharField(
        label=_("Because"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )

    def __init__(self, *args, visit, step, user, because, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit, self.verb = visit, step.verb
        if not because:
            del self.fields["because"]
        if build := getattr(self, f"_{step.verb}", None):
            build(user)
        if "because" in self.fields:
            self.order_fields([name for name in self.fields if name != "because"] + ["because"])

    def _offer(self, user):
        if self.visit.is_video:
            self.fields["link"] = forms.URLField(
                label=_("Link to the film"), max_length=500, assume_scheme="https", initial=self.visit.link,
                help_text=_("Who can open it is decided where it stands."),
            )  # fmt: skip
        else:
            self.add_times(3)

    def _accept(self, user):
        if not self.visit.is_video:
            self.fields["slot"] = SlotField(
                self.visit.slots.to_come(), label=_("When do you come?"), empty_label=None, widget=forms.RadioSelect
            )

    def _need_cover(self, user):
        slot, schools = self.visit.slot, School.objects.filter(pk__in=at_work(user).works_at).order_by("sort_name")
        self.fields["kind"] = forms.ChoiceField(
            label=_("Who looks after your class?"), choices=CoverKind.choices, widget=forms.RadioSelect
        )
        self.fields["school"] = forms.ModelChoiceField(schools, label=_("At which school?"), empty_label=None)
        self.fields["starts"] = forms.TimeField(label=_("Away from"), widget=ClockInput, initial=slot.starts)
        self.fields["ends"] = forms.TimeField(label=_("until"), widget=ClockInput, initial=slot.ends)
        self.fields["who"] = forms.CharField(
            label=CoverNeed._meta.get_field("who").verbose_name.capitalize(), max_length=80, required=False,
            help_text=_("If you know it already."),
        )  # fmt: skip
        if len(schools) == 1:
            self.fields["school"].widget = forms.HiddenInput()
            self.fields["school"].initial = schools[0].pk

    def _move(self, user):
        self.add_times(1)

    def _visit(self, user):
        if self.visit.is_video:
            self.fields["minutes"] = _minutes(_("How many minutes did you look?"), 30)

    def _discuss(self, user):
        self.fields["talked"] = _minutes(_("How many minutes did you talk?"), 20)

    @property
    def deed(self):
        """What the action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name[-2:] not in ("_0", "_1", "_2")}


class SlotField(forms.ModelChoiceField):
    def label_from_instance(self, slot: Slot):
        from core.templatetags import ui

        return f"{ui.long_day(slot.held_on)}, {slot.hours}"


def _minutes(label, initial):
    return forms.IntegerField(
        label=label, min_value=1, max_value=240, initial=initial, widget=forms.NumberInput({"inputmode": "numeric"})
    )


def say_form(part):
    """The form of one turn of the talk."""
    widgets = {
        name: forms.Textarea(attrs={"rows": 4, "dir": "auto"}) for name in part.fields if not name.endswith("_step")
    }

    class SayForm(NamesAreSeen, Written):
        also_free = ("first_step", "second_step")

        class Meta:
            model = Feedback
            fields = part.fields

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for name in part.required:
                self.fields[name].required = True
            if "facts" in self.fields:
                self.fields["facts"].help_text = _("What anybody could have seen: no judgement, no names of pupils.")
            if "first_step" in self.fields:
                self.fields["first_step"].help_text = _("You choose. Two things at most.")

    SayForm.Meta.widgets = widgets
    return SayForm
