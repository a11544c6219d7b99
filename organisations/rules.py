"""Who may see and manage organisations. An administrator manages people and places; no rule here opens content."""

from dataclasses import dataclass, field

from django.db.models import Q

from core.models import EVERYBODY, NOBODY
from core.standing import remembered_from


@dataclass(frozen=True)
class Face:
    """What a board or network shows of itself around every page of its people."""

    pk: int
    name: str
    colour: str
    titles: dict | None  # of functions; only a board's


@dataclass(frozen=True)
class Standing:
    """Where a person works and what she runs, as ids."""

    works_at: frozenset = frozenset()
    boards: frozenset = frozenset()
    partners: frozenset = frozenset()
    schools_led: frozenset = frozenset()
    schools_planned: frozenset = frozenset()
    boards_run: frozenset = frozenset()
    networks_run: frozenset = frozenset()
    networks: frozenset = frozenset()
    boards_near: frozenset = frozenset()
    boards_reached: frozenset = frozenset()
    confidant_of: frozenset = frozenset()
    connects: frozenset = frozenset()
    functions: frozenset = frozenset()
    is_platform_admin: bool = False
    face: Face | None = field(default=None, compare=False)

    @property
    def manages(self):
        """True for whoever has any role above a school."""
        return bool(self.boards_run or self.networks_run or self.is_platform_admin)


# In SQL, because every page asks this and building it took the ORM a third of a page's time. Rows of a person:
# "works" (school, board, partner, the school's board, function), a kind of role (school, board, network), and "near":
# the networks to which her schools and boards belong or that she runs. Rows of nobody: the boards of those networks,
# and what their boards and networks show of themselves.
ROWS = """
WITH work AS (
    SELECT a.person_id, a.school_id, a.board_id, a.partner_id, s.board_id AS of_board, a.function
    FROM organisations_affiliation a LEFT JOIN organisations_school s ON s.id = a.school_id
    WHERE a.person_id = ANY(asked.people) AND a.from_on <= asked.day
        AND (a.until_on IS NULL OR a.until_on >= asked.day)
), held AS (
    SELECT person_id, kind, school_id, board_id, network_id FROM organisations_role
    WHERE person_id = ANY(asked.people) AND ended_at IS NULL
), board AS (
    SELECT person_id, board_id FROM work UNION SELECT person_id, of_board FROM work
    UNION SELECT person_id, board_id FROM held WHERE kind = 'board_admin'
), near AS (
    SELECT b.person_id, nb.network_id FROM board b JOIN organisations_network_boards nb ON nb.board_id = b.board_id
    UNION SELECT w.person_id, ns.network_id
    FROM work w JOIN organisations_network_schools ns ON ns.school_id = w.school_id
    UNION SELECT person_id, network_id FROM held WHERE kind = 'network_admin'
)
SELECT json_build_array(person_id, 'works', school_id, board_id, partner_id, of_board, function) FROM work
UNION ALL SELECT json_build_array(person_id, kind, school_id, board_id, network_id, NULL, NULL) FROM held
UNION ALL SELECT json_build_array(person_id, 'near', NULL, NULL, network_id, NULL, NULL) FROM near
UNION ALL SELECT json_build_array(NULL, 'boards', NULL, board_id, network_id)
    FROM organisations_network_boards WHERE network_id IN (SELECT network_id FROM near)
UNION ALL SELECT json_build_array(NULL, 'board', id, name, primary_colour, titles)
    FROM organisations_board WHERE id IN (SELECT board_id FROM board)
UNION ALL SELECT json_build_array(NULL, 'network', id, name, '', NULL)
    FROM organisations_network WHERE id IN (SELECT network_id FROM held WHERE kind = 'network_admin')
"""


@remembered_from(ROWS)
def standing(users, rows):
    """The standing of users among organisations. A stranger's is empty."""
    of = {user.pk: [] for user in users}
    boards_of, faces = {}, {}
    for person, *row in rows:
        if person is not None:
            of[person].append(row)
        elif row[0] == "boards":
            boards_of.setdefault(row[3], set()).add(row[2])
        else:
            kind, pk, *shown = row
            faces[kind, pk] = Face(pk, *shown)
    return {pk: _standing(found, boards_of, faces) for pk, found in of.items()}


def _standing(rows, boards_of, faces):
    def ids(what, *columns):
        return frozenset(row[column] for row in rows if row[0] == what for column in columns if row[column])

    def of(networks):
        return frozenset().union(*(boards_of.get(network, ()) for network in networks))

    boards, boards_run, networks_run = ids("works", 2, 4), ids("board_admin", 2), ids("network_admin", 3)
    networks = ids("near", 3)
    if networks_run:
        face = faces["network", min(networks_run)]
    else:
        face = faces.get(("board", min(boards_run or boards, default=None)))
    return Standing(
        works_at=ids("works", 1),
        boards=boards,
        partners=ids("works", 3),
        schools_led=ids("school_leader", 1),
        schools_planned=ids("planner", 1),
        boards_run=boards_run,
        networks_run=networks_run,
        networks=networks,
        boards_near=of(networks) | boards | boards_run,
        boards_reached=of(networks_run),
        confidant_of=ids("confidant", 2),
        connects=ids("connector", 3),
        functions=ids("works", 5),
        is_platform_admin=any(row[0] == "platform_admin" for row in rows),
        face=face,
    )


def platform(user):
    """Platform administrators."""
    return EVERYBODY if run_platform(user) else NOBODY


def _or_platform(user, mine):
    return EVERYBODY if standing(user).is_platform_admin else mine


def in_boards_i_run(user, field="board"):
    """Rows of a board that this user administers."""
    return _or_platform(user, Q(**{f"{field}__in": standing(user).boards_run}))


def view_board(user):
    """Everybody who is signed in may know which boards exist."""
    return EVERYBODY if user.is_authenticated else NOBODY


def manage_board(user):
    return _or_platform(user, Q(pk__in=standing(user).boards_run))


def view_school(user):
    return EVERYBODY if user.is_authenticated else NOBODY


def manage_school(user):
    return _or_platform(user, Q(board__in=standing(user).boards_run))


def lead_school(user):
    """The school's own leader."""
    return Q(pk__in=standing(user).schools_led)


def view_network(user):
    mine = standing(user)
    return _or_platform(user, Q(pk__in=mine.networks | mine.connects))


def connect_network(user):
    """Its connectors: they see themes and public blurbs, and introduce people to each other."""
    return Q(pk__in=standing(user).connects)


def manage_network(user):
    return _or_platform(user, Q(pk__in=standing(user).networks_run))


def view_partner(user):
    return EVERYBODY if user.is_authenticated else NOBODY


def manage_partner(user):
    """Partners belong to no board: whoever runs a network or the platform keeps them."""
    return EVERYBODY if add_partner(user) else NOBODY


def view_affiliation(user):
    """One's own; those at schools one leads; those of boards one runs. A network sees people through its own pages."""
    mine = standing(user)
    return _or_platform(
        user,
        Q(person=user.pk)
        | Q(school__in=mine.schools_led)
        | Q(school__board__in=mine.boards_run)
        | Q(board__in=mine.boards_run)
        | (Q(partner__isnull=False) if mine.networks_run else NOBODY),
    )


def manage_affiliation(user):
    mine = standing(user)
    return _or_platform(
        user,
        Q(school__board__in=mine.boards_run)
        | Q(board__in=mine.boards_run)
        | (Q(partner__isnull=False) if mine.networks_run else NOBODY),
    )


def view_role(user):
    mine = standing(user)
    return _or_platform(
        user,
        Q(person=user.pk)
        | Q(school__board__in=mine.boards_run)
        | Q(board__in=mine.boards_run)
        | Q(network__in=mine.networks_run),
    )


def end_role(user):
    """From above: a board admin ends roles at her schools and of her confidants, the platform all the others.

    Never one's own: an administrator cannot leave a place without anybody in charge by accident.
    """
    mine = standing(user)
    return ~Q(person=user.pk) & _or_platform(
        user,
        Q(school__board__in=mine.boards_run)
        | Q(board__in=mine.boards_run, kind__in=["confidant", "board_admin"])
        | Q(network__in=mine.networks_run),
    )


def view_invitation(user):
    """Those to places one runs; a network's administrator also sees the ones she sent herself."""
    mine = standing(user)
    return _or_platform(
        user,
        Q(school__board__in=mine.boards_run)
        | Q(board__in=mine.boards_run)
        | (Q(partner__isnull=False) | Q(invited_by=user.pk) if mine.networks_run else NOBODY),
    )


# Inviting: a board brings in its own people, a network may invite at all its boards and schools ---
def invite_to_board(user):
    mine = standing(user)
    return _or_platform(user, Q(pk__in=mine.boards_run | mine.boards_reached))


def invite_to_school(user):
    """Schools of boards one runs, and those of networks one runs, also when they came without their board."""
    mine = standing(user)
    found = Q(board__in=mine.boards_run | mine.boards_reached)
    if mine.networks_run:
        from organisations.models import Network

        alone = Network.schools.through.objects.filter(network__in=mine.networks_run)
        found |= Q(pk__in=alone.values("school"))
    return _or_platform(user, found)


def meet_people(user):
    """True for whoever has a list of people: administrators, and school leaders for their own school."""
    mine = standing(user)
    return mine.manages or bool(mine.schools_led)


# Doors of pages that are about no row yet: plainly true or false ----------------------------------
def run_platform(user):
    """Platform administrators: who else is one, school accounts."""
    return standing(user).is_platform_admin


def add_network(user):
    return run_platform(user)


def add_partner(user):
    return run_platform(user) or bool(standing(user).networks_run)


def add_people(user):
    """Whoever runs a board brings its people in."""
    return run_platform(user) or bool(standing(user).boards_run)


# Roles are given from above: the place's rule says who may give one there --------------------------
def give_platform_admin(user):
    return platform(user)


def give_network_admin(user):
    """The platform, and whoever runs that network already."""
    return _or_platform(user, Q(pk__in=standing(user).networks_run))


def give_connector(user):
    """Whoever runs that network, and the platform."""
    return give_network_admin(user)


def give_board_admin(user):
    """The platform, and whoever runs that board already."""
    return _or_platform(user, Q(pk__in=standing(user).boards_run))


def give_confidant(user):
    """Only the board itself names whom a complaint goes to."""
    return Q(pk__in=standing(user).boards_run)


def give_school_role(user):
    """Only the school's own board."""
    return Q(board__in=standing(user).boards_run)


def view_study_day(user):
    """Whoever is signed in: it stands on the school's own site as well."""
    return EVERYBODY if user.is_authenticated else NOBODY


def manage_study_day(user):
    """Its leader, its planner, its board's administrator."""
    mine = standing(user)
    schools = mine.schools_led | mine.schools_planned
    return _or_platform(user, Q(school__in=schools) | Q(school__board__in=mine.boards_run))


def keep_study_days(user):
    """The same, asked of the school itself."""
    mine = standing(user)
    schools = mine.schools_led | mine.schools_planned
    return _or_platform(user, Q(pk__in=schools) | Q(board__in=mine.boards_run))


def own_hours(user):
    """One's own only: what a leader sees of it are figures, made elsewhere."""
    return Q(person=user.pk)


# Innovation time and room in the timetable: agreed facts, for who plans with them -----------------
def view_time_rule(user):
    """What a board agreed is known to whoever works there or leads one of its schools."""
    mine = standing(user)
    return _or_platform(user, Q(board__in=mine.boards | mine.boards_run))


def keep_time(user):
    """Who says how much time people of a school have: its leader, its board's administrator."""
    mine = standing(user)
    return Q(pk__in=mine.schools_led) | Q(board__in=mine.boards_run)


def manage_time_budget(user):
    """The same, asked of a budget."""
    mine = standing(user)
    return Q(school__in=mine.schools_led) | Q(school__board__in=mine.boards_run)


def view_time_budget(user):
    return Q(person=user.pk) | manage_time_budget(user)


def view_room(user):
    """One's own, and those at schools one leads or plans for. No administrator needs to know."""
    return Q(person=user.pk) | cover_room(user)


def read_room_words(user):
    """What a teacher wrote to her leader, and the word back: between those two, never for a planner."""
    return Q(person=user.pk) | grant_room(user)


def grant_room(user):
    """The school's own leader gives room."""
    return Q(school__in=standing(user).schools_led)


def cover_room(user):
    """Its leader and its planners say who takes the class."""
    mine = standing(user)
    return Q(school__in=mine.schools_led | mine.schools_planned)


def withdraw_room(user):
    return Q(person=user.pk)


def keep_timetable(user):
    """True for whoever has a timetable to look at: leaders and planners of schools."""
    mine = standing(user)
    return bool(mine.schools_led or mine.schools_planned)


def answer_joining(user):
    """Whoever runs the board that a network asks, or whose school it asks; of schools without a board the platform."""
    mine = standing(user).boards_run
    return _or_platform(user, Q(network__isnull=False) & (Q(board__in=mine) | Q(school__board__in=mine)))


def withdraw_joining(user):
    """Whoever runs the network or board that asks."""
    mine = standing(user)
    return Q(network__in=mine.networks_run) | Q(network__isnull=True, board__in=mine.boards_run)


def view_joining(user):
    return answer_joining(user) | withdraw_joining(user)


def own_deed(user):
    """Deeds for many people are seen by who prepared them, as long as she manages places."""
    return Q(by=user.pk) if standing(user).manages else NOBODY
