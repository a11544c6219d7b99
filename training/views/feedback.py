"""What is handed in, with all that was said of each version."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.files.serving import serve
from core.models import get_or_refuse
from core.refusals import attempt
from training.actions import feedback as deeds
from training.actions.learning import why_not_learn
from training.choices import SubmissionState
from training.forms.learning import AskPeerForm, FeedbackForm, PeerForm, WorkForm
from training.models import Assignment, Feedback, PeerFeedback, Submission, SubmissionVersion
from training.progress import OURS
from training.views.learning import of_user

TO_READ = (SubmissionState.SUBMITTED, SubmissionState.RESUBMITTED, SubmissionState.IN_FEEDBACK)


def assignment(request, pk, assignment):
    """What an assignment asks. A POST begins with it."""
    row = of_user(request, pk)
    if not (row.can_learn or row.can_guide):
        raise Http404
    found = get_object_or_404(Assignment, module__version=row.version_id, pk=assignment)
    begun = Submission.objects.filter(enrolment=row, assignment=found).first()
    if begun:
        return redirect(begun)
    if request.method == "POST":
        if not row.can_learn:
            raise PermissionDenied
        return redirect(deeds.begin(row, found, by=request.user))
    context = {"enrolment": row, "assignment": found, "why_not": why_not_learn(row)}
    return render(request, "training/assignment.html", context)


def of_submission(request, pk, power="view"):
    """A submission that she may see, with the powers she has over it."""
    rows = Submission.objects.for_page(request.user, "learn", "guide")
    return get_or_refuse(
        rows.select_related(
            "assignment__module", "enrolment__version__programme", "enrolment__person", "enrolment__group"
        ),
        power,
        pk=pk,
    )


def submission(request, pk):
    """The work, its versions and its feedback. A POST of the learner keeps it, or hands it in."""
    row = of_submission(request, pk)
    form = None
    if request.method == "POST":
        if not row.can_learn:
            raise PermissionDenied
        form = WorkForm(request.POST, request.FILES)
        if form.is_valid() and attempt(form, _keep, request, row, form):
            is_in = "hand_in" in request.POST
            said = _("Handed in. You hear it by mail when there is feedback.") if is_in else _("Kept. Only you see it.")
            messages.success(request, said)
            return redirect(row.enrolment if is_in else row)
    return _show(request, row, work=form)


def _keep(request, row, form):
    deed = deeds.hand_in if "hand_in" in request.POST else deeds.write
    deed(row, by=request.user, **form.cleaned_data)


def _show(request, row, *, work=None, feedback=None, peer=None):
    form = work or feedback or peer
    said = Feedback.objects.select_related("by").order_by("at")
    peers = PeerFeedback.objects.select_related("asked__person")
    versions = list(
        SubmissionVersion.objects.filter(submission=row)
        .allowing(request.user, "view")
        .prefetch_related(Prefetch("feedback", said), Prefetch("peer_feedback", peers))
        .order_by("-number")
    )
    concept = next((each for each in versions if not each.submitted_at), None)
    handed = [each for each in versions if each.submitted_at]
    rubric = row.assignment.rubric
    for each in handed:
        each.said = [{"row": one, "scores": list(zip(rubric, one.scores, strict=False))} for one in each.feedback.all()]
        each.peers = [one for one in each.peer_feedback.all() if one.given_at] if row.can_learn or row.can_guide else []
    is_hers, may_say = row.can_learn and row.state in OURS, row.can_guide and row.state in TO_READ
    if is_hers and work is None and concept:
        work = WorkForm(initial={"text": concept.text})
    context = {
        "submission": row,
        "assignment": row.assignment,
        "enrolment": row.enrolment,
        "concept": concept if is_hers else None,
        "handed": handed,
        "work": work if is_hers else None,
        "feedback": (feedback or FeedbackForm(rubric=rubric)) if may_say and not row.can_learn else None,
        "peer": (peer or AskPeerForm(enrolment=row.enrolment)) if row.can_learn and handed else None,
        "form": form,
        "why_not": why_not_learn(row.enrolment) if is_hers else "",
    }
    if context["peer"] and not context["peer"].fields["asked"].queryset.exists():
        context["peer"] = None
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "training/submission.html", context, status=status)


@require_POST
def give_feedback(request, pk):
    """Where you go, where you are, what next; and so: approved, or to be revised."""
    row = of_submission(request, pk, "guide")
    form = FeedbackForm(request.POST, rubric=row.assignment.rubric)
    if form.is_valid() and attempt(form, deeds.give, form, submission=row, by=request.user):
        messages.success(request, _("Thank you. %(name)s reads it right away.") % {"name": row.enrolment.person})
        return redirect(row)
    row = of_submission(request, pk, "guide")
    return _show(request, row, feedback=form)


@require_POST
def ask_peer(request, pk):
    """Ask a fellow learner of the group to read the last version."""
    row = of_submission(request, pk, "learn")
    form = AskPeerForm(request.POST, enrolment=row.enrolment)
    if form.is_valid() and attempt(form, deeds.ask_peer, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Asked. What she says decides nothing; it is there to help you."))
        return redirect(row)
    return _show(request, row, peer=form)


@require_safe
def submission_file(request, pk):
    """The file of one version, for whoever may read that version, and for a fellow learner who was asked."""
    row = SubmissionVersion.objects.filter(pk=pk).allowing(request.user, "view").first()
    if row is None:
        asked = PeerFeedback.objects.filter(version=pk, asked__person=request.user).select_related("version").first()
        row = asked.version if asked else None
    if row is None or not row.file:
        raise Http404
    return serve(request, row.file, name=row.file_name, media_type=row.file_type)


def peer(request, pk):
    """A fellow learner reads one version, and says what she thinks of it."""
    rows = PeerFeedback.objects.for_page(request.user).filter(asked__person=request.user)
    row = get_or_refuse(
        rows.select_related("version__submission__assignment", "version__submission__enrolment__person", "asked"), pk=pk
    )
    form = PeerForm(request.POST or None, initial={"text": row.text})
    if form.is_valid() and attempt(form, deeds.give_peer, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Thank you. It helps to be read by a fellow learner."))
        return redirect(row.asked)
    work = row.version.submission
    context = {"peer": row, "version": row.version, "submission": work, "assignment": work.assignment, "form": form}
    return render(request, "training/peer.html", context, status=422 if form.is_bound else 200)
