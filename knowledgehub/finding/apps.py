from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingConfig(AppConfig):
    """In floor 6: what is found in the KennisHub, by whom, with which words."""

    name = "knowledgehub.finding"
    label = "finding"
    verbose_name = _("Finding in the KennisHub")

    def ready(self):
        """What follows when a resource changes."""
        from knowledgehub import registry
        from knowledgehub.finding import index

        registry.changed.add("finding", index.follow)
