"""SQL that asks the index: parameters have names, and where it says MAY_FIND stands the rule."""

import re

from core.statements import Statement
from knowledgehub.finding.rules import MAY_FIND

NAME = re.compile(r"%\((\w+)\)s")


class Named:
    """A statement (`core.statements`) that takes of what it is given the parameters that it names."""

    def __init__(self, sql):
        sql = sql.replace("MAY_FIND", MAY_FIND)
        self.names = NAME.findall(sql)
        self.statement = Statement(NAME.sub("%s", sql), len(self.names))

    def rows(self, params):
        """All rows for these parameters."""
        return self.statement.rows([params[name] for name in self.names])
