"""Figures: who leads a school, who runs its board or a network; a planner sees none, the platform only the country."""

from tests.house.matrix.doors import SEES_CARD, door, reads

OF_SCHOOL = door("no", page="school_leader board_admin")
OF_BOARD = door("no", page="board_admin")
OF_NETWORK = door(page="network_admin", no=f"{SEES_CARD} platform_admin".replace(" network_admin", ""))
OF_NATION = door("no", page="platform_admin")
AT_SCHOOL = door("no", page="invitee member ex_member facilitator school_leader planner")
WORKS_AT_A_SCHOOL = "invitee member guest ex_member facilitator school_leader planner stranger"
ACROSS = door("no", page="board_admin network_admin")
SOME_FIGURES = door("no", goes="school_leader board_admin network_admin platform_admin")

ROWS = {
    "participation:index": reads(SOME_FIGURES),
    "participation:school": reads(OF_SCHOOL, "regenboog"),
    "participation:board": reads(OF_BOARD, "board"),
    "participation:network": reads(OF_NETWORK, "network"),
    "participation:nation": reads(OF_NATION),
    "participation:school_file": reads(OF_SCHOOL, "regenboog", "year", "csv"),
    "participation:board_file": reads(OF_BOARD, "board", "year", "csv"),
    "participation:network_file": reads(OF_NETWORK, "network", "year", "csv"),
    "participation:nation_file": reads(OF_NATION, "year", "csv"),
    "participation:plgs": reads(ACROSS),
    "participation:network_together": reads(OF_NETWORK, "network"),
    "participation:board_together": reads(OF_BOARD, "board"),
    "participation:leader_sees": reads(door("page", goes=WORKS_AT_A_SCHOOL)),
    "participation:leader_sees_of": reads(AT_SCHOOL, "regenboog"),
}
