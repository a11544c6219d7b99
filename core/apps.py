from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Floor 0: what every app builds with, and no nouns of its own."""

    name = "core"
