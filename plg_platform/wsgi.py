"""Pages: what gunicorn's threaded workers serve."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")

application = get_wsgi_application()
