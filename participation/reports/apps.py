from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """In floor 10: what a PLG tells of a school year, first to itself, then to its leaders."""

    name = "participation.reports"
    label = "reports"
    verbose_name = _("Year reports")

    def ready(self):
        """A tab on the page of a PLG, a line in the menu of who reads, and what becomes of names and schools."""
        from communities import registry as of_plg
        from core import registry
        from participation.reports import on_plg, outcomes, privacy
        from participation.reports.registry import parts

        registry.menu.add("reports", on_plg.lines)
        registry.merges.add("reports", on_plg.merge)
        registry.mergers.add("reports", on_plg.school_went_up)
        of_plg.tabs.add("reports", on_plg.tab)
        of_plg.places.add("reports", on_plg.place)
        parts.add("impact", outcomes.of_impact)
        privacy.register()
