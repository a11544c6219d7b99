"""Forms of the logbook: an entry with its prompts and photos, with whom it is shared, what goes on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activity import references
from communities.models import Community, LogbookEntry
from communities.models.logbook import MOST_PHOTOS, TEXTS
from core.files.intake import take_image
from core.forms import NamesAreSeen
from core.refusals import Refused
from core.text import one_line
from core.time import today
from organisations.forms import DayField


class ManyPhotos(forms.FileInput):
    """Several photos at once; on a phone the camera is one of the choices."""

    allow_multiple_selected = True

    def __init__(self):
        super().__init__(attrs={"accept": "image/*", "multiple": True})

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class PhotosField(forms.Field):
    """Pictures that passed the intake; each that did not says which and why."""

    widget = ManyPhotos

    def clean(self, uploads):
        """The new pictures. A ValidationError names those that cannot be kept."""
        pictures, refused = [], []
        for upload in (uploads or [])[: MOST_PHOTOS + 1]:
            try:
                pictures.append(take_image(upload))
            except Refused as refusal:
                refused.append(f"{one_line(upload.name)[:60]}: {refusal.sentence}")
        if refused:
            raise forms.ValidationError(refused)
        return pictures


class PLGField(forms.ModelChoiceField):
    def label_from_instance(self, community):
        return community.name


class EntryForm(NamesAreSeen, forms.ModelForm):
    """An entry: the day, four boxes of which one is enough, photos, and what it is about."""

    happened_on = DayField(label=_("When was it?"))
    community = PLGField(
        Community.objects.none(), label=_("Does it belong to a PLG?"), required=False, empty_label=_("To no PLG")
    )
    about = forms.ChoiceField(label=_("Is it about something?"), required=False)
    photos = PhotosField(
        label=_("Photos"),
        required=False,
        help_text=_("Of work or material. No faces and no names. We remove where and when they were taken."),
    )

    class Meta:
        model = LogbookEntry
        fields = ["happened_on", *TEXTS, "community"]
        widgets = {name: forms.Textarea({"rows": 3}) for name in TEXTS}
        help_texts = {
            "tried": _("What did you do differently? In which lesson?"),
            "saw": _("What did they say, do or make? No names."),
            "changes": _("What do you keep, what do you leave out?"),
        }

    def __init__(self, *args, user, communities, of_plg=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, entry = user, self.instance
        self.fields["happened_on"].widget.attrs["max"] = today().isoformat()
        if not entry.pk:
            self.initial.setdefault("happened_on", today())
        self.stored = list(entry.photos.all()) if entry.pk else []
        self._room_for_photos()
        self._choose_plg(communities, fixed=of_plg is not None or entry.is_shared)
        self._choose_about(entry)

    def _room_for_photos(self):
        """A line for each photo that hangs there: what is on it, and whether it goes."""
        for photo in self.stored:
            self.fields[f"photo-{photo.pk}"] = forms.CharField(
                label=_("What is on it?"),
                max_length=140,
                required=False,
                initial=photo.description,
                help_text=_("For who cannot see the photo."),
            )
            self.fields[f"gone-{photo.pk}"] = forms.BooleanField(label=_("Take the photo away"), required=False)

    def _choose_plg(self, communities, fixed):
        if fixed:
            del self.fields["community"]
            return
        ids = {community.pk for community in communities} | {self.instance.community_id}
        self.fields["community"].queryset = Community.objects.filter(pk__in=ids - {None}).order_by("name")
        if not ids - {None}:
            del self.fields["community"]

    def _choose_about(self, entry):
        stands = references.of([entry], self.user).get(entry.pk, []) if entry.pk else []
        also = [*stands, *filter(None, [self._as_reference(self.initial.get("about"))])]
        groups = references.choices(self.user, also)
        if stands:
            self.initial["about"] = stands[0].key
        if groups:
            self.fields["about"].choices = [("", _("No")), *groups]
        else:
            del self.fields["about"]

    def _as_reference(self, key):
        row = references.pick(self.user, key) if key else None
        if row is None:
            return None
        return references.as_reference(row)

    @property
    def hung(self):
        """The photos that hang there, each with its two fields."""
        return [(photo, self[f"photo-{photo.pk}"], self[f"gone-{photo.pk}"]) for photo in self.stored]

    def clean_about(self):
        """The thing itself. Whoever may not see it any more finds that it is no choice."""
        return references.pick(self.user, self.cleaned_data["about"])

    def clean(self):
        if not self.errors and not any(self.cleaned_data[name].strip() for name in TEXTS):
            self.add_error(None, _("Write something in one of the boxes. One sentence is enough."))
        return self.cleaned_data

    def _post_clean(self):
        """The deed changes the row; the form only reads."""

    @property
    def deed(self):
        """What the actions take."""
        data = self.cleaned_data
        found = {name: data.get(name) for name in ("happened_on", "community", "about")}
        return found | {"words": {name: data[name] for name in TEXTS}, "photos": data["photos"]}

    @property
    def change(self):
        """What the action that changes an entry takes besides."""
        data = self.cleaned_data
        return self.deed | {
            "gone": [photo.pk for photo in self.stored if data[f"gone-{photo.pk}"]],
            "descriptions": {photo.pk: one_line(data[f"photo-{photo.pk}"]) for photo in self.stored},
        }


class WithReadersField(PLGField):
    """A PLG and how many others would read it: who shares sees with how many."""

    def label_from_instance(self, community):
        others = ngettext("%(n)d other member reads it", "%(n)d other members read it", community.others)
        return f"{community.name} · {others % {'n': community.others}}"


class ShareForm(forms.Form):
    """With which PLG?"""

    community = WithReadersField(
        Community.objects.none(), label=_("With which PLG?"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, communities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities


class PaperForm(forms.Form):
    """Which part of the logbook goes on paper."""

    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Up to and including"), required=False)

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day comes before the first."))
        return self.cleaned_data
