"""What people type when they register."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choices import Theme
from communities.models import Community, Membership
from communities.rules import standing
from events.forms.questions import AsksQuestions
from events.models import Registration
from events.places import ENDED
from organisations.models import Affiliation
from organisations.rules import standing as at_work
from people.models import User


class RegisterForm(AsksQuestions, forms.ModelForm):
    """What somebody says of herself when she registers; all of it may stay empty but for required questions."""

    interests = forms.MultipleChoiceField(
        label=_("Themes that you like to talk about"), required=False, choices=Theme.choices,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Registration
        fields = ("interests", "diet", "needs", "dates_opt_out")
        labels = {"diet": _("What don't you eat?"), "needs": _("What do you need to take part?")}
        help_texts = {"needs": _("For example: no stairs, an interpreter, a seat in front.")}

    def __init__(self, *args, event, themes=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["interests"] = self.instance.interests or list(themes)
        self.add_questions(event.questions.filter(of="registration"), self.instance.answers)

    def _post_clean(self):
        """The action writes the row, locked."""

    @property
    def said(self):
        """What the action needs."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {"answers": self.answers}


class OthersForm(forms.Form):
    """Colleagues, one by one or a whole PLG at once."""

    plgs = forms.ModelMultipleChoiceField(
        label=_("A whole PLG"), queryset=Community.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Colleagues"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, event, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["plgs"].queryset = Community.objects.filter(pk__in=standing(user).member_of).order_by("sort_name")
        coming = Registration.objects.filter(event=event, person__isnull=False).exclude(state__in=ENDED)
        self.fields["people"].queryset = (
            User.objects.filter(pk__in=colleagues(user), is_active=True)
            .exclude(pk__in=coming.values("person"))
            .order_by("sort_name")
        )
        self.fields["plgs"].label_from_instance = lambda plg: plg.name

    def clean(self):
        said = super().clean()
        if not self.errors and not said["plgs"] and not said["people"]:
            raise forms.ValidationError(_("Choose a colleague or a PLG."))
        return said

    @property
    def chosen(self):
        """Everybody who was chosen, once: first those of PLGs in order of their names."""
        members = Membership.objects.seated().filter(community__in=self.cleaned_data["plgs"], person__is_active=True)
        found = User.objects.filter(pk__in=members.values("person")).order_by("sort_name")
        return list(dict.fromkeys([*found, *self.cleaned_data["people"]]))


def colleagues(user):
    """Ids of those whom she works with: at her schools, and in her PLGs."""
    at_school = Affiliation.objects.current().filter(school__in=at_work(user).works_at).values_list("person", flat=True)
    in_plg = Membership.objects.seated().filter(community__in=standing(user).member_of).values_list("person", flat=True)
    return ({*at_school, *in_plg} - {None}) - {user.pk}


class GuestForm(forms.Form):
    """Who comes without an account: a name and an address, nothing else. The rest follows behind the link."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    address = forms.EmailField(label=_("Your mail address"), widget=forms.EmailInput({"autocomplete": "email"}))


class GuestDetailsForm(RegisterForm):
    """What a guest adds behind the link that she was sent."""

    class Meta(RegisterForm.Meta):
        fields = ("diet", "needs")

    interests = None
