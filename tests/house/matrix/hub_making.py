"""Adding, changing and publishing in the KennisHub: what Amina made, alone and with Fatima."""

from tests.house.matrix.doors import SEES_CARD, all_signed_in, deed, door, either, everybody, form, reads, row

HERS = door(page="member")
HERS_GOES = door(goes="member")
NOT_SO = all_signed_in("not so")

ROWS = {
    "knowledgehub:add": form(all_signed_in("page")),
    "knowledgehub:mine": either(all_signed_in("page")),
    # Published: for a network, on the web, withdrawn from a PLG
    "knowledgehub:detail": either(door(page=SEES_CARD), "hub_network"),
    "knowledgehub:version": either(everybody("page"), "hub_public", "=1"),
    "knowledgehub:versions": either(door(gone="member facilitator"), "hub_withdrawn"),
    "knowledgehub:new_version": deed(door(goes="member", no="facilitator"), "hub_plg"),
    "knowledgehub:withdraw": form(door(page="member", no="facilitator"), "hub_plg"),
    # A concept, and the files in it
    "knowledgehub:edit": form(HERS, "hub_private"),
    "knowledgehub:edit_files": either(HERS, "hub_private"),
    "knowledgehub:link_says": reads(HERS, "hub_private"),
    "knowledgehub:objectives": reads(HERS, "hub_private"),
    "knowledgehub:add_files": deed(HERS_GOES, "hub_private"),
    "knowledgehub:discard": row(HERS, HERS_GOES, "hub_private"),
    "knowledgehub:file": either(HERS, "hub_file"),
    "knowledgehub:preview": either(HERS, "hub_file"),
    "knowledgehub:page": either(HERS, "hub_pdf", "=1"),
    "knowledgehub:remove_file": deed(HERS_GOES, "hub_file"),
    "knowledgehub:put_file_first": deed(HERS_GOES, "hub_file"),
    # Who speaks no tus hears so; see tests/hub/test_uploading.py
    "knowledgehub:uploads": row(NOT_SO, door() | {"member": "412"}, "hub_private_version"),
    "knowledgehub:upload": row(NOT_SO, NOT_SO, "hub_upload_key"),
    "knowledgehub:take_out_upload": deed(HERS_GOES, "hub_upload_key"),
    # Fatima is asked whether she agrees
    "knowledgehub:approve": either(door(page="facilitator", no="member"), "hub_approval"),
    "knowledgehub:take_back_from_makers": deed(door(goes="member facilitator"), "hub_asked"),
}
