"""The roof: settings, addresses, processes. It may look at all apps; none of them looks at it."""

from plg_platform.celery import app as celery_app

__all__ = ["celery_app"]
