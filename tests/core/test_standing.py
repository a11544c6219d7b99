"""Where somebody stands is read once for a page, with herself."""

from communities.rules import standing as in_plgs
from core import standing
from organisations.rules import standing as at_work
from people.backends import PersonBackend
from people.models import User


def test_the_person_of_a_request_comes_with_her_standing(cast, django_assert_num_queries):
    wanted = [(at_work(each), in_plgs(each), at_work(each).face) for each in (cast.amina, cast.ben, cast.noor)]
    with django_assert_num_queries(3):
        found = [PersonBackend().get_user(each.pk) for each in (cast.amina, cast.ben, cast.noor)]
        assert [(at_work(each), in_plgs(each), at_work(each).face) for each in found] == wanted
    assert wanted[0][1].member_of
    assert wanted[1][0].boards_run
    assert wanted[2][2].name == cast.network.name


def test_many_are_read_at_once_and_each_has_her_own(cast, django_assert_num_queries):
    one_by_one = {each.pk: (at_work(each), in_plgs(each)) for each in User.objects.all()}
    everybody = list(User.objects.all())
    standing._read(everybody)
    with django_assert_num_queries(0):
        assert {each.pk: (at_work(each), in_plgs(each)) for each in everybody} == one_by_one


def test_forgotten_standing_is_read_anew(cast):
    amina = PersonBackend().get_user(cast.amina.pk)
    assert cast.maths.pk in in_plgs(amina).member_of
    amina.memberships.update(state="ended")
    standing.forget(amina)
    assert cast.maths.pk not in in_plgs(amina).member_of


def test_who_was_switched_off_stands_nowhere(cast):
    cast.amina.is_active = False
    assert not in_plgs(cast.amina).member_of
    assert PersonBackend().get_user(10**30) is None
