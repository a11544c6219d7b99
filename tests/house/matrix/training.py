"""Training: everybody may learn; what somebody writes while learning is hers, her trainers' and her coach's.

The member learns, the facilitator trains her group, the planner coaches her, the school leader agrees for the school.
"""

from tests.house.matrix.doors import all_signed_in, deed, door, form, reads, row

ALL = all_signed_in("page")
KEEPS, KEEPS_GOES = door("no", page="platform_admin"), door("no", goes="platform_admin")
MAKES = door("no", page="board_admin network_admin platform_admin")
TRAINS = door("no", page="facilitator")
AROUND = "facilitator planner school_leader"  # who sees that the member learns
LEARNS, LEARNS_GOES = door(page="member", no=AROUND), door(goes="member", no=AROUND)
READS_ALONG = door(page="member facilitator planner")
HER_GUIDES = "facilitator planner"
OWN_WORK = door(page="member", no=HER_GUIDES)
GUIDES_AGAIN = door(again=HER_GUIDES, no="member")

ROWS = {
    "training:index": reads(ALL),
    "training:programme": reads(ALL, "training_programme"),
    "training:enrol": form(ALL, "training_programme"),
    # Whoever keeps programmes
    "training:add_programme": form(MAKES),
    "training:new_version": deed(KEEPS_GOES, "training_programme"),
    "training:retire": row(KEEPS, KEEPS_GOES, "training_programme"),
    "training:add_group": form(KEEPS, "training_programme"),
    "training:version": form(KEEPS, "training_draft"),
    "training:publish": deed(KEEPS_GOES, "training_draft"),
    "training:add_module": form(KEEPS, "training_draft"),
    "training:edit_module": form(KEEPS, "training_module"),
    "training:add_page": form(KEEPS, "training_module"),
    "training:add_assignment": form(KEEPS, "training_module"),
    "training:remove_module": row(KEEPS, KEEPS_GOES, "training_module"),
    "training:edit_page": form(KEEPS, "training_draft_page"),
    "training:remove_page": row(KEEPS, KEEPS_GOES, "training_draft_page"),
    "training:edit_assignment": form(KEEPS, "training_draft_assignment"),
    "training:remove_assignment": row(KEEPS, KEEPS_GOES, "training_draft_assignment"),
    "training:group_people": form(KEEPS, "training_group"),
    "training:remove_group_member": deed(KEEPS_GOES, "training_coach"),
    # A group and its trainer
    "training:group": reads(ALL, "training_group"),
    "training:add_day": form(TRAINS, "training_group"),
    "training:edit_day": form(door(page="facilitator", no="member"), "training_day"),
    "training:remove_day": row(
        door(page="facilitator", no="member"), door(goes="facilitator", no="member"), "training_day"
    ),
    "training:attendance": form(door(page="facilitator", no="member"), "training_day"),
    # A learner
    "training:enrolment": reads(door(page="member facilitator planner", goes="school_leader"), "training_enrolment"),
    "training:choose_plg": form(LEARNS, "training_enrolment"),
    "training:name_coach": form(door(page="facilitator", no="member planner school_leader"), "training_enrolment"),
    "training:consent": row(
        door(page="school_leader", no="facilitator"), door(goes="school_leader", no="facilitator"), "training_asking"
    ),
    "training:consent_by_mail": row(
        door("gone", "page", page="school_leader"),
        door("gone", "goes", goes="school_leader"),
        "training_consent_token",
    ),
    "training:step": row(
        door(page="member facilitator", goes="planner school_leader"),
        door(goes="member facilitator planner school_leader"),
        "training_enrolment",
        "=pause",
    ),
    "training:page": row(READS_ALONG, door(goes="member facilitator planner"), "training_enrolment", "training_page"),
    "training:show_question": deed(LEARNS_GOES, "training_enrolment", "training_question"),
    "training:answer": deed(door(again="member", no=AROUND), "training_enrolment", "training_question"),
    "training:assignment": row(
        READS_ALONG, door(goes="member", no=HER_GUIDES), "training_enrolment", "training_assignment"
    ),
    "training:submission": row(READS_ALONG, door(again="member", no=HER_GUIDES), "training_submission"),
    "training:give_feedback": deed(GUIDES_AGAIN, "training_submission"),
    "training:ask_peer": deed(door(again="member", no=HER_GUIDES), "training_submission"),
    "training:submission_file": reads(READS_ALONG, "training_file"),
    "training:peer": form(door(), "training_peer"),
    # Practising at a meeting of the PLG, if it agrees
    "training:plan_practice": form(LEARNS, "training_enrolment"),
    "training:practice": reads(READS_ALONG, "training_practice"),
    "training:move_practice": form(OWN_WORK, "training_practice"),
    "training:practice_step": row(
        door(goes="member facilitator planner"),
        door(again="member facilitator planner"),
        "training_held",
        "=reflect",
    ),
    "training:agree_by_mail": row(
        door("gone", "page", page="facilitator"),
        door("gone", "goes", goes="facilitator"),
        "training_practice_token",
    ),
}
