"""The one letter of this app, and what it must hear of a person."""

from django.utils.translation import gettext_lazy as _

from activity import digest, paces
from activity.kinds import register
from core.registry import claims, rhythms

register(digest.KIND, _("your weekly PLG letter"), wait=False, told=False, context=digest.gather, sent=digest.told)

rhythms.add("activity", digest.set_clock)
claims.add("silence", paces.take_over_silence)
