"""What the readiness page looks at. Each check answers with a word; none of them raises."""

from functools import cache

import redis
from django.conf import settings
from django.core.cache import cache as shared
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from activity.tasks import LAST_TICK

TICK_LATE_AFTER = 180  # seconds; the tick comes every sixty
BROKER_PATIENCE = 1  # seconds


def database() -> str:
    """``ok``, ``behind`` (migrations are missing) or ``down``."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        known = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return "down"
    return "ok" if expected_migrations() <= known else "behind"


@cache
def expected_migrations() -> frozenset[tuple[str, str]]:
    """What this release's code has on disk."""
    return frozenset(MigrationLoader(None, replace_migrations=False).disk_migrations)


def broker() -> str:
    """``ok`` or ``down``."""
    patience = {"socket_connect_timeout": BROKER_PATIENCE, "socket_timeout": BROKER_PATIENCE}
    try:
        with redis.Redis.from_url(settings.CELERY_BROKER_URL, **patience) as client:
            client.ping()
    except redis.RedisError:
        return "down"
    return "ok"


def tick_age() -> int | None:
    """Seconds since activity's last tick; None when no tick is known."""
    last_tick = shared.get(LAST_TICK)
    return None if last_tick is None else max(0, round(timezone.now().timestamp() - last_tick))
