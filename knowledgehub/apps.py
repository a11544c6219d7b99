from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeHubConfig(AppConfig):
    """Floor 6: KennisHub, what colleagues share, find, use and adapt."""

    name = "knowledgehub"
    label = "knowledgehub"
    verbose_name = _("KennisHub")

    def ready(self):
        """What is kept of people, and what the KennisHub shows elsewhere."""
        from core import registry
        from knowledgehub import privacy, seams, shell

        registry.menu.add("knowledgehub", shell.items)
        seams.register()
        privacy.register()
