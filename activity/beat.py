"""Beat that ticks even when the broker is gone: then it does the tick's work itself."""

import structlog
from celery.beat import PersistentScheduler, SchedulingError
from django.db import close_old_connections

TICK = "activity.tasks.tick"

log = structlog.get_logger(__name__)


class Scheduler(PersistentScheduler):
    """The usual schedule. A tick that cannot be handed to a worker is done here, so that letters still go out."""

    def apply_async(self, entry, producer=None, advance=True, **kwargs):
        try:
            return super().apply_async(entry, producer=producer, advance=advance, **kwargs)
        except SchedulingError:
            if entry.task != TICK:
                raise
            log.warning("tick_without_broker")
            self.tick_here()
            return None

    def tick_here(self):
        """What a worker would do, in this process."""
        from activity.tasks import tick

        close_old_connections()
        try:
            tick()
        finally:
            close_old_connections()

    def _ensure_connected(self):
        """Do not wait for the broker: publishing connects, or fails and is done here."""
        return self.connection
