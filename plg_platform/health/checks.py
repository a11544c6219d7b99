"""What the readiness page looks at. Each check answers with a word; none of them raises."""

import redis
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

LAST_TICK = "activity:last_tick"  # activity's tick leaves its time.time() here
TICK_LATE_AFTER = 180  # seconds; the tick comes every sixty
BROKER_PATIENCE = 1  # seconds

_migrated = False  # once true it stays true as long as this process lives


def database() -> str:
    """``ok``, ``behind`` (migrations are missing) or ``down``."""
    global _migrated
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "down"
    return "ok" if _migrated else "behind"


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
    try:
        last_tick = cache.get(LAST_TICK)
    except redis.RedisError:
        return None
    return None if last_tick is None else max(0, round(timezone.now().timestamp() - last_tick))
