"""The Celery app: the worker does what is slow, beat gives the one-minute tick."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")

app = Celery("plg_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
