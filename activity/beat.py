"""Beat that goes on even when the broker is gone: then it does the work itself."""

import structlog
from celery.beat import PersistentScheduler, SchedulingError
from django.db import close_old_connections

log = structlog.get_logger(__name__)


class Scheduler(PersistentScheduler):
    """The usual schedule. What cannot be handed to a worker is done here: letters still go out, no night is lost."""

    def apply_async(self, entry, producer=None, advance=True, **kwargs):
        try:
            return super().apply_async(entry, producer=producer, advance=advance, **kwargs)
        except SchedulingError:
            log.warning("done_without_broker", task=entry.task)
            self.do_here(entry)
            return None

    def do_here(self, entry):
        """What a worker would do, in this process."""
        close_old_connections()
        try:
            self.app.tasks[entry.task](*(entry.args or ()), **(entry.kwargs or {}))
        finally:
            close_old_connections()

    def _ensure_connected(self):
        """Do not wait for the broker: publishing connects, or fails and is done here."""
        return self.connection
