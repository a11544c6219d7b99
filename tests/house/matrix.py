"""Who gets which answer at every address of the platform: one table, checked by `test_matrix.py`.

Columns are the people of `WORLD` in `matrix_world.py`, all of them looking at PLG Rekenen of De Regenboog:

    anonymous       not signed in                      planner          of De Regenboog
    invitee         invited to the PLG, at the school  board_admin      of De Brug, the school's board
    member          takes part                         network_admin    of a network in which De Brug takes part
    guest           of the PLG, not of this meeting    platform_admin   works nowhere
    ex_member       stopped                            stranger         works at a board outside the network
    facilitator     leads the PLG                      school_leader    of De Regenboog

Answers:

    page    200                            login   go and sign in
    again   422, the form with its errors  no      403, seen but not allowed
    goes    on to another page             hidden  404, as if it were not there
    gone    410, the link counts no more   not so  405, this address is read or posted to, not both

A new address needs a row here, named as its URL is. `args` are names in the world; `data` what a POST carries
(most carry nothing: who gets an empty form back has come through the door). Think which answer is right
before looking which answer comes.
"""

from dataclasses import dataclass, field

ROLES = [
    "anonymous",
    "invitee",
    "member",
    "guest",
    "ex_member",
    "facilitator",
    "school_leader",
    "planner",
    "board_admin",
    "network_admin",
    "platform_admin",
    "stranger",
]
INSIDE = "member facilitator"
#: Whoever works at a school or board of De Brug finds PLG Rekenen in the directory; its card says little.
SEES_CARD = "invitee member guest ex_member facilitator school_leader planner board_admin network_admin"
OUTSIDE = "invitee guest ex_member school_leader planner board_admin network_admin"


def door(rest="hidden", anonymous="login", **answers):
    """Everybody's answer: `rest`, but for the roles that are named after an answer (`not_so` reads "not so")."""
    found = dict.fromkeys(ROLES, rest) | {"anonymous": anonymous}
    for answer, roles in answers.items():
        for role in roles.split():
            found[role] = answer.replace("_", " ")
    return found


def everybody(answer):
    """The same for all, signed in or not."""
    return dict.fromkeys(ROLES, answer)


def all_signed_in(answer):
    """The same for all who are signed in."""
    return door(answer)


NOT_SO = all_signed_in("not so")
NEVER = everybody("not so")


@dataclass(frozen=True)
class Row:
    """One address: the answers to GET and POST."""

    get: dict
    post: dict
    args: tuple = ()
    data: dict = field(default_factory=dict)


def row(get, post, *args, **data):
    """A row in one line."""
    return Row(get, post, args, data)


def reads(get, *args):
    """A page that is only read."""
    return Row(get, {role: "login" if get[role] == "login" else "not so" for role in ROLES}, args)


def deed(post, *args, **data):
    """A deed that is only done."""
    return Row({role: "login" if post[role] == "login" else "not so" for role in ROLES}, post, args, data)


def either(get, *args):
    """A page that takes no form; a POST gets the same."""
    return Row(get, get, args)


def form(get, *args, **data):
    """A page with a form; who reads the page gets an empty form back."""
    post = {role: "again" if answer == "page" else answer for role, answer in get.items()}
    return Row(get, post, args, data)


# Doors that return -----------------------------------------------------------------------------
CARD = door(page=SEES_CARD)
LEADS = door(page="facilitator", no=f"{OUTSIDE} member")
LEADS_GOES = door(goes="facilitator", no=f"{OUTSIDE} member")
TAKES_PART = door(page=INSIDE, no=OUTSIDE)
INSIDE_ONLY = door(page=INSIDE)
WRITES = door(page="member", no="facilitator")  # what Amina wrote and shared; Fatima only reads it
FACTS = door(page="school_leader planner board_admin network_admin", no="invitee member guest ex_member facilitator")
MANAGES_MEMBER = door(goes="facilitator", no="member")  # amina's own row: she sees it, Fatima manages it
MANAGES_INVITED = door(goes="facilitator", no="member invitee")
OWN_INVITATION = door(goes="invitee")
PLANS = door(page="facilitator", no="member")
PLANS_GOES = door(goes="facilitator", no="member")
RUNS_BOARD = door("no", page="board_admin platform_admin")
RUNS_BOARD_GOES = door("no", goes="board_admin platform_admin")
RUNS_LIST = door(page="board_admin platform_admin")
RUNS_NETWORKS = door("no", page="network_admin platform_admin")
IN_NETWORK = door(page=f"{SEES_CARD} platform_admin")
RUNS_NETWORK = door(page="network_admin platform_admin", no=SEES_CARD.removesuffix(" network_admin"))
NOT_THE_CONNECTOR = door(no=f"{SEES_CARD} platform_admin")
RUNS_NETWORK_GOES = door(goes="network_admin platform_admin", no=SEES_CARD.removesuffix(" network_admin"))
ANSWERS_JOINING = door(goes="board_admin platform_admin", no="network_admin")
KEEPS_DAYS = door("no", page="school_leader planner board_admin platform_admin")
KEEPS_DAYS_GOES = door("no", goes="school_leader planner board_admin platform_admin")
MANAGES = door("no", page="board_admin network_admin platform_admin")
MEETS_PEOPLE = door("no", page="school_leader board_admin network_admin platform_admin")
SEES_PERSON = door("no", page="school_leader board_admin platform_admin", hidden="network_admin")
PLATFORM = door("no", page="platform_admin")
PLATFORM_HIDDEN = door(page="platform_admin")

MATRIX = {
    # The roof
    "home": either(everybody("page")),
    "privacy": either(everybody("page")),
    "accessibility": either(everybody("page")),
    "help": either(everybody("page")),
    "short_join": either(all_signed_in("goes")),
    "health:live": Row(everybody("page"), NEVER),
    "health:ready": Row(everybody("page"), NEVER),
    "stream": either(door("no", page="member"), "stream_token"),
    "second_factor": either(all_signed_in("goes")),  # nobody here lacks one; see test_second_factor.py
    "set_language": Row(everybody("goes"), everybody("goes")),
    # People: everybody's own pages
    "people:profile": form(all_signed_in("page")),
    "people:rhythm": form(all_signed_in("page")),
    "people:security": either(all_signed_in("page")),
    "people:welcome": row(all_signed_in("page"), all_signed_in("goes")),
    "people:skip_welcome": deed(all_signed_in("goes")),
    "people:sign_out_everywhere": deed(all_signed_in("goes")),
    "people:merge_start": form(all_signed_in("page")),
    "people:merge_code": either(all_signed_in("goes")),
    "people:merge": either(all_signed_in("goes")),
    "people:photo": reads(door(page=f"{SEES_CARD} platform_admin"), "member"),
    # Boards, schools, networks, partners: facts that all may know, changed by who runs them
    "organisations:index": reads(all_signed_in("page")),
    "organisations:board": reads(all_signed_in("page"), "board"),
    "organisations:board_style": reads(all_signed_in("page"), "board"),
    "organisations:edit_board": form(RUNS_BOARD, "board"),
    "organisations:link_schools": row(RUNS_BOARD, RUNS_BOARD_GOES, "board"),
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
    # Everybody's own hours
    "organisations:my_hours": reads(all_signed_in("page")),
    "organisations:hours_file": reads(all_signed_in("page"), "csv", "year"),
    # Who works where, and who may manage what: from above only, never by oneself
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
    # PLGs: no administrator's and no leader's role opens the inside
    "communities:index": either(all_signed_in("page")),
    "communities:directory": either(all_signed_in("page")),
    "communities:start": form(all_signed_in("page")),
    "communities:home": either(CARD, "plg"),
    "communities:members": either(INSIDE_ONLY, "plg"),
    "communities:edit": form(LEADS, "plg"),
    "communities:recruit": deed(LEADS_GOES, "plg"),
    "communities:begin": deed(LEADS_GOES, "plg"),
    "communities:rest": deed(LEADS_GOES, "plg"),
    "communities:resume": deed(LEADS_GOES, "plg"),
    "communities:close": form(LEADS, "plg"),
    "communities:invite": form(LEADS, "plg"),
    "communities:hand_over": form(LEADS, "plg"),
    "communities:join": row(
        door(
            page="ex_member school_leader planner board_admin network_admin",
            goes="invitee",
            no="member guest facilitator",
        ),
        door(goes="ex_member school_leader planner board_admin network_admin invitee", no="member guest facilitator"),
        "plg",
    ),
    "communities:leave": row(
        door(page="member guest facilitator", goes="invitee ex_member"),
        door(goes="member guest facilitator invitee ex_member"),
        "plg",
    ),
    "communities:propose": row(  # it has a facilitator: whoever takes part is told so
        door(goes=INSIDE, no=OUTSIDE), door(goes=INSIDE, no=OUTSIDE), "plg"
    ),
    "communities:appoint": form(
        door(
            page="board_admin platform_admin",
            no="invitee member guest ex_member facilitator school_leader planner network_admin",
        ),
        "plg",
    ),
    "communities:complain": form(TAKES_PART, "plg"),
    "communities:pairs": either(all_signed_in("page"), "learning_network"),
    "communities:pair": form(door("no", page="school_leader"), "learning_network", "regenboog"),
    # Places in a PLG: one's own, and those that a facilitator manages
    "communities:accept": row(door(page="invitee"), door(goes="invitee"), "invited"),
    "communities:decline": deed(OWN_INVITATION, "invited"),
    "communities:accept_offer": deed(OWN_INVITATION, "invited"),
    "communities:decline_offer": deed(OWN_INVITATION, "invited"),
    "communities:withdraw": deed(OWN_INVITATION, "invited"),
    "communities:admit": deed(MANAGES_INVITED, "invited"),
    "communities:turn_down": deed(MANAGES_INVITED, "invited"),
    "communities:resend": deed(MANAGES_INVITED, "invited"),
    "communities:revoke": deed(MANAGES_INVITED, "invited"),
    "communities:change_role": deed(MANAGES_MEMBER, "membership", role="=guest"),
    "communities:remove": form(door(page="facilitator", no="member"), "membership"),
    "communities:keep": deed(MANAGES_MEMBER, "membership"),
    # The link in the letter to the invitee: she goes on, another account is told that it is not hers
    "communities:accept_by_mail": either(door("no", page="anonymous", goes="invitee"), "plg_invitation_token"),
    "communities:decline_by_mail": Row(NEVER, everybody("page"), ("plg_invitation_token",)),
    # A complaint: for who wrote it and the confidant, whatever anybody's role
    "communities:complaints": either(all_signed_in("hidden")),
    "communities:complaint": either(door(page="member"), "complaint"),
    "communities:handle": deed(door(no="member"), "complaint"),
    # Home tasks: of the group, whatever anybody's role outside it
    "communities:home_tasks": either(TAKES_PART, "plg"),
    "communities:set_home_task": form(LEADS, "plg"),
    "communities:home_task": either(INSIDE_ONLY, "home_task"),
    "communities:edit_home_task": form(PLANS, "home_task"),
    "communities:withdraw_home_task": row(PLANS, PLANS_GOES, "home_task"),
    "communities:hand_in": form(INSIDE_ONLY, "home_task"),
    "communities:take_back": deed(door(goes="member", no="facilitator"), "hand_in"),
    "communities:answer_hand_in": deed(door(again="facilitator", no="member"), "hand_in"),
    "communities:hand_in_file": either(INSIDE_ONLY, "hand_in"),
    # The connector's pages are for nobody here; who connects is in tests/communities/test_connecting.py
    # A logbook: one's own is nobody's but one's own; shared it is read by who takes part, and by no role
    "communities:logbook": either(all_signed_in("page")),
    "communities:logbook_pdf": either(door("goes", page="member")),  # the others have nothing to print
    "communities:write_entry": form(all_signed_in("page")),
    "communities:keep_entry": deed(door(goes="member"), "=meetings.try_out", "told_point"),
    "communities:entry": either(door(page="member"), "entry"),
    "communities:edit_entry": form(WRITES, "shared_entry"),
    "communities:share_entry": form(door(page="member"), "entry"),
    "communities:take_back_entry": deed(door(goes="member", no="facilitator"), "shared_entry"),
    "communities:delete_entry": row(WRITES, door(goes="member", no="facilitator"), "shared_entry"),
    "communities:logbook_photo": either(door(page="member"), "entry_photo"),
    "communities:plg_logbook": either(INSIDE_ONLY, "plg"),
    "communities:write_plg_entry": form(INSIDE_ONLY, "plg"),
    "communities:connector": either(NOT_THE_CONNECTOR, "network"),
    "communities:introduce": either(NOT_THE_CONNECTOR, "network"),
    "communities:introduction": either(door(page="facilitator"), "introduction"),
    "communities:answer_introduction": deed(door(goes="facilitator"), "introduction", side="=one", answer="=yes"),
    "communities:withdraw_introduction": deed(door(no="facilitator"), "introduction"),
    # The facilitator's cockpit: her own rows, and for who leads nothing how to begin
    "meetings:cockpit": either(all_signed_in("page")),
    "meetings:nudge": form(PLANS, "membership"),
    # Meetings
    "meetings:agenda": either(all_signed_in("page")),
    "meetings:index": either(TAKES_PART, "plg"),
    "meetings:dates": either(FACTS, "plg"),
    "meetings:plan": form(LEADS, "plg"),
    "meetings:add": form(LEADS, "plg"),
    "meetings:detail": either(INSIDE_ONLY, "meeting"),
    "meetings:people": either(INSIDE_ONLY, "meeting"),
    "meetings:answer": deed(door(goes=INSIDE), "meeting"),
    "meetings:edit": form(PLANS, "meeting"),
    "meetings:move": form(PLANS, "meeting"),
    "meetings:cancel": row(PLANS, PLANS_GOES, "meeting"),
    "meetings:invite_guest": deed(PLANS_GOES, "meeting"),
    "meetings:release_guest": deed(  # of a meeting to which the guest is invited, and which he therefore sees
        door(goes="facilitator", no="member guest"), "visited", guest="guest_membership"
    ),
    "meetings:change_series": form(PLANS, "in_series"),
    "meetings:roll_over": either(PLANS_GOES, "series"),
    # Date polls
    "meetings:open_poll": form(LEADS, "plg"),
    "meetings:poll": either(INSIDE_ONLY, "poll"),
    "meetings:vote": deed(door(again=INSIDE), "poll"),
    "meetings:decide_poll": deed(door(again="facilitator", no="member"), "poll"),
    "meetings:edit_poll": form(PLANS, "poll"),
    "meetings:withdraw_poll": row(PLANS, PLANS_GOES, "poll"),
    "meetings:vote_by_mail": row(
        everybody("gone") | {"anonymous": "page", "member": "page"},
        everybody("gone") | {"anonymous": "again", "member": "again"},
        "vote_token",
    ),
    "meetings:attendance": either(PLANS, "held"),
    "meetings:mark": deed(PLANS_GOES, "held"),
    "meetings:mark_all": deed(PLANS_GOES, "held"),
    # A session: whoever takes part sees it and writes; the clock and the seats are the facilitator's
    "meetings:run_join": form(all_signed_in("page")),
    "meetings:start_run": row(PLANS, PLANS_GOES, "held"),
    "meetings:run": either(INSIDE_ONLY, "run"),
    "meetings:run_state": reads(INSIDE_ONLY, "run"),
    "meetings:run_board": reads(INSIDE_ONLY, "run"),
    "meetings:join_run": deed(door(goes=INSIDE), "run"),
    "meetings:next_step": deed(PLANS_GOES, "run"),
    "meetings:previous_step": deed(PLANS_GOES, "run"),
    "meetings:skip_step": deed(PLANS_GOES, "run"),
    "meetings:pause": deed(PLANS_GOES, "run"),
    "meetings:resume": deed(PLANS_GOES, "run"),
    "meetings:change_minutes": deed(PLANS_GOES, "run"),
    "meetings:take_notes": deed(PLANS_GOES, "run"),
    "meetings:seat": deed(PLANS_GOES, "run"),
    "meetings:seat_all": deed(PLANS_GOES, "run"),
    "meetings:give_roles": deed(PLANS_GOES, "run"),
    "meetings:write_line": deed(door(again=INSIDE), "run"),
    "meetings:write_own": deed(door(goes=INSIDE), "run"),
    "meetings:agree_in_run": deed(door(again=INSIDE), "run"),
    "meetings:end_run": row(PLANS, PLANS_GOES, "run"),
    "meetings:hand_in_ticket": deed(door(again=INSIDE), "run"),
    "meetings:edit_line": row(  # of the member
        door(page=INSIDE), door(again="member", no="facilitator"), "line"
    ),
    "meetings:withdraw_line": deed(door(goes=INSIDE), "line"),
    # What a calendar and a mail program open: the address itself is the proof, for one person
    # What members promised each other: amina's, whom Fatima may correct but not answer for
    "meetings:my_action_points": either(all_signed_in("page")),
    "meetings:action_points": either(TAKES_PART, "plg"),
    "meetings:agree": form(TAKES_PART, "plg"),
    "meetings:action_point": either(INSIDE_ONLY, "point"),
    "meetings:action_photo": either(INSIDE_ONLY, "point"),
    "meetings:answer_action": deed(door(again="member", no="facilitator"), "point"),
    "meetings:edit_action": form(INSIDE_ONLY, "point"),
    "meetings:drop_action": form(INSIDE_ONLY, "point"),
    "meetings:act_by_mail": row(
        everybody("gone") | {"anonymous": "page", "member": "page"},
        everybody("gone") | {"anonymous": "again", "member": "again"},
        "act_token",
    ),
    # Minutes, proposed already: for members only, no guest's, leader's or administrator's
    "meetings:minutes": either(INSIDE_ONLY, "held"),
    "meetings:minutes_pdf": either(INSIDE_ONLY, "held"),
    "meetings:compare_minutes": either(INSIDE_ONLY, "held"),
    "meetings:begin_minutes": deed(door(goes=INSIDE), "held"),
    "meetings:write_minutes": row(door(goes=INSIDE), door(again=INSIDE), "held"),
    "meetings:correct_minutes": form(INSIDE_ONLY, "held"),
    "meetings:propose_minutes": deed(door(goes=INSIDE), "held"),
    "meetings:approve_minutes": deed(door(goes=INSIDE), "held"),
    "meetings:approve_by_mail": row(
        everybody("gone") | {"anonymous": "page", "member": "page"},
        everybody("gone") | {"anonymous": "goes", "member": "goes"},
        "approve_token",
    ),
    # Agendas and ways of working; the copy is of PLG Rekenen
    "meetings:agenda_of": either(INSIDE_ONLY, "meeting"),
    "meetings:change_agenda": deed(PLANS_GOES, "meeting"),
    "meetings:add_item": form(PLANS, "meeting"),
    "meetings:edit_item": form(PLANS, "item"),
    "meetings:remove_item": deed(PLANS_GOES, "item"),
    "meetings:item_file": either(INSIDE_ONLY, "item"),
    "meetings:place_item": deed(PLANS_GOES, "item"),
    "meetings:keep_item": deed(PLANS_GOES, "item"),
    "meetings:drop_item": row(PLANS, PLANS_GOES, "item"),
    "meetings:backlog": either(TAKES_PART, "plg"),
    "meetings:propose_item": form(TAKES_PART, "plg"),
    "meetings:protocols": either(all_signed_in("page")),
    "meetings:protocol": either(INSIDE_ONLY, "own_protocol"),
    "meetings:use_protocol": row(
        door(page="facilitator", goes="member"), door(again="facilitator", goes="member"), "own_protocol"
    ),
    "meetings:copy_protocol": deed(door(goes=INSIDE), "own_protocol"),
    "meetings:edit_protocol": form(INSIDE_ONLY, "own_protocol"),
    "meetings:revert_protocol": row(INSIDE_ONLY, door(goes=INSIDE), "own_protocol"),
    "meetings:delete_protocol": deed(door(goes=INSIDE), "own_protocol"),
    "meetings:feed": Row(everybody("page"), NEVER, ("feed_key",)),
    "meetings:answer_by_mail": row(
        everybody("gone") | {"anonymous": "page", "member": "page"},
        everybody("gone") | {"anonymous": "again", "member": "again"},
        "answer_token",
    ),
    "meetings:calendar_choice": form(all_signed_in("page")),
    "meetings:renew_key": deed(all_signed_in("goes")),
    # Conversations: of the PLG, and no guest's, leader's or administrator's; amina began this one
    "discussions:network": either(all_signed_in("page")),
    "discussions:index": either(TAKES_PART, "plg"),
    "discussions:open_topic": form(INSIDE_ONLY, "plg"),
    "discussions:ask_network": form(INSIDE_ONLY, "plg"),
    "discussions:people": either(INSIDE_ONLY, "plg"),
    "discussions:keep_draft": deed(door(goes=INSIDE), "plg"),
    "discussions:preview": deed(all_signed_in("page")),
    "discussions:topic": either(INSIDE_ONLY, "topic"),
    "discussions:posts": either(door(hidden=INSIDE), "topic"),  # without "after"; see test_topic.py
    "discussions:reply": row(door(goes=INSIDE), door(again=INSIDE), "topic"),
    "discussions:read": deed(door(goes=INSIDE), "topic"),
    "discussions:choose_level": deed(door(goes=INSIDE), "topic"),
    "discussions:keep_reply_draft": deed(door(goes=INSIDE), "topic"),
    "discussions:edit_topic": form(INSIDE_ONLY, "topic"),
    "discussions:pin": deed(PLANS_GOES, "topic"),
    "discussions:unpin": deed(PLANS_GOES, "topic"),
    "discussions:close": deed(PLANS_GOES, "topic"),
    "discussions:reopen": deed(PLANS_GOES, "topic"),
    "discussions:move": form(PLANS, "topic"),
    "discussions:post": either(door(goes=INSIDE), "post"),
    "discussions:more": either(INSIDE_ONLY, "post"),
    "discussions:edit_post": form(door(page="member", no="facilitator"), "post"),
    "discussions:keep_edit_draft": deed(door(goes="member", no="facilitator"), "post"),
    "discussions:history": either(INSIDE_ONLY, "post"),
    "discussions:react": row(INSIDE_ONLY, door(goes=INSIDE), "post"),
    "discussions:accept": deed(door(goes=INSIDE), "post"),
    "discussions:remove": row(INSIDE_ONLY, door(goes=INSIDE), "post"),
    "discussions:report": form(INSIDE_ONLY, "post"),
    "discussions:settle_report": deed(door(goes="facilitator"), "report"),
    "discussions:attachment": either(INSIDE_ONLY, "attachment"),
    # Bell and mail
    "activity:bell": reads(all_signed_in("page")),
    "activity:bell_count": reads(all_signed_in("page")),
    "activity:open": deed(door(goes="member"), "notification"),
    "activity:read_all": deed(all_signed_in("goes")),
    "activity:paces": form(all_signed_in("page")),
    "activity:pause": deed(all_signed_in("again")),
    "activity:turn_off": deed(all_signed_in("goes")),
    "activity:turn_on": deed(all_signed_in("goes")),
    "activity:unsubscribe": Row(everybody("page"), everybody("page"), ("unsubscribe_token",)),
}

#: Addresses of packages, by the beginning of their names: what anybody who is not signed in gets, and the others.
#: The pages behind them show and change only one's own account; the technical pages are for who `is_staff`.
GROUPS = {
    "admin:": ("login", "login"),
    "admin:login": ("login", "own"),
    "admin:logout": ("public", "own"),
    "mfa_": ("login", "own"),
    "mfa_authenticate": ("public", "own"),
    "mfa_login_webauthn": ("public", "own"),
    "usersessions_": ("login", "own"),
    "socialaccount_": ("public", "own"),
    "openid_connect_": ("public", "own"),
    "account_": ("public", "own"),
    "account_email": ("login", "own"),
    "account_change_password": ("login", "own"),
    "account_set_password": ("login", "own"),
    "account_reauthenticate": ("login", "own"),
    "account_logout": ("public", "own"),
}
#: Only where DEBUG or DEMO is on (`make run`); tests/activity, tests/sweep and tests/roof/test_demo.py look at them.
DEVELOPMENT = {"demo_sign_in", "gallery", "mailbox", "mailbox_letter", "previews", "preview"}
