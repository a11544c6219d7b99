"""Boards, schools, networks and partners, and who works where."""

from tests.house.matrix.doors import (
    ANSWERS_JOINING,
    IN_NETWORK,
    KEEPS_DAYS,
    KEEPS_DAYS_GOES,
    MANAGES,
    MEETS_PEOPLE,
    NEVER,
    PLATFORM,
    PLATFORM_HIDDEN,
    RUNS_BOARD,
    RUNS_BOARD_GOES,
    RUNS_LIST,
    RUNS_NETWORK,
    RUNS_NETWORKS,
    SEES_CARD,
    SEES_PERSON,
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

AT_THE_BOARD = "invitee member guest ex_member facilitator school_leader planner network_admin"
WORKS_AT_A_SCHOOL = "invitee member guest ex_member facilitator school_leader planner stranger"
WORKS_AT_NO_SCHOOL = "board_admin network_admin platform_admin"

ROWS = {
    # Boards, schools, networks, partners: facts that all may know, changed by who runs them
    "organisations:index": reads(all_signed_in("page")),
    "organisations:board": reads(all_signed_in("page"), "board"),
    "organisations:board_style": reads(all_signed_in("page"), "board"),
    "organisations:edit_board": form(RUNS_BOARD, "board"),
    "organisations:link_schools": row(RUNS_BOARD, RUNS_BOARD_GOES, "board"),
    "organisations:retention": reads(door("no", page="board_admin network_admin platform_admin")),
    "organisations:board_terms": form(RUNS_BOARD, "board"),
    "organisations:merge_board": form(RUNS_BOARD, "board"),
    "organisations:merge_school": form(RUNS_BOARD, "regenboog"),
    "organisations:school": reads(all_signed_in("page"), "regenboog"),
    "organisations:study_days": row(
        all_signed_in("page"), door("no", again="school_leader planner board_admin platform_admin"), "regenboog"
    ),
    "organisations:import_study_days": form(KEEPS_DAYS, "regenboog"),
    "organisations:save_study_days": deed(KEEPS_DAYS_GOES, "regenboog"),
    "organisations:remove_study_day": deed(KEEPS_DAYS_GOES, "study_day"),
    "organisations:edit_school": row(RUNS_BOARD, RUNS_BOARD_GOES, "regenboog"),
    "organisations:school_search": reads(all_signed_in("page")),
    "organisations:partners": reads(all_signed_in("page")),
    "organisations:partner": reads(all_signed_in("page"), "partner"),
    "organisations:create_partner": form(RUNS_NETWORKS),
    "organisations:edit_partner": form(RUNS_NETWORKS, "partner"),
    "organisations:networks": reads(all_signed_in("page")),
    "organisations:network": reads(IN_NETWORK, "network"),
    "organisations:create_network": form(PLATFORM),
    "organisations:edit_network": form(RUNS_NETWORK, "network"),
    "organisations:join_network": deed(
        door(again="network_admin platform_admin", no=SEES_CARD.removesuffix(" network_admin")), "network"
    ),
    "organisations:leave_network": deed(  # a board leaves by itself, too
        door(
            goes="board_admin network_admin platform_admin",
            no=SEES_CARD.removesuffix(" board_admin network_admin"),
        ),
        "network",
        board="board",
    ),
    # A network asks a school of De Brug: the board answers, who asked may take it back
    "organisations:joining": reads(door(page="board_admin network_admin platform_admin"), "joining"),
    "organisations:accept_joining": deed(ANSWERS_JOINING, "joining"),
    "organisations:decline_joining": deed(ANSWERS_JOINING, "joining"),
    "organisations:withdraw_joining": deed(door(goes="network_admin", no="board_admin platform_admin"), "joining"),
    # Innovation time: a board agrees, a school's leader fills in, everybody sees her own
    "organisations:time_rules": form(RUNS_BOARD, "board"),
    "organisations:copy_time_rules": deed(RUNS_BOARD_GOES, "board"),
    "organisations:apply_time_rules": row(RUNS_BOARD, RUNS_BOARD_GOES, "board"),
    "organisations:edit_time_rule": form(door(page="board_admin platform_admin", no=AT_THE_BOARD), "time_rule"),
    "organisations:remove_time_rule": deed(door(goes="board_admin platform_admin", no=AT_THE_BOARD), "time_rule"),
    "organisations:school_time": either(door("no", page="school_leader board_admin"), "regenboog"),
    "organisations:edit_time_budget": form(door(page="school_leader board_admin", no="member"), "time_budget"),
    # Room in the timetable: a teacher's own, her leader's to give, a planner's to cover; no administrator's
    "organisations:timetable": reads(door("no", page="school_leader planner")),
    "organisations:timetable_pdf": reads(door("no", page="school_leader planner")),
    "organisations:ask_room": form(door(page=WORKS_AT_A_SCHOOL, no=WORKS_AT_NO_SCHOOL)),
    "organisations:grant_room": deed(door(goes="school_leader", no="member planner"), "room_request"),
    "organisations:talk_room": form(door(page="school_leader", no="member planner"), "room_request"),
    "organisations:take_back_room": deed(door(goes="school_leader", no="member planner"), "room_request"),
    "organisations:cover_room": row(
        door(page="school_leader planner", no="member"), door(goes="school_leader planner", no="member"), "room_request"
    ),
    "organisations:withdraw_room": deed(door(goes="member", no="school_leader planner"), "room_request"),
    # Everybody's own hours
    "organisations:my_hours": reads(all_signed_in("page")),
    "organisations:hours_file": reads(all_signed_in("page"), "csv", "year"),
    # Who works where, and who may manage what: from above only, never by oneself
    # Many people at once: only who prepared it
    "organisations:bulk_new": either(MANAGES),
    "organisations:bulk": reads(door(page="board_admin"), "bulk_deed"),
    "organisations:bulk_carry_out": deed(door(goes="board_admin"), "bulk_deed", row="bulk_row"),
    "organisations:bulk_take_back": deed(door(goes="board_admin"), "bulk_deed"),
    "organisations:people": reads(MEETS_PEOPLE),
    "organisations:person": reads(SEES_PERSON, "member"),
    "organisations:add_affiliation": deed(
        door("no", goes="board_admin platform_admin", hidden="network_admin"),
        "member",
        school="wissel",
        function="=teacher",
    ),
    "organisations:change_function": form(
        door(page="board_admin platform_admin", no="member school_leader"), "affiliation"
    ),
    "organisations:end_affiliation": row(  # without a day it is today
        door(page="board_admin platform_admin", no="member school_leader"),
        door(goes="board_admin platform_admin", no="member school_leader"),
        "affiliation",
    ),
    "organisations:give_role": form(door("no", page="board_admin"), "=school", "regenboog"),
    "organisations:end_role": deed(door(goes="board_admin platform_admin", no="school_leader"), "role"),
    "organisations:platform": form(PLATFORM),
    "organisations:reset_second_step": form(door(page="board_admin platform_admin"), "member"),
    "organisations:invitations": reads(MANAGES),
    "organisations:invite": form(MANAGES),
    "organisations:resend": deed(door(goes="board_admin platform_admin"), "invitation"),
    "organisations:revoke": deed(door(goes="board_admin platform_admin"), "invitation"),
    # The link in the letter proves the address: whoever holds it may come in, as new or with this address as a second
    "organisations:accept": row(door("no", "page"), door("no", "again"), "invitation_token"),
    "organisations:staff_imports": either(door("no", goes="board_admin", page="platform_admin")),
    "organisations:staff_sample": reads(all_signed_in("page")),
    "organisations:staff_import": form(RUNS_BOARD, "board"),
    "organisations:staff_import_check": reads(RUNS_LIST, "staff_list"),
    "organisations:answer_row": deed(door(goes="board_admin platform_admin"), "staff_list", "=1"),
    "organisations:carry_out": deed(door(again="board_admin platform_admin"), "staff_list"),
    "organisations:undo": deed(door(goes="board_admin platform_admin"), "staff_list"),
    "organisations:staff_report": reads(RUNS_LIST, "staff_list"),
    # School accounts: the way in is for all, setting it up is for the platform
    "organisations:school_account": Row(everybody("page"), NEVER),
    "organisations:start_school_account": Row(NEVER, everybody("goes"), ("sign_on",)),
    "organisations:first_school_account": Row(everybody("goes"), everybody("goes")),
    "organisations:school_account_code": Row(everybody("goes"), everybody("goes")),
    "organisations:connect_school_account": either(all_signed_in("goes")),
    "organisations:sign_ons": form(PLATFORM_HIDDEN),
    "organisations:add_sign_on": form(PLATFORM_HIDDEN, "board"),
    "organisations:sign_on": form(PLATFORM_HIDDEN, "sign_on"),
}
