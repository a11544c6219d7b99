from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutsideConfig(AppConfig):
    """In floor 6: what other libraries harvest here and what we harvest there; the web; imports."""

    name = "knowledgehub.outside"
    label = "outside"
    verbose_name = _("KennisHub to the outside")
