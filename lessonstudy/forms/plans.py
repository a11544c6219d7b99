"""The forms of a lesson plan for who has no script, and remarks."""

from django import forms

from core.forms import NamesAreSeen
from lessonstudy import documents
from lessonstudy.models import Comment

LONGEST = 4000  # letters of one field; the page stops there too


class StageForm(forms.Form):
    """All fields of one stage; `at` is the change up to which its writer saw the plan."""

    uid = forms.UUIDField()
    at = forms.IntegerField(min_value=0, required=False)
    minutes = forms.IntegerField(min_value=0, max_value=documents.MOST_MINUTES, required=False)

    def __init__(self, *args, pupils, **kwargs):
        super().__init__(*args, **kwargs)
        for name in documents.FIELDS:
            most = documents.LONGEST_TITLE if name == "title" else LONGEST
            self.fields[name] = forms.CharField(required=False, max_length=most, strip=False)
        for pupil in pupils:
            for name in documents.OF_PUPIL:
                self.fields[f"{pupil.pk}/{name}"] = forms.CharField(required=False, max_length=LONGEST, strip=False)

    @property
    def texts(self):
        """{field or "pupil/field": text} of what came along."""
        facts = ("uid", "at", "minutes")
        return {name: text for name, text in self.cleaned_data.items() if name not in facts and name in self.data}

    @property
    def free_text(self):
        """What is looked through for names of pupils."""
        return "\n".join(self.texts.values())

    @property
    def typed(self):
        """What was typed, for who must copy it because the plan takes nothing any more."""
        texts = (self.data.get(name, "") for name in self.fields if name not in ("uid", "at", "minutes"))
        return "\n\n".join(text for text in texts if text.strip())


class CommentForm(NamesAreSeen, forms.ModelForm):
    """A remark on a stage, or on the plan."""

    class Meta:
        model = Comment
        fields = ("text", "stage_uid")

    def clean_stage_uid(self):
        """A stage by its name."""
        return self.cleaned_data["stage_uid"] or None

    def _post_clean(self):
        """It only reads; the action writes."""
