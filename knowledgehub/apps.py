from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KnowledgeHubConfig(AppConfig):
    """Floor 6: KennisHub, the resource library."""

    name = "knowledgehub"
    label = "knowledgehub"
    verbose_name = _("KennisHub")
