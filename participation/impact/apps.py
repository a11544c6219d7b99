from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImpactConfig(AppConfig):
    """In floor 10: what a PLG brings, asked with the same questions at the beginning and at the end of a year."""

    name = "participation.impact"
    label = "impact"
    verbose_name = _("Impact")

    def ready(self):
        """A tab and a card on the page of a PLG, and figures for who sees those of a school, board or network."""
        from communities import registry as of_plg
        from core import registry
        from participation.impact import card, figures, on_plg, privacy
        from participation.registry import figures as of_dashboards

        registry.panels.add("impact", card.card)
        registry.merges.add("impact", on_plg.merge)
        registry.mergers.add("impact", on_plg.place_went_up)
        of_plg.tabs.add("impact", on_plg.tab)
        of_plg.places.add("impact", on_plg.place)
        of_plg.arrivals.add("impact", on_plg.arrived)
        of_plg.endings.add("impact", on_plg.ended)
        of_dashboards.add("impact", figures.blocks)
        privacy.register()
