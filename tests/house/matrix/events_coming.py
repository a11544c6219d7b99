"""The event itself, and registering for it: a lab of the network that Fatima organises with Bram. Amina comes; Gijs
asked for a place, Otto is offered one."""

from tests.house.matrix.doors import all_signed_in, deed, door, either, form, row

NETWORK = "invitee member guest ex_member facilitator school_leader planner board_admin network_admin"
ORGANISE = "facilitator school_leader"
OTHERS = "invitee member guest ex_member planner board_admin network_admin"
FIND = door(page=NETWORK)
ORGANISES = door(page=ORGANISE, no=OTHERS)
ORGANISES_GOES = door(goes=ORGANISE, no=OTHERS)
REGISTERED = "member guest ex_member"

ROWS = {
    "events:index": either(all_signed_in("page")),
    "events:home_card": either(all_signed_in("page")),
    "events:start": form(all_signed_in("page")),
    "events:detail": either(FIND, "event"),
    "events:step": row(
        door(hidden=f"{ORGANISE} platform_admin stranger", no=OTHERS), door(hidden=ORGANISE, no=OTHERS), "event"
    ),
    "events:edit": form(ORGANISES, "event"),
    "events:people": form(ORGANISES, "event"),
    "events:remove_person": deed(door(hidden=ORGANISE, no=OTHERS), "event"),
    "events:questions": form(ORGANISES, "event"),
    "events:copy": form(ORGANISES, "event"),
    "events:register": row(
        door(page=NETWORK.replace("member guest ex_member ", ""), goes=REGISTERED),
        door(goes=NETWORK),
        "event",
    ),
    "events:register_others": form(FIND, "event"),
    "events:register_guest": either(door("hidden", anonymous="hidden"), "event"),
    "events:confirm_guest": either(door("gone", anonymous="gone"), "=cut-in-two"),
    "events:offer": either(door("gone", anonymous="gone"), "=cut-in-two"),
    "events:edit_registration": row(
        door(page="member", goes=ORGANISE), door(goes=f"member {ORGANISE}"), "event_registration"
    ),
    "events:cancel_registration": row(
        door(page=f"member {ORGANISE}"), door(goes=f"member {ORGANISE}"), "event_registration"
    ),
    "events:answer_offer": deed(door(goes=f"ex_member {ORGANISE}"), "event_offer"),
    "events:registrations": either(ORGANISES, "event"),
    "events:export_registrations": row(ORGANISES, door("not so"), "event"),
    "events:admit": deed(door(goes=ORGANISE, no="guest"), "event_request"),
    "events:decline": deed(door(goes=ORGANISE, no="guest"), "event_request"),
}
