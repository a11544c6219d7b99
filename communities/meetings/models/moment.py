"""When something is, as people say it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.time import AMSTERDAM, LocalInstant


class Moment(models.Model):
    """A day and hours in local time and their zone: 15:30 stays 15:30 across the change of clocks."""

    held_on = models.DateField(_("date"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    zone = models.CharField(max_length=40, default=AMSTERDAM, editable=False)
    starts_at = models.GeneratedField(
        expression=LocalInstant("held_on", "starts"), output_field=models.DateTimeField(), db_persist=True
    )

    class Meta:
        abstract = True
