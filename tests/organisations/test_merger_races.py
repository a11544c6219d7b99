"""A school goes up into another while other hands are at work there."""

import pytest

from core.refusals import Refused
from organisations import actions
from organisations.models import Affiliation, Invitation, School
from tests import cast as make
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(transactional_db):
    return make.cast()


def test_two_schools_do_not_go_up_into_each_other(here):
    outcomes = together(
        lambda: actions.merge_schools(here.regenboog, here.wissel, by=here.ben),
        lambda: actions.merge_schools(here.wissel, here.regenboog, by=here.ben),
    )
    assert sum(isinstance(each, Refused) for each in outcomes) == 1
    assert School.objects.open().filter(board=here.board).count() == 1


def test_who_begins_or_comes_in_meanwhile_is_at_the_school_that_goes_on(here):
    invitation = Invitation.objects.create(email="nieuw@school.example", school=here.regenboog, invited_by=here.ben)
    together(
        lambda: actions.merge_schools(here.regenboog, here.wissel, by=here.ben),
        lambda: actions.accept(invitation, name="Nieuw"),
        lambda: actions.add_affiliation(here.dele, here.regenboog, "teacher", by=here.ben),
    )
    assert not Affiliation.objects.current().filter(school=here.regenboog).exists()
