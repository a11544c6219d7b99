"""What whoever keeps programmes fills in, and a trainer of her group."""

from urllib.parse import urlsplit

from django import forms
from django.urls import Resolver404, resolve
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from communities.meetings.models import Meeting
from core.forms import ClockInput, DayField, DayInput
from core.links import absolute
from core.refusals import Refused
from core.time import today
from events.choices import State
from events.models import Event
from knowledgehub.models import Resource
from organisations.models import Affiliation, Board, Network
from organisations.rules import standing as at_work
from people.models import User
from training import asking
from training.choices import Form, Owner, PageKind, Part
from training.forms.learning import area
from training.models import Assignment, Enrolment, GroupSession, Module, Page, Programme, ProgrammeVersion


def colleagues(user):
    """Whom she can name: people of the boards and networks she runs; of the platform everybody who works somewhere."""
    mine = at_work(user)
    work = Affiliation.objects.current()
    if not mine.is_platform_admin:
        reached = mine.boards_run | mine.boards_reached | mine.boards
        work = work.filter(school__board__in=reached) | work.filter(board__in=reached)
    return User.objects.filter(is_active=True, pk__in=work.values("person")).order_by("name")


class ProgrammeForm(forms.ModelForm):
    """A course of one's own board or network."""

    title = forms.CharField(label=_("Title"), max_length=140)
    summary = area(_("In short"), rows=3, most=1000, required=False)
    key = forms.SlugField(label=_("Name in addresses"), max_length=60, help_text=_("Letters and dashes only."))
    door = forms.ChoiceField(label=_("For whom?"), widget=forms.RadioSelect)

    class Meta:
        model = Programme
        fields = ("title", "summary", "form", "key")
        widgets = {"form": forms.RadioSelect}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = at_work(user)
        self.fields["door"].choices = [
            *((f"board-{row.pk}", row.name) for row in Board.objects.filter(pk__in=mine.boards_run)),
            *((f"network-{row.pk}", row.name) for row in Network.objects.filter(pk__in=mine.networks_run)),
            *([("platform", Owner.PLATFORM.label)] if mine.is_platform_admin else []),
        ]
        self.fields["form"].choices = Form.choices

    def clean(self):
        """Whose it becomes."""
        said = super().clean()
        owner, _dash, pk = said.get("door", "").partition("-")
        if owner:
            self.instance.owner = owner
            if pk:
                setattr(self.instance, f"{owner}_id", int(pk))
        return said


class VersionForm(forms.ModelForm):
    class Meta:
        model = ProgrammeVersion
        fields = ("title", "summary", "text", "hours", "facilitations", "needs_practice_plg", "needs_consent",
                  "title_en", "summary_en")  # fmt: skip
        widgets = {
            "title_en": forms.TextInput(attrs={"lang": "en"}),
            "summary_en": forms.Textarea(attrs={"lang": "en", "rows": 3}),
        }


class ModuleForm(forms.ModelForm):
    above = "version"

    class Meta:
        model = Module
        fields = ("title", "summary", "minutes")


class PageForm(forms.ModelForm):
    above = "module"

    link = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        help_text=_("To a film, or to something in the KennisHub: copy its address."),
    )
    questions = area(
        _("Questions"),
        rows=8,
        most=20_000,
        required=False,
        help_text=_(
            "### What did you see? Below it each answer: - [x] is right, - [ ] is not. "
            "In a film the moment comes first: ### 1:20 Who speaks first?"
        ),
    )

    class Meta:
        model = Page
        fields = ("title", "kind", "text", "minutes", "link", "questions")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        page = self.instance
        if page.pk:
            self.fields["questions"].initial = asking.lines_of(page.questions.all())
        if page.resource_id:
            self.fields["link"].initial = self.initial["link"] = absolute(page.resource.get_absolute_url())

    def clean_link(self):
        """What stands in the KennisHub is shown as such; whoever learns sees it if she may."""
        link = self.cleaned_data["link"]
        here = urlsplit(link).path if link.startswith(absolute("/")) else ""
        self.instance.resource = resource_at(here, self.user) if here else None
        if here and self.instance.resource is None:
            raise forms.ValidationError(_("This is nothing in the KennisHub that you can see."))
        return "" if here else link

    def clean(self):
        """A self-test asks something; a film says when."""
        said = super().clean()
        kind = said.get("kind")
        if "questions" not in said or kind is None:
            return said
        try:
            said["questions"] = asking.questions_of(said["questions"], is_film=kind == PageKind.VIDEO)
        except Refused as refusal:
            self.add_error("questions", refusal.sentence)
            return said
        if said["questions"] and kind not in (PageKind.VIDEO, PageKind.TEST):
            self.add_error("questions", _("Only a self-test or a film asks questions."))
        if kind == PageKind.TEST and not said["questions"]:
            self.add_error("questions", _("Write a question first."))
        if kind == PageKind.VIDEO and not (said.get("link") or self.instance.resource_id or self.errors):
            self.add_error("link", _("Say which film."))
        return said


def resource_at(path, user):
    """What stands in the KennisHub at this address, if this person sees it."""
    try:
        found = resolve(path)
    except Resolver404:
        return None
    if found.view_name != "knowledgehub:detail":
        return None
    return Resource.objects.allowing(user, "view").filter(**found.kwargs).first()


class AssignmentForm(forms.ModelForm):
    """With its rubric as lines: a criterion, and when it is sufficient."""

    above = "module"
    lines = area(
        _("By what it is looked at"),
        most=8000,
        required=False,
        help_text=_("A line for each: what you look at, a colon, and when it is sufficient."),
    )

    class Meta:
        model = Assignment
        fields = ("title", "text", "minutes", "feedback_days")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].initial = "\n".join(
            f"{line['criterion']}: {line['sufficient']}" for line in self.instance.rubric
        )

    def clean_lines(self):
        """The rubric as it is kept."""
        found = []
        for line in filter(str.strip, self.cleaned_data["lines"].splitlines()):
            criterion, _colon, sufficient = (part.strip() for part in line.partition(":"))
            found.append({"criterion": criterion, "sufficient": sufficient})
        self.instance.rubric = found
        return found


class GroupForm(forms.Form):
    title = forms.CharField(label=_("Name"), max_length=140)
    starts_on = DayField(label=_("Begins on"))
    ends_on = DayField(label=_("Ends on"), required=False)
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=60, initial=16)
    trainer = forms.ModelChoiceField(User.objects.none(), label=_("Trainer"))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trainer"].queryset = colleagues(user)

    def clean(self):
        """It does not end before it begins."""
        said = super().clean()
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", _("This is before it begins."))
        return said


class MemberForm(forms.Form):
    person = forms.ModelChoiceField(User.objects.none(), label=_("Who?"))
    part = forms.ChoiceField(label=_("Does what?"), choices=Part, widget=forms.RadioSelect)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(user)


class DayForm(forms.ModelForm):
    """A day of a group: by itself, as a meeting of a PLG in which its learners are, or as an event."""

    class Meta:
        model = GroupSession
        fields = ("title", "module", "meeting", "event", "held_on", "starts", "ends", "place")
        widgets = {"held_on": DayInput, "starts": ClockInput, "ends": ClockInput}
        labels = {"meeting": _("As a meeting of a PLG"), "event": _("As an event")}

    def __init__(self, *args, group, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["module"].queryset = Module.objects.filter(version=group.version_id)
        self.fields["module"].empty_label = _("no module")
        plgs = Enrolment.objects.filter(group=group).values("community")
        meetings = Meeting.objects.upcoming().filter(community__in=plgs)
        events = Event.objects.for_page(user).upcoming(today()).exclude(state=State.CONCEPT)
        self._offer("meeting", meetings.select_related("community").order_by("starts_at"), _meeting)
        self._offer("event", events, _event)
        if self.others:
            for name in MOMENT:
                self.fields[name].required = False

    def _offer(self, name, rows, label):
        kept = getattr(self.instance, f"{name}_id")
        field = self.fields[name]
        field.queryset = rows | rows.model.objects.filter(pk=kept) if kept else rows
        field.empty_label = _("no, a day of its own")
        field.label_from_instance = label
        if not field.queryset:
            del self.fields[name]

    @property
    def others(self):
        """The fields by which this day can be something that is elsewhere already."""
        return [name for name in ("meeting", "event") if name in self.fields]

    def clean(self):
        """A moment of its own, that ends after it begins; or that of a meeting or an event."""
        said = super().clean()
        chosen = [name for name in self.others if said.get(name)]
        if len(chosen) > 1:
            self.add_error("event", _("Choose one of the two: a meeting or an event."))
        if chosen:
            other = said[chosen[0]]
            return said | {name: getattr(other, name) for name in MOMENT}
        for name in MOMENT:
            if self.others and not said.get(name) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", _("This is before it begins."))
        return said


MOMENT = ("held_on", "starts", "ends")


def _meeting(row):
    return f"{row.community.name}, {row.when}"


def _event(row):
    return f"{row.title}, {date_format(row.held_on, 'j F Y')}"


class AttendanceForm(forms.Form):
    present = forms.ModelMultipleChoiceField(
        Enrolment.objects.none(), label=_("Who was there?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, day, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Enrolment.objects.filter(group=day.group_id).exclude(state__in=["requested", "declined"])
        self.fields["present"].queryset = rows.select_related("person").order_by("person__name")
        self.fields["present"].label_from_instance = _name
        self.fields["present"].initial = list(day.attended.values_list("pk", flat=True))


def _name(enrolment):
    return str(enrolment.person)
