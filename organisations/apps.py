from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Floor 3: boards, schools, networks; who works where and may manage what."""

    name = "organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self):
        """Make known what follows here when two accounts become one, and whose photo one may see."""
        from organisations import merges, recovery  # noqa: F401 - they register themselves
