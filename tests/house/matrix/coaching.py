"""Portfolio, assessment, coaching. The guest learns; the stranger assesses; who left the PLG coaches.

The facilitator trains the group and the planner coaches the learner in it: neither reads the portfolio, and none of
them, nor an assessor, a leader or an administrator, comes near what the two write (`COACHING`).
"""

from tests.house.matrix.doors import NEVER, Row, all_signed_in, deed, door, everybody, form, reads, row

ALL = all_signed_in("page")
READS = door(page="guest stranger")
HERS, HERS_GOES = door(page="guest", no="stranger"), door(goes="guest", no="stranger")
HER_ITEM, HER_ITEM_GOES = door(page="guest"), door(goes="guest")
JUDGES, JUDGES_GOES = door(page="stranger"), door(goes="stranger")
TWO, TWO_GOES = door(page="guest ex_member"), door(goes="guest ex_member")

#: Addresses at which only the two come: tests/training/test_wall.py reads this as well.
COACHING = {
    "training:coaching": reads(TWO, "coaching"),
    "training:coaching_step": row(TWO, TWO_GOES, "coaching", "=stop"),
    "training:look_back": form(TWO, "coaching"),
    "training:add_goal": form(TWO, "coaching"),
    "training:edit_goal": form(TWO, "coaching_goal"),
    "training:add_talk": form(TWO, "coaching"),
    "training:edit_talk": form(TWO, "coaching_talk"),
    "training:remove_talk": row(TWO, TWO_GOES, "coaching_talk"),
    "training:add_note": deed(door(again="guest ex_member"), "coaching"),
    "training:edit_note": form(HER_ITEM, "coaching_note"),  # a private one: its writer alone
    "training:remove_note": row(HER_ITEM, HER_ITEM_GOES, "coaching_note"),
}

ROWS = COACHING | {
    "training:portfolio": reads(READS, "portfolio_enrolment"),
    "training:add_item": form(HERS, "portfolio_enrolment"),
    "training:portfolio_links": form(HERS, "portfolio_enrolment"),
    "training:edit_item": form(HER_ITEM, "portfolio_item"),
    "training:remove_item": row(HER_ITEM, HER_ITEM_GOES, "portfolio_item"),
    "training:item_file": reads(READS, "portfolio_item"),
    "training:revoke_portfolio_link": deed(HER_ITEM_GOES, "portfolio_link"),
    # For who holds the link, without an account
    "training:shared_portfolio": Row(everybody("page"), NEVER, ("portfolio_key",)),
    "training:shared_file": Row(everybody("page"), NEVER, ("portfolio_key", "portfolio_item")),
    # Not everything is done, so it is not handed over; and there is no appeal without assured quality
    "training:hand_over": row(HERS_GOES, HERS_GOES, "portfolio_enrolment"),
    "training:appeal": row(HERS_GOES, HERS_GOES, "portfolio_enrolment"),
    "training:assessors": form(door(page="facilitator"), "assessed_enrolment"),
    "training:assessment": form(JUDGES, "assessment_asked"),
    "training:hand_back": row(JUDGES, JUDGES_GOES, "assessment_asked"),
    "training:coachings": reads(ALL),
    "training:coach_offer": form(ALL),
    "training:find_coach": reads(ALL),
    "training:propose_coaching": form(door("page", goes="ex_member"), "coach_offer"),
    "training:coach_learner": form(door(page="guest planner"), "portfolio_enrolment"),
}
