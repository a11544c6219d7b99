"""Who may see, join and lead a PLG. No administrator's or leader's role opens its content."""

from dataclasses import dataclass

from django.db.models import Q

from communities.choices import LEADING, MembershipState, Role
from core.models import NOBODY
from core.standing import remembered_from, remembered_of_many
from organisations.rules import standing as at_work

ASKED = (
    MembershipState.INVITED,
    MembershipState.REQUESTED,
    MembershipState.WAITING,
    MembershipState.OFFERED,
)


@dataclass(frozen=True)
class Standing:
    """The ids of the communities somebody is in, leads, visits or was asked for."""

    member_of: frozenset = frozenset()
    leads: frozenset = frozenset()
    guest_of: frozenset = frozenset()
    asked_for: frozenset = frozenset()
    reads_on: frozenset = frozenset()


# In SQL, as that of organisations: every page asks it.
SEATS = """
SELECT json_build_array(m.person_id, m.community_id, m.state, m.role, c.leavers_read)
FROM communities_membership m JOIN communities_community c ON c.id = m.community_id
WHERE m.person_id = ANY(asked.people) AND m.state <> 'declined'
"""


@remembered_from(SEATS)
def standing(users, rows):
    """The standing of users among communities."""
    of = {user.pk: [] for user in users}
    for person, *row in rows:
        of[person].append(row)
    return {pk: _standing(found) for pk, found in of.items()}


def _standing(rows):
    active = [row for row in rows if row[1] == MembershipState.ACTIVE]
    return Standing(
        member_of=frozenset(row[0] for row in active if row[2] != Role.GUEST),
        leads=frozenset(row[0] for row in active if row[2] in LEADING),
        guest_of=frozenset(row[0] for row in active if row[2] == Role.GUEST),
        asked_for=frozenset(row[0] for row in rows if row[1] in ASKED),
        reads_on=frozenset(
            row[0] for row in rows if row[1] == MembershipState.ENDED and row[3] and row[2] != Role.GUEST
        ),
    )


@remembered_of_many
def of_my_schools(users):
    """Ids of the communities in which people of the schools a user leads, or boards she runs, take part."""
    mine = {user.pk: _runs(user) for user in users}
    schools = frozenset().union(*(each[0] for each in mine.values()))
    boards = frozenset().union(*(each[1] for each in mine.values()))
    rows = _taking_part(schools, boards) if schools or boards else []
    return {
        pk: frozenset(row[0] for row in rows if row[1] in schools or row[2] in boards) if schools or boards else NONE
        for pk, (schools, boards) in mine.items()
    }


NONE = frozenset()


def _runs(user):
    """The schools and boards of which this user knows who takes part."""
    mine = at_work(user)
    return mine.schools_led | mine.schools_planned, mine.boards_run | mine.boards_reached


def _taking_part(schools, boards):
    """(community, school, board) of the people of these schools and boards who are in a PLG now."""
    from django.apps import apps

    rows = apps.get_model("communities", "Membership").objects.filter(state="active")
    here = rows.filter(Q(school__in=schools) | Q(school__board__in=boards))
    return list(here.values_list("community_id", "school_id", "school__board_id").order_by().distinct())


def facts(user):
    """Whose agreed facts this user may know: name, theme, facilitator, dates, phase, who of her school takes part."""
    mine = at_work(user)
    return (
        Q(pk__in=of_my_schools(user))
        | Q(owner_school__in=mine.schools_led | mine.schools_planned)
        | Q(board__in=mine.boards_run)
        | Q(owner_network__in=mine.networks_run)
    )


def listed(user):
    """What the directory shows her: never a concept, never more widely than its facilitator chose."""
    mine = at_work(user)
    if not user.is_authenticated:
        return NOBODY
    return ~Q(state="concept") & (
        Q(listed="everyone")
        | Q(listed__in=["owner", "board", "network"], owner_school__in=mine.works_at)
        | Q(listed__in=["owner", "board", "network"], owner_board__in=mine.boards)
        | Q(listed__in=["owner", "network"], owner_network__in=mine.networks)
        | Q(listed__in=["board", "network"], board__in=mine.boards)
        | Q(listed="network", board__in=mine.boards_near)
    )


def view(user):
    """Its card: members, who was asked, who finds it in the directory, and who may know its facts."""
    mine = standing(user)
    own = mine.member_of | mine.guest_of | mine.asked_for | mine.reads_on
    return Q(pk__in=own) | listed(user) | facts(user)


def enter(user):
    """Its inside: active members, and former ones where the PLG chose so. Guests see only what they are invited to."""
    return Q(pk__in=standing(user).member_of | standing(user).reads_on)


def take_part(user):
    """What only active members do: answer, propose, leave."""
    return Q(pk__in=standing(user).member_of)


def lead(user):
    return Q(pk__in=standing(user).leads)


def appoint(user):
    """The owner's administrator appoints a facilitator, without seeing content."""
    mine = at_work(user)
    if mine.is_platform_admin:
        return ~NOBODY
    return Q(board__in=mine.boards_run) | Q(owner_network__in=mine.networks_run)


def appoints(user, community):
    """The same of one row at hand, without a query."""
    mine = at_work(user)
    of_network = community.owner_network_id is not None and community.owner_network_id in mine.networks_run
    return mine.is_platform_admin or of_network or community.board_id in mine.boards_run


def hear(user):
    """That it needs somebody: whoever sees its card, and whoever may appoint."""
    return view(user) | appoint(user)


def join(user):
    """Ask for a seat, or take one: of what one finds in the directory or was invited to, and is not in yet."""
    mine = standing(user)
    here = mine.member_of | mine.guest_of
    return (listed(user) | Q(pk__in=mine.asked_for)) & ~Q(pk__in=here)


# Rows that belong to a community ------------------------------------------------------------------


def in_my_communities(user, field="community"):
    """Rows of communities whose inside this user may see."""
    return Q(**{f"{field}__in": standing(user).member_of | standing(user).reads_on})


def in_communities_i_take_part_in(user, field="community"):
    return Q(**{f"{field}__in": standing(user).member_of})


def in_communities_i_lead(user, field="community"):
    return Q(**{f"{field}__in": standing(user).leads})


def view_membership(user):
    """Members see each other; everyone sees her own."""
    return Q(person=user.pk) | in_my_communities(user)


def own_membership(user):
    return Q(person=user.pk)


def manage_membership(user):
    return in_communities_i_lead(user)


def view_complaint(user):
    """Whoever wrote it, and the confidant whom the board named. Nobody else, whatever her role."""
    return Q(by=user.pk) | Q(confidant=user.pk)


def handle_complaint(user):
    return Q(confidant=user.pk)


# Home tasks and introductions ---------------------------------------------------------------------


def view_home_task(user):
    """Members of its PLG, and the expert who was asked to look at it: a guest."""
    return in_my_communities(user) | Q(community__in=standing(user).guest_of, pk__in=_tasks_as_expert(user))


def answer_home_task(user):
    """Facilitators, and that expert."""
    return in_communities_i_lead(user) | Q(community__in=standing(user).guest_of, pk__in=_tasks_as_expert(user))


@remembered_of_many
def _tasks_as_expert(users):
    return as_guest(users, "home_tasks_as_expert")


def as_guest(users, invited):
    """What guests are invited to: {id of a user: ids}, by the name of the relation from a membership. One query."""
    found = {user.pk: [] for user in users}
    guests = [user.pk for user in users if standing(user).guest_of]
    if guests:
        from django.apps import apps

        rows = apps.get_model("communities", "Membership").objects.filter(
            person__in=guests, state="active", role="guest"
        )
        for person, pk in rows.exclude(**{invited: None}).values_list("person_id", invited):
            found[person].append(pk)
    return found


def view_hand_in(user):
    """Handed in to the group: its members, and the expert who was asked to look at it."""
    mine = standing(user)
    return Q(task__community__in=mine.member_of | mine.reads_on) | _hand_ins_as_expert(user)


def own_hand_in(user):
    return Q(membership__person=user.pk) & Q(task__community__in=standing(user).member_of)


def answer_hand_in(user):
    return Q(task__community__in=standing(user).leads) | _hand_ins_as_expert(user)


def _hand_ins_as_expert(user):
    return Q(task__community__in=standing(user).guest_of, task__in=_tasks_as_expert(user))


def view_entry(user):
    """One's own logbook; of others, what they share with a PLG in which one takes part now.

    Guests and who left read nothing of it, and no role opens it.
    """
    return own_entry(user) | Q(community__in=standing(user).member_of, shared_at__isnull=False)


def own_entry(user):
    """What one wrote oneself; in a PLG's common logbook only as long as one takes part."""
    return Q(person=user.pk) & (Q(is_of_the_plg=False) | Q(community__in=standing(user).member_of))


def share_entry(user):
    """Out of one's own logbook."""
    return Q(person=user.pk, is_of_the_plg=False)


def make_introduction(user):
    """Connectors of the network."""
    return Q(network__in=at_work(user).connects)


def view_introduction(user):
    """The connectors of the network, the facilitators of the PLGs, and the expert."""
    return make_introduction(user) | answer_introduction(user)


def answer_introduction(user):
    leads = standing(user).leads
    return Q(one__in=leads) | Q(other__in=leads) | Q(expert=user.pk)


def view_year_question(user):
    """Who facilitates the PLG, and who runs its board: whether a PLG goes on is an agreed fact."""
    return in_communities_i_lead(user) | Q(community__board__in=at_work(user).boards_run)
