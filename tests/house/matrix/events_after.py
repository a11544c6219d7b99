"""What is left of a lab that Fatima organised: Amina was there, and brought something."""

from tests.house.matrix.doors import door, everybody, form, reads, row

SEES = "invitee member guest ex_member facilitator school_leader planner board_admin network_admin"
REST = "invitee member guest ex_member school_leader planner board_admin network_admin"
FINDS = door(page=SEES)
ORGANISES = door(page="facilitator", no=REST)
#: Amina and Gijs were there and are asked; whoever was not reads why she is not asked.
ASKED = door(page="anonymous member", gone=" ".join(set(SEES.split()) - {"member"}) + " platform_admin stranger")
OPEN = door(page=SEES, anonymous="login")

ROWS = {
    "events:evaluate": form(FINDS, "over_event"),
    "events:evaluate_by_mail": row(
        ASKED, {role: "again" if answer == "page" else answer for role, answer in ASKED.items()}, "over_token"
    ),
    "events:evaluation": reads(ORGANISES, "over_event"),
    "events:certificate": reads(door(page="member facilitator"), "over_certificate"),
    "events:attendance": reads(ORGANISES, "over_event"),
    "events:everybody_came": row(ORGANISES, door(again="facilitator", no=REST), "over_event"),
    "events:correct_attendance": row(
        door(page="facilitator", no="member"), door(goes="facilitator", no="member"), "over_registration"
    ),
    "events:gallery": row(OPEN, everybody("not so"), "over_event"),
    "events:poster": form(door(page="member", no="facilitator"), "over_contribution"),
    "events:poster_file": row(door(page=SEES, anonymous="hidden"), everybody("not so"), "over_contribution", "=small"),
    "events:recordings": row(ORGANISES, door(goes="facilitator", no=REST), "over_event"),
}
