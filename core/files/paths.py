"""Where private files stand: under a name that nobody can guess and that says nothing of its owner."""

import secrets
from pathlib import PurePath

from django.utils.deconstruct import deconstructible


@deconstructible
class private_path:  # noqa: N801 - reads as a function where it is used
    """An `upload_to` that gives each file a random name in a folder, keeping only a known ending."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, row, name):
        ending = PurePath(name).suffix.lower()[:8]
        token = secrets.token_urlsafe(18)
        return f"{self.folder}/{token[:2]}/{token}{ending if ending.isascii() else ''}"
