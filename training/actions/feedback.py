"""Handing in, in versions; feedback on where one goes, where one is and what comes next; and nobody gets stuck."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from core.files import keeping
from core.links import address
from core.refusals import Refused
from core.time import today
from people.calendar import after_working_days
from training.actions import moving, reminding
from training.actions.learning import why_not_learn
from training.choices import SubmissionState, Verdict
from training.models import Feedback, PeerFeedback, Submission, SubmissionVersion
from training.writing import html_of

READ, PEER = "training.read", "training.peer"
MOST_PEERS = 2


@transaction.atomic
def begin(enrolment, assignment, *, by):
    """The submission of this assignment, with a concept in it; the one that is there, where she began already."""
    if reason := why_not_learn(enrolment):
        raise Refused(reason)
    row, is_new = Submission.objects.get_or_create(enrolment=enrolment, assignment=assignment)
    if is_new:
        SubmissionVersion.objects.create(submission=row, number=1)
    return row


@transaction.atomic
def write(submission, *, by, text, file=None, remove_file=False):
    """Keep what she has so far; nobody else reads it before it is handed in."""
    _refuse_idle(submission)
    concept = _concept(moving.hold(submission))
    concept.text, concept.html = text, html_of(text)
    keeping.save(concept, "file", file, remove=remove_file)
    return concept


def _concept(submission):
    last = submission.versions.order_by("number").last()
    if last is None or last.submitted_at:
        raise Refused(_("Your work is handed in. You can change it after the feedback."))
    return last


def _refuse_idle(submission):
    if reason := why_not_learn(submission.enrolment):
        raise Refused(reason)


@transaction.atomic
def hand_in(submission, *, by, text, file=None, remove_file=False):
    """Keep it and hand it in: her coach, or else the trainer who comes first, is asked to read it before a day."""
    write(submission, by=by, text=text, file=file, remove_file=remove_file)
    verb = "hand_in_again" if submission.state == SubmissionState.REVISED else "hand_in"
    row = moving.take(submission, verb, by=by)
    row.versions.filter(submitted_at=None).update(submitted_at=now())
    region = by.holiday_region
    row.due_on = after_working_days(today(), row.assignment.feedback_days, region)
    row.escalated_at = None
    row.save(update_fields=["due_on", "escalated_at"])
    reminding.went_on(row.enrolment)
    _ask_to_read(row, readers(row)[:1], again=verb == "hand_in_again")
    return row


def readers(submission):
    """Who reads it, in the order in which they are asked."""
    return [person for person in moving.guides(submission.enrolment) if person.is_active]


def _ask_to_read(row, people, again=False):
    ask(READ, about=row, url=row.get_absolute_url(), people=people, due_on=row.due_on)
    record("training.handed_in", by=row.enrolment.person, about=row, tell=people, again=again)


@transaction.atomic
def give(form, *, submission, by):
    """Feedback on the last version: it is approved, or goes back to be revised. Raises Refused."""
    said = form.cleaned_data
    row = moving.hold(submission)
    version = row.versions.filter(submitted_at__isnull=False).last()
    if version is None:
        raise Refused(_("Nothing is handed in yet."))
    is_good = said["verdict"] == Verdict.SUFFICIENT
    row = moving.take(row, "approve" if is_good else "send_back", by=by)
    kept = Feedback.objects.create(
        version=version, by=by, feed_up=said["feed_up"], feedback=said["feedback"], feedforward=said["feedforward"],
        scores=said["scores"], verdict=said["verdict"],
    )  # fmt: skip
    answered(READ, about=row)
    row.due_on, row.escalated_at = None, None
    row.save(update_fields=["due_on", "escalated_at"])
    if not is_good:
        SubmissionVersion.objects.create(
            submission=row, number=version.number + 1, text=version.text, html=version.html
        )
    return kept


def escalate():
    """At night: what nobody read in time goes to all trainers of the group, so that a small group never gets stuck."""
    late = Submission.objects.filter(
        due_on__lt=today(),
        escalated_at=None,
        state__in=[SubmissionState.SUBMITTED, SubmissionState.RESUBMITTED, SubmissionState.IN_FEEDBACK],
    )
    for pk in list(late.values_list("pk", flat=True)):
        _escalate(pk)


@transaction.atomic
def _escalate(pk):
    row = Submission.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.escalated_at or row.due_on is None or row.due_on >= today():
        return
    row.escalated_at = now()
    row.save(update_fields=["escalated_at"])
    others = readers(row)[1:] or readers(row)
    ask(READ, about=row, url=row.get_absolute_url(), people=others, due_on=row.due_on)
    record("training.overdue", about=row, tell=others)


# Fellow learners ----------------------------------------------------------------------------------


@transaction.atomic
def ask_peer(submission, *, by, asked):
    """Ask a fellow learner of the group what she thinks of the last version. It decides nothing."""
    row = moving.hold(submission)
    version = row.versions.filter(submitted_at__isnull=False).last()
    if version is None:
        raise Refused(_("Hand it in first. Then a fellow learner can read it."))
    if asked.pk == row.enrolment_id or asked.group_id is None or asked.group_id != row.enrolment.group_id:
        raise Refused(_("Choose somebody from your group."), "asked")
    if version.peer_feedback.count() >= MOST_PEERS:
        raise Refused(_("You asked two people about this version. Wait for what they say."))
    found, is_new = PeerFeedback.objects.get_or_create(version=version, asked=asked)
    if is_new:
        ask(PEER, about=found, url=address("training:peer", found.pk), people=[asked.person])
        record("training.peer_asked", by=by, about=found, tell=[asked.person])
    return found


@transaction.atomic
def give_peer(row, *, by, text):
    """What a fellow learner says; it may be changed as long as the work lies with the trainer."""
    row = PeerFeedback.objects.select_for_update(of=("self",)).select_related("version__submission").get(pk=row.pk)
    if not text.strip():
        raise Refused(_("Write something first."), "text")
    row.text, row.given_at = text.strip(), row.given_at or now()
    row.save(update_fields=["text", "given_at"])
    answered(PEER, about=row)
    learner = row.version.submission.enrolment.person
    record("training.peer_gave", by=by, about=row.version.submission, tell=[learner] if learner else [])
    return row
