import re
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.meetings import minutes as reading
from core.forms import NamesAreSeen

KEY = re.compile(r"^[a-z0-9-]{1,40}$")


class MinutesForm(NamesAreSeen, forms.Form):
    """All sections of minutes at once, each with the mark of what its writer had before her, and room for a new one."""

    def __init__(self, data=None, *, sections, **kwargs):
        super().__init__(data, **kwargs)
        self.stored = {section["key"]: section for section in sections}
        self.theirs = {}
        keys = self._posted_keys() if data is not None else [*self.stored, f"own-{uuid4().hex[:8]}"]
        self.keys = keys[: reading.MOST_SECTIONS + 1]
        for key in self.keys:
            section = self.stored.get(key, {"key": key, "kind": "step", "title": "", "text": ""})
            named = section["kind"] != "step"
            self.fields[f"title-{key}"] = forms.CharField(
                label=_("Title"),
                max_length=reading.LONGEST_TITLE,
                required=False,
                initial=section["title"],
                widget=forms.HiddenInput() if named else forms.TextInput(),
            )
            self.fields[f"text-{key}"] = forms.CharField(
                label=reading.label(section) if named or section["title"] else _now("Something more"),
                max_length=reading.LONGEST_TEXT,
                required=False,
                initial=section["text"],
                strip=True,
                widget=forms.Textarea(attrs={"rows": min(12, max(3, section["text"].count("\n") + 2))}),
            )
        self.mark_free()

    def _posted_keys(self):
        return [key for key in dict.fromkeys(self.data.getlist("key")) if KEY.match(key)]

    @property
    def typed(self):
        """What came back, section by section."""
        return [
            reading.Typed(
                key=key,
                base=self.data.get(f"base-{key}", ""),
                title=" ".join(self.cleaned_data[f"title-{key}"].split()),
                text=self.cleaned_data[f"text-{key}"].replace("\r\n", "\n").strip(),
            )
            for key in self.keys
        ]

    @property
    def parts(self):
        """The sections as the page shows them: their fields, their mark, and what somebody else wrote meanwhile."""
        for key in self.keys:
            stored, theirs = self.stored.get(key), self.theirs.get(key)
            base = reading.mark(stored) if stored else ""
            if self.is_bound and not theirs:
                base = self.data.get(f"base-{key}", "")
            yield {
                "key": key,
                "base": "" if theirs and theirs.get("is_gone") else base,
                "title": self[f"title-{key}"],
                "text": self[f"text-{key}"],
                "named": bool(stored and stored["kind"] != "step"),
                "is_new": stored is None,
                "theirs": theirs,
            }


class CorrectForm(MinutesForm):
    """The same for minutes that were proposed already: it says what was corrected."""

    because = forms.CharField(label=_("What did you correct?"), max_length=200)
