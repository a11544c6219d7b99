"""What people type in questions to a network, and with a film."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.discussions.forms import TitleMixin, text_field
from core.links import address
from core.refusals import Refused
from core.text import tags_of
from knowledgehub.questions import films
from organisations.models import Network

MOST_TAGS, LONGEST_TAG = 6, 40


class QuestionForm(TitleMixin, forms.Form):
    """A question, by name."""

    network = forms.ModelChoiceField(label=_("To which network?"), queryset=Network.objects.none(), empty_label=None)
    title = forms.CharField(label=_("Your question in one line"), max_length=140)
    text = text_field()
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=200, help_text=_("With commas between them: fractions, group 5")
    )

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        if networks is None:
            del self.fields["network"]
            return
        self.fields["title"].widget.attrs |= {
            "data-hx-get": address("questions:similar"),
            "data-hx-trigger": "input changed delay:400ms",
            "data-hx-target": "#similar",
            "data-hx-swap": "innerHTML",
            "autocomplete": "off",
        }
        self.fields["network"].queryset = networks
        self.fields["network"].initial = networks.first()

    def clean_tags(self):
        """At most six, none too long."""
        tags = tags_of(self.cleaned_data["tags"])
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError(_("At most six tags."))
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(_("A tag is one or two words."))
        return tags


class AnswerForm(forms.Form):
    text = text_field()


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ChaptersForm(forms.Form):
    """The chapters of a film, one a line."""

    chapters = forms.CharField(
        label=_("Chapters"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto", "placeholder": "0:00 Welkom\n4:05 Stroken vouwen"}),
        help_text=_("One a line, the moment first: 4:05 Folding strips"),
    )

    def clean_chapters(self):
        try:
            films.read_lines(self.cleaned_data["chapters"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from None
        return self.cleaned_data["chapters"]


class MomentForm(forms.Form):
    at = forms.CharField(label=_("At which moment?"), max_length=9, help_text=_("Minutes and seconds: 4:05"))
    text = forms.CharField(
        label=_("Your question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def clean_at(self):
        seconds = films.seconds_of(self.cleaned_data["at"])
        if seconds is None:
            raise forms.ValidationError(_("Write minutes and seconds, such as 4:05."))
        return seconds


class MomentAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
