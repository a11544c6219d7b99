"""A date poll: the facilitator asks, everybody votes, and the best date becomes a meeting."""

from datetime import date, time

import pytest
from django.urls import reverse

from activity.choices import State as Letter
from activity.models import Ask, Delivery, Notification
from communities import actions as plgs
from communities.choices import MembershipState, Role
from communities.meetings import polls, tasks
from communities.meetings.actions import polls as actions
from communities.meetings.choices import Fits, PollState
from communities.meetings.models import Answer, Meeting, Poll, Vote
from communities.models import Membership
from core import links
from core.refusals import Refused
from tests.cast import meeting as make_meeting
from tests.cast import member, person, works

TUESDAY, THURSDAY = date(2026, 12, 1), date(2026, 12, 3)
HOURS = {"starts": time(15, 30), "ends": time(17, 0)}


@pytest.fixture(autouse=True)
def _in_november(at):
    with at("2026-11-09 10:00:00+01:00"):
        yield


@pytest.fixture
def poll(cast):
    return open_poll(cast)


def open_poll(cast, *options, **fields):
    options = options or ({"held_on": TUESDAY}, {"held_on": THURSDAY}, {"held_on": THURSDAY, "starts": time(19, 30)})
    evening = {"ends": time(21, 0)}
    options = [HOURS | (evening if option.get("starts") == time(19, 30) else {}) | option for option in options]
    fields = {"deadline": date(2026, 11, 20), "title": "Les ontwerpen"} | fields
    return actions.open_poll(cast.maths, by=cast.fatima, options=options, **fields)


def vote(poll, membership, *fits):
    options = polls.options_of(poll)
    return actions.vote(poll, membership, fits={row.pk: each for row, each in zip(options, fits, strict=True)})


def posted(poll, *fits):
    return {f"option_{row.pk}": each for row, each in zip(polls.options_of(poll), fits, strict=True)}


def all_vote(cast, poll, membership):
    vote(poll, membership(cast.amina), "yes", "maybe", "no")
    vote(poll, membership(cast.tom), "no", "yes", "yes")
    vote(poll, membership(cast.fatima), "yes", "maybe", "no")


# Opening ------------------------------------------------------------------------------------------


def test_everybody_gets_one_letter_and_one_request(cast, poll):
    assert set(Delivery.objects.filter(kind="meetings.poll_opened").values_list("person__name", flat=True)) == {
        "Amina Yildiz", "Tom Hendriks",
    }  # fmt: skip
    asked = Ask.objects.open().filter(kind="meetings.vote")
    assert {row.person for row in asked} == {cast.fatima, cast.amina, cast.tom}  # the guest is not asked
    assert {row.due_on for row in asked} == {date(2026, 11, 20)}


def test_the_page_opens_a_poll_with_a_place_for_each_date(cast, signed_in):
    answer = signed_in(cast.fatima).post(reverse("meetings:open_poll", args=[cast.maths.pk]), form(cast))
    poll = Poll.objects.get()
    assert answer.status_code == 302 and answer.url == poll.get_absolute_url()
    assert [(row.held_on, row.place, row.school) for row in polls.options_of(poll)] == [
        (TUESDAY, "onsite", cast.wissel), (THURSDAY, "online", None),
    ]  # fmt: skip


def form(cast, **changes):
    data = {"title": "Les ontwerpen", "wanted": "1", "deadline": "2026-11-20", "options-TOTAL_FORMS": "3"}
    data |= {"options-INITIAL_FORMS": "0", "options-0-place": "onsite", "options-0-school": cast.wissel.pk}
    data |= {"options-1-place": "online", "options-2-starts": "15:30", "options-2-ends": "17:00"}
    for n, day in enumerate(("2026-12-01", "2026-12-03")):
        data |= {f"options-{n}-held_on": day, f"options-{n}-starts": "15:30", f"options-{n}-ends": "17:00"}
    return data | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"options-0-held_on": "2026-11-01"},
        {"options-0-starts": "18:00"},
        {"options-0-starts": ""},
        {"options-1-held_on": ""},
        {"options-1-held_on": "2026-12-01", "options-1-place": "onsite", "options-0-school": ""},
        {"options-0-held_on": "31 december"},
        {"deadline": "2026-11-01"},
        {"deadline": "2026-12-02"},
        {"wanted": "3"},
        {"options-1-held_on": "2026-12-08"},
        {"options-0-held_on": "2027-03-28", "options-0-starts": "02:30", "options-0-ends": "03:30"},
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(cast, signed_in, changes):
    make_meeting(cast.maths, held_on=date(2026, 12, 8))
    answer = signed_in(cast.fatima).post(reverse("meetings:open_poll", args=[cast.maths.pk]), form(cast, **changes))
    assert answer.status_code == 422
    assert 'class="error"' in answer.text or "data-refused" in answer.text
    assert 'value="Les ontwerpen"' in answer.text
    assert not Poll.objects.exists() and not Delivery.objects.exists()


def test_more_rows_keep_what_was_typed(cast, signed_in):
    page = signed_in(cast.fatima).post(reverse("meetings:open_poll", args=[cast.maths.pk]), form(cast, more="1"))
    assert page.status_code == 200
    assert 'value="2026-12-01"' in page.text and 'name="options-6-held_on"' in page.text
    assert not Poll.objects.exists()


def test_leftovers_of_the_planner_stand_in_the_form(cast, signed_in):
    address = reverse("meetings:open_poll", args=[cast.maths.pk])
    page = signed_in(cast.fatima).get(
        address, {"option": ["2027-01-12T15:30-17:00", "2027-02-31T15:30-17:00", "<b>"], "wanted": "1"}
    )
    assert 'value="2027-01-12"' in page.text
    assert "2027-02-31" not in page.text


# Voting -------------------------------------------------------------------------------------------


def test_a_member_votes_and_is_no_longer_asked(cast, poll, signed_in):
    amina = signed_in(cast.amina)
    assert "Les ontwerpen" in amina.get(poll.get_absolute_url()).text
    answer = amina.post(reverse("meetings:vote", args=[poll.pk]), posted(poll, "yes", "maybe", "no"))
    assert answer.status_code == 302
    assert [row.fits for row in Vote.objects.order_by("option")] == ["yes", "maybe", "no"]
    assert not Ask.objects.open().filter(kind="meetings.vote", person=cast.amina).exists()


def test_a_later_vote_replaces_the_first(cast, poll, signed_in):
    amina = signed_in(cast.amina)
    amina.post(reverse("meetings:vote", args=[poll.pk]), posted(poll, "yes", "maybe", "no"))
    amina.post(reverse("meetings:vote", args=[poll.pk]), {"all": "yes"})
    assert [row.fits for row in Vote.objects.all()] == ["yes"] * 3


def test_half_a_vote_is_given_back_as_it_was(cast, poll, signed_in):
    first = polls.options_of(poll)[0]
    answer = signed_in(cast.amina).post(reverse("meetings:vote", args=[poll.pk]), {f"option_{first.pk}": "maybe"})
    assert answer.status_code == 422
    assert answer.context["form"][f"option_{first.pk}"].value() == "maybe"
    assert not Vote.objects.exists()


def test_who_has_only_an_address_votes_from_the_letter(cast, client, signed_in):
    row = Membership.objects.create(community=cast.maths, address="nieuw@school.example", state=MembershipState.ACTIVE)
    poll = open_poll(cast)
    assert Delivery.objects.get(kind="meetings.poll_opened", person=None).address == row.address
    link = by_mail(poll, address=row.address)
    page = client.get(link)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "private, no-store"
    assert not Vote.objects.exists()
    assert client.post(link, posted(poll, "yes", "no", "no")).status_code == 302
    assert {vote.address for vote in Vote.objects.all()} == {row.address}
    assert "nieuw@school.example" in signed_in(cast.amina).get(poll.get_absolute_url()).text


def by_mail(poll, **who):
    return reverse("meetings:vote_by_mail", args=[links.sign(polls.KIND, poll=poll.pk, **who)])


def test_a_link_of_who_left_or_of_another_purpose_counts_no_more(cast, poll, client):
    good = by_mail(poll, person=cast.amina.pk)
    for bad in (
        good[:-8] + "xxxxxxx/",
        by_mail(poll, person=cast.dele.pk),
        by_mail(poll, person=cast.gijs.pk),
        reverse("meetings:vote_by_mail", args=[links.sign("meetings.answer", poll=poll.pk, person=cast.amina.pk)]),
    ):
        assert client.post(bad, posted(poll, "yes", "yes", "yes")).status_code == 410
    Membership.objects.filter(person=cast.amina).update(state=MembershipState.ENDED)
    assert client.get(good).status_code == 410
    assert not Vote.objects.exists()


def test_an_address_that_gets_an_account_takes_its_votes_along(cast, poll):
    row = Membership.objects.create(community=cast.maths, address="nieuw@school.example", state=MembershipState.ACTIVE)
    vote(poll, row, "yes", "no", "no")
    from communities.meetings.panels import claim

    newcomer = person("Nieuw Hier", "nieuw@school.example")
    claim(newcomer, "nieuw@school.example")
    assert {each.person for each in Vote.objects.all()} == {newcomer}


def test_after_the_deadline_nobody_votes_and_the_facilitator_still_chooses(cast, poll, membership, at):
    vote(poll, membership(cast.amina), "yes", "no", "no")
    with at("2026-11-21 09:00:00+01:00"):
        with pytest.raises(Refused):
            vote(poll, membership(cast.tom), "yes", "no", "no")
        polls.close_past()
        assert not Ask.objects.open().filter(kind="meetings.vote").exists()
        assert actions.decide_poll(poll, by=cast.fatima, options=[polls.options_of(poll)[0].pk])


# Reminders and news -------------------------------------------------------------------------------


def reminders():
    return Delivery.objects.filter(kind=polls.REMINDER)


def test_a_reminder_lies_ready_on_the_last_working_day_before_the_deadline(cast):
    type(cast.tom).objects.filter(pk=cast.tom.pk).update(days_off=[3])
    open_poll(cast)  # answer before or on Friday 20 November
    due = {row.person.name: row.due_at.isoformat() for row in reminders()}
    assert due["Amina Yildiz"].startswith("2026-11-19T07:00")
    assert due["Tom Hendriks"].startswith("2026-11-18T07:00")  # Thursday is his day off


def test_only_who_has_not_voted_is_reminded_and_once(cast, poll, membership):
    vote(poll, membership(cast.amina), "yes", "no", "no")
    wanted = {row.person.name for row in reminders() if polls.still_asked(row, poll, row.person)}
    assert wanted == {"Fatima Aydin", "Tom Hendriks"}
    polls.renew(poll)
    assert reminders().count() == 3


def test_who_voted_or_left_gets_no_reminder(cast, poll):
    letter = reminders().get(person=cast.tom)
    assert polls.still_asked(letter, poll, cast.tom)
    Membership.objects.filter(person=cast.tom).update(state=MembershipState.ENDED)
    assert not polls.still_asked(letter, poll, cast.tom)


def test_the_facilitator_hears_once_that_all_have_voted(cast, poll, membership):
    vote(poll, membership(cast.fatima), "yes", "no", "no")
    vote(poll, membership(cast.tom), "yes", "no", "no")
    assert not Delivery.objects.filter(kind="meetings.poll_completed").exists()
    vote(poll, membership(cast.amina), "yes", "no", "no")
    vote(poll, membership(cast.amina), "no", "no", "no")
    assert Delivery.objects.get(kind="meetings.poll_completed").person == cast.fatima


def test_when_the_last_silent_one_leaves_all_have_voted(cast, poll, membership):
    vote(poll, membership(cast.fatima), "yes", "no", "no")
    vote(poll, membership(cast.amina), "yes", "no", "no")
    plgs.leave(membership(cast.tom), by=cast.tom)
    assert Delivery.objects.filter(kind="meetings.poll_completed").exists()


def test_a_newcomer_is_asked_too(cast, poll):
    from communities.meetings.panels import arrived

    works(cast.els, cast.regenboog)
    arrived(member(cast.maths, cast.els))
    assert Ask.objects.open().filter(kind="meetings.vote", person=cast.els).exists()


# Choosing -----------------------------------------------------------------------------------------


def test_best_is_where_most_can_come_then_where_most_said_yes(cast, poll, membership):
    all_vote(cast, poll, membership)
    found = polls.result(poll)
    assert [(len(row.yes), len(row.maybe), len(row.no), row.is_best) for row in found.tallies] == [
        (2, 0, 1, False), (1, 2, 0, True), (1, 0, 2, False),
    ]  # fmt: skip
    assert found.is_complete


def test_the_best_dates_never_overlap(cast, membership):
    poll = open_poll(
        cast,
        {"held_on": TUESDAY},
        {"held_on": TUESDAY, "starts": time(16, 0)},
        {"held_on": THURSDAY},
        wanted=2,
    )
    vote(poll, membership(cast.amina), "yes", "yes", "maybe")
    assert [row.is_best for row in polls.result(poll).tallies] == [True, False, True]


def test_the_chosen_date_becomes_a_meeting_with_first_answers(cast, poll, membership, signed_in):
    all_vote(cast, poll, membership)
    thursday = polls.options_of(poll)[1]
    answer = signed_in(cast.fatima).post(reverse("meetings:decide_poll", args=[poll.pk]), {"option": [thursday.pk]})
    meeting = Meeting.objects.get()
    assert answer.url == meeting.get_absolute_url()
    assert (meeting.held_on, meeting.title) == (THURSDAY, "Les ontwerpen")
    assert [(row.person, row.coming) for row in Answer.objects.all()] == [(cast.tom, "room")]
    asked = Ask.objects.open().filter(kind="meetings.answer")
    assert {row.person for row in asked} == {cast.fatima, cast.amina}  # "if need be" is asked
    assert not Ask.objects.open().filter(kind="meetings.vote").exists()
    assert [row.pk for row in poll.options.all()] == [thursday.pk]
    assert Delivery.objects.filter(kind="meetings.planned").count() == 2
    assert Delivery.objects.get(kind="meetings.calendar").person == cast.fatima
    assert set(reminders().values_list("state", flat=True)) == {Letter.CANCELLED}


def test_several_dates_become_a_series(cast, poll, membership):
    all_vote(cast, poll, membership)
    chosen = [polls.options_of(poll)[n] for n in (0, 2)]
    made = actions.decide_poll(poll, by=cast.fatima, options=[row.pk for row in chosen])
    assert [(row.held_on, row.starts) for row in made] == [(TUESDAY, time(15, 30)), (THURSDAY, time(19, 30))]
    assert len({row.series_id for row in made}) == 1
    assert Delivery.objects.filter(kind="meetings.planned").count() == 2


def test_an_online_yes_is_an_online_answer_and_a_hybrid_one_is_asked(cast, membership):
    poll = open_poll(cast, {"held_on": TUESDAY, "place": "online"}, {"held_on": THURSDAY, "place": "hybrid"})
    vote(poll, membership(cast.amina), "yes", "yes")
    actions.decide_poll(poll, by=cast.fatima, options=[row.pk for row in polls.options_of(poll)])
    assert [(row.meeting.place, row.coming) for row in Answer.objects.all()] == [("online", "online")]


def test_whose_vote_no_longer_counts_does_not_come(cast, poll, membership):
    vote(poll, membership(cast.amina), "yes", "yes", "yes")
    Membership.objects.filter(person=cast.amina).update(state=MembershipState.ENDED)
    actions.decide_poll(poll, by=cast.fatima, options=[polls.options_of(poll)[0].pk])
    assert not Answer.objects.exists()


def test_choosing_nothing_or_twice_is_refused_in_words(cast, poll, signed_in):
    fatima, address = signed_in(cast.fatima), reverse("meetings:decide_poll", args=[poll.pk])
    for data in ({}, {"option": ["x"]}, {"option": ["999999"]}):
        answer = fatima.post(address, data)
        assert answer.status_code == 422 and "data-refused" in answer.text
    first = polls.options_of(poll)[0]
    assert fatima.post(address, {"option": [first.pk]}).status_code == 302
    again = fatima.post(address, {"option": [first.pk]})
    assert again.status_code == 422
    assert Meeting.objects.count() == 1


def test_a_date_on_which_the_plg_meets_meanwhile_is_refused_and_nothing_changes(cast, poll):
    make_meeting(cast.maths, held_on=TUESDAY)
    with pytest.raises(Refused):
        actions.decide_poll(poll, by=cast.fatima, options=[polls.options_of(poll)[0].pk])
    poll.refresh_from_db()
    assert poll.state == PollState.OPEN and poll.options.count() == 3


def test_withdrawing_asks_first_and_takes_everything_back(cast, poll, signed_in):
    fatima, address = signed_in(cast.fatima), reverse("meetings:withdraw_poll", args=[poll.pk])
    assert fatima.get(address).status_code == 200
    poll.refresh_from_db()
    assert poll.is_open
    assert fatima.post(address).status_code == 302
    poll.refresh_from_db()
    assert poll.state == PollState.WITHDRAWN
    assert not Ask.objects.open().filter(kind="meetings.vote").exists()
    assert set(reminders().values_list("state", flat=True)) == {Letter.CANCELLED}
    assert Notification.objects.filter(activity__kind="meetings.poll_withdrawn").count() == 2
    assert fatima.post(address).status_code == 422


def test_a_completed_plg_asks_no_dates(cast, poll):
    plgs.close(cast.maths, by=cast.fatima, outcome="We vouwen eerst.")
    poll.refresh_from_db()
    assert poll.state == PollState.WITHDRAWN
    assert not Ask.objects.open().filter(kind="meetings.vote").exists()
    with pytest.raises(Refused):
        open_poll(cast)


# Another deadline, and when it is over --------------------------------------------------------------


def test_the_deadline_moves_and_everybody_hears_of_it(cast, poll, signed_in, membership):
    vote(poll, membership(cast.amina), "yes", "no", "no")
    page = reverse("meetings:edit_poll", args=[poll.pk])
    answer = signed_in(cast.fatima).post(page, {"title": "Samen kijken", "deadline": "2026-11-27"})
    assert answer.status_code == 302
    poll.refresh_from_db()
    assert (poll.title, poll.deadline) == ("Samen kijken", date(2026, 11, 27))
    told = Delivery.objects.filter(kind="meetings.poll_changed").values_list("person__name", flat=True)
    assert set(told) == {"Amina Yildiz", "Tom Hendriks"}
    asked = Ask.objects.open().filter(kind=polls.KIND)
    assert {(row.person, row.due_on) for row in asked} == {(who, poll.deadline) for who in (cast.tom, cast.fatima)}
    right = [row for row in Delivery.objects.filter(kind=polls.REMINDER) if polls.still_asked(row, poll, row.person)]
    assert {(row.person, row.due_at.astimezone().date()) for row in right} == {
        (cast.tom, date(2026, 11, 26)), (cast.fatima, date(2026, 11, 26)),
    }  # fmt: skip


def test_another_title_alone_sends_nothing(cast, poll):
    actions.edit_poll(poll, by=cast.fatima, title="Samen kijken", deadline=poll.deadline)
    assert not Delivery.objects.filter(kind="meetings.poll_changed").exists()


@pytest.mark.parametrize("deadline", ["2026-11-08", "2026-12-02", "morgen", ""])
def test_a_deadline_that_cannot_be_is_refused_with_what_was_typed(cast, poll, signed_in, deadline):
    page = reverse("meetings:edit_poll", args=[poll.pk])
    answer = signed_in(cast.fatima).post(page, {"title": "Getypt", "deadline": deadline})
    assert answer.status_code == 422 and "Getypt" in answer.text
    poll.refresh_from_db()
    assert poll.deadline == date(2026, 11, 20)


def test_when_the_time_is_over_the_facilitator_hears_once_and_a_new_deadline_asks_anew(cast, poll, at):
    tasks.nightly()
    assert not Notification.objects.filter(activity__kind="meetings.poll_over").exists()
    with at("2026-11-21 03:00:00+01:00"):
        tasks.nightly()
        tasks.nightly()
        assert Notification.objects.get(activity__kind="meetings.poll_over").person == cast.fatima
        assert not Ask.objects.open().filter(kind=polls.KIND).exists()
        actions.edit_poll(poll, by=cast.fatima, title="", deadline=date(2026, 11, 25))
        assert Ask.objects.open().filter(kind=polls.KIND).count() == 3
    with at("2026-11-26 03:00:00+01:00"):
        tasks.nightly()
        assert Notification.objects.filter(activity__kind="meetings.poll_over").count() == 2


# Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "page", "opens", "decides"),
    [
        ("fatima", 200, 200, 422),
        ("amina", 200, 403, 403),
        ("gijs", 404, 403, 404),
        ("bram", 404, 403, 404),
        ("dele", 404, 404, 404),
    ],
)
def test_members_see_it_and_facilitators_decide(cast, poll, signed_in, who, page, opens, decides):
    browser = signed_in(getattr(cast, who))
    assert browser.get(poll.get_absolute_url()).status_code == page
    assert browser.get(reverse("meetings:open_poll", args=[cast.maths.pk])).status_code == opens
    assert browser.post(reverse("meetings:decide_poll", args=[poll.pk])).status_code == decides


def test_the_page_asks_as_much_for_many_voters_and_dates_as_for_few(cast, signed_in, django_assert_max_num_queries):
    poll = open_poll(cast, *({"held_on": date(2026, 12, day)} for day in range(1, 12)))
    for n in range(8):
        colleague = person(f"Collega {n}")
        works(colleague, cast.regenboog)
        vote(poll, member(cast.maths, colleague, Role.MEMBER), *[Fits.YES] * 11)
    fatima = signed_in(cast.fatima)
    fatima.get(poll.get_absolute_url())
    with django_assert_max_num_queries(12):
        assert fatima.get(poll.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(13):
        assert fatima.get(reverse("meetings:index", args=[cast.maths.pk])).status_code == 200


def test_the_poll_stands_among_the_meetings(cast, poll, signed_in):
    page = signed_in(cast.amina).get(reverse("meetings:index", args=[cast.maths.pk]))
    assert poll.get_absolute_url() in page.text
