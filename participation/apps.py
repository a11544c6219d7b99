from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """Floor 10: what leaders and administrators see: facts, and figures of five people or more."""

    name = "participation"
    label = "participation"
    verbose_name = _("Participation")

    def ready(self):
        """Fill the registries of the floors below: menu."""
        from participation import menu  # noqa: F401 - it registers itself
