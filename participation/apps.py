from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ParticipationConfig(AppConfig):
    """Floor 10: dashboards, impact and year reports (issue by issue; the first home pages stand under the roof)."""

    name = "participation"
    label = "participation"
    verbose_name = _("Participation")
