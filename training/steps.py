"""The steps of enrolments, submissions, practice sessions and coachings, written once (`core.steps`)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.steps import step
from training import guards
from training.choices import CoachingState, EnrolmentState, PracticeState, SubmissionState

E, W, P, C = EnrolmentState, SubmissionState, PracticeState, CoachingState
LEARNER, GUIDE, TRAINER = frozenset({"learner"}), frozenset({"guide"}), frozenset({"trainer"})
LEADER, PLG, COACH, ASSESSOR, EITHER = (
    frozenset({"leader"}),
    frozenset({"plg"}),
    frozenset({"coach"}),
    frozenset({"assessor"}),
    frozenset({"coach", "coachee"}),
)

ENROLMENT = (
    step("consent", _("I agree"), E.REQUESTED, E.REQUESTED, who=LEADER),
    step("admit", _("Admit"), E.REQUESTED, E.ADMITTED, who=TRAINER,
         hard=(guards.leader_agreed, guards.has_practice_plg, guards.group_has_place)),
    step("decline", _("Do not admit"), E.REQUESTED, E.DECLINED, who=TRAINER, needs_reason=True, goes_back=True),
    step("begin", _("Begin"), (E.REQUESTED, E.ADMITTED), E.GOING, who=LEARNER, hard=(guards.may_begin,)),
    step("pause", _("Take a break"), E.GOING, E.PAUSED, who=LEARNER | TRAINER, goes_back=True),
    step("resume", _("Go on"), E.PAUSED, E.GOING, who=LEARNER | TRAINER),
    step("complete", _("Complete"), E.GOING, E.COMPLETED, who=TRAINER | LEARNER | ASSESSOR,
         hard=(guards.everything_is_done,)),
    step("fail", _("Not sufficient"), E.GOING, E.INSUFFICIENT, who=TRAINER, needs_reason=True, goes_back=True),
    step("judge", _("Not sufficient"), (E.GOING, E.PAUSED), E.INSUFFICIENT, who=ASSESSOR,
         hard=(guards.found_insufficient,), goes_back=True),
    step("overturn", _("Sufficient after all"), E.INSUFFICIENT, E.GOING, who=ASSESSOR, hard=(guards.found_sufficient,)),
    step("repair", _("Try once more"), E.INSUFFICIENT, E.GOING, who=TRAINER),
    step("stop", pgettext_lazy("deed", "Stop"), (E.REQUESTED, E.ADMITTED, E.GOING, E.PAUSED), E.STOPPED,
         who=LEARNER | TRAINER, goes_back=True),
)  # fmt: skip

SUBMISSION = (
    step("hand_in", _("Hand in"), W.CONCEPT, W.SUBMITTED, who=LEARNER, hard=(guards.something_is_written,)),
    step("take_up", _("I am reading it"), (W.SUBMITTED, W.RESUBMITTED), W.IN_FEEDBACK, who=GUIDE),
    step("send_back", _("To be revised"), (W.SUBMITTED, W.RESUBMITTED, W.IN_FEEDBACK), W.REVISED, who=GUIDE),
    step("approve", _("Approve"), (W.SUBMITTED, W.RESUBMITTED, W.IN_FEEDBACK), W.APPROVED, who=GUIDE),
    step("hand_in_again", _("Hand in again"), W.REVISED, W.RESUBMITTED, who=LEARNER,
         hard=(guards.something_is_written,)),
)  # fmt: skip

PRACTICE = (
    step("consent", _("Our PLG agrees"), P.PLANNED, P.PLANNED, who=PLG),
    step("refuse", _("Our PLG does not want it"), P.PLANNED, P.PLANNED, who=PLG, goes_back=True),
    step("hold", _("It was held"), P.PLANNED, P.HELD, who=LEARNER | GUIDE,
         hard=(guards.plg_agreed, guards.meeting_was_held)),
    step("reflect", _("Keep what I think of it"), P.HELD, P.REFLECTED, who=LEARNER,
         hard=(guards.reflection_is_written,)),
    step("give_feedback", _("Give feedback"), P.REFLECTED, P.FEEDBACK, who=COACH),
    step("once_more", _("Once more"), P.FEEDBACK, P.AGAIN, who=COACH, goes_back=True),
    step("suffice", _("Sufficient"), P.FEEDBACK, P.SUFFICIENT, who=COACH),
)  # fmt: skip

COACHING = (
    step("accept", _("I would like to"), C.PROPOSED, C.ACCEPTED, who=EITHER,
         hard=(guards.asked_by_the_other, guards.is_no_judge)),
    step("decline", _("It does not suit me"), C.PROPOSED, C.DECLINED, who=EITHER, goes_back=True),
    step("begin", _("Begin"), C.ACCEPTED, C.ACTIVE, who=EITHER, hard=(guards.has_a_goal,)),
    step("evaluate", _("Look back"), C.ACTIVE, C.EVALUATED, who=EITHER),
    step("close", _("Close"), C.EVALUATED, C.CLOSED, who=EITHER),
    step("stop", pgettext_lazy("deed", "Stop"), (C.PROPOSED, C.ACCEPTED, C.ACTIVE, C.EVALUATED), C.STOPPED, who=EITHER,
         goes_back=True),
)  # fmt: skip
