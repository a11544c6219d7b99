"""Whatever boards choose and wherever people work: what goes is what a plain reading of the rule says."""

from datetime import timedelta
from random import Random

import pytest
from django.utils.timezone import now

from activity.models import Activity, Notification
from communities.choices import State
from communities.keeping import boards_of
from communities.models import Community
from core.registry import terms
from organisations.models import BoardTerm
from organisations.terms import Over, days_of
from tests.cast import board, member, person, plg, school, works


@pytest.fixture
def world(db):
    """Five boards with two schools each, and twelve people who work at none, one, two or three of them."""
    chance = Random(5)
    boards = [board(f"Bestuur {n}", f"5000{n}") for n in range(5)]
    schools = [school(f"School {n}{m}", f"{n}{m}XX00", boards[n]) for n in range(5) for m in range(2)]
    people = [person(f"Iemand Nummer{n}") for n in range(12)]
    for number, one in enumerate(people):
        for place in chance.sample([*schools, *boards], number % 4):
            works(one, place)
    return boards, schools, people, chance


def choose_anything(kind, boards, chance):
    BoardTerm.objects.all().delete()
    term, chosen = terms[kind], {}
    for one in boards:
        if days := chance.choice([None, term.least, term.days // 2, term.days, term.days + 90, term.most]):
            if days != term.days:
                BoardTerm.objects.create(board=one, kind=kind, days=days)
            chosen[one.pk] = days
    return chosen


def test_what_belongs_to_people(world):
    boards, _schools, people, chance = world
    for _world in range(12):
        chosen = choose_anything("notifications", boards, chance)
        Notification.objects.all().delete()
        expected, usual = set(), terms["notifications"].days
        for one in people:
            at = {row.board_id or row.school.board_id for row in one.affiliations.select_related("school")}
            days = min((chosen.get(pk, usual) for pk in at), default=usual)
            for age in (29, 31, 181, 183, 364, 366, 454, 456, 729, 731):
                seen = Activity.objects.create(kind="x.y", at=now() - timedelta(days=age))
                row = Notification.objects.create(person=one, activity=seen)
                if age > days:
                    expected.add(row.pk)
        over = Over("notifications")(Notification.objects.all(), "activity__at", person="person")
        assert set(over.values_list("pk", flat=True)) == expected


def test_what_belongs_to_plgs(world):
    boards, schools, people, chance = world
    rows = []
    for number in range(10):
        community = plg(chance.choice([*schools, *boards]), f"PLG {number}", state=State.CLOSED)
        for one in chance.sample(people, 3):
            row = member(community, one)
            row.school = chance.choice([None, *schools])
            row.save()
        rows.append(community)
    for _world in range(12):
        chosen = choose_anything("contents", boards, chance)
        expected = set()
        for community in rows:
            age = chance.choice([364, 366, 546, 548, 1094, 1096, 1184, 1186, 3649, 3651])
            Community.objects.filter(pk=community.pk).update(closed_at=now() - timedelta(days=age))
            at = {row.school.board_id for row in community.memberships.exclude(school=None).select_related("school")}
            at |= {community.board_id}
            days = min(chosen.get(pk, terms["contents"].days) for pk in at)
            assert days == days_of("contents", boards_of(community))
            if age > days:
                expected.add(community.pk)
        over = Over("contents")(Community.objects.all(), "closed_at", community="pk")
        assert set(over.values_list("pk", flat=True)) == expected
