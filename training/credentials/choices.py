"""The words of credentials."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """Having been there is one thing, having shown what one can another; the third needs assured quality."""

    ATTENDANCE = "attendance", _("proof of attendance")
    CERTIFICATE = "certificate", _("certificate")
    MICROCREDENTIAL = "microcredential", _("microcredential")


class State(TextChoices):
    """eligible → approved → issued → suspended ⇄ → revoked | replaced; or declined before it was issued."""

    ELIGIBLE = "eligible", _("eligible")
    APPROVED = "approved", pgettext_lazy("of a credential", "approved")
    ISSUED = "issued", pgettext_lazy("of a credential", "issued")
    SUSPENDED = "suspended", _("suspended")
    REVOKED = "revoked", _("revoked")
    REPLACED = "replaced", _("replaced by a newer one")
    DECLINED = "declined", pgettext_lazy("of a credential", "not given")


class Framework(TextChoices):
    """In which framework a level was placed."""

    NONE = "", _("no level")
    NLQF = "nlqf", "NLQF"
    EQF = "eqf", "EQF"


#: Handed out: there is a signed credential, and an entry in the status list.
OUT = (State.ISSUED, State.SUSPENDED, State.REVOKED, State.REPLACED)
#: Still going somewhere, or standing: of one enrolment there is one of a kind.
LIVING = (State.ELIGIBLE, State.APPROVED, State.ISSUED, State.SUSPENDED)
#: As `type` of an achievement of Open Badges.
ACHIEVEMENT = {
    Kind.ATTENDANCE: "Course",
    Kind.CERTIFICATE: "CertificateOfCompletion",
    Kind.MICROCREDENTIAL: "MicroCredential",
}
