from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingConfig(AppConfig):
    """In floor 6: what is found in the KennisHub, by whom, with which words."""

    name = "knowledgehub.finding"
    label = "finding"
    verbose_name = _("Finding in the KennisHub")

    def ready(self):
        """What follows when a resource changes, and what finding adds to pages and letters."""
        from knowledgehub import registry
        from knowledgehub.finding import index, panels, privacy

        registry.changed.add("finding", index.follow)
        registry.panels.add("similar", panels.similar)
        registry.panels.add("who_works_on_it", panels.who_works_on_it)
        privacy.register()
