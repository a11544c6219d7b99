from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Floor 3: boards, schools, networks; who works where and may manage what."""

    name = "organisations"
    label = "organisations"
    verbose_name = _("Organisations")
