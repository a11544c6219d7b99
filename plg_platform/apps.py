from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The roof: settings, home pages, demo. It may look at all apps, nobody looks at it."""

    name = "plg_platform"
