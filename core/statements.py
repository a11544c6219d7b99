"""SQL that PostgreSQL plans once a connection: planning took it longer than answering.

From the second time on, a connection that is kept (CONN_MAX_AGE) has the statement prepared (`PREPARE`), and later
calls only bring parameters. Behind a pooler connections are not kept, and the text goes out as usual.

It is planned once, whatever the parameters (`force_generic_plan`): left to itself PostgreSQL plans the first five
anew, and for a set of ids each one. So a statement must not be one that is quick for some values only.
"""

from itertools import count
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connections

_NUMBERS = count(1)
_KNOWN = WeakKeyDictionary()  # driver's connection -> names of statements: False asked once, True prepared
MOST = 300  # on one connection; each takes some 50 kB there


class Statement:
    """A SELECT with `%s` for each parameter. One that is a set of values stands after `= ANY`.

    Also what changes rows and says which (`UPDATE … RETURNING`).
    """

    def __init__(self, sql, parameters):
        """`parameters` is how many there are."""
        self.sql, self.name = sql, f"plg_{next(_NUMBERS)}"
        parts = sql.split("%s")
        if len(parts) != parameters + 1:
            raise ValueError(f"{len(parts) - 1} places for {parameters} parameters: {sql}")
        numbered = "".join(f"{part}${n}" for n, part in enumerate(parts[:-1], 1)) + parts[-1]
        prepare = f"SET plan_cache_mode = force_generic_plan; PREPARE {self.name} AS {numbered}"
        self.prepare = prepare.replace("%%", "%")
        self.execute = f"EXECUTE {self.name}" + (f" ({', '.join(['%s'] * parameters)})" if parameters else "")

    def rows(self, params, using=DEFAULT_DB_ALIAS):
        """All rows for these parameters."""
        connection = connections[using]
        with connection.cursor() as cursor:
            if self._is_ready(connection):
                try:
                    cursor.execute(self.execute, params)
                except NotSupportedError:  # a migration changed the type of a column since
                    if connection.in_atomic_block:
                        raise
                    _KNOWN.pop(connection.connection, None)
                    cursor.execute("DEALLOCATE ALL")
                    cursor.execute(self.sql, params)
            else:
                cursor.execute(self.sql, params)
            return cursor.fetchall()

    def _is_ready(self, connection):
        """Whether this connection has it prepared; it does so at the second time."""
        if connection.settings_dict["CONN_MAX_AGE"] == 0:
            return False
        known = _KNOWN.setdefault(connection.connection, {})
        if self.name not in known:
            if len(known) < MOST:
                known[self.name] = False
            return False
        if not known[self.name]:
            with connection.wrap_database_errors, connection.connection.cursor() as raw:
                raw.execute(self.prepare)
            known[self.name] = True
        return True
