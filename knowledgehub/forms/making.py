"""What somebody says of what she made. The forms only read; the deeds write."""

from django import forms
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from communities.choices import Theme
from communities.rules import standing
from core.text import one_line, tags_of, text_of
from knowledgehub import elsewhere, guessing, licences, reach
from knowledgehub.choices import LICENCES, Audience, Kind, Origin, Pupils, Vocabulary
from knowledgehub.models import MOST_FILES, MOST_STEPS, Author, Term
from people.models import User

MOST_TAGS, LONGEST_TAG, MOST_MAKERS = 12, 40, 20
EMPTY_STEPS, MOST_TERMS = 3, 24
LANGUAGES = [
    ("nl", _("Dutch")), ("en", _("English")), ("fy", _("Frisian")), ("de", _("German")), ("fr", _("French")),
    ("pap", _("Papiamento")), ("zxx", _("without words")),
]  # fmt: skip


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some uploaded files, as they came: the deed looks at each."""

    widget = FilesInput

    def clean(self, data, initial=None):
        """A list, which may be empty."""
        uploads = [upload for upload in (data or []) if upload]
        if self.required and not uploads:
            raise forms.ValidationError(_("Choose a file first."))
        if len(uploads) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)d files."), params={"most": MOST_FILES})
        return uploads


class WithTitle(forms.Form):
    title = forms.CharField(label=_("What do you call it?"), max_length=140)

    def clean_title(self):
        """On one line, and not only of invisible letters."""
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_("Give it a name that colleagues recognise."))
        return title


class AddForm(WithTitle):
    """The least of what is needed: a name, and a file or a link. Without a name, the first file or the link has one."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("What do you call it?"),
        max_length=140,
        help_text=_("Leave it empty, and we take the name of your file or link."),
    )

    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Documents, PDF, pictures, films, sound or ZIP. Up to 2 GB each."),
    )
    link = forms.URLField(
        label=_("Or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("We ask the page what it is called. You can change that."),
    )


class FilesForm(forms.Form):
    files = FilesField(label=_("Add files"))


class ObjectivesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, term):
        """With the number by which teachers know it: "28 · Getallen en hoeveelheden"."""
        return f"{term.prefix} · {term.label}" if term.prefix else term.label


class ConfirmForm(WithTitle):
    """Everything on one screen: filled in as well as we could, confirmed by who knows.

    What others must know is asked when it is published; to keep it for later, a name and a maker are enough.
    """

    use_required_attribute = False

    summary = forms.CharField(
        label=_("In short"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("What can a colleague do with it? Two sentences are enough."),
    )
    kind = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    levels = forms.ModelMultipleChoiceField(
        Term.objects.none(), label=_("For whom?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    subjects = forms.ModelMultipleChoiceField(
        Term.objects.none(), label=_("Subjects"), required=False, widget=forms.CheckboxSelectMultiple
    )
    objectives = ObjectivesField(
        Term.objects.none(), label=_("Core objectives"), required=False, widget=forms.CheckboxSelectMultiple
    )
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    makers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who made it?"), widget=forms.CheckboxSelectMultiple
    )
    joining = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who made this version too?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("We ask them first. Nobody reads their names before they said yes."),
    )
    others = forms.CharField(
        label=_("Makers without an account"),
        required=False,
        max_length=400,
        help_text=_("Names with commas between them."),
    )
    shown = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Who of them can be seen in it, or is named in it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("We publish only after they said yes themselves."),
    )
    door = forms.ChoiceField(label=_("Who sees it, once it is published?"), widget=forms.RadioSelect)
    licence = forms.ChoiceField(label=_("What may others do with it?"), widget=forms.RadioSelect)
    origin = forms.ChoiceField(label=_("Did you make it yourselves?"), choices=Origin, widget=forms.RadioSelect)
    origin_says = forms.CharField(label=_("Of whom, and under which licence?"), max_length=300, required=False)
    pupils = forms.ChoiceField(label=_("Are there pupils in it?"), choices=Pupils, widget=forms.RadioSelect)
    lesson_minutes = forms.IntegerField(label=_("Lesson, minutes"), required=False, min_value=1, max_value=600)
    prep_minutes = forms.IntegerField(label=_("Preparation, minutes"), required=False, min_value=1, max_value=600)
    needs = forms.CharField(label=_("What do you need?"), max_length=300, required=False)
    text = forms.CharField(
        label=_("More about it"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 6, "dir": "auto"})
    )
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")
    tags = forms.CharField(
        label=_("Words of your own"), required=False, max_length=500, help_text=_("With commas between them.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    change = forms.CharField(label=_("What is new in it?"), max_length=300, required=False)

    def __init__(self, *args, version, user, **kwargs):
        self.version, self.user, resource = version, user, version.resource
        self.scopes = reach.scopes_of(user)
        named = Author.everyone.filter(resource=resource, person__isnull=False).values("person")
        self.people = User.objects.filter(pk__in=_colleagues(resource, user)).order_by(
            Case(When(pk__in=named, then=0), default=1), "name", "pk"
        )
        super().__init__(*args, initial=self._known() | kwargs.pop("initial", {}), **kwargs)
        fields = self.fields
        if self.is_bound and "publish" not in self.data:
            for name in ("kind", "origin", "pupils", "licence"):
                fields[name].required = False
        fields["kind"].choices = [(value, label) for value, label in Kind.choices]
        fields["theme"].choices = [("", _("no theme")), *Theme.choices]
        fields["levels"].queryset = _choosable(Vocabulary.LEVEL, self._terms(Vocabulary.LEVEL))
        fields["subjects"].queryset = _choosable(Vocabulary.SUBJECT, self._terms(Vocabulary.SUBJECT))
        fields["objectives"].queryset = self._objectives()
        fields["makers"].queryset = fields["shown"].queryset = self.people
        fields["joining"].queryset = self.people.exclude(pk__in=resource.authors.exclude(person=None).values("person"))
        fields["makers"].label_from_instance = fields["shown"].label_from_instance = str
        codes = licences.of_adaptations(resource.adapted_licence) if resource.adapted_licence else LICENCES
        fields["licence"].choices = [(code, f"{LICENCES[code].label}. {LICENCES[code].says}") for code in codes]
        fields["door"].choices = [(scope.door, _with_reach(scope)) for scope in self.scopes]
        if resource.current_id:
            # Who sees it is changed on a page of its own, which says what that means. Its makers stay, and others can
            # join them: nobody is named with what is published before she agreed.
            for name in ("door", "makers", "others", "shown"):
                del fields[name]
            fields["joining"].label_from_instance = str
            fields["licence"].help_text = licences.said_of_older(resource)
        else:
            del fields["change"], fields["joining"]

    def _known(self):
        """What stands in it, and what we guess of what she has not said yet."""
        version, resource = self.version, self.version.resource
        of_version = (
            "title",
            "summary",
            "needs",
            "text",
            "link",
            "lesson_minutes",
            "prep_minutes",
            "licence",
            "change",
        )
        of_resource = ("kind", "theme", "origin", "origin_says", "pupils", "language")
        authors = list(resource.authors.select_related("person"))
        later = version.about or {}
        self.terms = list(Term.objects.filter(pk__in=later["terms"]) if "terms" in later else resource.terms.all())
        makers = [each.person for each in authors if each.person]
        if not resource.origin:  # never confirmed
            self.terms = self.terms or guessing.terms_of(version, self.user)
            makers += [each for each in guessing.makers_of(version, self.people) if each not in makers]
        known = {name: getattr(version, name) for name in of_version}
        if not resource.origin:
            known |= _of_page(version)
        return {
            **known,
            **{name: later.get(name, getattr(resource, name)) for name in of_resource},
            "makers": [each.pk for each in makers],
            "others": ", ".join(each.name for each in authors if not each.person and each.name),
            "shown": [each.person_id for each in authors if each.is_shown],
            "joining": list(Author.everyone.filter(resource=resource, is_named=False).values_list("person", flat=True)),
            "objectives": self._terms(Vocabulary.OBJECTIVE),
            "levels": self._terms(Vocabulary.LEVEL),
            "subjects": self._terms(Vocabulary.SUBJECT),
            "tags": ", ".join(later["tags"]) if "tags" in later else text_of(resource.tags.all()),
            "door": reach.scope_of(resource).door,
        }

    def _terms(self, vocabulary):
        return [term.pk for term in self.terms if term.vocabulary == vocabulary]

    def _objectives(self):
        """Those of the subjects that are chosen now, and those that were chosen before."""
        subjects, chosen = self._terms(Vocabulary.SUBJECT), self._terms(Vocabulary.OBJECTIVE)
        if self.is_bound:
            subjects = _numbers(self.data.getlist("subjects"))
            chosen = [*chosen, *_numbers(self.data.getlist("objectives"))]
        return objectives_of(subjects, chosen)

    def clean_tags(self):
        """Few and short ones."""
        tags = tags_of(self.cleaned_data["tags"])
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(
                _("At most %(most)d words or short groups of words, of %(length)d characters each."),
                params={"most": MOST_TAGS, "length": LONGEST_TAG},
            )
        return tags

    def clean_others(self):
        """The names apart."""
        names = [one_line(name) for name in self.cleaned_data["others"].split(",")]
        names = [name for name in names if name]
        if len(names) > MOST_MAKERS or any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("Fewer or shorter names, please."))
        return names

    def clean(self):
        """Whoever took work of others says of whom."""
        said = super().clean()
        if said.get("origin") in (Origin.OPEN, Origin.PERMISSION) and not said.get("origin_says"):
            self.add_error("origin_says", _("Name them: they made it too."))
        return said

    @property
    def said(self):
        """As `making.edit` takes it."""
        said = {**self.cleaned_data}
        kept = {term for term in self.terms if term.vocabulary == Vocabulary.CONCEPT}
        said["terms"] = [*said.pop("levels"), *said.pop("subjects"), *said.pop("objectives"), *kept]
        if "joining" in said:
            said["joining"] = list(said["joining"])
        if "makers" in said:
            said["makers"] = [*_in_order(said["makers"], self.initial["makers"]), *said.pop("others")]
            said["shown"] = list(said["shown"])
        if door := said.pop("door", ""):
            said |= reach.scope_at(door, self.scopes).columns
        return said


def objectives_of(subjects, chosen=()):
    """The core objectives of these subjects that one can choose now, and these that were chosen already, as ids."""
    rows = Term.objects.filter(vocabulary=Vocabulary.OBJECTIVE)
    return rows.filter(Q(parent__in=subjects, retired_at=None) | Q(pk__in=chosen)).order_by("parent", "position", "pk")


def _of_page(version):
    """How the page behind the link calls itself, where nobody gave it a name or said what it is."""
    said = elsewhere.proposal(version)
    if not said or said["state"] != "ready":
        return {}
    found = {} if version.summary else {"summary": said["summary"]}
    return found | ({"title": said["title"]} if version.title == elsewhere.name_of(version.link) else {})


def _numbers(words):
    return [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19]


class ObjectivesForm(forms.Form):
    """The core objectives alone, of the subjects that are ticked at this moment."""

    objectives = ObjectivesField(
        Term.objects.none(), label=_("Core objectives"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, asked):
        chosen = _numbers(asked.getlist("objectives"))
        super().__init__(initial={"objectives": chosen})
        self.fields["objectives"].queryset = objectives_of(_numbers(asked.getlist("subjects")), chosen)


def _with_reach(scope):
    """Who sees it, and how many schools that are: known before it is saved."""
    if scope.audience in (Audience.PRIVATE, Audience.PUBLIC):
        return scope.label
    schools = scope.reach[0]
    return f"{scope.label} · " + ngettext("%(n)s school", "%(n)s schools", schools) % {"n": schools}


def _in_order(people, before):
    """Those who were named before stay before the others."""
    place = {pk: number for number, pk in enumerate(before)}
    return sorted(people, key=lambda person: (place.get(person.pk, len(place)), person.name))


def _colleagues(resource, user):
    """Whom she can name as makers: herself, those of her PLGs, and who is named already."""
    from communities.models import Membership

    found = set(
        Membership.objects.seated().filter(community__in=standing(user).member_of).values_list("person", flat=True)
    )
    named = Author.everyone.filter(resource=resource, person__isnull=False)
    return found | {user.pk} | set(named.values_list("person", flat=True))


def _choosable(vocabulary, chosen):
    """The terms from which one usually chooses, and those that are chosen."""
    usual = Term.objects.of(vocabulary).filter(parent=None).values_list("pk", flat=True)[:MOST_TERMS]
    return Term.objects.filter(pk__in=[*usual, *chosen]).order_by("position", "sort_name", "pk")


class StepForm(forms.Form):
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600)
    title = forms.CharField(label=_("What"), required=False, max_length=140)
    text = forms.CharField(
        label=_("How"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2, "dir": "auto"})
    )


def steps_form(data, version):
    """The steps of a lesson, and some empty rows to go on in."""
    made = forms.formset_factory(StepForm, extra=EMPTY_STEPS, max_num=MOST_STEPS, validate_max=True)
    return made(data, initial=version.steps, prefix="steps")


class WithdrawForm(forms.Form):
    why = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("Who comes looking for it reads this."),
    )


class DisagreeForm(forms.Form):
    why = forms.CharField(
        label=_("What should be different?"), max_length=500, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )
