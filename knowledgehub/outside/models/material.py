from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.files.paths import private_path
from core.links import address
from core.models import Model


class MaterialList(Model):
    """A folder with a list of what is in it; nothing is made of it before every question is answered."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    archive = models.FileField(upload_to=private_path("imports"), blank=True, help_text="Gone when all is made.")
    names = models.JSONField(default=list, help_text="Of the files in the archive, with their paths.")
    rows = models.JSONField(default=list)
    read_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)

    rules = {"view": lambda user: Q(person=user.pk), "edit": lambda user: Q(person=user.pk)}

    class Meta:
        verbose_name = _("list of material")
        verbose_name_plural = _("lists of material")

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return address("outside:check_material", self.pk)
