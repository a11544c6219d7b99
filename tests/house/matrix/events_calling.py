"""The call for contributions, who reads them, and the programme. Amina offered something; Fatima organises."""

from tests.house.matrix.doors import deed, door, either, everybody, form, reads, row

SEES = "invitee member guest ex_member facilitator school_leader planner board_admin network_admin"
REST = "invitee member guest ex_member school_leader planner board_admin network_admin"
FINDS = door(page=SEES)
ORGANISES = door(page="facilitator", no=REST)
ORGANISES_GOES = door(goes="facilitator", no=REST)
BRINGS = door(page="member", no="facilitator")
BRINGS_GOES = door(goes="member", no="facilitator")

ROWS = {
    # Offering
    "events:contribute": form(FINDS, "event_call"),
    "events:contribution": either(door(page="member facilitator"), "contribution"),
    "events:edit_contribution": form(door(page="member guest"), "contribution_concept"),
    "events:step_contribution": deed(BRINGS_GOES, "contribution"),
    "events:add_author": deed(door(again="member guest"), "contribution_concept"),
    "events:remove_author": deed(door(goes="member guest"), "contribution_author"),
    "events:unavailable": deed(BRINGS_GOES, "contribution"),
    "events:confirm_by_mail": row(
        door("gone", page="anonymous member"), door("gone", page="anonymous member"), "confirm_token"
    ),
    # Reading and choosing
    "events:contributions": either(ORGANISES, "known_event"),
    "events:review": form(door(page="facilitator", no="member"), "contribution"),
    "events:decide": row(ORGANISES, ORGANISES_GOES, "known_event"),
    "events:send_decisions": row(ORGANISES, ORGANISES_GOES, "known_event"),
    # Making the programme
    "events:planner": either(ORGANISES, "known_event"),
    "events:place": deed(door(hidden="facilitator", no=REST), "known_event"),
    "events:rooms": form(ORGANISES, "known_event"),
    "events:edit_room": form(ORGANISES, "known_room"),
    "events:remove_room": row(ORGANISES, ORGANISES_GOES, "known_room"),
    "events:slots": form(ORGANISES, "known_event"),
    "events:edit_slot": form(ORGANISES, "known_slot"),
    "events:remove_slot": deed(ORGANISES_GOES, "known_slot"),
    "events:add_session": form(ORGANISES, "known_event"),
    "events:edit_session": form(ORGANISES, "known_session"),
    "events:remove_session": row(ORGANISES, ORGANISES_GOES, "known_session"),
    "events:release": form(ORGANISES, "known_event"),
    # Reading the programme
    "events:programme": reads(door(page=SEES, hidden="anonymous"), "known_event"),
    "events:programme_worker": row(everybody("page"), everybody("not so"), "known_event"),
    "events:favourite": deed(door(hidden=SEES), "known_event"),
    "events:session": reads(door(page=SEES, hidden="anonymous"), "known_session"),
    "events:my_calendar": either(FINDS, "known_event"),
    "events:calendar": reads(door(page=SEES, hidden="anonymous"), "known_event"),
    "events:my_feed": row(everybody("page"), everybody("not so"), "calendar_token"),
    "events:schedule_json": reads(door(page=SEES, hidden="anonymous"), "known_event"),
}
#: Without signing in these are read too, where an event is for everybody; so nobody is sent to sign in to post.
for name in ("programme", "session", "calendar", "schedule_json"):
    ROWS[f"events:{name}"] = row(ROWS[f"events:{name}"].get, everybody("not so"), *ROWS[f"events:{name}"].args)
