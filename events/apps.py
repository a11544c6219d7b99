from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Floor 7: innovation labs and work conferences."""

    name = "events"
    label = "events"
    verbose_name = _("Innovation labs")
