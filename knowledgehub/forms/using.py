"""What people type when they use a resource, one class a form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choices import Theme
from core.forms import DayField
from core.text import one_line
from core.time import today
from knowledgehub.choices import Again, Band, Vocabulary
from knowledgehub.models import Collection, CollectionItem, Experience, Term


class ExperienceForm(forms.ModelForm):
    """How it went: told in under a minute."""

    used_on = DayField(label=_("When?"))

    class Meta:
        model = Experience
        fields = ("again", "used_on", "level", "band", "minutes", "is_adapted", "changed", "pupils_did")
        widgets = {
            "again": forms.RadioSelect,
            "band": forms.RadioSelect,
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric"}),
            # the blank lets the style sheet know whether something stands in it
            "changed": forms.Textarea(attrs={"rows": 3, "dir": "auto", "placeholder": " "}),
            "pupils_did": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].widget.attrs |= {"list": "levels", "autocomplete": "off"}
        self.fields["again"].choices = Again.choices
        bands = ((each, each.replace("-", "–")) for each in Band.values)
        self.fields["band"].choices = [*bands, ("", _("not counted"))]
        self.fields["used_on"].widget.attrs["max"] = today().isoformat()
        self.fields["pupils_did"].help_text = _("One sentence is enough. No names of pupils.")

    @property
    def levels(self):
        """What the box of the group suggests; anything else may be typed as well: "5/6"."""
        return Term.objects.of(Vocabulary.LEVEL).values_list("label", flat=True)

    def clean_level(self):
        return one_line(self.cleaned_data["level"])

    def clean(self):
        """Whoever says what she changed, changed something."""
        said = super().clean()
        if said.get("changed", "").strip():
            said["is_adapted"] = True
        return said

    def _post_clean(self):
        """The action writes the row, locked."""


class TakeForm(forms.Form):
    """Where to take a resource: an agenda or a new conversation of a PLG of hers."""

    where = forms.ChoiceField(label=_("Where will you talk about it?"))
    note = forms.CharField(
        label=_("A word with it"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["where"].choices = groups


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=Theme.choices)


class CollectionForm(forms.ModelForm):
    """A collection: its name and what it is for. Whose it is, is said when it begins."""

    class Meta:
        model = Collection
        fields = ("name", "said", "is_public")
        widgets = {"said": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def __init__(self, *args, owners=None, **kwargs):
        super().__init__(*args, **kwargs)
        if owners and len(owners) > 1:
            self.fields["of"] = forms.ChoiceField(label=_("Whose is it?"), choices=owners, initial=owners[0][0])
            self.order_fields(["name", "of", "said", "is_public"])

    def clean_name(self):
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Give it a name."))
        return name

    def _post_clean(self):
        """The action writes the row."""


class NoteForm(forms.ModelForm):
    class Meta:
        model = CollectionItem
        fields = ("note",)

    def clean_note(self):
        return one_line(self.cleaned_data["note"])

    def _post_clean(self):
        """The action writes the row."""


class LayInForm(forms.Form):
    """Into which of her collections a resource goes, or into a new one."""

    collection = forms.ChoiceField(label=_("Into which collection?"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Or a new one of your own"), required=False, max_length=120)
    note = forms.CharField(label=_("Why is it there?"), required=False, max_length=300)

    def __init__(self, *args, collections, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["collection"].choices = [(str(each.pk), each.name) for each in collections]
        if not collections:
            del self.fields["collection"]
            self.fields["name"].label = _("Name of your new collection")

    def clean(self):
        """One of the two is chosen."""
        said = super().clean()
        said["name"] = one_line(said.get("name", ""))
        if not said["name"] and not said.get("collection"):
            self.add_error("name", _("Choose a collection, or give a new one a name."))
        return said


class BringForm(forms.Form):
    """What goes along to the KennisHub: everything can be changed before it does."""

    title = forms.CharField(label=_("Title"), max_length=140)
    text = forms.CharField(
        label=_("This is copied"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"})
    )
    checked = forms.BooleanField(
        label=_("I have read it: nobody can be recognised in it"),
        error_messages={"required": _("Read it through first, and tick this.")},
    )

    def clean_title(self):
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_("Give it a title."))
        return title
