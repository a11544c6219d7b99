"""Class visits: an offer is seen in its PLG, what is agreed by the two alone; Tom, the other one, is in no column."""

from tests.house.matrix.doors import INSIDE_ONLY, all_signed_in, door, form, reads

#: Amina is one of the two; Fatima, who leads the PLG, sees no more of it than anybody.
ONE_OF_TWO = door(page="member")
MEMBERS = door(page="member facilitator")

ROWS = {
    "visits:index": reads(all_signed_in("page")),
    "visits:open_visit": form(INSIDE_ONLY, "plg"),
    "visits:swap": form(INSIDE_ONLY, "plg"),
    "visits:covers": reads(door("no", page="school_leader planner")),
    "visits:detail": reads(MEMBERS, "visit_offered"),
    "visits:step": form(door(page="member", goes="facilitator"), "visit_offered", "=cancel"),
    "visits:feedback": form(ONE_OF_TWO, "visit_done"),
    "visits:calendar": reads(ONE_OF_TWO, "visit_planned"),
}
