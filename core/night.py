"""Work that nobody waits for: what fails stands in the log, and keeps nothing else from being done."""

import structlog

log = structlog.get_logger(__name__)


def each_by_itself(*steps):
    """Do these in order, each whether or not the one before it failed."""
    for step in steps:
        try:
            step()
        except Exception:
            log.exception("step_failed", step=getattr(step, "__qualname__", repr(step)))
