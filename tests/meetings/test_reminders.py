"""A reminder a week and a day before: on her own working days, at the right hour, never twice, never of what is not."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from activity import sending
from activity.choices import State as Letter
from activity.models import Delivery
from communities.choices import MembershipState
from communities.meetings import actions, reminders
from communities.meetings.models import Meeting
from communities.models import Membership
from people.models import User
from tests import cast as people
from tests.cast import meeting as make_meeting

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moments(meeting, membership):
    """Kind -> local wall time, as a person would read it from a clock."""
    found = reminders.moments(meeting, membership)
    return {kind.split("_")[-1]: f"{at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" for kind, (_slot, at) in found.items()}


def change(person, **fields):
    for name, value in fields.items():
        setattr(person, name, value)
    person.save()


def test_a_week_and_a_day_before_at_eight(cast, thursday, membership):
    assert moments(thursday, membership(cast.amina)) == {"week": "2026-11-19 08:00", "day": "2026-11-25 08:00"}


def test_mondays_meeting_reminds_on_friday_or_on_her_own_last_working_day(cast, thursday, membership):
    thursday.held_on = date(2026, 11, 30)
    assert moments(thursday, membership(cast.amina))["day"] == "2026-11-27 08:00"
    change(cast.amina, days_off=[4])
    assert moments(thursday, membership(cast.amina)) == {"week": "2026-11-23 08:00", "day": "2026-11-26 08:00"}


def test_her_quiet_hours_come_first(cast, thursday, membership):
    change(cast.amina, quiet_until=time(9, 15))
    assert moments(thursday, membership(cast.amina))["day"] == "2026-11-25 09:15"


def test_after_the_autumn_holiday_the_reminder_comes_before_it(cast, thursday, membership):
    thursday.held_on = date(2026, 10, 26)  # Monday after the holiday of region Midden (17–25 October 2026)
    assert moments(thursday, membership(cast.amina))["day"] == "2026-10-16 08:00"


def test_the_region_is_that_of_the_school_where_the_person_chose_none(cast, thursday, membership):
    change(cast.amina, region="")
    thursday.held_on = date(2026, 10, 26)
    assert moments(thursday, membership(cast.amina))["day"] == "2026-10-16 08:00"


@pytest.mark.parametrize(
    ("held_on", "day_utc", "week_utc"),
    [
        (
            date(2027, 3, 30),
            "2027-03-25 07:00",
            "2027-03-23 07:00",
        ),  # before summer time begins, 28-3-2027, and before Good Friday
        (date(2027, 4, 1), "2027-03-31 06:00", "2027-03-25 07:00"),  # one on either side
        (date(2026, 10, 29), "2026-10-28 07:00", None),  # after summer time ended, 25-10-2026
        (date(2026, 10, 15), "2026-10-14 06:00", "2026-10-08 06:00"),  # before
    ],
)
def test_eight_is_eight_on_both_sides_of_the_change_of_clocks(cast, thursday, membership, held_on, day_utc, week_utc):
    thursday.held_on = held_on
    found = reminders.moments(thursday, membership(cast.amina))
    instant = f"{found[reminders.DAY][1].astimezone(ZoneInfo('UTC')):%Y-%m-%d %H:%M}"
    assert instant == day_utc
    if week_utc:
        assert f"{found[reminders.WEEK][1].astimezone(ZoneInfo('UTC')):%Y-%m-%d %H:%M}" == week_utc


@pytest.mark.parametrize("held_on", [date(2027, 3, 29), date(2026, 10, 26), date(2026, 11, 26), date(2027, 7, 1)])
def test_a_meeting_stays_at_half_past_three(cast, thursday, held_on):
    thursday.held_on = held_on
    thursday.save()
    stored = Meeting.objects.get(pk=thursday.pk)
    assert stored.starts_at == datetime.combine(held_on, time(15, 30), AMSTERDAM)


def lying(person=None):
    rows = Delivery.objects.filter(kind__in=[reminders.WEEK, reminders.DAY], state=Letter.PENDING)
    return rows.filter(person=person) if person else rows


def test_queueing_twice_lays_nothing_twice(cast, thursday):
    reminders.queue([thursday])
    reminders.queue([thursday])
    assert lying().count() == 6


def test_what_is_past_already_is_not_laid(cast, thursday, at):
    with at("2026-11-24 12:00:00+01:00"):
        reminders.queue([thursday])
        assert set(lying().values_list("kind", flat=True)) == {reminders.DAY}


def test_another_day_off_moves_what_waits(cast, thursday):
    reminders.queue([thursday])
    change(cast.amina, days_off=[2])
    reminders.queue_for(cast.amina)
    day = lying(cast.amina).get(kind=reminders.DAY)
    assert f"{day.due_at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}" == "2026-11-24 08:00"
    assert lying(cast.tom).get(kind=reminders.DAY).due_at != day.due_at


def test_who_leaves_is_reminded_no_more_and_who_joins_is(cast, thursday, membership):
    from communities.meetings import panels

    reminders.queue([thursday])
    mine = membership(cast.amina)
    actions.answer(thursday, mine, coming="room")
    actions.answer(thursday, membership(cast.tom), coming="room")
    mine.state = MembershipState.ENDED
    mine.save()
    panels.parted(mine)
    assert not lying(cast.amina).exists()
    assert thursday.answers.count() == 1  # hers is gone, nobody counts on her
    people.member(cast.maths, cast.els)
    panels.arrived(membership(cast.els))
    assert lying(cast.els).count() == 2
    assert Delivery.objects.get(kind="meetings.calendar").person == cast.els
    mine.state = MembershipState.ACTIVE
    mine.save()
    panels.arrived(mine)
    assert lying(cast.amina).count() == 2


def test_the_letter_goes_out_at_its_moment_and_once(cast, thursday, mailserver, at):
    reminders.queue([thursday])
    with at("2026-11-19 07:59:00+01:00"):
        sending.send_due()
        assert not mailserver.letters
    with at("2026-11-19 08:00:00+01:00"):
        sending.send_due()
        sending.send_due()
    letters = mailserver.to("amina.yildiz@school.example")
    assert len(letters) == 1
    assert "PLG Rekenen" in letters[0]["Subject"]
    body = letters[0].get_body(("html",)).get_content()
    assert "15.30" in body or "15:30" in body
    assert body.count("/meetings/answer/") == 2


def test_the_buttons_of_the_letter_work_without_signing_in(cast, thursday, mailserver, at, client):
    import re

    thursday.preparation = "Lees het lesplan."
    thursday.save()
    reminders.queue([thursday])
    with at("2026-11-25 08:00:00+01:00"):
        sending.send_due()
        body = mailserver.to("amina.yildiz@school.example")[-1].get_body(("html",)).get_content()
        assert "Lees het lesplan." in body
        address = re.search(r'href="http://testserver(/meetings/answer/[^"]+)"', body)[1]
        assert client.get(address).status_code == 200
        assert client.post(address, {"coming": "room", "slot": thursday.slot}).status_code == 302
    assert thursday.answers.get().person == cast.amina


@pytest.mark.parametrize("why", ["cancelled", "absent", "left", "moved"])
def test_asked_again_at_the_moment_of_sending(cast, thursday, membership, mailserver, at, why):
    reminders.queue([thursday])
    if why == "cancelled":
        Meeting.objects.filter(pk=thursday.pk).update(state="cancelled")
    if why == "moved":
        Meeting.objects.filter(pk=thursday.pk).update(held_on=date(2026, 12, 3))
    if why == "left":
        Membership.objects.filter(person=cast.amina).update(state=MembershipState.ENDED)
    if why == "absent":
        actions.answer(thursday, membership(cast.amina), coming="absent")
    with at("2026-11-25 08:01:00+01:00"):
        sending.send_due()
    assert not mailserver.to("amina.yildiz@school.example")
    assert bool(mailserver.to("tom.hendriks@school.example")) == (why in ("absent", "left"))


def test_a_member_without_account_is_reminded_at_her_address(cast, thursday, mailserver, at):
    Membership.objects.create(community=cast.maths, address="nieuw@school.example", state=MembershipState.ACTIVE)
    reminders.queue([thursday])
    with at("2026-11-25 08:01:00+01:00"):
        sending.send_due()
    assert len(mailserver.to("nieuw@school.example")) >= 1


def test_ten_dates_for_many_members_are_queued_with_few_questions(cast, django_assert_max_num_queries, at):
    with at("2026-11-09 10:00:00+01:00"):
        for n in range(6):
            people.member(cast.maths, people.person(f"Lid {n}"))
        days = [date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10), date(2026, 12, 17), date(2027, 1, 14)]
        meetings = [make_meeting(cast.maths, held_on=day) for day in days]
        assert User.objects.count() > 10
        with django_assert_max_num_queries(45):
            reminders.queue(meetings)
        assert lying().count() == 5 * 9 * 2
