"""Searching in the KennisHub, searches that are kept, and the words that mean the same."""

from tests.house.matrix.doors import (
    INSIDE,
    PLATFORM,
    PLATFORM_HIDDEN,
    all_signed_in,
    deed,
    door,
    form,
    reads,
)

EVERYBODY = all_signed_in("page")

ROWS = {
    "finding:index": reads(EVERYBODY),
    "finding:suggest": reads(EVERYBODY),
    "finding:save": deed(door(goes=INSIDE), "used_lesson"),
    "finding:searches": reads(EVERYBODY),
    # Nothing was asked: a sentence, and back
    "finding:save_search": deed(all_signed_in("goes")),
    "finding:remove_search": deed(door(goes="member"), "saved_search"),
    "finding:synonyms": form(PLATFORM),
    "finding:edit_synonym": form(PLATFORM_HIDDEN, "synonym"),
    "finding:remove_synonym": deed(door(goes="platform_admin"), "synonym"),
}
