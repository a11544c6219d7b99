"""Credentials: whoever has one shows it, whoever keeps the programme gives and takes it, and everybody may check it."""

from tests.house.matrix.doors import (
    NEVER,
    PLATFORM_HIDDEN,
    Row,
    all_signed_in,
    deed,
    door,
    everybody,
    form,
    reads,
    row,
)

OPEN = everybody("page")
HERS, HERS_GOES = door(page="member", no="platform_admin"), door(goes="member", no="platform_admin")
KEEPS_GOES = door(goes="platform_admin")
# Fatima trains a group; the others run a board, a network or the platform.
SOME = "facilitator board_admin network_admin platform_admin"

ROWS = {
    "credentials:mine": reads(all_signed_in("page")),
    "credentials:approve": row(door("no", page=SOME), door("no", goes=SOME), chosen="credential_approved"),
    "credentials:credential": reads(door(page="member platform_admin"), "credential"),
    "credentials:approve_one": deed(KEEPS_GOES, "credential_waiting"),
    "credentials:decline": form(PLATFORM_HIDDEN, "credential_waiting"),
    "credentials:suspend": form(PLATFORM_HIDDEN, "credential"),
    "credentials:restore": deed(KEEPS_GOES, "credential_suspended"),
    "credentials:revoke": form(PLATFORM_HIDDEN, "credential"),
    "credentials:reissue": row(PLATFORM_HIDDEN, KEEPS_GOES, "credential"),
    "credentials:ask_anew": deed(HERS_GOES, "credential"),
    "credentials:new_link": deed(HERS_GOES, "credential"),
    "credentials:paper": reads(HERS, "credential"),
    "credentials:badge": reads(HERS, "credential"),
    "credentials:quality": form(door("no", page="platform_admin"), "credential_programme"),
    "credentials:approve_quality": deed(KEEPS_GOES, "credential_quality"),
    "credentials:add_accreditation": deed(door("no", again="platform_admin"), "credential_programme"),
    "credentials:remove_accreditation": deed(KEEPS_GOES, "credential_register"),
    # For whoever checks one, without an account
    "credentials:verify": Row(OPEN, NEVER, ("credential_uuid",)),
    "credentials:verify_named": Row(OPEN, NEVER, ("credential_uuid", "credential_key")),
    "credentials:badge_named": Row(OPEN, NEVER, ("credential_uuid", "credential_key")),
    "credentials:status": Row(OPEN, NEVER, ("credential_list", "=revocation")),
    "known:did": Row(OPEN, NEVER),
    "known:jwks": Row(OPEN, NEVER),
}
