"""Who learns, who trains, who coaches, who assesses; and the wall between coaching and assessment.

What somebody writes while she learns is hers, her trainer's and her coach's. An assessor sees what was handed over for
the assessment (submissions, practice with its feedback, portfolio), never a talk or a notebook of coaching; that no
rule of this module gives to anybody but the two. A leader sees states and hours as figures (`participation`).
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from communities.models import Membership
from communities.rules import standing as in_communities
from core.models import NOBODY
from core.standing import remembered_from
from organisations.rules import standing as at_work


@dataclass(frozen=True)
class Standing:
    """The ids of groups somebody trains and learns in, and of enrolments she has, coaches, and assesses."""

    trains: frozenset = frozenset()
    learns: frozenset = frozenset()
    learns_in: frozenset = frozenset()
    coaches: frozenset = frozenset()
    assesses: frozenset = frozenset()
    coaching: frozenset = frozenset()


ROWS = """
SELECT json_build_array(person_id, 'trains', group_id) FROM training_groupmember
WHERE person_id = ANY(asked.people) AND part = 'trainer'
UNION ALL SELECT json_build_array(person_id, 'learns', id) FROM training_enrolment WHERE person_id = ANY(asked.people)
UNION ALL SELECT json_build_array(person_id, 'learns_in', group_id) FROM training_enrolment
WHERE person_id = ANY(asked.people) AND group_id IS NOT NULL
UNION ALL SELECT json_build_array(coach_id, 'coaches', id) FROM training_enrolment WHERE coach_id = ANY(asked.people)
UNION ALL SELECT json_build_array(assessor_id, 'assesses', enrolment_id) FROM training_assessment
WHERE assessor_id = ANY(asked.people) AND state <> 'void'
UNION ALL SELECT json_build_array(coach_id, 'coaching', id) FROM training_coaching WHERE coach_id = ANY(asked.people)
UNION ALL SELECT json_build_array(coachee_id, 'coaching', id) FROM training_coaching
WHERE coachee_id = ANY(asked.people)
"""


@remembered_from(ROWS)
def standing(users, rows):
    """The standing of users in training and coaching."""
    of = {user.pk: {} for user in users}
    for person, part, pk in rows:
        of[person].setdefault(part, set()).add(pk)
    return {pk: Standing(**{part: frozenset(ids) for part, ids in found.items()}) for pk, found in of.items()}


def _of(path, ids):
    """These rows, or what hangs below them: `path` leads to them, as `submission__enrolment__`."""
    return Q(**{f"{path.removesuffix('__') or 'pk'}__in": ids})


def found(user, programme=""):
    """Programmes she may learn by: everybody's, and those of her boards and networks."""
    if not user.is_authenticated:
        return NOBODY
    work = at_work(user)
    return (
        Q(**{f"{programme}owner": "platform"})
        | Q(**{f"{programme}owner": "board", f"{programme}board__in": work.boards})
        | Q(**{f"{programme}owner": "network", f"{programme}network__in": work.networks})
    )


def keep_programme(user, programme=""):
    """Write a programme and form groups: who runs the board or network, or keeps the platform."""
    work = at_work(user)
    mine = Q(**{f"{programme}owner": "board", f"{programme}board__in": work.boards_run}) | Q(
        **{f"{programme}owner": "network", f"{programme}network__in": work.networks_run}
    )
    return mine | Q(**{f"{programme}owner": "platform"}) if work.is_platform_admin else mine


def view_enrolment(user, enrolment=""):
    """Her own; those of the groups she trains; of whom she is the coach. Progress, submissions, practice."""
    mine = standing(user)
    group = f"{enrolment}group__in"
    return _of(enrolment, mine.learns | mine.coaches) | Q(**{group: mine.trains})


def learn(user, enrolment=""):
    """Do what a learner does: she alone."""
    return _of(enrolment, standing(user).learns)


def guide(user, enrolment=""):
    """Give feedback and approve: the trainers of the group and her coach."""
    mine = standing(user)
    return _of(enrolment, mine.coaches) | Q(**{f"{enrolment}group__in": mine.trains})


def train(user, group=""):
    return _of(group, standing(user).trains)


def be_in_group(user, group=""):
    """See its days: who trains it, and who learns in it."""
    mine = standing(user)
    return _of(group, mine.trains | mine.learns_in)


def assess(user, enrolment=""):
    """Judge what was handed over: who was named as assessor of this enrolment, and is not its coach."""
    mine = standing(user)
    return _of(enrolment, mine.assesses - mine.coaches)


def see_work(user, enrolment=""):
    """What is handed in: the learner, who guides her, and who assesses her."""
    return view_enrolment(user, enrolment) | assess(user, enrolment)


def consent(user, enrolment=""):
    """Say as a school leader that she may: who leads a school of hers."""
    return Q(**{f"{enrolment}school__in": at_work(user).schools_led})


def hear_of_practice(user, practice=""):
    """That a coach would like to look on at a meeting: the PLG, apart from the two whom it is about."""
    concerned = Q(**{f"{practice}enrolment__person": user.pk}) | Q(**{f"{practice}enrolment__coach": user.pk})
    return Q(**{f"{practice}community__in": in_communities(user).member_of}) & ~concerned


def consent_practice(user, practice=""):
    """Say for the PLG that a coach may look on: its other facilitators, or its members where there are none.

    Neither who practises nor the coach who would look on says it for the others.
    """
    mine = in_communities(user)
    others_lead = Membership.objects.leading().filter(community=OuterRef(f"{practice}community"))
    others_lead = others_lead.exclude(person=OuterRef(f"{practice}enrolment__person"))
    others_lead = others_lead.exclude(person=Coalesce(OuterRef(f"{practice}enrolment__coach"), 0))
    may = Q(**{f"{practice}community__in": mine.leads}) | (
        Q(**{f"{practice}community__in": mine.member_of}) & ~Exists(others_lead)
    )
    return may & hear_of_practice(user, practice)


def in_coaching(user, coaching=""):
    """Talks, goals, shared notebook: the two alone. No role of anybody else opens it."""
    return _of(coaching, standing(user).coaching)


def own_note(user):
    """A private note: its writer; a shared one: the two."""
    return Q(author=user.pk) | (Q(kind="shared") & in_coaching(user, "coaching__"))
