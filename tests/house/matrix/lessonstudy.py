"""Who gets which answer about a Lesson Study cycle: its team alone, and its PLG sees a card."""

from tests.house.matrix.doors import CARD, NEVER, all_signed_in, deed, door, either, everybody, form, reads, row

#: Fatima guides, Amina is of the team, Gijs its expert: a guest of the PLG, and within the cycle.
TEAM = door(page="member guest facilitator")
WRITES_CYCLE = TEAM
GUIDES = door(page="facilitator", no="member guest")
GUIDES_GOES = door(goes="facilitator", no="member guest")
TEAM_GOES = door(goes="member guest facilitator")
TEAM_AGAIN = door(again="member guest facilitator")

#: The cycle itself (D)
CYCLES = {
    "lessonstudy:index": either(all_signed_in("page")),
    "lessonstudy:running": either(all_signed_in("page")),
    "lessonstudy:in_plg": either(CARD, "plg"),
    "lessonstudy:start": row(all_signed_in("page"), door("page", again="member facilitator")),
    "lessonstudy:detail": either(TEAM, "cycle"),
    "lessonstudy:edit": form(TEAM, "cycle"),
    "lessonstudy:history": either(TEAM, "cycle"),
    "lessonstudy:step": row(GUIDES, GUIDES_GOES, "cycle", "=make_ready"),
    "lessonstudy:halt": form(GUIDES, "cycle"),
    "lessonstudy:resume": deed(GUIDES_GOES, "cycle"),
    "lessonstudy:members": row(TEAM, door(again="facilitator", no="member guest"), "cycle"),
    "lessonstudy:role": form(GUIDES, "cycle_member"),
    "lessonstudy:hand_over": deed(GUIDES_GOES, "cycle_member"),
    "lessonstudy:leave": row(
        door(page="member facilitator", no="guest"), door(goes="member facilitator", no="guest"), "cycle_member"
    ),
    "lessonstudy:charter": form(TEAM, "cycle"),
    "lessonstudy:accept_charter": deed(TEAM_GOES, "cycle"),
    "lessonstudy:sources": form(TEAM, "cycle"),
    "lessonstudy:source": form(TEAM, "cycle_source"),
    "lessonstudy:remove_source": deed(TEAM_GOES, "cycle_source"),
    "lessonstudy:pupils": form(TEAM, "cycle"),
    "lessonstudy:pupil": form(TEAM, "cycle_pupil"),
    "lessonstudy:remove_pupil": deed(TEAM_GOES, "cycle_pupil"),
    "lessonstudy:texts": form(TEAM, "inquiry"),
    "lessonstudy:arrange": form(TEAM, "cycle"),
    "lessonstudy:lesson": either(TEAM, "cycle_lesson"),
}
#: Its plan (E)
PLANS = {
    "lessonstudy:plan_now": reads(TEAM_GOES, "cycle"),
    "lessonstudy:plan": either(TEAM, "cycle", "cycle_plan"),
    "lessonstudy:plan_compare": reads(TEAM, "cycle"),
    "lessonstudy:plan_paper": reads(TEAM, "cycle", "cycle_plan"),
    "lessonstudy:plan_pull": reads(TEAM, "cycle", "cycle_plan"),
    "lessonstudy:plan_push": deed(TEAM_AGAIN, "cycle", "cycle_plan"),
    "lessonstudy:plan_write": deed(TEAM_AGAIN, "cycle", "cycle_plan"),
    "lessonstudy:plan_comment": deed(TEAM_AGAIN, "cycle", "cycle_plan"),
    "lessonstudy:plan_remarks": reads(TEAM, "cycle", "cycle_plan"),
    "lessonstudy:settle_comment": deed(TEAM_GOES, "cycle_remark"),
    "lessonstudy:withdraw_comment": deed(door(goes="member", no="guest facilitator"), "cycle_remark"),
}
#: Observing and talks with pupils (F)
#: Fatima wrote a note; the discussion has not begun, so that nobody else sees it.
HERS = door(page="facilitator")
OBSERVING = {
    "lessonstudy:observe_worker": row(everybody("page"), NEVER),
    "lessonstudy:observe": reads(TEAM, "cycle_lesson"),
    "lessonstudy:observe_state": reads(TEAM, "cycle_lesson"),
    "lessonstudy:send": deed(door(**{"400": "member guest facilitator"}), "cycle_lesson"),  # a form is no JSON
    "lessonstudy:photo": deed(door(again="facilitator"), "cycle_lesson", key="=00000000-0000-0000-0000-000000000007"),
    "lessonstudy:note": deed(door(again="member guest facilitator"), "cycle_lesson"),
    "lessonstudy:change_note": form(HERS, "cycle_note"),
    "lessonstudy:withdraw_note": deed(door(goes="facilitator"), "cycle_note"),
    "lessonstudy:note_photo": reads(HERS, "cycle_photo"),
    "lessonstudy:begin_lesson": deed(TEAM_GOES, "cycle_lesson"),
    "lessonstudy:hand_in": deed(TEAM_GOES, "cycle_lesson"),
    "lessonstudy:absent": deed(GUIDES_GOES, "cycle_observer"),
    "lessonstudy:assign": row(GUIDES, GUIDES_GOES, "cycle_lesson"),
    "lessonstudy:interview": reads(TEAM, "cycle_lesson"),
    "lessonstudy:interview_pupil": form(TEAM, "cycle_lesson", "cycle_pupil"),
}
#: Matrix, discussion, outcome (G)
#: The thought is Amina's.
OUTCOMES = {
    "lessonstudy:matrix": reads(TEAM, "given_lesson"),
    "lessonstudy:cell": reads(TEAM, "given_lesson"),
    "lessonstudy:matrix_paper": reads(TEAM, "given_lesson"),
    "lessonstudy:add_pattern": form(TEAM, "given_lesson"),
    "lessonstudy:edit_pattern": form(TEAM, "given_pattern"),
    "lessonstudy:remove_pattern": deed(TEAM_GOES, "given_pattern"),
    "lessonstudy:add_thought": form(TEAM, "given_lesson"),
    "lessonstudy:edit_thought": form(door(page="member", no="guest facilitator"), "given_thought"),
    "lessonstudy:second_thought": deed(TEAM_GOES, "given_thought"),
    "lessonstudy:remove_thought": deed(door(goes="member", no="guest facilitator"), "given_thought"),
    "lessonstudy:add_revision": form(TEAM, "given_lesson"),
    "lessonstudy:edit_revision": form(TEAM, "given_revision"),
    "lessonstudy:put_in_revision": deed(TEAM_GOES, "given_revision"),
    "lessonstudy:remove_revision": deed(TEAM_GOES, "given_revision"),
    "lessonstudy:discussion": reads(TEAM, "given_lesson"),
    "lessonstudy:start_discussion": deed(GUIDES_GOES, "given_lesson"),
    "lessonstudy:keep_words": deed(TEAM_GOES, "given_lesson"),
    "lessonstudy:keep_finding": deed(TEAM_AGAIN, "given_lesson", "given_pupil"),
    "lessonstudy:outcome": form(TEAM, "cycle_given"),
    "lessonstudy:check_outcome": deed(TEAM_GOES, "cycle_given"),
    "lessonstudy:agree_outcome": deed(door(goes="member facilitator", no="guest"), "cycle_shared"),
    "lessonstudy:poster": reads(TEAM, "cycle_shared"),
}
ROWS = CYCLES | PLANS | OBSERVING | OUTCOMES
