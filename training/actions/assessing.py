"""Assessment from outside: one assessor, or two and a third where they differ; repair; and appeal.

A place without an assessor is a row that waits for one. Each deed holds the enrolment first, so that two who judge at
once make one decision.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from activity.journal import answered, ask, record
from core.links import address
from core.refusals import Refused
from core.time import today
from people.calendar import after_working_days
from people.models import User
from training import progress
from training.actions import learning, moving
from training.choices import AssessmentState, EnrolmentState, Part, Verdict
from training.independence import why_not_assess
from training.models import Appeal, Assessment, Enrolment, Outcome, PortfolioItem
from training.progress import APPEAL, ASSURED
from training.rules import standing

ASSESS, NAME = "training.assess", "training.name_assessor"
DAYS_TO_ASSESS = 15
APPEAL_WITHIN = timedelta(weeks=6)
BUSY = (EnrolmentState.GOING, EnrolmentState.PAUSED)


def wanted_of(enrolment):
    """How many assessors judge first."""
    return progress.wanted_of(enrolment.version.programme)


def _rows(enrolment):
    return list(Assessment.objects.filter(enrolment=enrolment).select_related("assessor").order_by("attempt", "place"))


def _last(rows):
    """The attempt that was made last, 0 before the first."""
    return max((row.attempt for row in rows), default=0)


# Handing over -------------------------------------------------------------------------------------


def why_not_hand_over(enrolment):
    """Why the portfolio cannot be handed over now, or ""."""
    return learning.why_not_learn(enrolment) or _why_not_now(enrolment) or _why_not_full(enrolment)


def _why_not_now(enrolment):
    """It is looked at already, or that is over."""
    rows = _rows(enrolment)
    if not enrolment.version.programme.is_trajectory:
        return _("A short course is not assessed.")
    if any(row.state == AssessmentState.ASKED for row in rows):
        return _("Your portfolio is with an assessor already.")
    if progress.verdict_of(rows, wanted_of(enrolment)) == Verdict.SUFFICIENT:
        return _("It was found sufficient.")
    return ""


def _why_not_full(enrolment):
    """Something is not done yet, or an outcome is shown by nothing."""
    if unfinished := progress.of(enrolment).unfinished:
        return " ".join(unfinished)
    shown = PortfolioItem.outcomes.through.objects.filter(portfolioitem__enrolment=enrolment).values("outcome")
    bare = Outcome.objects.filter(version=enrolment.version_id).exclude(pk__in=shown)
    if codes := list(bare.values_list("code", flat=True)):
        return _("Nothing shows these outcomes yet: %(codes)s.") % {"codes": ", ".join(codes)}
    return "" if PortfolioItem.objects.filter(enrolment=enrolment).exists() else _("Put something into it first.")


@transaction.atomic
def hand_over(enrolment, *, by):
    """Have the portfolio assessed: assessors of the group are asked, or its trainers to name one. Raises Refused."""
    row = moving.hold(enrolment)
    if row.person_id != by.pk:
        raise Refused(_("Only the learner does this."))
    if reason := why_not_hand_over(row):
        raise Refused(reason)
    attempt = _last(_rows(row)) + 1
    for place in range(1, wanted_of(row) + 1):
        Assessment.objects.create(enrolment=row, attempt=attempt, place=place)
    record("training.handed_over", by=by, about=row, attempt=attempt)
    _fill(row)
    return row


# Naming assessors ---------------------------------------------------------------------------------


def candidates(enrolment, place=1):
    """[(person, why not)] of the assessors of her group: who judged before first, then who has least to judge."""
    if not enrolment.group_id:
        return []
    asked = Count("pk", filter=Q(state=AssessmentState.ASKED))
    people = [row.person for row in enrolment.group.members.filter(part=Part.ASSESSOR).select_related("person")]
    load = dict(Assessment.objects.filter(assessor__in=people).values_list("assessor").annotate(n=asked))
    rows = _rows(enrolment)
    last = _last(rows)
    here = {row.assessor_id for row in rows if row.attempt == last and row.assessor_id}
    before = {row.assessor_id for row in rows if row.attempt < last and row.assessor_id}
    by_load = sorted(people, key=lambda each: (each.pk not in before, load.get(each.pk, 0), each.pk))
    return [(person, _why_not_here(enrolment, person, place, here, before)) for person in by_load]


def _why_not_here(enrolment, person, place, here, before):
    if person.pk in here:
        return _("%(name)s judges this already.") % {"name": person}
    if place == APPEAL and person.pk in before:
        return _("%(name)s judged this before. On appeal somebody else looks.") % {"name": person}
    return why_not_assess(enrolment, person)


def _fill(enrolment):
    """Find somebody for each place that has nobody; ask the trainers where there is nobody to be found."""
    bare = Assessment.objects.select_for_update(of=("self",)).filter(
        enrolment=enrolment, assessor=None, state=AssessmentState.ASKED
    )
    for row in bare.order_by("place"):
        suitable = [person for person, reason in candidates(enrolment, row.place) if not reason]
        if suitable:
            _name(row, suitable[0])
        else:
            people = moving.trainers(enrolment)
            ask(NAME, about=enrolment, url=address("training:assessors", enrolment.pk), people=people)
            record("training.assessor_wanted", about=enrolment, tell=people)
            return
    answered(NAME, about=enrolment)


def _name(row, person, by=None):
    row.assessor, row.asked_at, row.late_at = person, now(), None
    row.due_on = after_working_days(today(), DAYS_TO_ASSESS, person.holiday_region)
    row.save(update_fields=["assessor", "asked_at", "late_at", "due_on"])
    standing.forget(person)
    ask(ASSESS, about=row, url=address("training:assessment", row.pk), people=[person], due_on=row.due_on)
    record("training.asked_to_assess", by=by, about=row, tell=[person])


def _hold_pair(row):
    """The enrolment and this assessment, both held, the enrolment first."""
    enrolment = moving.hold(Enrolment(pk=row.enrolment_id))
    return enrolment, Assessment.objects.select_for_update(of=("self",)).get(pk=row.pk)


@transaction.atomic
def name(assessment, *, by, assessor):
    """A trainer names who assesses, also instead of who was asked and has not judged yet. Raises Refused."""
    enrolment, row = _hold_pair(assessment)
    if "trainer" not in moving.parts(enrolment, by):
        raise Refused(_("The trainers of the group name who assesses."))
    if row.state != AssessmentState.ASKED:
        raise Refused(_("This judgement was given already."))
    _hold_people(enrolment)
    reason = next((why for person, why in candidates(enrolment, row.place) if person == assessor), None)
    if reason is None:
        raise Refused(_("Choose an assessor of this group."), "assessor")
    if reason:
        raise Refused(reason, "assessor")
    answered(ASSESS, about=row)
    _name(row, assessor, by)
    if not Assessment.objects.filter(enrolment=enrolment, assessor=None, state=AssessmentState.ASKED).exists():
        answered(NAME, about=enrolment)
    return row


def _hold_people(enrolment):
    """The learner, held: whoever becomes her coach meanwhile waits, and hears that it is not possible."""
    if enrolment.person_id:
        User.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.person_id)


@transaction.atomic
def hand_back(assessment, *, by):
    """An assessor would rather not: she knows her too well, or has no time. The trainers name somebody else."""
    enrolment, row = _hold_pair(assessment)
    if row.assessor_id != by.pk:
        raise Refused(_("This was not asked of you."))
    if row.state != AssessmentState.ASKED:
        raise Refused(_("You gave your judgement already."))
    row.assessor = None
    row.save(update_fields=["assessor"])
    standing.forget(by)
    answered(ASSESS, about=row)
    people = moving.trainers(enrolment)
    ask(NAME, about=enrolment, url=address("training:assessors", enrolment.pk), people=people)
    record("training.handed_back", by=by, about=enrolment, tell=people)
    return enrolment


# Judging ------------------------------------------------------------------------------------------


@transaction.atomic
def give(form, *, assessment, by):
    """Her judgement, by outcome. When it decides, what follows is done. Raises Refused; it is given once."""
    enrolment, row = _hold_pair(assessment)
    said = form.cleaned_data
    if row.assessor_id != by.pk:
        raise Refused(_("This was not asked of you."))
    if row.state != AssessmentState.ASKED:
        raise Refused(_("You gave your judgement already."))
    on_appeal = row.place == APPEAL
    if enrolment.state not in BUSY and not (on_appeal and enrolment.state == EnrolmentState.INSUFFICIENT):
        raise Refused(_("The learner does not take part any more, so nothing is judged."))
    _hold_people(enrolment)
    if reason := why_not_assess(enrolment, by):
        raise Refused(reason)
    row.scores, row.says, row.verdict = said["scores"], said["says"].strip(), said["verdict"]
    row.state, row.given_at = AssessmentState.GIVEN, now()
    row.save(update_fields=["scores", "says", "verdict", "state", "given_at"])
    answered(ASSESS, about=row)
    record("training.assessed", by=by, about=row)
    _decide(enrolment, row, by)
    return row


def _decide(enrolment, row, by):
    """What follows once all who judge first did so: it is decided, or a third one looks."""
    rows, wanted = _rows(enrolment), wanted_of(enrolment)
    mine = [each for each in rows if each.attempt == row.attempt]
    verdict = progress.verdict_of(mine, wanted)
    if verdict == Verdict.SUFFICIENT:
        _sufficient(enrolment, row, by)
    elif verdict == Verdict.INSUFFICIENT:
        _insufficient(enrolment, row, by)
    elif all(each.state == AssessmentState.GIVEN for each in mine):
        Assessment.objects.create(enrolment=enrolment, attempt=row.attempt, place=wanted + 1)
        record("training.assessors_differ", about=enrolment, tell=moving.trainers(enrolment))
        _fill(enrolment)


def _sufficient(enrolment, row, by):
    """Sufficient: she completes, where nothing else is missing, and comes up for her certificate."""
    _settle(enrolment, row, by)
    if enrolment.state == EnrolmentState.INSUFFICIENT:
        enrolment = moving.take(enrolment, "overturn", by=by)
    if enrolment.state == EnrolmentState.GOING and not progress.why_not_complete(enrolment):
        learning.step(enrolment, "complete", by=by)
    else:
        record("training.found_sufficient", by=by, about=enrolment, tell=[enrolment.person])


def _insufficient(enrolment, row, by):
    _settle(enrolment, row, by)
    if enrolment.state in BUSY and row.place != APPEAL:
        moving.take(enrolment, "judge", by=by)
    else:
        record("training.appeal_lost", by=by, about=enrolment, tell=[enrolment.person])


# Appeal -------------------------------------------------------------------------------------------


def why_not_appeal(enrolment):
    """Why there is no appeal now, or ""."""
    rows = _rows(enrolment)
    if wanted_of(enrolment) < ASSURED:
        return _("There is no appeal in this programme. Talk about it with your trainer.")
    if progress.verdict_of(rows, ASSURED) != Verdict.INSUFFICIENT:
        return _("There is nothing to appeal against.")
    last = _last(rows)
    if Appeal.objects.filter(enrolment=enrolment, attempt=last).exists():
        return _("You did not agree with this before. It was looked at anew.")
    decided = max(row.given_at for row in rows if row.attempt == last and row.given_at)
    if decided < now() - APPEAL_WITHIN:
        return _("This was possible for six weeks.")
    return ""


@transaction.atomic
def appeal(enrolment, *, by, reason):
    """She does not agree: somebody who did not judge it yet looks anew, and decides."""
    row = moving.hold(enrolment)
    if row.person_id != by.pk:
        raise Refused(_("Only the learner does this."))
    if why := why_not_appeal(row):
        raise Refused(why)
    attempt = _last(_rows(row))
    made = Appeal.objects.create(enrolment=row, attempt=attempt, reason=reason.strip())
    Assessment.objects.create(enrolment=row, attempt=attempt, place=APPEAL)
    record("training.appealed", by=by, about=row, tell=moving.trainers(row))
    _fill(row)
    return made


def _settle(enrolment, row, by):
    if row.place == APPEAL:
        with override(enrolment.person.language):
            said = Verdict(row.verdict).label
        Appeal.objects.filter(enrolment=enrolment, attempt=row.attempt, settled_at=None).update(
            settled_at=now(), settled_by=by, outcome=str(said)
        )


# Showing ------------------------------------------------------------------------------------------


def rounds(enrolment, user):
    """Of each attempt what was decided: the learner and her guides read it once it is, an assessor her own."""
    rows, wanted, found = _rows(enrolment), wanted_of(enrolment), []
    for attempt in sorted({row.attempt for row in rows}, reverse=True):
        here = [row for row in rows if row.attempt == attempt]
        verdict = progress.verdict_of(here, wanted)
        given = [row for row in here if row.state == AssessmentState.GIVEN]
        if enrolment.person_id != user.pk:
            given = [row for row in given if row.assessor_id == user.pk]
        elif not verdict:
            given = []
        asked = [row for row in here if row.state == AssessmentState.ASKED]
        found.append({"attempt": attempt, "verdict": verdict, "given": given, "asked": asked})
    return found


def is_decided(row):
    """Whether the round of this judgement came to a verdict: before that only its writer reads it."""
    here = [each for each in _rows(row.enrolment) if each.attempt == row.attempt]
    return bool(progress.verdict_of(here, wanted_of(row.enrolment)))


def state_of(enrolment):
    """For the page of a portfolio: "open", "asked" (somebody judges, or is looked for) or "done"."""
    rows = _rows(enrolment)
    if any(row.state == AssessmentState.ASKED for row in rows):
        return "asked"
    return "done" if progress.verdict_of(rows, wanted_of(enrolment)) == Verdict.SUFFICIENT else "open"


# At night -----------------------------------------------------------------------------------------


def keep_up():
    """Places whose assessor left are filled; trainers hear of a late judgement; who stopped is not judged any more."""
    waiting = Assessment.objects.filter(state=AssessmentState.ASKED)
    over = waiting.exclude(enrolment__state__in=BUSY).exclude(
        place=APPEAL, enrolment__state=EnrolmentState.INSUFFICIENT
    )
    for row in over:
        answered(ASSESS, about=row)
    over.update(state=AssessmentState.VOID)
    waiting.filter(assessor__is_active=False).update(assessor=None)
    for pk in waiting.filter(assessor=None).values_list("enrolment", flat=True).distinct():
        _fill_by_itself(pk)
    for row in waiting.filter(due_on__lt=today(), late_at=None).exclude(assessor=None):
        _say_late(row)


@transaction.atomic
def _say_late(assessment):
    enrolment, row = _hold_pair(assessment)
    if row.state != AssessmentState.ASKED or row.assessor_id is None or row.late_at:
        return
    row.late_at = now()
    row.save(update_fields=["late_at"])
    record("training.assessment_late", about=enrolment, tell=moving.trainers(enrolment))


@transaction.atomic
def _fill_by_itself(pk):
    _fill(moving.hold(Enrolment(pk=pk)))
