from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    """In floor 10: money that somebody gave, what was promised for it, and what shows that it was done."""

    name = "participation.funding"
    label = "funding"
    verbose_name = _("Funding")

    def ready(self):
        """A line in the menu of who runs something, one on the page of a board, and what becomes of names."""
        from core import registry
        from participation.funding import privacy, shown

        registry.menu.add("funding", shown.lines)
        registry.board_links.add("funding", shown.of_board)
        registry.merges.add("funding", shown.merge)
        registry.mergers.add("funding", shown.board_went_up)
        privacy.register()
