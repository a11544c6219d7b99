from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingConfig(AppConfig):
    """Floor 9: facilitator training, coaching and credentials."""

    name = "training"
    label = "training"
    verbose_name = _("Training")

    def ready(self):
        """A line in the menu, what follows when two accounts become one, and what is kept of people."""
        from core import registry
        from training import cards, merging, privacy, shell
        from training import registry as own

        registry.menu.add("training", shell.items)
        registry.merges.add("training", shell.merge)
        registry.merges.add("coaching", merging.merge)
        registry.mergers.add("training", merging.place_went_up)
        own.cards.add("portfolio", cards.portfolio)
        own.cards.add("coaching", cards.coaching)
        privacy.register()
