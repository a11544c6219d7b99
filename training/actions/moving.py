"""One way through all states: enrolments, submissions, practice sessions and coachings take the steps of `steps`.

`take` locks the row, asks the table whether the step follows, who takes it and what must be so before it; changes the
state, keeps what belongs to the step, and writes it down. Whoever must hear of it stands in `TOLD`.
"""

from functools import partial

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from activity.kinds import kinds
from communities.actions.seats import leaders
from core import steps as table_of
from core.refusals import Refused
from organisations.rules import standing as at_work
from training import rules, steps
from training.choices import AssessmentState, Part
from training.models import Coaching, Enrolment, Group, Practice, Submission
from training.rules import standing

TABLES = {
    Enrolment: steps.ENROLMENT,
    Submission: steps.SUBMISSION,
    Practice: steps.PRACTICE,
    Coaching: steps.COACHING,
}


@transaction.atomic
def take(row, verb, *, by, because=""):
    """Take this step with this row, as `by`; returns the row as it is now.

    Raises Refused with a sentence when the step does not follow, is not hers to take, needs a reason, or something
    must be so first.
    """
    if isinstance(row, Enrolment) and row.group_id:  # two may be admitted to the last place at once
        Group.objects.select_for_update(of=("self",)).get(pk=row.group_id)
    row = hold(row)
    step = why_not(row, verb, by=by)
    because = because.strip()
    if step.needs_reason and not because:
        raise Refused(_("Say why, so that it is clear what comes next."), "because")
    row.state = step.to
    _KEEPS.get((type(row), verb), _nothing)(row, by, because)
    row.save()
    kind, whom = TOLD.get((type(row), verb), (f"training.{type(row)._meta.model_name}_{verb}", None))
    record(kind, by=by, about=row, tell=whom(row) if whom and kind in kinds else ())
    return row


def hold(row):
    """The same row, locked, as it is now."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def why_not(row, verb, *, by):
    """The step by this name, if somebody may take it now. Raises Refused."""
    table = TABLES[type(row)]
    if reason := table_of.why_not(table, row, verb):
        raise Refused(reason)
    step = table_of.find(table, row.state, verb)
    if not step.who & parts(row, by):
        raise Refused(_("This step is not yours to take."))
    if isinstance(row, Coaching) and verb == "accept" and row.proposed_by_id == by.pk:
        raise Refused(_("You proposed it, so the other one answers."))
    if sentences := step.refused(row):
        raise Refused(" ".join(sentences))
    return step


def open_to(row, by):
    """The steps that somebody may take from here, as far as her part goes: forward ones first."""
    return table_of.open_to(TABLES[type(row)], row.state, parts(row, by))


# Who takes part in what ---------------------------------------------------------------------------


def parts(row, by):
    """What somebody is to this row: learner, trainer, guide, coach, leader, assessor, plg, coachee."""
    return frozenset(_PARTS[type(row)](row, by))


def _of_enrolment(row, by):
    mine = standing(by)
    if row.person_id == by.pk:
        return {"learner"}  # whoever learns here judges nothing of it, whatever else she is
    found = {"trainer", "guide"} if row.group_id and row.group_id in mine.trains else set()
    if row.coach_id == by.pk:
        found |= {"coach", "guide"}
    if row.school_id and row.school_id in at_work(by).schools_led:
        found.add("leader")
    if not found and has_judged(row, by):  # whoever guides her does not assess her
        found.add("assessor")
    return found


def has_judged(row, by):
    """Whether she gave a judgement as an assessor of this enrolment."""
    return row.assessments.filter(assessor=by.pk, state=AssessmentState.GIVEN).exists()


def _below_enrolment(row, by):
    return _of_enrolment(row.enrolment, by) - {"leader", "assessor"}


def _of_practice(row, by):
    found = _below_enrolment(row, by)
    if Practice.objects.filter(pk=row.pk).filter(rules.consent_practice(by)).exists():
        found.add("plg")
    return found


def _of_coaching(row, by):
    return {part for part in ("coach", "coachee") if getattr(row, f"{part}_id") == by.pk}


_PARTS = {
    Enrolment: _of_enrolment,
    Submission: _below_enrolment,
    Practice: _of_practice,
    Coaching: _of_coaching,
}

# What is kept with a step -------------------------------------------------------------------------


def _nothing(row, by, because):
    pass


def _stamp(row, by, because, *, at=(), who=(), clear=(), why=""):
    moment = now()
    for name in at:
        setattr(row, name, moment)
    for name in who:
        setattr(row, name, by)
    for name in clear:
        setattr(row, name, None)
    if why:
        setattr(row, why, because[:300])


def _begin(row, by, because):
    row.began_at = row.began_at or now()
    version = row.version
    if not version.frozen_at:
        version.frozen_at = now()
        version.save(update_fields=["frozen_at"])


_ENDS = partial(_stamp, at=("ended_at",), why="ended_why")
_KEEPS = {
    (Enrolment, "consent"): partial(_stamp, at=("consented_at",), who=("consented_by",)),
    (Enrolment, "begin"): _begin,
    (Enrolment, "decline"): _ENDS,
    (Enrolment, "fail"): _ENDS,
    (Enrolment, "judge"): _ENDS,
    (Enrolment, "overturn"): partial(_stamp, clear=("ended_at",)),
    (Enrolment, "stop"): _ENDS,
    (Enrolment, "complete"): _ENDS,
    (Enrolment, "repair"): partial(_stamp, clear=("ended_at",), why="ended_why"),
    (Practice, "consent"): partial(_stamp, at=("consented_at",), who=("consented_by",), clear=("refused_at",)),
    (Practice, "refuse"): partial(_stamp, at=("refused_at",), clear=("consented_at", "consented_by")),
    (Practice, "reflect"): partial(_stamp, at=("reflected_at",)),
    (Practice, "give_feedback"): partial(_stamp, at=("feedback_at",), who=("feedback_by",)),
    (Coaching, "accept"): partial(_stamp, at=("accepted_at",)),
    (Coaching, "decline"): partial(_stamp, at=("ended_at",)),
    (Coaching, "close"): partial(_stamp, at=("ended_at",)),
    (Coaching, "stop"): partial(_stamp, at=("ended_at",)),
}

# Who hears of it ----------------------------------------------------------------------------------


def trainers(enrolment):
    """The trainers of her group; the coach is no trainer by that alone."""
    if not enrolment.group_id:
        return []
    rows = enrolment.group.members.filter(part=Part.TRAINER).select_related("person").order_by("pk")
    return [row.person for row in rows]


def guides(enrolment):
    """Who gives her feedback: her coach first, then the trainers of her group."""
    return list(dict.fromkeys([*([enrolment.coach] if enrolment.coach_id else []), *trainers(enrolment)]))


def _learner(row):
    person = (row if isinstance(row, Enrolment) else row.enrolment).person
    return [person] if person else []


def _both(row):
    return [person for person in (row.coach, row.coachee) if person]


def _coach_or_trainers(row):
    return [row.enrolment.coach] if row.enrolment.coach_id else trainers(row.enrolment)


def of_plg(practice):
    """Who answers for the PLG of a practice session: its other facilitators, else its members."""
    concerned = {practice.enrolment.person_id, practice.enrolment.coach_id}
    others = [person for person in leaders(practice.community) if person.pk not in concerned]
    if others:
        return others
    rows = practice.community.memberships.active().exclude(role="guest").exclude(person=None)
    return [row.person for row in rows.select_related("person") if row.person_id not in concerned]


TOLD = {
    (Enrolment, "consent"): ("training.agreed", lambda row: [*_learner(row), *trainers(row)]),
    (Enrolment, "admit"): ("training.admitted", _learner),
    (Enrolment, "decline"): ("training.declined", _learner),
    (Enrolment, "complete"): ("training.completed", _learner),
    (Enrolment, "fail"): ("training.failed", _learner),
    (Enrolment, "judge"): ("training.not_yet", lambda row: [*_learner(row), *trainers(row)]),
    (Enrolment, "overturn"): ("training.overturned", None),
    (Enrolment, "repair"): ("training.once_more", _learner),
    (Enrolment, "stop"): ("training.stopped", lambda row: [*_learner(row), *guides(row)]),
    (Submission, "send_back"): ("training.sent_back", _learner),
    (Submission, "approve"): ("training.approved", _learner),
    (Practice, "consent"): ("training.plg_agreed", lambda row: [*_learner(row), *_coach_or_trainers(row)]),
    (Practice, "refuse"): ("training.plg_refused", lambda row: [*_learner(row), *_coach_or_trainers(row)]),
    (Practice, "reflect"): ("training.reflected", _coach_or_trainers),
    (Practice, "once_more"): ("training.practise_again", _learner),
    (Practice, "suffice"): ("training.practised", _learner),
    (Coaching, "accept"): ("training.coaching_accepted", _both),
    (Coaching, "decline"): ("training.coaching_declined", _both),
    (Coaching, "stop"): ("training.coaching_stopped", _both),
    (Coaching, "close"): ("training.coaching_closed", _both),
}
