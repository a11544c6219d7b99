"""Forms of home tasks: what is asked, what was made of it, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choices import Role
from communities.models import HandIn, HomeTask, Membership
from core.forms import DayField, FileField, NamesAreSeen
from core.text import one_line


class ExpertsField(forms.ModelMultipleChoiceField):
    """Guests of the PLG, by name and expertise."""

    def label_from_instance(self, membership):
        parts = [membership.called, membership.expertise]
        return " · ".join(part for part in parts if part)


class HomeTaskForm(NamesAreSeen, forms.ModelForm):
    """What members do before the next meeting."""

    due_on = DayField(label=_("Hand in before"))
    experts = ExpertsField(
        Membership.objects.none(),
        label=_("Guests who read and answer along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    on_agenda = forms.BooleanField(
        label=_("Put it on the agenda of the first meeting after that"), required=False, initial=True
    )

    class Meta:
        model = HomeTask
        fields = ["title", "text", "due_on", "experts"]
        widgets = {"text": forms.Textarea({"rows": 6})}
        labels = {"title": _("What is it called?"), "text": _("What do people do?")}
        help_texts = {"text": _("Keep it small: one lesson, one talk, one thing to look at.")}

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        guests = community.memberships.active().filter(role=Role.GUEST).exclude(person=None)
        self.fields["experts"].queryset = guests.select_related("person").order_by("person__sort_name")
        if not guests:
            del self.fields["experts"]
        if self.instance.pk:
            del self.fields["on_agenda"]
        self.order_fields(["title", "text", "due_on", "experts", "on_agenda"])

    def clean_title(self):
        return one_line(self.cleaned_data["title"])

    def _post_clean(self):
        """The deed changes the row; the form only reads."""

    @property
    def deed(self):
        """What the actions take."""
        return self.cleaned_data | {"experts": self.cleaned_data.get("experts", ())}


class HandInForm(NamesAreSeen, forms.ModelForm):
    """What somebody made of it, tied to her own learning question."""

    file = FileField(
        label=_("A file or picture"),
        required=False,
        help_text=_("A picture, PDF or document, at most 20 MB."),
    )
    remove_file = forms.BooleanField(label=_("Take the file away"), required=False)

    class Meta:
        model = HandIn
        fields = ["question", "text"]
        widgets = {"question": forms.Textarea({"rows": 2}), "text": forms.Textarea({"rows": 7})}
        help_texts = {"question": _("What do you want to find out at your own school?")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.file:
            del self.fields["remove_file"]

    def clean_question(self):
        return one_line(self.cleaned_data["question"])

    def _post_clean(self):
        """The deed changes the row; the form only reads."""

    @property
    def deed(self):
        """What the action takes."""
        found = {name: self.cleaned_data[name] for name in ("question", "text")}
        return found | {"taken": self.cleaned_data["file"], "remove_file": self.cleaned_data.get("remove_file", False)}


class AnswerHandInForm(NamesAreSeen, forms.Form):
    """Feedback: what you read, a question back, a tip."""

    answer = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea({"rows": 4}))
