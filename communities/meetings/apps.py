from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """Floor 5: meetings of a PLG."""

    name = "communities.meetings"
    label = "meetings"
    verbose_name = _("Meetings")
