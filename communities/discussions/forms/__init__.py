"""What people type in discussions, one class a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.discussions.choices import Level, ReactionKind, TopicKind
from communities.discussions.models import Topic
from communities.discussions.writing import LONGEST
from communities.models import Community
from core.files.intake import take_file
from core.forms import NamesAreSeen
from core.refusals import Refused
from core.text import one_line
from organisations.models import Network

MOST_FILES = 5
TOO_LONG = _("This is %(show_value)d characters long; a post has %(limit_value)d at most. Nothing is lost: split it.")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some uploaded files as `core.files.intake` lets them in, or the sentence why not."""

    widget = FilesInput

    def clean(self, data, initial=None):
        uploads = [upload for upload in (data or []) if upload]
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("At most five files with one post."))
        try:
            return [take_file(upload) for upload in uploads]
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None


def text_field(**more):
    """What somebody writes, in Markdown."""
    return forms.CharField(
        label=_("Your text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "class": "form-control"}),
        error_messages={"max_length": TOO_LONG, "required": _("Write something first.")},
        **more,
    )


def files_field():
    return FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Pictures, PDF or documents, at most five. No pupils who can be recognised."),
    )


class TitleMixin:
    def clean_title(self):
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_("Give it a title."))
        return title


class TopicForm(TitleMixin, NamesAreSeen, forms.Form):
    """A new topic."""

    also_free = ("title",)
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=TopicKind, initial="conversation", widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Title"), max_length=140)
    text = text_field()
    is_case = forms.BooleanField(
        label=_("This is a case"),
        required=False,
        help_text=_("About one pupil or colleague, without names. Mail then says only: a case."),
    )
    files = files_field()

    def __init__(self, *args, may_announce, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_announce:
            choices = [choice for choice in TopicKind.choices if choice[0] != TopicKind.ANNOUNCEMENT]
            self.fields["kind"].choices = choices


class EditTopicForm(TitleMixin, forms.ModelForm):
    class Meta:
        model = Topic
        fields = ("title", "kind", "is_case")
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args, may_announce, **kwargs):
        super().__init__(*args, **kwargs)
        without = set() if may_announce else {TopicKind.ANNOUNCEMENT} - {self.instance.kind}
        self.fields["kind"].choices = [choice for choice in TopicKind.choices if choice[0] not in without]
        if self.instance.is_for_network:
            del self.fields["is_case"], self.fields["kind"]

    def _post_clean(self):
        """The action writes the row, locked."""


class ReplyForm(NamesAreSeen, forms.Form):
    text = text_field()
    files = files_field()


#: An answer of which nothing was written yet: it looks the same for everybody.
BLANK_REPLY = ReplyForm()


class EditPostForm(NamesAreSeen, forms.Form):
    text = text_field()
    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)  # which text she began with


class AskNetworkForm(TitleMixin, NamesAreSeen, forms.Form):
    """A question without names."""

    also_free = ("title",)
    network = forms.ModelChoiceField(label=_("To which network?"), queryset=Network.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Your question in one line"), max_length=140)
    text = text_field()

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = networks
        self.fields["network"].initial = networks.first()


class LevelForm(forms.Form):
    level = forms.ChoiceField(choices=Level)


class ReactionForm(forms.Form):
    kind = forms.ChoiceField(choices=ReactionKind)


class ReadForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=2_000_000_000)


class DraftForm(forms.Form):
    """What is being typed, as it is; only its length is looked at."""

    title = forms.CharField(max_length=140, required=False, strip=False)
    text = forms.CharField(max_length=LONGEST, required=False, strip=False, error_messages={"max_length": TOO_LONG})


class MoveForm(forms.Form):
    community = forms.ModelChoiceField(label=_("To which PLG?"), queryset=Community.objects.none(), empty_label=None)

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities


class ReportForm(NamesAreSeen, forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
