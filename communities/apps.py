from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """Floor 4: PLGs and learning networks."""

    name = "communities"
    label = "communities"
    verbose_name = _("PLGs")
