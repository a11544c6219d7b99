from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    """In floor 6: questions to a whole network, and webinars with what was asked at which moment."""

    name = "knowledgehub.questions"
    label = "questions"
    verbose_name = _("Questions to the network")
