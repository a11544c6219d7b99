from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionsConfig(AppConfig):
    """Floor 5: what a PLG talks about between its meetings."""

    name = "communities.discussions"
    label = "discussions"
    verbose_name = _("Conversations")

    def ready(self):
        """Discussions show themselves on the page of a PLG, and follow its members."""
        from communities import registry as of_plg
        from communities.discussions import finding, panels, privacy
        from core import registry

        registry.panels.add("discussions", panels.panel)
        registry.merges.add("discussions", panels.merge)
        of_plg.tabs.add("discussions", panels.tab)
        of_plg.places.add("discussions", panels.place)
        of_plg.arrivals.add("discussions", panels.arrived)
        finding.register()
        privacy.register()
