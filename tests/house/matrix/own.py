"""The roof, everybody's own pages, bell and mail."""

from tests.house.matrix.doors import (
    NEVER,
    SEES_CARD,
    Row,
    all_signed_in,
    deed,
    door,
    either,
    everybody,
    form,
    reads,
    row,
)

ROWS = {
    # Search: everybody finds what she may read, which may be nothing; see tests/search
    "search:search": either(all_signed_in("page")),
    # The roof
    "home": either(everybody("page")),
    "privacy": either(everybody("page")),
    "accessibility": either(everybody("page")),
    "help": either(everybody("page")),
    "short_join": either(all_signed_in("goes")),
    "health:live": Row(everybody("page"), NEVER),
    "health:ready": Row(everybody("page"), NEVER),
    "stream": either(door("no", page="member"), "stream_token"),
    "likely_names": deed(all_signed_in("goes")),
    "second_factor": either(all_signed_in("goes")),  # nobody here lacks one; see test_second_factor.py
    "set_language": Row(everybody("goes"), everybody("goes")),
    # People: everybody's own pages
    "people:profile": form(all_signed_in("page")),
    "people:rhythm": form(all_signed_in("page")),
    "people:security": either(all_signed_in("page")),
    "people:welcome": row(all_signed_in("page"), all_signed_in("goes")),
    "people:skip_welcome": deed(all_signed_in("goes")),
    "people:sign_out_everywhere": deed(all_signed_in("goes")),
    "people:merge_start": form(all_signed_in("page")),
    "people:merge_code": either(all_signed_in("goes")),
    "people:merge": either(all_signed_in("goes")),
    # What is kept of me, and leaving
    "people:my_data": reads(all_signed_in("page")),
    "people:ask_data": deed(all_signed_in("goes")),
    "people:fetch_data": reads(door("gone"), "letter_token"),
    "people:leave": row(all_signed_in("page"), all_signed_in("again")),
    "people:leave_code": either(all_signed_in("goes")),
    "people:stay": deed(all_signed_in("goes")),
    "people:photo": reads(door(page=f"{SEES_CARD} platform_admin"), "member"),
    # Bell and mail
    "activity:bell": reads(all_signed_in("page")),
    "activity:bell_count": reads(all_signed_in("page")),
    "activity:open": deed(door(goes="member"), "notification"),
    "activity:read_all": deed(all_signed_in("goes")),
    "activity:paces": form(all_signed_in("page")),
    "activity:pause": deed(all_signed_in("again")),
    "activity:turn_off": deed(all_signed_in("goes")),
    "activity:turn_on": deed(all_signed_in("goes")),
    "activity:read_letter": row(
        everybody("gone") | {"anonymous": "page", "member": "page"},
        everybody("gone") | {"anonymous": "goes", "member": "goes"},
        "letter_token",
    ),
    "activity:address": row(all_signed_in("page"), all_signed_in("goes")),
    "mailroom:index": reads(door("no", page="platform_admin")),
    "mailroom:resend": deed(door("no", goes="platform_admin"), "failed_letter"),
    "mailroom:resend_all": deed(door("no", goes="platform_admin")),
    "mailroom:release": deed(door("no", goes="platform_admin"), "paused_address"),
    "activity:bounced": Row(NEVER, everybody("hidden")),  # off without a secret; see tests/activity/test_bounces.py
    "activity:unsubscribe": Row(everybody("page"), everybody("page"), ("unsubscribe_token",)),
}
