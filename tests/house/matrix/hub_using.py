"""How it went, kept at hand, taken along; questions to the network and with a film."""

from tests.house.matrix.doors import INSIDE, INSIDE_ONLY, all_signed_in, deed, door, either, form, row

MAKES = door(page="member", no="facilitator")
#: A stranger is not sent to sign in where things may stand on the web.
ON_THE_WEB = door(page=INSIDE, anonymous="hidden")
INSIDE_GOES = door(goes=INSIDE)

NETWORK = "invitee member guest ex_member facilitator school_leader planner board_admin network_admin"
IN_NETWORK = door(page=NETWORK)
REST = NETWORK.replace("member guest ex_member", "guest ex_member")  # all but who asked
OTHERS = NETWORK.replace("facilitator ", "")  # all but who answered
ASKED = door(page="member", no=REST)
ASKED_GOES = door(goes="member", no=REST)

ROWS = {
    # Of a lesson that Amina shares with PLG Rekenen; Fatima told how it went
    "knowledgehub:experiences": either(INSIDE_ONLY, "used_lesson"),
    "knowledgehub:tell": form(INSIDE_ONLY, "used_lesson"),
    "knowledgehub:edit_experience": form(door(page="facilitator", no="member"), "hub_experience"),
    "knowledgehub:remove_experience": row(
        door(page="facilitator", no="member"), door(goes="facilitator", no="member"), "hub_experience"
    ),
    "knowledgehub:take": form(INSIDE_ONLY, "used_lesson"),
    "knowledgehub:bring": form(INSIDE_ONLY, "=entry", "shared_entry"),
    "knowledgehub:download": either(ON_THE_WEB, "used_lesson"),
    "knowledgehub:seen": deed(door(goes=INSIDE, anonymous="hidden"), "used_lesson"),
    "knowledgehub:counts": either(MAKES, "used_lesson"),
    "knowledgehub:save": deed(INSIDE_GOES, "used_lesson"),
    "knowledgehub:saved": either(all_signed_in("page")),
    "knowledgehub:finds": either(all_signed_in("page")),
    "knowledgehub:themes": either(all_signed_in("page")),
    "knowledgehub:follow_theme": deed(all_signed_in("goes")),
    # A collection of the PLG
    "knowledgehub:collect": form(INSIDE_ONLY, "used_lesson"),
    "knowledgehub:collections": either(all_signed_in("page")),
    "knowledgehub:begin_collection": form(all_signed_in("page")),
    "knowledgehub:collection": either(ON_THE_WEB, "hub_collection"),
    "knowledgehub:edit_collection": form(INSIDE_ONLY, "hub_collection"),
    "knowledgehub:remove_collection": row(INSIDE_ONLY, INSIDE_GOES, "hub_collection"),
    "knowledgehub:note": row(INSIDE_ONLY, INSIDE_GOES, "hub_collection_item"),
    "knowledgehub:shift": deed(INSIDE_GOES, "hub_collection_item"),
    "knowledgehub:take_out": deed(INSIDE_GOES, "hub_collection_item"),
    # A question of Amina to the network, that Fatima answered; its connector is nobody of these
    "questions:index": either(all_signed_in("page")),
    "questions:ask": row(
        door(page=NETWORK, goes="platform_admin stranger"), door(again=NETWORK, goes="platform_admin stranger")
    ),
    "questions:similar": either(all_signed_in("page")),
    "questions:question": either(IN_NETWORK, "question"),
    "questions:answer": row(door(goes=NETWORK), door(again=NETWORK), "question"),
    "questions:edit": form(ASKED, "question"),
    "questions:close": deed(ASKED_GOES, "question"),
    "questions:follow": deed(door(goes=NETWORK), "question"),
    "questions:report": form(IN_NETWORK, "question"),
    "questions:show_again": deed(door(no=NETWORK), "question"),
    "questions:promote": row(ASKED, ASKED_GOES, "question"),
    "questions:edit_answer": form(door(page="facilitator", no=OTHERS), "hub_answer"),
    "questions:remove_answer": row(
        door(page="facilitator", no=OTHERS), door(goes="facilitator", no=OTHERS), "hub_answer"
    ),
    "questions:accept": deed(ASKED_GOES, "hub_answer"),
    "questions:settle": deed(door(), "hub_question_report"),
    # A film of Amina with a concept of its next version; Fatima asked something
    "questions:chapters": row(MAKES, door(goes="member", no="facilitator"), "hub_film"),
    "questions:ask_at": form(INSIDE_ONLY, "hub_film"),
    "questions:answer_at": form(MAKES, "hub_moment"),
    "questions:remove_moment": row(INSIDE_ONLY, INSIDE_GOES, "hub_moment"),
}
