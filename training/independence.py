"""Who may look at somebody's work from outside, and who may stand beside her: never one person in both parts."""

from django.db.models import Q
from django.utils.translation import gettext as _

from organisations.models import Affiliation, Role
from training.choices import AssessmentState, CoachingState
from training.models import Assessment, Coaching, Feedback, Practice
from training.rules import standing

#: From here on two people have worked together, also when they stopped later.
BEGUN = (CoachingState.ACCEPTED, CoachingState.ACTIVE, CoachingState.EVALUATED, CoachingState.CLOSED)


def schools_of(person):
    """Ids of the schools where somebody works now."""
    return set(
        Affiliation.objects.current().filter(person=person, school__isnull=False).values_list("school", flat=True)
    )


def line_managers(of):
    """Ids of who leads a school where somebody works; of who leads a school herself, also of who runs its board."""
    roles = Role.objects.current().exclude(person=of)
    led = Role.objects.current().filter(person=of, kind="school_leader").values("school__board")
    leads = Q(kind="school_leader", school__in=schools_of(of)) | Q(kind="board_admin", board__in=led)
    return set(roles.filter(leads).values_list("person", flat=True))


def is_line_manager(person, of):
    """Whether one is the line manager of the other."""
    return person.pk in line_managers(of)


def coached_together(one, other):
    """Whether these two are, or were, coach and coachee."""
    pair = Q(coach=one, coachee=other) | Q(coach=other, coachee=one)
    return Coaching.objects.filter(pair).filter(Q(state__in=BEGUN) | Q(accepted_at__isnull=False)).exists()


def judged_with(person):
    """Ids of who was named as assessor of this person, or is assessed by her."""
    pairs = Assessment.objects.filter(Q(assessor=person) | Q(enrolment__person=person))
    pairs = pairs.exclude(state=AssessmentState.VOID).values_list("assessor", "enrolment__person")
    return {pk for pair in pairs for pk in pair if pk and pk != person.pk}


def why_not_assess(enrolment, person):
    """Why this person is no outside assessor of this learner, or ""."""
    learner = enrolment.person
    if person is None or not person.is_active or learner is None:
        return _("This person has no account any more.")
    if person.pk == learner.pk:
        return _("Nobody assesses herself.")
    return next((sentence % {"name": person} for is_so, sentence in _near(enrolment, person) if is_so), "")


def _near(enrolment, person):
    """What brings somebody too near to assess: (whether it is so, the sentence), one after the other."""
    learner = enrolment.person
    yield _has_coached(enrolment, person), _("%(name)s is or was the coach. An assessor looks from outside.")
    trains = bool(enrolment.group_id) and enrolment.group_id in standing(person).trains
    yield trains, _("%(name)s trains this group. An assessor looks from outside.")
    said = Feedback.objects.filter(by=person, version__submission__enrolment=enrolment).exists()
    yield said, _("%(name)s gave feedback on this work before. An assessor looks from outside.")
    yield is_line_manager(person, learner), _("%(name)s is the line manager. An assessor looks from outside.")
    shared = schools_of(person) & (schools_of(learner) | {enrolment.school_id})
    yield bool(shared), _("%(name)s works at the same school. An assessor looks from outside.")


def _has_coached(enrolment, person):
    if enrolment.coach_id == person.pk or coached_together(person, enrolment.person):
        return True
    return Practice.objects.filter(enrolment=enrolment, feedback_by=person).exists()
