"""How long a school year takes to plan: ten dates for forty members of five schools; nothing of it is kept."""

import time
from datetime import timedelta
from statistics import median

ROUNDS = 5
MEMBERS, SCHOOLS, DATES = 40, 5, 10


class Undone(Exception):
    """Raised to roll back what was only planned to be measured."""


def figures():
    """`planner.propose_ms` and `planner.plan_ms`, each with its queries: medians of five rounds."""
    found = {"propose": [], "plan": []}
    for _round in range(ROUNDS + 1):
        for name, figure in _round_of().items():
            found[name].append(figure)
    for name, each in found.items():
        yield f"planner.{name}_ms", median(ms for ms, _queries in each[1:]), "ms"
        yield f"planner.{name}.queries", each[-1][1], "queries"


def _round_of():
    """Both figures once: (ms, queries)."""
    from django.db import transaction

    measured = {}
    try:
        with transaction.atomic():
            community, by = _a_large_plg()
            measured["propose"], proposal = _timed(lambda: _propose(community))
            measured["plan"], _series = _timed(lambda: _plan(community, by, proposal))
            raise Undone
    except Undone:
        return measured


def _propose(community):
    from communities.meetings import planner
    from core.time import today

    first = today() + timedelta(days=14)
    slots = [planner.Slot(1), planner.Slot(3), planner.Slot(0)]
    return planner.propose(planner.company(community), first=first, count=DATES, cadence_weeks=2, slots=slots)


def _plan(community, by, proposal):
    from datetime import time as clock

    from communities.meetings import actions

    dates = [{"held_on": row.held_on, "school": row.school} for row in proposal.dates]
    return actions.plan(community, by=by, dates=dates, starts=clock(15, 30), ends=clock(17), cadence_weeks=2)


def _timed(deed):
    from django.db import connection

    queries = 0

    def count(execute, *args):
        nonlocal queries
        queries += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        began = time.perf_counter()
        outcome = deed()
        took = (time.perf_counter() - began) * 1000
    return (took, queries), outcome


def _a_large_plg():
    """A PLG of forty: some with a fixed day off, some by mail address only, five schools with study days."""
    from communities.choices import MembershipState, Role, State, Theme
    from communities.models import Community, Membership
    from core.time import today
    from organisations.models import School, StudyDay
    from people.models import User

    schools = list(School.objects.exclude(region="").order_by("pk")[:SCHOOLS])
    people = list(User.objects.filter(is_active=True, merged_into=None).order_by("pk")[: MEMBERS - 4])
    for n, person in enumerate(people):
        person.days_off = [n % 5] if n % 3 == 0 else []
    User.objects.bulk_update(people, ["days_off"])
    community = Community.objects.create(
        name="Planner", theme=Theme.MATHS, question="?", blurb="?", state=State.ACTIVE, owner_school=schools[0],
        seats_max=MEMBERS,
    )  # fmt: skip
    members = [Membership(person=person) for person in people]
    members += [Membership(address=f"lid{n}@bench.example") for n in range(MEMBERS - len(people))]
    for n, row in enumerate(members):
        row.community, row.state, row.school = community, MembershipState.ACTIVE, schools[n % len(schools)]
    members[0].role = Role.FACILITATOR
    Membership.objects.bulk_create(members)
    StudyDay.objects.bulk_create(
        StudyDay(school=school, first=day, last=day, name="studiedag", uid=f"bench-{n}")
        for school in schools
        for n in range(20)
        for day in [today() + timedelta(days=9 * n + school.pk % 9)]
    )
    return community, people[0]
