"""Holidays are those of the school where one works, unless one chose a region."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations import actions, regions
from organisations.models import Affiliation, School
from people.models import User
from tests import cast as people

SOUTHERN_HOLIDAY = date(2027, 2, 19)  # a Friday in the spring holiday of the south only


@pytest.fixture
def iris(cast, time_machine):
    """Somebody who chose no region, before the spring holidays; her letter comes on Fridays."""
    time_machine.move_to("2027-02-15T10:00Z", tick=False)
    return people.person("Iris Vos", region="")


def test_she_has_the_holidays_of_her_school_and_no_letter_in_them(cast, iris):
    assert iris.works_on(SOUTHERN_HOLIDAY) and iris.next_letter_at().date() == SOUTHERN_HOLIDAY
    User.objects.filter(pk=iris.pk).update(digest_next_at=iris.next_letter_at())
    actions.add_affiliation(iris, cast.waterlelie, "teacher", by=cast.paula)
    assert not iris.works_on(SOUTHERN_HOLIDAY)
    fresh = User.objects.get(pk=iris.pk)
    assert fresh.digest_next_at.date() == date(2027, 2, 26)
    assert (fresh.school_region, fresh.region) == (iris.school_region, "") == ("Zuid", "")


def test_her_own_choice_goes_before_it(cast, iris):
    iris.region = "Midden"
    iris.save()
    actions.add_affiliation(iris, cast.waterlelie, "teacher", by=cast.paula)
    assert iris.works_on(SOUTHERN_HOLIDAY)


def test_the_night_follows_what_changed_without_her(cast, iris):
    affiliation = actions.add_affiliation(iris, cast.waterlelie, "teacher", by=cast.paula)
    regions.follow()
    assert regions.follow() == 0
    School.objects.filter(pk=cast.waterlelie.pk).update(region="Noord")
    assert regions.follow() == 2  # Dele works there, too
    assert User.objects.get(pk=iris.pk).school_region == "Noord"
    Affiliation.objects.filter(pk=affiliation.pk).update(from_on=date(2026, 9, 1), until_on=date(2027, 2, 1))
    assert regions.follow() == 1
    assert User.objects.get(pk=iris.pk).school_region == ""


@pytest.mark.django_db
def test_as_many_queries_for_many_as_for_one(cast):
    regions.follow()

    def asked(count):
        crowd = [people.person(f"Collega {count} {n}", region="") for n in range(count)]
        Affiliation.objects.bulk_create(
            Affiliation(person=one, school=cast.regenboog, function="teacher", from_on=date(2026, 1, 1))
            for one in crowd
        )
        with CaptureQueriesContext(connection) as queries:
            assert regions.follow(crowd) == count
        return len(queries)

    assert asked(1) == asked(30)
