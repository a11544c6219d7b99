"""Who gets which answer at every address of the platform: one table, each app its part, checked by `test_matrix.py`.

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

A new address needs a row in the part of its app, named as its URL is. `args` are names in the world; `data` what a
POST carries (most carry nothing: who gets an empty form back has come through the door). Think which answer is right
before looking which answer comes.
"""

from tests.house.matrix import (
    coaching,
    communities,
    credentials,
    discussions,
    events_after,
    events_calling,
    events_coming,
    events_days,
    finding,
    hub_making,
    hub_sharing,
    hub_using,
    impact,
    lessonstudy,
    meetings,
    organisations,
    outside,
    own,
    participation,
    training,
    visits,
    whole_year,
)
from tests.house.matrix.doors import ROLES as ROLES

MATRIX = own.ROWS | organisations.ROWS | communities.ROWS | meetings.ROWS | discussions.ROWS | participation.ROWS
MATRIX |= impact.ROWS | whole_year.ROWS | outside.ROWS | hub_sharing.ROWS | hub_using.ROWS | hub_making.ROWS
MATRIX |= visits.ROWS | finding.ROWS | lessonstudy.ROWS
MATRIX |= events_coming.ROWS | events_calling.ROWS | events_days.ROWS | events_after.ROWS
MATRIX |= credentials.ROWS | training.ROWS | coaching.ROWS

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
