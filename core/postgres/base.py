"""A connection that a request takes over is looked at without a trip to the server."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks `SELECT 1` before each request (`CONN_HEALTH_CHECKS`): a tenth of what a plain page costs."""

    def is_usable(self):
        """Whether the server still listens. It says so when it goes: nothing to read on an idle line means it is there.

        After an error, or when there is something to read (a goodbye, a notice), it is asked.
        """
        if self.connection is None or self.connection.closed:
            return False
        if self.errors_occurred or not self.get_autocommit():
            return super().is_usable()
        line = poll()
        line.register(self.connection.fileno(), POLLIN)
        return not line.poll(0) or super().is_usable()
