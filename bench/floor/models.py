from django.db import models


class Note(models.Model):
    """Something short to show in a list."""

    text = models.CharField(max_length=200)

    class Meta:
        app_label = "floor"

    def __str__(self):
        return self.text
