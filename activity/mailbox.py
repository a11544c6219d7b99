"""Development only: letters go to a folder, and a page shows them."""

import time
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Write each letter to a file of its own in settings.MAILBOX."""

    def send_messages(self, messages):
        """Keep the letters; the number of them is returned, as every backend does."""
        folder = Path(settings.MAILBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            name = f"{time.time_ns()}.eml"
            unfinished = folder / f".{name}"  # the page never meets half a letter
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / name)
        return len(messages)
