"""The KennisHub to the outside: what machines ask is open to all, and tells all the same."""

from tests.house.matrix.doors import NEVER, Row, either, everybody

OPEN = Row(everybody("page"), NEVER)

ROWS = {
    "outside:oai": either(everybody("page")),
    "outside:robots": OPEN,
    "outside:sitemap": OPEN,
    "outside:sitemap_section": Row(everybody("page"), NEVER, ("=resources",)),
    "outside:feed": either(everybody("page")),
    # Nobody opened a collection to the web here; tests/hub/test_web.py reads one that was.
    "outside:collection_feed": either(everybody("hidden"), "=1"),
}
