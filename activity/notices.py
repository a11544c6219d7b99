"""The one letter of this app: the PLG letter itself."""

from django.utils.translation import gettext_lazy as _

from activity import digest
from activity.kinds import register

register(digest.KIND, _("your weekly PLG letter"), wait=False, told=False, context=digest.gather, sent=digest.told)
