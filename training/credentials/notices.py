"""What is told and asked about credentials."""

from django.utils.translation import gettext_lazy as _

from activity.kinds import register, register_ask
from training.credentials.actions import ASK, RENEW
from training.credentials.choices import State
from training.credentials.models import Credential

OF = ("person",)


def one(*states):
    """A sample for the previews: the newest in one of these states, else any."""

    def sample():
        rows = Credential.objects.select_related(*OF).order_by("-pk")
        return rows.filter(state__in=states).first() or rows.first(), {}

    return sample


register("credentials.issued", _("I get a certificate"), related=OF, power="hold", sample=one(State.ISSUED))
register("credentials.suspended", _("a certificate of mine is suspended"), related=OF, power="hold",
         sample=one(State.SUSPENDED))  # fmt: skip
register("credentials.restored", _("a certificate of mine counts again"), related=OF, power="hold",
         sample=one(State.ISSUED))  # fmt: skip
register("credentials.revoked", _("a certificate of mine is revoked"), related=OF, power="hold",
         sample=one(State.REVOKED))  # fmt: skip
register("credentials.declined", _("I do not get a certificate"), related=OF, power="hold",
         sample=one(State.DECLINED))  # fmt: skip
register_ask(ASK, power="keep", related=OF, icon="rubber-stamp", sample=one(State.ELIGIBLE))
register_ask(RENEW, power="keep", related=OF, icon="refresh", sample=one(State.ISSUED))
