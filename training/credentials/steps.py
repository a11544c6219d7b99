"""The steps of a credential, written once (`core.steps`). `replace` is taken when a newer one is issued."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.steps import step
from training.credentials import guards
from training.credentials.choices import State

S = State
KEEPER, SECOND = frozenset({"keeper"}), frozenset({"second"})

CREDENTIAL = (
    step("approve", _("Approve"), S.ELIGIBLE, S.APPROVED, who=SECOND, hard=(guards.quality_holds,)),
    step("decline", _("Do not give it"), (S.ELIGIBLE, S.APPROVED), S.DECLINED, who=KEEPER, needs_reason=True,
         goes_back=True),
    step("issue", pgettext_lazy("deed", "Issue"), S.APPROVED, S.ISSUED, who=KEEPER,
         hard=(guards.has_its_holder, guards.quality_holds, guards.can_be_signed)),
    step("suspend", _("Suspend"), S.ISSUED, S.SUSPENDED, who=KEEPER, needs_reason=True, goes_back=True,
         hard=(guards.can_be_signed,)),
    step("restore", _("It counts again"), S.SUSPENDED, S.ISSUED, who=KEEPER, hard=(guards.can_be_signed,)),
    step("revoke", _("Revoke"), (S.ISSUED, S.SUSPENDED), S.REVOKED, who=KEEPER, needs_reason=True, goes_back=True,
         hard=(guards.can_be_signed,)),
    step("replace", _("Issue anew"), S.ISSUED, S.REPLACED, who=KEEPER,
         hard=(guards.has_its_holder, guards.can_be_signed)),
)  # fmt: skip
