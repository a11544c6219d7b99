from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Floor 3: boards, schools, networks; who works where and may manage what."""

    name = "organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self):
        """Fill the registries of the floors below: menu, what follows when two accounts become one, photos."""
        from core.registry import board_links
        from organisations import menu, merges, privacy, recovery  # noqa: F401 - they register themselves

        board_links.add("retention", menu.retention_of)
        privacy.register()
