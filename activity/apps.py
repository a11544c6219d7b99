from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ActivityConfig(AppConfig):
    """Floor 1: what happened and what is asked; bell, mail and letters read it."""

    name = "activity"
    verbose_name = _("News and letters")

    def ready(self):
        """Every app's `notices.py` makes its kinds of notifications known."""
        from activity import clearing, privacy

        autodiscover_modules("notices")
        privacy.register()
        clearing.register_terms()
