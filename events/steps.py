"""The steps of an event and of a contribution, written once (`core.steps`)."""

from django.utils.translation import gettext_lazy as _

from core.steps import step
from events import guards
from events.choices import ContributionState, State

S, C = State, ContributionState
ORGANISER, AUTHOR = frozenset({"organiser"}), frozenset({"author"})
ALIVE = (S.CONCEPT, S.CALL_OPEN, S.CALL_CLOSED, S.PROGRAMME, S.OPEN, S.CLOSED, S.RUNNING)

EVENT = (
    step("open_call", _("Ask for contributions"), (S.CONCEPT, S.CALL_CLOSED), S.CALL_OPEN, who=ORGANISER,
         hard=(guards.lies_ahead, guards.call_has_an_end)),
    step("close_call", _("Close the call"), S.CALL_OPEN, S.CALL_CLOSED, who=ORGANISER),
    step("publish_programme", _("Make the programme known"), (S.CONCEPT, S.CALL_CLOSED), S.PROGRAMME, who=ORGANISER,
         hard=(guards.lies_ahead, guards.programme_is_released), asks=(guards.decisions_are_sent,)),
    step("open_registration", _("Open registration"), (S.CONCEPT, S.PROGRAMME, S.CLOSED), S.OPEN, who=ORGANISER,
         hard=(guards.is_not_over, guards.has_a_place)),
    step("close_registration", _("Close registration"), S.OPEN, S.CLOSED, who=ORGANISER),
    step("begin", _("Begin the day"), (S.PROGRAMME, S.OPEN, S.CLOSED), S.RUNNING, who=ORGANISER,
         hard=(guards.is_today,)),
    step("end", _("Round it off"), S.RUNNING, S.OVER, who=ORGANISER),
    step("archive", _("Put it in the archive"), S.OVER, S.ARCHIVED, who=ORGANISER),
    step("cancel", _("Call it off"), ALIVE, S.CANCELLED, who=ORGANISER, needs_reason=True, goes_back=True),
)  # fmt: skip

CONTRIBUTION = (
    step("submit", _("Submit"), C.CONCEPT, C.SUBMITTED, who=AUTHOR,
         hard=(guards.call_is_open, guards.contribution_is_complete)),
    step("take_back", _("Change it"), C.SUBMITTED, C.CONCEPT, who=AUTHOR, hard=(guards.call_is_open,), goes_back=True),
    step("take_in", _("Read it"), C.SUBMITTED, C.REVIEWED, who=ORGANISER),
    step("accept", _("Accept"), (C.SUBMITTED, C.REVIEWED, C.RESERVE), C.ACCEPTED, who=ORGANISER),
    step("keep_in_reserve", _("Keep in reserve"), (C.SUBMITTED, C.REVIEWED), C.RESERVE, who=ORGANISER),
    step("reject", _("Not this time"), (C.SUBMITTED, C.REVIEWED, C.RESERVE), C.REJECTED, who=ORGANISER),
    step("confirm", _("I will be there"), C.ACCEPTED, C.CONFIRMED, who=AUTHOR),
    step("schedule", _("Put it in the programme"), (C.ACCEPTED, C.CONFIRMED), C.SCHEDULED, who=ORGANISER),
    step("unschedule", _("Take it out of the programme"), C.SCHEDULED, C.CONFIRMED, who=ORGANISER, goes_back=True),
    step("withdraw", _("Withdraw"),
         (C.CONCEPT, C.SUBMITTED, C.REVIEWED, C.ACCEPTED, C.RESERVE, C.CONFIRMED), C.WITHDRAWN, who=AUTHOR,
         goes_back=True),
)  # fmt: skip
