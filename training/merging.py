"""What goes along when two accounts become one, never one person in both parts; and when a school or board goes up."""

from django.db.models import F, Q
from django.utils.timezone import now

from organisations.models import Board
from training.choices import AssessmentState, CoachingState, EnrolmentState
from training.coaching import LIVING
from training.models import Appeal, Assessment, Coaching, CoachOffer, Enrolment, Note, Programme

#: Who learns now, or may soon.
LEARNING = (EnrolmentState.REQUESTED, EnrolmentState.ADMITTED, EnrolmentState.GOING, EnrolmentState.PAUSED)


def place_went_up(gone, into):
    """The programmes of a board are those of the board that stays; who learns does so at the school that stays."""
    if isinstance(gone, Board):
        Programme.objects.filter(board=gone).update(board=into)
    else:
        Enrolment.objects.filter(school=gone, state__in=LEARNING).update(school=into)


def merge(kept, gone):
    """What one account judged and coached is the other's, but for what would be about herself."""
    _assessments(kept, gone)
    Appeal.objects.filter(settled_by=gone).update(settled_by=kept)
    _coachings(kept, gone)
    Note.objects.filter(author=gone).update(author=kept)
    if CoachOffer.objects.filter(person=kept).exists():
        CoachOffer.objects.filter(person=gone).delete()
    CoachOffer.objects.filter(person=gone).update(person=kept)


def _assessments(kept, gone):
    """Of her own learning, and of whom she coaches, she is no assessor: what was asked waits for somebody else."""
    for row in Assessment.objects.filter(assessor=gone).select_related("enrolment"):
        her_own = kept.pk in (row.enrolment.person_id, row.enrolment.coach_id)
        there = Assessment.objects.filter(enrolment=row.enrolment_id, attempt=row.attempt, assessor=kept)
        Assessment.objects.filter(pk=row.pk).update(assessor=None if her_own or there.exists() else kept)
    mine = Assessment.objects.filter(assessor=kept).filter(Q(enrolment__person=kept) | Q(enrolment__coach=kept))
    mine.filter(state=AssessmentState.ASKED).update(assessor=None)


def _coachings(kept, gone):
    pair = Q(coach=kept, coachee=gone) | Q(coach=gone, coachee=kept)
    Coaching.objects.filter(pair, state__in=LIVING).update(state=CoachingState.STOPPED, ended_at=now())
    Coaching.objects.filter(coach=gone, coachee=kept).update(coach=None)
    Coaching.objects.filter(coachee=gone, coach=kept).update(coachee=None)
    for column in ("coach", "coachee", "proposed_by"):
        Coaching.objects.filter(**{column: gone}).exclude(coach=F("coachee")).update(**{column: kept})
