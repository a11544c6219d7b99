"""What a learner and who guides her fill in. The forms only read; the deeds write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.meetings.models import Meeting
from communities.models import Community
from communities.rules import standing
from core.forms import FileField
from core.templatetags.ui import clock, day
from organisations.models import School
from organisations.rules import standing as at_work
from people.models import User
from training.choices import Part, Verdict
from training.models import Enrolment, Group


def area(label, rows=4, most=2000, **more):
    """A text box."""
    widget = forms.Textarea({"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=most, widget=widget, **more)


class EnrolForm(forms.Form):
    """To be admitted to a trajectory: which group, from which school, in which PLG. Of a short course: nothing."""

    group = forms.ModelChoiceField(Group.objects.none(), label=_("Group"), widget=forms.RadioSelect, empty_label=None)
    school = forms.ModelChoiceField(School.objects.none(), label=_("For which school?"), empty_label=None)
    community = forms.ModelChoiceField(
        Community.objects.none(),
        label=_("In which PLG will you practise?"),
        required=False,
        empty_label=_("I do not know yet"),
    )
    why = area(_("What do you want to learn?"), most=1500, required=False)

    def __init__(self, *args, version, user, groups, **kwargs):
        super().__init__(*args, **kwargs)
        mine = at_work(user)
        self.fields["group"].queryset = groups
        self.fields["group"].label_from_instance = _of_group
        schools = School.objects.filter(affiliations__in=user.affiliations.current()).distinct()
        self.fields["school"].queryset = schools.order_by("name")
        self.fields["community"].queryset = Community.objects.living().filter(pk__in=standing(user).member_of)
        if not version.programme.is_trajectory:
            del self.fields["group"]
        if not version.needs_consent:
            del self.fields["school"]
        if not version.needs_practice_plg:
            del self.fields["community"]
        self.is_at_school = bool(mine.works_at)


def _of_group(group):
    return f"{group.title}, {day(group.starts_on)}"


class PLGForm(forms.Form):
    community = forms.ModelChoiceField(
        Community.objects.none(), label=_("PLG"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = Community.objects.living().filter(pk__in=standing(user).member_of)


class StepForm(forms.Form):
    """With a step: who becomes her coach, or why."""

    coach = forms.ModelChoiceField(User.objects.none(), label=_("Coach"), required=False, empty_label=_("not yet"))
    because = forms.CharField(label=_("Why?"), max_length=300, required=False)

    def __init__(self, *args, enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = coaches_of(enrolment)


class CoachForm(forms.Form):
    """Who coaches her."""

    coach = forms.ModelChoiceField(User.objects.none(), label=_("Coach"), widget=forms.RadioSelect, empty_label=None)

    def __init__(self, *args, enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["coach"].queryset = coaches_of(enrolment)


def coaches_of(enrolment):
    """Who coaches or trains in her group, but neither she herself nor who assesses there."""
    if not enrolment.group_id:
        return User.objects.none()
    rows = enrolment.group.members.all()
    judges = rows.filter(part=Part.ASSESSOR).values("person")
    people = User.objects.filter(is_active=True, pk__in=rows.exclude(part=Part.ASSESSOR).values("person"))
    return people.exclude(pk__in=judges).exclude(pk=enrolment.person_id).order_by("name")


class WorkForm(forms.Form):
    """Her work: text, a file, or both."""

    text = area(_("Your work"), rows=12, most=20_000, required=False)
    file = FileField(label=_("File"), required=False, help_text=_("A document, a picture or a PDF."))
    remove_file = forms.BooleanField(label=_("Leave this file out"), required=False)


class FeedForm(forms.Form):
    """Where you go, where you are, what next."""

    feed_up = area(_("Where you are going"), rows=2, required=False, help_text=_("What is the aim of this work?"))
    feedback = area(_("Where you are now"), rows=4, help_text=_("What do you see that is good, and what is missing?"))
    feedforward = area(_("What you do next"), rows=3, required=False, help_text=_("One step that helps most."))
    verdict = forms.ChoiceField(label=_("So"), widget=forms.RadioSelect)

    def __init__(self, *args, sufficient, insufficient, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [(Verdict.SUFFICIENT, sufficient), (Verdict.INSUFFICIENT, insufficient)]

    def clean(self):
        """What goes back, says how to go on."""
        said = super().clean()
        if said.get("verdict") == Verdict.INSUFFICIENT and not said.get("feedforward", "").strip():
            self.add_error("feedforward", _("Say what to do next, so that it can become sufficient."))
        return said


class FeedbackForm(FeedForm):
    """On a submission: with a line of the rubric each."""

    def __init__(self, *args, rubric, **kwargs):
        super().__init__(*args, sufficient=_("I approve it"), insufficient=_("It goes back to be revised"), **kwargs)
        self.rubric = rubric
        for place, line in enumerate(rubric):
            self.fields[f"score-{place}"] = forms.ChoiceField(
                label=line["criterion"],
                help_text=line.get("sufficient", ""),
                choices=Verdict,
                required=False,
                widget=forms.RadioSelect,
            )
        self.order_fields([*(f"score-{place}" for place in range(len(rubric))), *self.fields])

    def clean(self):
        """The scores in the order of the rubric."""
        said = super().clean()
        said["scores"] = [said.get(f"score-{place}", "") for place in range(len(self.rubric))]
        return said


class PeerForm(forms.Form):
    text = area(_("What you say"), rows=5, help_text=_("What helps you in it? What would you do differently?"))


class AskPeerForm(forms.Form):
    asked = forms.ModelChoiceField(Enrolment.objects.none(), label=_("Whom do you ask?"), empty_label=None)

    def __init__(self, *args, enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Enrolment.objects.filter(group=enrolment.group_id).going().exclude(pk=enrolment.pk)
        self.fields["asked"].queryset = rows.select_related("person").order_by("person__name")
        self.fields["asked"].label_from_instance = _of_person


def _of_person(enrolment):
    return str(enrolment.person)


class PracticeForm(forms.Form):
    """At which meeting of her PLG, and what she practises."""

    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=_("At which meeting?"), widget=forms.RadioSelect, empty_label=None
    )
    aim = forms.CharField(label=_("What do you practise?"), max_length=300)

    def __init__(self, *args, enrolment, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.upcoming().filter(community=enrolment.community_id)
        self.fields["meeting"].queryset = rows.order_by("starts_at")
        self.fields["meeting"].label_from_instance = _of_meeting


def _of_meeting(meeting):
    return f"{day(meeting.held_on)}, {clock(meeting.starts)} · {meeting.called}"


class MeetingForm(PracticeForm):
    """Another meeting for the same."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["aim"]


class ReflectionForm(forms.Form):
    reflection = area(
        _("How did it go?"),
        rows=8,
        most=4000,
        help_text=_("What was your aim? What happened? What would you do differently next time?"),
    )
