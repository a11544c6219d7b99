"""Cards that assessment and coaching lay on the page of a learner."""

from training.actions import assessing
from training.choices import EnrolmentState
from training.coaching import LIVING
from training.models import Assessment, Coaching, PortfolioItem
from training.rules import standing

SHOWN_IN = (EnrolmentState.GOING, EnrolmentState.PAUSED, EnrolmentState.COMPLETED, EnrolmentState.INSUFFICIENT)


def portfolio(enrolment, user):
    """For the learner: how full her portfolio is. For her trainers: who assesses. A coach sees neither."""
    if not enrolment.version.programme.is_trajectory or enrolment.state not in SHOWN_IN:
        return None
    if enrolment.person_id == user.pk:
        count = PortfolioItem.objects.filter(enrolment=enrolment).count()
        state = assessing.state_of(enrolment)
        return "training/portfolio_card.html", {"enrolment": enrolment, "count": count, "state": state}
    if enrolment.group_id not in standing(user).trains:
        return None
    rows = Assessment.objects.filter(enrolment=enrolment).select_related("assessor")
    return "training/assessors_card.html", {"enrolment": enrolment, "rows": list(rows)}


def coaching(enrolment, user):
    """For the learner and her coach: what they have together beside the training, or the way to begin. Nobody else."""
    if user.pk not in (enrolment.person_id, enrolment.coach_id) or not (enrolment.person_id and enrolment.coach_id):
        return None
    if enrolment.state not in SHOWN_IN:
        return None
    rows = Coaching.objects.for_page(user).filter(coach=enrolment.coach_id, coachee=enrolment.person_id)
    row = rows.filter(state__in=LIVING).order_by("-at").first()
    other = enrolment.coach if user.pk == enrolment.person_id else enrolment.person
    return "training/coaching_card.html", {"enrolment": enrolment, "coaching": row, "other": other}
