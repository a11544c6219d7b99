"""Who sees a resource, links to it, looking along, adapting and objecting: of a lesson of Amina in PLG Rekenen."""

from tests.house.matrix.doors import INSIDE_ONLY, all_signed_in, deed, door, everybody, form, reads, row

MAKES = door(page="member", no="facilitator")
MAKES_GOES = door(goes="member", no="facilitator")
NOT_HELD = (everybody("hidden"), everybody("not so"))

ROWS = {
    "knowledgehub:audience": form(MAKES, "shared_lesson"),
    "knowledgehub:links": form(MAKES, "shared_lesson"),
    "knowledgehub:revoke_link": deed(door(goes="member"), "share_link"),
    # Whoever holds the link; only of the files that come with it
    "knowledgehub:link": row(everybody("page"), everybody("not so"), "share_key"),
    "knowledgehub:link_file": row(everybody("page"), everybody("not so"), "share_key", "shared_file"),
    "knowledgehub:link_preview": row(everybody("page"), everybody("not so"), "share_key", "shared_file"),
    "knowledgehub:link_page": row(*NOT_HELD, "share_key", "shared_file", "=1"),  # a photo has no pages
    "knowledgehub:waiting": reads(all_signed_in("page")),
    "knowledgehub:offer": form(MAKES, "offered_lesson"),
    "knowledgehub:review": reads(INSIDE_ONLY, "hub_review"),
    "knowledgehub:remark": deed(door(again="member facilitator"), "hub_review"),
    "knowledgehub:agree": deed(door(goes="facilitator", no="member"), "hub_review"),
    "knowledgehub:not_yet": deed(door(again="facilitator", no="member"), "hub_review"),
    "knowledgehub:take_back": deed(MAKES_GOES, "hub_review"),
    "knowledgehub:adapt": form(INSIDE_ONLY, "shared_lesson"),
    # Who made it has nothing to report
    "knowledgehub:report": row(
        door(page="facilitator", goes="member"), door(again="facilitator member"), "shared_lesson"
    ),
    "knowledgehub:objection": form(door(page="facilitator"), "hub_objection"),
    "knowledgehub:show_again": deed(door(goes="facilitator", no="member"), "shared_lesson"),
}
