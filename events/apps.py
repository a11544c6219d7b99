from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Floor 7: innovation labs and work conferences."""

    name = "events"
    label = "events"
    verbose_name = _("Innovation labs")

    def ready(self):
        """What is kept of people, and what events show elsewhere."""
        from communities.meetings import beside
        from core import registry
        from events import ics, merging, privacy, shell
        from events.panels import after, calling, choosing, coming, days, programme  # noqa: F401 - register themselves

        registry.menu.add("events", shell.items)
        registry.merges.add("events", merging.merge)
        registry.mergers.add("events", merging.place_went_up)
        registry.claims.add("events", shell.claim)
        beside.sources.add("events", beside.Source(ics.rows, ics.events))
        privacy.register()
