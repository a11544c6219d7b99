"""What the member learns: in a group that the facilitator trains, and that the planner coaches her in."""

from django.core.files.base import ContentFile
from django.utils.timezone import now

from core import links
from tests import cast as make
from tests.training import world
from training.actions import programmes
from training.choices import EnrolmentState, PageKind, Part
from training.models import (
    Assignment,
    Enrolment,
    GroupMember,
    Module,
    Page,
    PeerFeedback,
    Practice,
    Question,
    Submission,
    SubmissionVersion,
)


def things(cast, people):
    """Rows by the names that the matrix has for them."""
    trajectory = world.programme()
    group = world.group(cast, trajectory, trainer=people["facilitator"], places=9)
    enrolment = world.learner(cast, group, people["member"], coach=people["planner"])
    asking = world.learner(
        cast, group, cast.tom, state=EnrolmentState.REQUESTED, coach=None, consented_at=None, consented_by=None
    )
    return {
        "training_programme": trajectory,
        "training_group": group,
        "training_coach": GroupMember.objects.create(group=group, person=people["planner"], part=Part.COACH),
        "training_day": group.sessions.get(),
        "training_enrolment": enrolment,
        "training_asking": asking,
        "training_consent_token": links.sign(
            "training.consent", enrolment=asking.pk, person=people["school_leader"].pk
        ),
        **_draft(trajectory, people["platform_admin"]),
        **_work(enrolment),
        **_practices(cast, enrolment, people),
    }


def _draft(trajectory, by):
    """A version that is being made, and what is in it."""
    draft = programmes.new_version(trajectory, by=by)
    return {
        "training_draft": draft,
        "training_module": Module.objects.filter(version=draft).first(),
        "training_draft_page": Page.objects.filter(module__version=draft).first(),
        "training_draft_assignment": Assignment.objects.get(module__version=draft),
    }


def _work(enrolment):
    """Something handed in with a file, of which a fellow learner is asked to say something."""
    pages = Page.objects.filter(module__version=enrolment.version_id)
    film = Question.objects.get(page=pages.get(kind=PageKind.VIDEO))
    asked = Assignment.objects.get(module__version=enrolment.version_id)
    other = Assignment.objects.create(module=asked.module, order=2, title="Een gesprek", text="Voer een gesprek.")
    submission = Submission.objects.create(enrolment=enrolment, assignment=asked, state="submitted")
    version = SubmissionVersion(submission=submission, number=1, text="Sem telt.", submitted_at=now())
    version.file.save("werk.pdf", ContentFile(b"%PDF-1.4"), save=False)
    version.file_name, version.file_type = "werk.pdf", "application/pdf"
    version.save()
    peer = Enrolment.objects.filter(group=enrolment.group_id).exclude(pk=enrolment.pk).first()
    return {
        "training_page": pages.get(kind=PageKind.TEXT),
        "training_question": film,
        "training_assignment": other,
        "training_submission": submission,
        "training_file": version,
        "training_peer": PeerFeedback.objects.create(version=version, asked=peer),
    }


def _practices(cast, enrolment, people):
    """One that her PLG is asked about, and one that was held."""
    planned = Practice.objects.create(
        enrolment=enrolment, community=cast.maths, meeting=make.meeting(cast.maths, 9), aim="Doorvragen"
    )
    held = Practice.objects.create(
        enrolment=enrolment, community=cast.maths, meeting=make.meeting(cast.maths, -9), aim="Stilte", state="held",
        consented_at=now(), consented_by=people["facilitator"],
    )  # fmt: skip
    facts = {"practice": planned.pk, "person": people["facilitator"].pk}
    return {
        "training_practice": planned,
        "training_held": held,
        "training_practice_token": links.sign("training.practice", **facts),
    }
