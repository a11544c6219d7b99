"""The KennisHub to the outside: what machines ask is open to all, and tells all the same."""

from tests.house.matrix.doors import (
    NEVER,
    PLATFORM,
    PLATFORM_HIDDEN,
    Row,
    all_signed_in,
    deed,
    door,
    either,
    everybody,
    form,
    reads,
)

HERS, HERS_GOES = door(page="member"), door(goes="member")
OPEN = Row(everybody("page"), NEVER)

ROWS = {
    "outside:oai": either(everybody("page")),
    "outside:robots": OPEN,
    "outside:sitemap": OPEN,
    "outside:sitemap_section": Row(everybody("page"), NEVER, ("=resources",)),
    "outside:feed": either(everybody("page")),
    # Nobody opened a collection to the web here; tests/hub/test_web.py reads one that was.
    "outside:collection_feed": either(everybody("hidden"), "=1"),
    # Harvested libraries: of who keeps the platform
    "outside:sources": form(PLATFORM),
    "outside:source": reads(PLATFORM_HIDDEN, "source"),
    "outside:harvest_source": deed(door(goes="platform_admin"), "source"),
    "outside:pause_source": deed(door(goes="platform_admin"), "source"),
    # A list of material that Amina brings in: hers alone
    "outside:material": form(all_signed_in("page")),
    "outside:material_sample": reads(all_signed_in("page")),
    "outside:check_material": reads(HERS, "material"),
    "outside:answer_material": deed(HERS_GOES, "material", "=2", skip="=1"),
    "outside:make_material": deed(door(again="member"), "material"),
    "outside:material_report": reads(HERS, "material"),
}
