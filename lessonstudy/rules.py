"""Who sees, works on and guides a cycle.

A cycle's content is its team's: who takes part in it, and nobody else. The PLG to which it belongs sees its card
(title, phase, who, dates), and so do those who may know the agreed facts of that PLG. Whoever observes a lesson sees
her own notes only, until the discussion of that lesson opens.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from communities import rules as communities
from core.models import NOBODY
from core.standing import remembered_from
from lessonstudy.choices import Role


@dataclass(frozen=True)
class Standing:
    """The ids of the cycles somebody takes part in, works on, and guides."""

    takes_part: frozenset = frozenset()
    works_on: frozenset = frozenset()
    guides: frozenset = frozenset()


SEATS = """
SELECT json_build_array(person_id, cycle_id, role, is_deputy)
FROM lessonstudy_cyclemember WHERE person_id = ANY(asked.people) AND left_at IS NULL
"""


@remembered_from(SEATS)
def standing(users, rows):
    """The standing of users among cycles."""
    of = {user.pk: [] for user in users}
    for person, *row in rows:
        of[person].append(row)
    return {pk: _standing(found) for pk, found in of.items()}


def _standing(rows):
    return Standing(
        takes_part=frozenset(row[0] for row in rows),
        works_on=frozenset(row[0] for row in rows if row[1] != "guest"),
        guides=frozenset(row[0] for row in rows if row[1] == "guide" or row[2]),
    )


def _of(cycle, ids):
    """These cycles, or what hangs below them: `cycle` is the path to them, as `plan__cycle__`."""
    return Q(**{f"{cycle.removesuffix('__') or 'pk'}__in": ids})


def view(user, cycle=""):
    """Its content: who takes part in it."""
    return _of(cycle, standing(user).takes_part)


def view_card(user):
    """Title, phase, who and when: its team, its PLG, and who may know the agreed facts of that PLG."""
    mine = communities.standing(user)
    return view(user) | Q(community__in=mine.member_of | mine.reads_on)


def edit(user, cycle=""):
    """Work on it: all who take part but guests."""
    return _of(cycle, standing(user).works_on)


def guide(user, cycle=""):
    """Take its steps: the process facilitator and who she appointed."""
    return _of(cycle, standing(user).guides)


def start(user):
    """The PLGs in which she may begin a cycle."""
    return Q(pk__in=communities.standing(user).member_of)


def hand_over(user):
    """Name another process facilitator: the present one; where there is none, who works on it or leads its PLG."""
    from lessonstudy.models import CycleMember

    guided = Exists(CycleMember.objects.now().filter(cycle=OuterRef("pk"), role=Role.GUIDE))
    return guide(user) | (~Q(guided) & (edit(user) | Q(community__in=communities.standing(user).leads)))


def view_observation(user):
    """Of a cycle in which she takes part: her own, and all from the moment the discussion of that lesson opened.

    A broken-off lesson never opens. Who left reads nothing more, not even what she noted herself.
    """
    if not user.is_authenticated:
        return NOBODY
    mine = Q(lesson__cycle__in=standing(user).takes_part)
    return mine & (Q(observer=user) | Q(lesson__opened_at__isnull=False))


def write_observation(user):
    """Change or take back: her own, as long as the discussion has not opened. Facts do not change after that."""
    if not user.is_authenticated:
        return NOBODY
    return Q(observer=user, lesson__opened_at=None, lesson__cycle__in=standing(user).takes_part)
