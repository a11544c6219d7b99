from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Floor 2: the person, how she signs in, and when she may be disturbed."""

    name = "people"
    verbose_name = _("People")

    def ready(self):
        """Make known what follows when an address gets an account and when two accounts become one."""
        from people import claims, merging, privacy  # noqa: F401 - they register themselves

        privacy.register()
