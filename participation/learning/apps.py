from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """In floor 10: the school as a learning organisation, a year at a time."""

    name = "participation.learning"
    label = "learning"
    verbose_name = _("The learning school")

    def ready(self):
        """A line in the menu, and what becomes of names and places."""
        from core import registry
        from participation.learning import privacy, shown

        registry.menu.add("learning", shown.lines)
        registry.board_links.add("learning", shown.of_board)
        registry.merges.add("learning", shown.merge)
        registry.mergers.add("learning", shown.place_went_up)
        privacy.register()
