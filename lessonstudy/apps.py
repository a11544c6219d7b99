from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LessonStudyConfig(AppConfig):
    """Floor 8: Lesson Study cycles and class visits."""

    name = "lessonstudy"
    label = "lessonstudy"
    verbose_name = _("Lesson Study")

    def ready(self):
        """What is kept of people, and what Lesson Study shows elsewhere."""
        from lessonstudy import afterwards, privacy, seams

        seams.register()
        privacy.register()
        afterwards.register()
