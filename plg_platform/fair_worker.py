"""A web worker of gunicorn that leaves to the others what it has no thread for."""

from gunicorn.workers.gthread import ThreadWorker


class FairWorker(ThreadWorker):
    """Takes a connection only when one of its threads is free: what waits, waits before all workers at once.

    gunicorn's own takes up to a thousand, also while the worker beside it has nothing to do; then who came later is
    helped first. Connections that are kept open and ask nothing do not count.
    """

    @property
    def worker_connections(self):
        """How many may be open here."""
        idle = len(self.keepalived_conns) + len(self.pending_conns)
        return min(self._most, self.cfg.threads + idle)

    @worker_connections.setter
    def worker_connections(self, most):
        self._most = most
