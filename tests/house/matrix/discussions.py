"""Conversations."""

from tests.house.matrix.doors import (
    INSIDE,
    INSIDE_ONLY,
    PLANS,
    PLANS_GOES,
    TAKES_PART,
    all_signed_in,
    deed,
    door,
    either,
    form,
    row,
)

ROWS = {
    # Conversations: of the PLG, and no guest's, leader's or administrator's; amina began this one
    "discussions:network": either(all_signed_in("page")),
    "discussions:index": either(TAKES_PART, "plg"),
    "discussions:open_topic": form(INSIDE_ONLY, "plg"),
    "discussions:ask_network": form(INSIDE_ONLY, "plg"),
    "discussions:people": either(INSIDE_ONLY, "plg"),
    "discussions:keep_draft": deed(door(goes=INSIDE), "plg"),
    "discussions:preview": deed(all_signed_in("page")),
    "discussions:topic": either(INSIDE_ONLY, "topic"),
    "discussions:posts": either(door(hidden=INSIDE), "topic"),  # without "after"; see test_topic.py
    "discussions:reply": row(door(goes=INSIDE), door(again=INSIDE), "topic"),
    "discussions:read": deed(door(goes=INSIDE), "topic"),
    "discussions:choose_level": deed(door(goes=INSIDE), "topic"),
    "discussions:keep_reply_draft": deed(door(goes=INSIDE), "topic"),
    "discussions:edit_topic": form(INSIDE_ONLY, "topic"),
    "discussions:pin": deed(PLANS_GOES, "topic"),
    "discussions:unpin": deed(PLANS_GOES, "topic"),
    "discussions:close": deed(PLANS_GOES, "topic"),
    "discussions:reopen": deed(PLANS_GOES, "topic"),
    "discussions:move": form(PLANS, "topic"),
    "discussions:post": either(door(goes=INSIDE), "post"),
    "discussions:more": either(INSIDE_ONLY, "post"),
    "discussions:edit_post": form(door(page="member", no="facilitator"), "post"),
    "discussions:keep_edit_draft": deed(door(goes="member", no="facilitator"), "post"),
    "discussions:history": either(INSIDE_ONLY, "post"),
    "discussions:react": row(INSIDE_ONLY, door(goes=INSIDE), "post"),
    "discussions:accept": deed(door(goes=INSIDE), "post"),
    "discussions:remove": row(INSIDE_ONLY, door(goes=INSIDE), "post"),
    "discussions:restore": either(door(goes="facilitator", no="member"), "post"),  # it stands: nothing to restore
    "discussions:report": form(INSIDE_ONLY, "post"),
    "discussions:settle_report": deed(door(goes="facilitator"), "report"),
    "discussions:attachment": either(INSIDE_ONLY, "attachment"),
}
