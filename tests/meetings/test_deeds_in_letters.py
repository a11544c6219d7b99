"""What can be done from a letter with one tap: each link for one person and one deed, and of no use for another."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from activity import digest
from activity.journal import ask
from communities.choices import MembershipState
from communities.meetings import asking, minutes, polls, promises
from communities.meetings.choices import MinutesState
from communities.meetings.models import ActionPoint, Answer, Approval, Minutes, MinutesVersion, Poll, PollOption, Vote
from core.time import today
from tests.cast import meeting


@pytest.fixture
def open_poll(cast):
    """A date poll with so many options."""

    def make(count, same_day=False):
        poll = Poll.objects.create(community=cast.maths, deadline=today() + timedelta(days=9), created_by=cast.fatima)
        for n in range(count):
            day = today() + timedelta(days=20 if same_day else 20 + n)
            PollOption.objects.create(poll=poll, held_on=day, starts=time(13 + n), ends=time(14 + n))
        return poll

    return make


@pytest.fixture
def deeds(cast):
    """The buttons in Amina's letter about this: {words: path}."""

    def of(kind, about):
        ask(kind, about=about, url="/", people=[cast.amina], community=cast.maths)
        (row,) = (row for row in digest.gather(None, cast.amina, {})["asks"] if row.deeds)
        return {label: url.removeprefix("http://testserver") for label, url in row.deeds}

    return of


def test_a_meeting_is_answered_with_a_tap_and_a_button(cast, deeds, client):
    at = meeting(cast.maths)
    found = deeds(asking.KIND, at)
    assert list(found) == ["Ik ben er", "Ik kan niet"]
    page = client.get(found["Ik kan niet"])
    assert page.context["choices"][0]["value"] == "absent"
    assert not Answer.objects.exists()
    client.post(found["Ik kan niet"], {"coming": "absent", "slot": at.slot, "reason": ""})
    assert Answer.objects.get().coming == "absent"


def test_two_dates_can_be_chosen_from_the_letter(cast, deeds, open_poll, client):
    poll = open_poll(2)
    first, second = poll.options.order_by("pk")
    found = deeds(polls.KIND, poll)
    assert list(found)[2:] == ["Allebei", "Geen van beide"]
    page = client.get(list(found.values())[1])
    assert page.context["form"].initial == {f"option_{first.pk}": "no", f"option_{second.pk}": "yes"}
    assert not Vote.objects.exists()
    done = client.post(list(found.values())[1], dict(page.context["form"].initial), follow=True)
    assert dict(Vote.objects.values_list("option", "fits")) == {first.pk: "no", second.pk: "yes"}
    assert "bewaard" in done.text


def test_what_was_kept_is_shown_and_not_what_was_tapped(cast, deeds, open_poll, client):
    poll = open_poll(1)
    (option,) = poll.options.all()
    link = deeds(polls.KIND, poll)["Ja"]
    page = client.post(link, {f"option_{option.pk}": "maybe"}, follow=True)
    assert page.context["form"].initial == {f"option_{option.pk}": "maybe"}


@pytest.mark.parametrize(("count", "words"), [(1, ["Ja", "Als het moet", "Nee"]), (3, ["Kies je data"])])
def test_one_date_has_three_answers_and_many_have_a_page(deeds, open_poll, count, words):
    assert list(deeds(polls.KIND, open_poll(count))) == words


def test_two_hours_of_one_day_are_told_apart(deeds, open_poll):
    first, second, *_others = deeds(polls.KIND, open_poll(2, same_day=True))
    assert first != second


def test_a_try_out_is_ticked(cast, deeds, client):
    point = ActionPoint.objects.create(community=cast.maths, person=cast.amina, by=cast.fatima, text="Vouw ¼")
    found = deeds(promises.KIND, point)
    assert list(found) == ["Geprobeerd", "Deels", "Nog niet"]
    client.post(found["Deels"], {"went": "partly", "sentence": ""})
    point.refresh_from_db()
    assert point.went == "partly"


def test_of_a_case_also_the_page_behind_the_link_says_nothing(cast, deeds, client):
    point = ActionPoint.objects.create(
        community=cast.maths, person=cast.amina, by=cast.fatima, text="Bel de ouders van Sem", is_case=True
    )
    assert "Sem" not in client.get(deeds(promises.KIND, point)["Deels"]).text


def test_minutes_are_read_or_approved(cast, deeds, client):
    row = Minutes.objects.create(meeting=meeting(cast.maths, days=-3), state=MinutesState.PROPOSED)
    MinutesVersion.objects.create(minutes=row, number=1)
    found = deeds(minutes.KIND, row)
    assert list(found) == ["Lees eerst", "Ja, dit klopt"]
    client.post(found["Ja, dit klopt"])
    assert Approval.objects.get().person == cast.amina


@pytest.fixture
def all_links(cast, open_poll):
    """Every button of a letter with one request of each kind."""
    row = Minutes.objects.create(meeting=meeting(cast.maths, days=-3), state=MinutesState.PROPOSED)
    MinutesVersion.objects.create(minutes=row, number=1)
    point = ActionPoint.objects.create(community=cast.maths, person=cast.amina, by=cast.fatima, text="Vouw ¼")
    for kind, about in (
        (asking.KIND, meeting(cast.maths)), (polls.KIND, open_poll(2)), (promises.KIND, point), (minutes.KIND, row),
    ):  # fmt: skip
        ask(kind, about=about, url="/", people=[cast.amina], community=cast.maths)
    rows = digest.gather(None, cast.amina, {})["asks"]
    urls = [url.removeprefix("http://testserver") for row in rows for _label, url in row.deeds]
    return [url for url in urls if "mail" in resolve(url).url_name]


def test_a_link_opens_its_own_deed_only(all_links, client):
    tokens = {resolve(url).url_name: resolve(url).kwargs["token"] for url in all_links}
    assert len(tokens) == 4
    for url in all_links:
        match = resolve(url)
        for name, token in tokens.items():
            if name != match.url_name:
                assert client.post(url.replace(match.kwargs["token"], token)).status_code == 410


def test_looking_at_every_link_changes_nothing(all_links, client):
    assert {client.get(url).status_code for url in all_links} == {200}
    assert not Vote.objects.exists() and not Answer.objects.exists() and not Approval.objects.exists()
    assert not ActionPoint.objects.exclude(went="").exists()


@pytest.mark.parametrize("state", [MembershipState.ENDED, MembershipState.DECLINED])
def test_who_left_gets_a_sentence(all_links, client, cast, state):
    cast.maths.memberships.filter(person=cast.amina).update(state=state)
    pages = [client.get(url) for url in all_links]
    assert {page.status_code for page in pages} == {410}
    assert all("niet meer" in page.text for page in pages)


def test_in_the_hands_of_somebody_else_who_is_signed_in_it_does_nothing(all_links, signed_in, cast):
    browser = signed_in(cast.tom)
    assert {browser.get(url).status_code for url in all_links} == {410}


def test_in_two_months_they_have_expired(all_links, client, time_machine, cast):
    time_machine.move_to(today() + timedelta(days=70))
    assert {client.get(url).status_code for url in all_links} == {410}


def test_no_page_behind_a_link_opens_another(all_links, client):
    """Whoever got the letter forwarded can do this deed, and is signed in nowhere."""
    for url in all_links:
        client.get(url)
        assert client.get("/activity/").status_code == 302


@pytest.mark.parametrize("count", [1, 5])
def test_the_deeds_of_many_requests_cost_as_much_as_of_one(cast, open_poll, count):
    for _n in range(count):
        ask(polls.KIND, about=open_poll(2), url="/", people=[cast.amina, cast.tom], community=cast.maths)
    with CaptureQueriesContext(connection) as queries:
        found = digest.gather_many([cast.amina, cast.tom])
        assert [len(row.deeds) for make in found.values() for row in make()["asks"]] == [4] * 2 * count
    assert sum("polloption" in query["sql"] for query in queries) == 1
