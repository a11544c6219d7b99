"""The KennisHub to the outside: what machines ask is open to all, and tells all the same."""

from tests.house.matrix.doors import either, everybody

ROWS = {
    "outside:oai": either(everybody("page")),
}
