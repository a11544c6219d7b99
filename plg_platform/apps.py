from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The roof: settings, home pages, demo. It may look at all apps, nobody looks at it."""

    name = "plg_platform"

    def ready(self):
        from django.utils.translation import gettext as _

        from core.context import item
        from core.registry import menu
        from organisations.rules import run_platform

        menu.add("plg_platform", lambda user: [item("home", _("Today"), "home", 0, phone=True)])
        menu.add("mailroom", lambda user: [item("mailroom:index", _("Mail"), "mail", 85)] if run_platform(user) else [])
