"""The one letter of this app, and what it must hear of a person."""

from django.utils.translation import gettext_lazy as _

from activity import bounces, digest, paces
from activity.kinds import register, register_ask
from core.registry import claims, rhythms

register(
    digest.KIND,
    _("my PLG letter"),
    wait=False,
    told=False,
    has_rhythm=True,
    context=digest.gather,
    context_of_many=digest.gather_many,
    still_so=digest.still_so,
    sent=digest.told,
)


def of_owner(paused, person):
    """Whoever still uses the address."""
    return paused.address == person.email


register_ask(bounces.ASKED, visible=of_owner, icon="mail-off")

rhythms.add("activity", digest.set_clock)
claims.add("bounces", bounces.belong_to)
claims.add("silence", paces.take_over_silence)
