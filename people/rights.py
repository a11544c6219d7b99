"""What a person may ask about herself: a download of everything, and to be erased."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.files.paths import private_path
from core.links import address

EXPORT_DAYS = 7  # a download waits
COOLING_OFF_DAYS = 5  # in which she can come back on it


def in_a_week():
    """Until when a new download can be fetched."""
    return now() + timedelta(days=EXPORT_DAYS)


def after_cooling_off():
    """From when an account that was asked to go may be erased."""
    return now() + timedelta(days=COOLING_OFF_DAYS)


class DataExport(models.Model):
    """A download of everything about a person: asked by her, made by the worker, fetched within a week."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports")
    asked_at = models.DateTimeField(_("asked at"), default=now)
    made_at = models.DateTimeField(_("made at"), null=True)
    expires_at = models.DateTimeField(default=in_a_week)
    failed_at = models.DateTimeField(null=True)
    file = models.FileField(upload_to=private_path("exports"), blank=True)

    class Meta:
        verbose_name = _("download of one's own data")
        verbose_name_plural = _("downloads of one's own data")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], name="one_download_at_a_time", condition=models.Q(made_at=None, failed_at=None)
            )
        ]

    def __str__(self):
        return f"#{self.pk}"

    def get_absolute_url(self):
        return address("people:my_data")

    @property
    def is_ready(self):
        return bool(self.file) and self.expires_at > now()

    @property
    def is_being_made(self):
        return self.made_at is None and self.failed_at is None


class Leaving(models.Model):
    """Somebody asked to be erased: from `due_at` on it is done, until then she can withdraw."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaving")
    asked_at = models.DateTimeField(_("asked at"), default=now)
    due_at = models.DateTimeField(_("from then on"), default=after_cooling_off)
    hides_name = models.BooleanField(_("take my name out of what others wrote in my PLGs"), default=True)
    told_at = models.DateTimeField(null=True, help_text="When she was told that something stands in the way.")

    class Meta:
        verbose_name = _("request to be erased")
        verbose_name_plural = _("requests to be erased")

    def __str__(self):
        return f"#{self.person_id}"

    def get_absolute_url(self):
        return address("people:leave")


class Erasure(models.Model):
    """Somebody was erased. Only her number and the moment, so that a backup put back erases her again.

    The application only adds these rows.
    """

    person_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["pk"]

    def __str__(self):
        return f"#{self.person_id}"
