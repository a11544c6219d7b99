from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """draft → before the members → released; back to draft at any time."""

    DRAFT = "draft", pgettext_lazy("state of a year report", "being written")
    LAID = "laid", pgettext_lazy("state of a year report", "before the members")
    RELEASED = "released", pgettext_lazy("state of a year report", "released")
