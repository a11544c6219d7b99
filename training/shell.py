"""Our line in the main menu, and what becomes of learning when two accounts become one."""

from django.utils.translation import gettext as _

from core.context import item
from training.models import Answer, Enrolment, Feedback, GroupMember, PageDone, PeerFeedback, Practice


def items(user):
    """Training: for everybody, because short courses are."""
    return [item("training:index", _("Training"), "certificate", 60)]


def merge(kept, gone):
    """What one account learned is the other's; where both learned by the same version, the kept one's row stands."""
    for row in Enrolment.objects.filter(person=gone):
        over = {"stopped", "declined", "insufficient"}
        double = row.state not in over and Enrolment.objects.filter(version=row.version, person=kept).exclude(
            state__in=over
        )
        if double and (other := double.first()):
            _gather(row, other)
            continue
        coach = None if row.coach_id == kept.pk else row.coach_id
        Enrolment.objects.filter(pk=row.pk).update(person=kept, coach=coach)
    Enrolment.objects.filter(coach=gone, person=kept).update(coach=None)
    Enrolment.objects.filter(coach=gone).update(coach=kept)
    mine = GroupMember.objects.filter(person=kept)
    for member in GroupMember.objects.filter(person=gone):
        if not mine.filter(group=member.group_id, part=member.part).exists():
            GroupMember.objects.filter(pk=member.pk).update(person=kept)
    for model, column in _NAMED:
        model.objects.filter(**{column: gone}).update(**{column: kept})


_NAMED = [
    (Enrolment, "consented_by"),
    (Practice, "consented_by"),
    (Practice, "feedback_by"),
    (Feedback, "by"),
]


def _gather(row, into):
    """What was done in an enrolment that is there twice counts in the one that stays."""
    for model, key in ((PageDone, "page_id"), (Answer, "question_id")):
        there = set(model.objects.filter(enrolment=into).values_list(key, flat=True))
        model.objects.filter(enrolment=row).exclude(**{f"{key}__in": there}).update(enrolment=into)
    for session in row.sessions_attended.all():
        session.attended.add(into)
    there = into.submissions.values("assignment")
    row.submissions.exclude(assignment__in=there).update(enrolment=into)
    row.practices.exclude(meeting__in=into.practices.exclude(meeting=None).values("meeting")).update(enrolment=into)
    PeerFeedback.objects.filter(asked=row).exclude(
        version__in=PeerFeedback.objects.filter(asked=into).values("version")
    ).exclude(version__submission__enrolment=into).update(asked=into)
    row.portfolio.update(enrolment=into)
    row.links.update(enrolment=into)
    if not into.assessments.exists():
        row.assessments.update(enrolment=into)
        row.appeals.update(enrolment=into)
    Enrolment.objects.filter(pk=row.pk).update(state="stopped", ended_why="")
