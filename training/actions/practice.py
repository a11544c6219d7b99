"""A practice session: at a real meeting, agreed by that PLG, looked back on by oneself first, then by the coach."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from core.refusals import Refused
from training.actions import moving
from training.actions.learning import why_not_learn
from training.actions.reminding import LOOK_BACK
from training.choices import PracticeState, Verdict
from training.models import Practice

CONSENT = "training.agree_practice"


@transaction.atomic
def plan(enrolment, *, by, meeting, aim):
    """Plan it at a meeting of her PLG, and ask that PLG whether her coach may look on."""
    if reason := why_not_plan(enrolment):
        raise Refused(reason)
    if meeting.community_id != enrolment.community_id:
        raise Refused(_("Choose a meeting of the PLG in which you practise."), "meeting")
    if meeting.is_cancelled:
        raise Refused(_("This meeting is cancelled."), "meeting")
    try:
        with transaction.atomic():
            row = Practice.objects.create(
                enrolment=enrolment, community=enrolment.community, meeting=meeting, aim=aim.strip()
            )
    except IntegrityError:
        raise Refused(_("You practise at this meeting already."), "meeting") from None
    _ask_plg(row, by=by)
    return row


def why_not_plan(enrolment):
    """Why no practice session can be planned now, or ""."""
    if reason := why_not_learn(enrolment):
        return reason
    if enrolment.community_id is None:
        return _("Choose first in which PLG you practise.")
    if enrolment.coach_id is None:
        return _("You have no coach yet. Your trainer names one.")
    return ""


@transaction.atomic
def move(practice, *, by, meeting):
    """To another meeting of the same PLG, as long as it was not held. The PLG is asked anew: it agreed to one."""
    row = moving.hold(practice)
    if row.state != PracticeState.PLANNED:
        raise Refused(_("It was held already."))
    if meeting.community_id != row.community_id or meeting.is_cancelled:
        raise Refused(_("Choose a meeting of the PLG in which you practise."), "meeting")
    if Practice.objects.filter(enrolment=row.enrolment_id, meeting=meeting).exclude(pk=row.pk).exists():
        raise Refused(_("You practise at this meeting already."), "meeting")
    row.meeting, row.consented_by, row.consented_at, row.refused_at = meeting, None, None, None
    row.save(update_fields=["meeting", "consented_by", "consented_at", "refused_at"])
    record("training.practice_moved", by=by, about=row)
    _ask_plg(row, by=by)
    return row


def _ask_plg(row, *, by):
    people = moving.of_plg(row)
    if not people:
        raise Refused(_("Your PLG has no other members yet who can agree."))
    answered(CONSENT, about=row)
    ask(CONSENT, about=row, url=row.get_absolute_url(), people=people, community=row.community)
    record("training.practice_planned", by=by, about=row, tell=people, community=row.community)


@transaction.atomic
def agree(practice, *, by):
    """For the PLG: her coach may look on at this one session."""
    row = moving.take(practice, "consent", by=by)
    answered(CONSENT, about=row)
    return row


@transaction.atomic
def refuse(practice, *, by):
    """For the PLG: not this time. It needs no reason, and can be said until it was held."""
    row = moving.take(practice, "refuse", by=by)
    answered(CONSENT, about=row)
    return row


@transaction.atomic
def hold(practice, *, by):
    """It was held: the learner looks back first."""
    return moving.take(practice, "hold", by=by)


@transaction.atomic
def reflect(practice, *, by, reflection):
    """What she thinks of it herself; only after that her coach says anything."""
    row = moving.hold(practice)
    if row.enrolment.person_id != by.pk:
        raise Refused(_("This step is not yours to take."))
    if row.state == PracticeState.HELD:
        Practice.objects.filter(pk=row.pk).update(reflection=reflection.strip())
    row = moving.take(row, "reflect", by=by)
    answered(LOOK_BACK, about=row)
    coach = row.enrolment.coach
    if coach:
        ask("training.coach_feedback", about=row, url=row.get_absolute_url(), people=[coach])
    return row


@transaction.atomic
def give_feedback(form, *, practice, by):
    """What the coach saw, and whether it is sufficient or is done once more. Raises Refused before she looked back."""
    said = form.cleaned_data
    row = moving.take(practice, "give_feedback", by=by)
    Practice.objects.filter(pk=row.pk).update(
        feed_up=said["feed_up"], feedback=said["feedback"], feedforward=said["feedforward"], verdict=said["verdict"]
    )
    verb = "suffice" if said["verdict"] == Verdict.SUFFICIENT else "once_more"
    row = moving.take(row, verb, by=by)
    answered("training.coach_feedback", about=row)
    return row
