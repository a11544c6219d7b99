"""Streams: what gunicorn's asynchronous workers serve, one open connection for each listening page."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")

application = get_asgi_application()
