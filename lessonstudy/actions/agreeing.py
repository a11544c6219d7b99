"""The team agrees with the outcome, or not yet: what follows when it is asked, withheld and completed."""

from datetime import timedelta

from django.utils.timezone import now

from activity.journal import answered, ask
from core.time import today
from lessonstudy import purging
from lessonstudy.choices import Answer, State
from lessonstudy.models import Approval, Outcome
from people.calendar import after_working_days

ASKED = "lessonstudy.approve"
WORKING_DAYS = 10


def ask_team(cycle, *, by):
    """Everybody of the team is asked anew; who asks, agrees. Ten of one's own working days' silence counts as yes."""
    outcome, _made = Outcome.objects.get_or_create(cycle=cycle)
    outcome.asked_at = now()
    outcome.save(update_fields=["asked_at"])
    outcome.approvals.filter(member__left_at__isnull=False).delete()
    for member in cycle.team:
        _ask(cycle, outcome, member, is_hers=member.person_id == by.pk)


def ask_newcomers(cycle):
    """Who came into the team while it is asked, is asked as well."""
    outcome = Outcome.objects.filter(cycle=cycle, asked_at__isnull=False).first()
    if outcome is None or cycle.state != State.SHARING:
        return
    known = set(outcome.approvals.values_list("member", flat=True))
    for member in cycle.team:
        if member.pk not in known:
            _ask(cycle, outcome, member)


def _ask(cycle, outcome, member, *, is_hers=False):
    due_on = after_working_days(today(), WORKING_DAYS, member.person.holiday_region if member.person_id else "")
    fresh = {"answer": Answer.YES if is_hers else "", "answered_at": now() if is_hers else None, "why": ""}
    Approval.objects.update_or_create(outcome=outcome, member=member, defaults={"due_on": due_on} | fresh)
    if member.person_id and not is_hers:
        ask(
            ASKED, about=outcome, url=outcome.get_absolute_url(), people=[member.person],
            community=cycle.community_id, due_on=due_on,
        )  # fmt: skip


def withheld(cycle, *, by, why):
    """One does not agree: nobody is asked any more until the team asks again."""
    Approval.objects.filter(outcome__cycle=cycle, member__person=by).update(
        answer=Answer.NO, why=why, answered_at=now()
    )
    outcome = cycle.outcome
    outcome.asked_at = None
    outcome.save(update_fields=["asked_at"])
    answered(ASKED, about=outcome)


def completed(cycle, *, by):
    """It is done: requests close, and the clock of what was noted of pupils runs."""
    answered(ASKED, about=cycle.outcome)
    set_term(cycle)


def set_term(cycle):
    """When the notes on pupils go."""
    cycle.purge_on = today() + timedelta(days=purging.days_of(cycle.community))
    cycle.save(update_fields=["purge_on"])
