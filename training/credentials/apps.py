from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    """In floor 9: what somebody can show of what she learned, so that others can check it."""

    name = "training.credentials"
    label = "credentials"
    verbose_name = _("Credentials")

    def ready(self):
        """A line beneath her own name, what follows when two accounts become one, and what is kept of people."""
        from core import registry
        from training import registry as training
        from training.credentials import actions, privacy, shell

        registry.menu.add("credentials", shell.lines)
        registry.merges.add("credentials", shell.merge)
        training.completions.add("credentials", actions.completed)
        training.cards.add("credentials", shell.card)
        training.keepers_lines.add("credentials", shell.quality_line)
        privacy.register()
