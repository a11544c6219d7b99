from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from communities.choices import Kind, Role, Theme
from communities.models import Community, tagged
from communities.places import owners_for, schools_of
from core.text import one_line
from organisations.models import School
from people.fields import NameField
from people.models import User

MOST_TAGS, LONGEST_TAG = 8, 40
PROPOSED_TAGS = 6

COMMITMENTS = _(
    "I am there, from the first minute to the last.\n"
    "I try something in my own class between two meetings.\n"
    "I bring work of pupils, also when it went wrong.\n"
    "What we say about pupils and colleagues stays in this PLG."
)


class CommunityForm(forms.ModelForm):
    """What a PLG is and how one joins it; the parts that start and edit share."""

    class Meta:
        model = Community
        fields = [
            "name",
            "theme",
            "question",
            "blurb",
            "levels",
            "cadence_weeks",
            "seats_min",
            "seats_max",
            "join_policy",
            "listed",
            "commitments",
        ]
        widgets = {
            "question": forms.Textarea({"rows": 3}),
            "blurb": forms.Textarea({"rows": 2}),
            "commitments": forms.Textarea({"rows": 5}),
            "join_policy": forms.RadioSelect,
            "listed": forms.RadioSelect,
            "seats_min": forms.NumberInput({"min": 2, "max": 40, "inputmode": "numeric"}),
            "seats_max": forms.NumberInput({"min": 2, "max": 40, "inputmode": "numeric"}),
            "cadence_weeks": forms.NumberInput({"min": 1, "max": 26, "inputmode": "numeric"}),
            "wants_pairs": forms.CheckboxInput,
        }
        help_texts = {
            "question": _("Begin with what you want to find out about your pupils."),
            "blurb": _("One or two sentences. Everybody who finds this PLG reads them."),
            "levels": _("For example: years 4 to 8."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", _("Choose a theme")), *Theme.choices]
        for name in ("join_policy", "listed"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean(self):
        cleaned = super().clean()
        low, high = cleaned.get("seats_min"), cleaned.get("seats_max")
        if low is not None and high is not None:
            if low > high:
                self.add_error("seats_max", _("The most is below the least. Turn the two numbers round."))
            elif low < 2 or high > 40:
                self.add_error("seats_max", _("A PLG has 2 to 40 members."))
        weeks = cleaned.get("cadence_weeks")
        if weeks is not None and not 1 <= weeks <= 26:
            self.add_error("cadence_weeks", _("Between 1 and 26 weeks."))
        return cleaned


class StartForm(CommunityForm):
    """A PLG begins with a learning question; everything else has a good default."""

    owner = forms.ChoiceField(label=_("Belongs to"))

    class Meta(CommunityForm.Meta):
        fields = ["kind", *CommunityForm.Meta.fields]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = dict(owners_for(user))
        self.fields["owner"].choices = [(key, str(place)) for key, place in self.places.items()]
        self.fields["owner"].required = len(self.places) > 1
        self.fields["commitments"].initial = str(COMMITMENTS)
        self.fields["kind"].required = False
        self.fields["kind"].initial = Kind.PLG
        if len(self.places) == 1:
            self.fields["owner"].widget = forms.HiddenInput()
        if not any(key.startswith(("board", "network")) for key in self.places):
            del self.fields["kind"]

    @property
    def only_place(self):
        """The one place to which it can belong, where there is no choice."""
        return next(iter(self.places.values())) if len(self.places) == 1 else None

    def clean(self):
        cleaned = super().clean()
        if not self.places:
            raise ValidationError(
                _("We do not know yet where you work. Ask your school or board to add you, then start a PLG.")
            )
        if "owner" not in self.errors:
            place = self.places[cleaned.get("owner") or next(iter(self.places))]
            setattr(self.instance, f"owner_{type(place).__name__.lower()}", place)
        if "kind" in self.fields:
            cleaned["kind"] = cleaned.get("kind") or Kind.PLG
        return cleaned


def used_tags(user, *, but):
    """What PLGs are called by that this person can find, the most used first; never of one that she cannot."""
    seen = Community.objects.allowing(user, "listed").exclude(pk=but.pk)
    uses = tagged().filter(object_id__in=seen.order_by().values("pk")).values("tag__name").annotate(uses=Count("pk"))
    return [row["tag__name"] for row in uses.order_by("-uses", "tag__name")[:PROPOSED_TAGS]]


class EditForm(CommunityForm):
    """Everything that the facilitator may change later."""

    def clean_tags(self):
        """Few and short ones."""
        tags = self.cleaned_data["tags"]
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(
                _("At most %(most)d words or short groups of words, of %(length)d characters each."),
                params={"most": MOST_TAGS, "length": LONGEST_TAG},
            )
        return tags

    class Meta(CommunityForm.Meta):
        fields = [
            "name",
            "theme",
            "question",
            "blurb",
            "levels",
            "subjects",
            "tags",
            "ambition",
            "description",
            "cadence_weeks",
            "seats_min",
            "seats_max",
            "join_policy",
            "listed",
            "commitments",
            "leavers_read",
            "wants_pairs",
        ]
        widgets = CommunityForm.Meta.widgets | {
            "ambition": forms.Textarea({"rows": 3}),
            "description": forms.Textarea({"rows": 5}),
        }

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.kind != Kind.LEARNING_NETWORK:
            del self.fields["wants_pairs"]
        tags = self.fields["tags"]
        tags.label = _("Words to find it by")
        tags.help_text = _("With commas between them: fractions, lesson study.")
        tags.widget.attrs["maxlength"] = MOST_TAGS * (LONGEST_TAG + 2)
        if used := used_tags(user, but=self.instance) if user else []:
            tags.help_text = _("With commas between them. Others use: %(tags)s.") % {"tags": ", ".join(used)}


class CloseForm(forms.ModelForm):
    """What the PLG learned: the end of it, and the beginning of something for others."""

    class Meta:
        model = Community
        fields = ["outcome"]
        widgets = {"outcome": forms.Textarea({"rows": 6})}
        help_texts = {"outcome": _("What do you know now that you did not know? What do you do differently?")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True


class PromiseForm(forms.Form):
    """What everybody who joins says yes to, and for which school she comes."""

    school = forms.ModelChoiceField(
        School.objects.none(), label=_("I take part for"), widget=forms.RadioSelect, empty_label=None
    )
    promised = forms.BooleanField(
        label=_("I agree with this"),
        error_messages={"required": _("Tick that you agree with what members promise each other.")},
    )

    def __init__(self, *args, user=None, community=None, **kwargs):
        super().__init__(*args, **kwargs)
        schools = schools_of(user) if user and user.is_authenticated else School.objects.none()
        if len(schools) > 1:
            self.fields["school"].queryset = schools
        else:
            del self.fields["school"]
        if community and not community.commitments.strip():
            del self.fields["promised"]

    @property
    def deed(self):
        """What the actions take."""
        return {"promised": self.cleaned_data.get("promised", False), "school": self.cleaned_data.get("school")}


class JoinForm(PromiseForm):
    """Take a seat, or ask for one with a few words."""

    message = forms.CharField(
        label=_("A few words for the facilitator"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, asks=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["message"]
        self.order_fields(["school", "message", "promised"])


class ArriveForm(PromiseForm):
    """Accepting from the mail, without an account: only a name is asked."""

    name = NameField()
    field_order = ("name", "promised")


INVITED_AS = [
    (Role.MEMBER, _("member")),
    (Role.CO_FACILITATOR, _("co-facilitator")),
    (Role.GUEST, _("guest: sees only the meetings you invite to")),
]


class InviteForm(forms.Form):
    """Invite by mail address; whoever has no account answers first and registers by doing so."""

    address = forms.EmailField(label=_("Mail address"), max_length=254)
    name = NameField(label=_("Name"), required=False, widget=forms.TextInput)
    role = forms.ChoiceField(label=_("Comes as"), choices=INVITED_AS, initial=Role.MEMBER, widget=forms.RadioSelect)
    expertise = forms.CharField(
        label=_("Knows about"),
        max_length=120,
        required=False,
        help_text=_("For a guest: expert in fractions, trainee, …"),
    )
    message = forms.CharField(
        label=_("A few words"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )


class WordForm(forms.Form):
    """A yes or no, with a word."""

    word = forms.CharField(
        label=_("A word with it"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class RemoveForm(forms.Form):
    """Why somebody does not take part any more; she reads this."""

    reason = forms.CharField(label=_("Tell her or him why"), max_length=500, widget=forms.Textarea({"rows": 3}))


class HandOverForm(forms.Form):
    """Who facilitates from now on, and what the old facilitator becomes."""

    to = forms.ModelChoiceField(None, label=_("Facilitates from now on"), widget=forms.RadioSelect, empty_label=None)
    stays_as = forms.ChoiceField(
        label=_("You stay as"),
        choices=[(Role.CO_FACILITATOR, _("co-facilitator")), (Role.MEMBER, _("member"))],
        initial=Role.CO_FACILITATOR,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = memberships
        self.fields["to"].label_from_instance = lambda membership: membership.called


class ProposeForm(forms.Form):
    """Whom a member proposes as facilitator."""

    person = forms.ModelChoiceField(None, label=_("Who could facilitate?"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class AppointForm(forms.Form):
    """A member, or somebody else by mail address."""

    person = forms.ModelChoiceField(
        None, label=_("A member"), required=False, widget=forms.RadioSelect, empty_label=_("Somebody else")
    )
    address = forms.EmailField(label=_("Mail address of somebody else"), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("person") and not cleaned.get("address") and not self.errors:
            raise ValidationError(_("Choose a member, or give a mail address."))
        return cleaned


class ComplaintForm(forms.Form):
    """What happened, in her own words."""

    text = forms.CharField(label=_("What happened?"), max_length=4000, widget=forms.Textarea({"rows": 8}))


class AnswerForm(forms.Form):
    """What the confidant answers."""

    answer = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea({"rows": 6}))


class PairForm(forms.Form):
    """Two people of one school, and the leader's promise."""

    first = forms.ModelChoiceField(User.objects.none(), label=_("First person"))
    second = forms.ModelChoiceField(User.objects.none(), label=_("Second person"), required=False)
    promised = forms.BooleanField(
        label=_("Our school gives these two the time and the means that this takes"),
        error_messages={"required": _("Tick that your school gives time and means.")},
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, pk__in=school.affiliations.current().values("person")).order_by(
            "sort_name"
        )
        self.fields["first"].queryset = self.fields["second"].queryset = staff


class SearchForm(forms.Form):
    """What the directory is searched by; whatever does not fit is left aside."""

    q = forms.CharField(max_length=100, required=False)
    theme = forms.ChoiceField(choices=[("", ""), *Theme.choices], required=False)
    level = forms.CharField(max_length=40, required=False)
    seats = forms.BooleanField(required=False)

    @property
    def wishes(self):
        """Only what is given and fits."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
