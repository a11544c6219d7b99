"""What happened, on one page, seen only by whom it still concerns."""

import pytest

from activity.models import Notification
from communities import actions
from communities.choices import MembershipState
from tests.cast import plg


@pytest.fixture
def bell(signed_in, cast):
    return signed_in(cast.amina)


def test_the_newest_stands_on_top_and_is_new(bell, record_news, cast):
    record_news(cast.amina)
    page = bell.get("/activity/").content.decode()
    assert "<b>Fatima Aydin</b> deed iets in PLG Rekenen van De Regenboog" in page
    assert page.count('class="tag yes"') == 1


def test_following_one_marks_it_read_and_leads_to_it(bell, record_news, cast):
    record_news(cast.amina)
    row = Notification.objects.get()
    answer = bell.post(f"/activity/{row.pk}/open/")
    assert answer.url == cast.maths.get_absolute_url()
    row.refresh_from_db()
    assert row.read_at


def test_looking_marks_nothing_as_read(bell, record_news, cast):
    record_news(cast.amina)
    bell.get("/activity/")
    assert bell.get(f"/activity/{Notification.objects.get().pk}/open/").status_code == 405
    assert Notification.objects.unread().count() == 1


def test_somebody_elses_is_not_there(bell, record_news, cast):
    record_news(cast.tom)
    assert bell.post(f"/activity/{Notification.objects.get().pk}/open/").status_code == 404
    assert "deed iets" not in bell.get("/activity/").content.decode()


def test_everything_can_be_marked_as_read_at_once(bell, record_news, cast):
    record_news(cast.amina)
    record_news(cast.amina)
    bell.post("/activity/read-all/")
    assert not Notification.objects.unread().exists()


def test_who_left_no_longer_sees_it(bell, record_news, cast):
    record_news(cast.amina)
    cast.maths.memberships.filter(person=cast.amina).update(state=MembershipState.ENDED)
    assert "deed iets" not in bell.get("/activity/").content.decode()
    assert bell.post(f"/activity/{Notification.objects.get().pk}/open/").url == "/activity/"


def test_nor_is_it_counted_any_more(bell, record_news, cast):
    record_news(cast.amina)
    membership = cast.maths.memberships.get(person=cast.amina)
    actions.leave(membership, by=cast.amina)
    assert "<b aria-hidden" not in bell.get("/activity/count/").content.decode()


def test_what_is_gone_is_left_out(bell, record_news, cast):
    other = plg(cast.wissel, "PLG Lezen")
    record_news(cast.amina, about=other)
    other.delete()
    assert bell.get("/activity/").status_code == 200


def test_an_empty_bell_teaches(bell, news):
    assert 'class="empty"' in bell.get("/activity/").content.decode()


def test_thirty_stand_on_a_page(bell, record_news, cast):
    for _n in range(31):
        record_news(cast.amina)
    assert bell.get("/activity/").content.decode().count("deed iets") == 30
    assert bell.get("/activity/?page=2").content.decode().count("deed iets") == 1


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_as_much_for_thirty_as_for_one(bell, record_news, cast, django_assert_max_num_queries, count):
    for _n in range(count):
        record_news(cast.amina)
    bell.get("/activity/")
    with django_assert_max_num_queries(9):
        bell.get("/activity/")


def test_the_bell_button_counts(bell, record_news, cast):
    record_news(cast.amina)
    assert "<b aria-hidden" in bell.get("/activity/count/").content.decode()
