"""Year reports, funding, the learning school: a PLG's until it releases; of who runs it; of the team."""

from tests.house.matrix.doors import (
    INSIDE,
    INSIDE_ONLY,
    LEADS_GOES,
    OUTSIDE,
    PLANS,
    PLANS_GOES,
    SEES_CARD,
    TAKES_PART,
    all_signed_in,
    deed,
    door,
    form,
    reads,
    row,
)

IN_NETWORK = f"{SEES_CARD} platform_admin".replace(" network_admin", "")
RUNS = door(page="network_admin", no=IN_NETWORK)
RUNS_ITS = door(page="network_admin")
RUNS_ITS_GOES = door(goes="network_admin")
ABOVE = "school_leader board_admin network_admin"
TEAM = "invitee member ex_member facilitator planner"
LEADS_SCHOOL = door(page="school_leader", no=TEAM)
LEADS_SCHOOL_GOES = door(goes="school_leader", no=TEAM)
AT_BOARD = f"{TEAM} guest school_leader board_admin network_admin"

ROWS = {
    # A PLG's own until it is released; then who leads its schools, boards and networks reads it
    "reports:index": reads(door("no", page=ABOVE)),
    "reports:of_plg": reads(TAKES_PART, "plg"),
    "reports:begin": deed(LEADS_GOES, "plg", year="this_year"),
    "reports:of_network": reads(RUNS, "network"),
    "reports:begin_network": deed(door(goes="network_admin", no=IN_NETWORK), "network", year="this_year"),
    "reports:detail": reads(door(page=f"{INSIDE} {ABOVE}"), "report_released"),
    "reports:pdf": reads(door(page=f"{INSIDE} {ABOVE}"), "report_released"),
    "reports:write": row(INSIDE_ONLY, door(goes=INSIDE), "report_draft"),  # nothing typed changes nothing
    "reports:redraft": deed(PLANS_GOES, "report_draft"),
    "reports:lay": row(PLANS, PLANS_GOES, "report_draft"),
    "reports:reopen": deed(PLANS_GOES, "report_laid"),
    "reports:fine": deed(door(goes=INSIDE), "report_laid"),
    "reports:say_no": form(INSIDE_ONLY, "report_laid"),
    "reports:take_no_back": deed(door(goes=INSIDE), "report_laid"),
    "reports:agree": deed(door(goes=INSIDE), "report_laid"),
    "reports:decline": deed(door(goes=INSIDE), "report_laid"),
    "reports:release": row(PLANS, PLANS_GOES, "report_laid"),
    "reports:take_back": deed(door(goes="facilitator", no=f"member {ABOVE}"), "report_released"),
    # Who runs the network, board or PLG; nobody else
    "funding:index": reads(door("no", page="facilitator board_admin network_admin")),
    "funding:add": form(RUNS, "=network", "network"),
    "funding:detail": reads(RUNS_ITS, "grant"),
    "funding:edit": form(RUNS_ITS, "grant"),
    "funding:remove": row(RUNS_ITS, RUNS_ITS_GOES, "grant"),
    "funding:add_date": deed(door(again="network_admin"), "grant"),
    "funding:evidence_xlsx": reads(RUNS_ITS, "grant"),
    "funding:evidence_pdf": reads(RUNS_ITS, "grant"),
    "funding:report": deed(RUNS_ITS_GOES, "due"),
    "funding:report_undone": deed(RUNS_ITS_GOES, "due"),
    "funding:remove_date": deed(RUNS_ITS_GOES, "due"),
    # The team reads, who leads the school writes
    "learning:index": reads(door(goes=f"{AT_BOARD} stranger", page="platform_admin")),
    "learning:school": row(door("no", goes=f"{TEAM} school_leader"), door("no", again="school_leader"), "regenboog"),
    "learning:board": row(door("no", page=AT_BOARD), door("no", again="board_admin"), "board"),
    "learning:detail": reads(door(page=f"{TEAM} school_leader"), "school_cycle"),
    "learning:wish": form(LEADS_SCHOOL, "school_cycle"),
    "learning:room": row(LEADS_SCHOOL, LEADS_SCHOOL_GOES, "school_cycle"),
    "learning:look_back": row(LEADS_SCHOOL, LEADS_SCHOOL_GOES, "school_cycle"),
    "learning:add_goal": form(LEADS_SCHOOL, "school_cycle"),
    "learning:edit_goal": form(LEADS_SCHOOL, "goal"),
    "learning:drop_goal": deed(LEADS_SCHOOL_GOES, "goal"),
    "learning:open_scan": form(LEADS_SCHOOL, "cycle_next"),
    "learning:answer": form(door(page=TEAM, no="school_leader"), "scan"),
    "learning:close_scan": deed(LEADS_SCHOOL_GOES, "scan"),
    "learning:starters": reads(all_signed_in("page")),
    "learning:place": deed(door(goes=INSIDE, no=OUTSIDE), "=ict", community="plg"),
    "learning:propose": deed(
        door(goes="school_leader", no=SEES_CARD.replace(" school_leader", "")), "=ict", community="plg"
    ),
    "learning:leave": deed(door(goes="facilitator", no="member school_leader"), "talk"),
}
