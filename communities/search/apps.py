from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """In floor 4: words that are found in one's PLGs. Who keeps texts registers them here."""

    name = "communities.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self):
        """What is one's own moves along when two accounts become one. The way here stands in every page's head."""
        from communities.search import index, privacy, rules
        from communities.search.registry import doors
        from core import registry

        registry.merges.add("search", index.merge)
        doors.add("communities", rules.of_communities)
        privacy.register()
