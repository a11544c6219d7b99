"""Many hands at the same instant."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from core.refusals import Refused

PATIENCE = 60  # seconds until all are ready


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """These deeds in threads and transactions of their own, all set off at once: what each returned, or its refusal."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(PATIENCE)
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))
