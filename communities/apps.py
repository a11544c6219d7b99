from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Floor 4: PLGs and learning networks."""

    name = "communities"
    label = "communities"
    verbose_name = _("PLGs")

    def ready(self):
        """Fill the registries of the floors below, and our own tabs."""
        from communities import acquaintances, actions, keeping, privacy, shell  # noqa: F401
        from communities.actions import home_tasks, logbook, mergers  # noqa: F401 (the last fills a registry itself)
        from communities.registry import arrivals, partings, tabs
        from communities.search import logbooks
        from core.registry import board_links, menu

        menu.add("communities", shell.items)
        board_links.add("communities", shell.of_board)
        tabs.add("overview", shell.overview)
        tabs.add("members", shell.members)
        tabs.add("home_tasks", shell.home_tasks)
        tabs.add("logbook", shell.logbook)
        arrivals.add("home_tasks", home_tasks.joined)
        partings.add("logbook", logbook.parted)
        logbooks.register()
        privacy.register()
        keeping.register()
