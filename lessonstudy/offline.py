"""What keeps the observer's page on a device: the service worker, and the list of what that page needs.

The list is made by the build (`observe-assets.json`): the base script with all that it loads at once, the script of the
page, style sheet, fonts, icons. Its version is that of the contents, so that a new release brings them anew.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

LIST = "dist/observe-assets.json"
WORKER = "dist/observe-worker.js"


def worker():
    """The script, with the addresses that it keeps."""
    return _worker.__wrapped__() if settings.DEBUG else _worker()


@lru_cache(maxsize=1)
def _worker():
    names = json.loads(_read(LIST))
    version = hashlib.sha256()
    for name in [*names, WORKER]:
        version.update(_read(name))
    facts = {"version": version.hexdigest()[:16], "assets": [_address(name) for name in names]}
    return f"self.kept = {json.dumps(facts)};\n{_read(WORKER).decode()}"


def _address(name):
    """As the page asks for it. Pieces of script ask for each other by the name that the build gave them."""
    return f"{settings.STATIC_URL}{name}" if name.startswith("dist/chunks/") else static(name)


def _read(name):
    """The bytes of a built file: where it was collected, or where it was built."""
    return Path(finders.find(name) or settings.STATIC_ROOT / name).read_bytes()
