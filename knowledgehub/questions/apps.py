from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    """In floor 6: questions to a whole network, and webinars with what was asked at which moment."""

    name = "knowledgehub.questions"
    label = "questions"
    verbose_name = _("Questions to the network")

    def ready(self):
        """Questions are found, films show their chapters, and accounts that unite take their questions along."""
        from core import registry
        from knowledgehub import registry as of_hub
        from knowledgehub.questions import chapters, finding, panels, privacy

        of_hub.panels.add("film", panels.film)
        of_hub.ways.add("questions", panels.ways)
        of_hub.of_concepts.add("chapters", chapters.of_concept)
        of_hub.taken_over.add("chapters", chapters.take_over)
        registry.merges.add("questions", privacy.merge)
        finding.register()
        privacy.register()
