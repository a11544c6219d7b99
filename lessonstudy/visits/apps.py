from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    """In floor 8: looking at each other's lessons."""

    name = "lessonstudy.visits"
    label = "visits"
    verbose_name = _("Class visits")

    def ready(self):
        """A card on the page of a PLG, and what follows for visits when people and PLGs come and go."""
        from communities import registry as of_plg
        from communities.meetings import beside
        from core import registry
        from lessonstudy.registry import in_plg, ways
        from lessonstudy.visits import ics, privacy, shown

        registry.menu.add("visits", shown.lines)
        in_plg.add("visits", shown.panel)
        ways.add("visits", shown.WAY)
        registry.merges.add("visits", shown.merge)
        registry.mergers.add("visits", shown.school_went_up)
        of_plg.partings.add("visits", shown.parted)
        of_plg.endings.add("visits", shown.ended)
        of_plg.contents.add("visits", shown.clear)
        beside.sources.add("visits", beside.Source(ics.rows, ics.events))
        privacy.register()
