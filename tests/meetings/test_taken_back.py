"""Dates that our mails put in somebody's calendar are taken out of it when she is no longer expected there."""

from datetime import date, time

import pytest
from icalendar import Calendar

from activity import sending
from activity.models import Delivery
from communities import actions as plgs
from communities.choices import Role
from communities.meetings import actions
from communities.meetings.choices import CalendarWay
from communities.meetings.models import Meeting
from communities.models import Membership
from tests.cast import member

AMINA = "amina.yildiz@school.example"
PLANNED = [date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 26)]


@pytest.fixture
def planned(cast, at, mailserver):
    """Three dates, mailed to everybody's calendar; the first of them lies behind by now."""
    with at("2026-09-07 10:00:00+02:00"):
        actions.plan(
            cast.maths, by=cast.fatima, dates=[{"held_on": day} for day in PLANNED],
            starts=time(15, 30), ends=time(17, 0), cadence_weeks=3,
        )  # fmt: skip
        sending.send_due()
    with at("2026-10-14 10:00:00+02:00"):
        sending.send_due()
        mailserver.forget()
        yield list(Meeting.objects.upcoming())


def files(mailserver, address=AMINA):
    """The calendar files mailed to this address."""
    parts = [part for letter in mailserver.to(address) for part in letter.walk()]
    return [
        Calendar.from_ical(part.get_payload(decode=True))
        for part in parts
        if part.get_content_type() == "text/calendar"
    ]


def taken_back(mailserver, address=AMINA):
    """{UID without its domain: SEQUENCE} of the one file that takes dates back."""
    (file,) = files(mailserver, address)
    assert str(file["METHOD"]) == "CANCEL"
    events = list(file.walk("VEVENT"))
    assert {str(event["STATUS"]) for event in events} == {"CANCELLED"}
    return {str(event["UID"])[:36]: event["SEQUENCE"] for event in events}


def coming(meetings):
    return {str(meeting.uid): meeting.sequence for meeting in meetings}


def test_who_leaves_gets_one_mail_that_takes_her_coming_dates_back(planned, membership, cast, mailserver):
    actions.move(planned[0], by=cast.fatima, held_on=date(2026, 11, 6), starts=time(15), ends=time(16))
    sending.send_due()
    mailserver.forget()
    plgs.leave(membership(cast.amina), by=cast.amina)
    sending.send_due()
    assert taken_back(mailserver) == coming(Meeting.objects.upcoming())
    (letter,) = mailserver.to(AMINA)
    assert "vrijdag 6 november" in letter.get_body(["plain"]).get_content().lower()
    assert not files(mailserver, "fatima.aydin@school.example")


def test_who_is_removed_gets_it_too(planned, membership, cast, mailserver):
    plgs.remove(membership(cast.amina), by=cast.fatima)
    sending.send_due()
    assert taken_back(mailserver) == coming(planned)


def test_it_tells_nothing_that_was_changed_after_she_left(planned, membership, cast, mailserver):
    plgs.leave(membership(cast.amina), by=cast.amina)
    actions.edit(planned[0], by=cast.fatima, title="Een geheim plan")
    actions.move(planned[0], by=cast.fatima, held_on=date(2026, 11, 13), starts=time(15), ends=time(16))
    sending.send_due()
    (letter,) = mailserver.to(AMINA)
    assert "13 november" not in letter.as_string() and "geheim" not in letter.as_string()
    assert taken_back(mailserver) == coming(planned)


def test_an_address_without_account_gets_it_as_well(cast, at, mailserver):
    with at("2026-09-07 10:00:00+02:00"):
        guest = Membership.objects.create(community=cast.maths, address="gast@elders.example", state="active")
        actions.plan(
            cast.maths, by=cast.fatima, dates=[{"held_on": PLANNED[0]}], starts=time(15), ends=time(16), cadence_weeks=3
        )
        sending.send_due()
        mailserver.forget()
        plgs.remove(guest, by=cast.fatima)
        sending.send_due()
        assert len(taken_back(mailserver, "gast@elders.example")) == 1


def test_a_guest_gives_back_only_the_date_to_which_he_was_invited(planned, membership, cast, mailserver):
    actions.invite_guest(planned[1], by=cast.fatima, guest=membership(cast.gijs))
    sending.send_due()
    mailserver.forget()
    plgs.leave(membership(cast.gijs), by=cast.gijs)
    sending.send_due()
    assert taken_back(mailserver, "gijs.postma@school.example") == coming(planned[1:])


@pytest.mark.parametrize("pace", ["at_once", "never"])
def test_a_guest_who_need_not_come_hears_so_and_gives_the_date_back(planned, membership, cast, mailserver, pace):
    guest = membership(cast.gijs)
    actions.invite_guest(planned[1], by=cast.fatima, guest=guest)
    sending.send_due()
    mailserver.forget()
    cast.gijs.paces.create(kind="meetings.guest_released", pace=pace)
    actions.release_guest(planned[1], by=cast.fatima, guest=guest)
    sending.send_due()
    assert taken_back(mailserver, "gijs.postma@school.example") == coming(planned[1:2])
    assert cast.gijs.notifications.filter(activity__kind="meetings.guest_released").exists()


def test_so_does_a_guest_who_has_no_account(planned, cast, mailserver):
    guest = Membership.objects.create(
        community=cast.maths, address="gast@elders.example", state="active", role=Role.GUEST
    )
    actions.invite_guest(planned[1], by=cast.fatima, guest=guest)
    sending.send_due()
    mailserver.forget()
    actions.release_guest(planned[1], by=cast.fatima, guest=guest)
    sending.send_due()
    assert taken_back(mailserver, "gast@elders.example") == coming(planned[1:2])


def test_an_invitation_that_is_still_on_its_way_is_simply_taken_back(planned, membership, cast, mailserver):
    actions.invite_guest(planned[1], by=cast.fatima, guest=membership(cast.gijs))
    actions.release_guest(planned[1], by=cast.fatima, guest=membership(cast.gijs))
    sending.send_due()
    assert not mailserver.to("gijs.postma@school.example")


def test_who_never_had_such_a_mail_gets_none(cast, at, mailserver, membership):
    with at("2026-09-07 10:00:00+02:00"):
        actions.choose_calendar(cast.amina, way=CalendarWay.FEED)
        actions.plan(
            cast.maths, by=cast.fatima, dates=[{"held_on": PLANNED[0]}], starts=time(15), ends=time(16), cadence_weeks=3
        )
        sending.send_due()
        mailserver.forget()
        plgs.leave(membership(cast.amina), by=cast.amina)
        late = member(cast.maths, cast.els)  # the calendar mail of this one never went out
        plgs.leave(late, by=cast.els)
        sending.send_due()
        assert not mailserver.to(AMINA) and not mailserver.to("els.jansen@school.example")


def test_who_comes_back_before_it_goes_keeps_her_dates(planned, membership, cast, mailserver):
    cast.maths.join_policy = "open"
    cast.maths.save()
    plgs.leave(membership(cast.amina), by=cast.amina)
    plgs.join(cast.maths, by=cast.amina, promised=True)
    sending.send_due()
    assert [str(file["METHOD"]) for file in files(mailserver)] == ["PUBLISH"]


def test_dates_that_come_back_are_newer_than_those_that_went(planned, membership, cast, mailserver, at):
    """Calendars take, of two files with one SEQUENCE, the one with the later DTSTAMP (RFC 5546, 2.1.5)."""
    cast.maths.join_policy = "open"
    cast.maths.save()
    plgs.leave(membership(cast.amina), by=cast.amina)
    sending.send_due()
    with at("2026-10-15 10:00:00+02:00"):
        plgs.join(cast.maths, by=cast.amina, promised=True)
        sending.send_due()
    gone, back = (file.walk("VEVENT")[0] for file in files(mailserver))
    assert (gone["UID"], gone["SEQUENCE"]) == (back["UID"], back["SEQUENCE"])
    assert back["DTSTAMP"].dt > gone["DTSTAMP"].dt


@pytest.mark.parametrize("way", [CalendarWay.FEED, CalendarWay.NONE])
def test_another_way_takes_the_mailed_dates_back(planned, cast, mailserver, way):
    actions.choose_calendar(cast.amina, way=way)
    sending.send_due()
    assert taken_back(mailserver) == coming(planned)
    mailserver.forget()
    actions.choose_calendar(cast.amina, way=CalendarWay.FEED)
    sending.send_due()
    assert not mailserver.to(AMINA)


def test_a_completed_plg_calls_its_coming_dates_off_in_one_mail(planned, cast, mailserver):
    member(cast.maths, cast.bram, Role.MEMBER)  # came after the mails
    plgs.close(cast.maths, by=cast.fatima, outcome="Tekenen vóór rekenen.")
    sending.send_due()
    assert taken_back(mailserver) == {uid: sequence + 1 for uid, sequence in coming(planned).items()}
    assert len(files(mailserver, "fatima.aydin@school.example")) == 1
    assert not files(mailserver, "bram.visser@school.example")
    assert all(meeting.is_cancelled for meeting in Meeting.objects.filter(pk__in=[each.pk for each in planned]))
    assert not Meeting.objects.get(held_on=PLANNED[0]).is_cancelled


def test_dates_that_were_mailed_longer_ago_than_we_keep_letters_are_taken_back_too(cast, at, mailserver, membership):
    with at("2026-09-07 10:00:00+02:00"):
        Membership.objects.filter(person=cast.amina).update(joined_at="2026-09-01T10:00:00Z")
        actions.plan(
            cast.maths, by=cast.fatima, dates=[{"held_on": date(2027, 6, 3)}], starts=time(15), ends=time(16),
            cadence_weeks=3,
        )  # fmt: skip
    with at("2027-04-01 10:00:00+02:00"):
        Delivery.objects.all().delete()  # as the nightly clearing does
        plgs.leave(membership(cast.amina), by=cast.amina)
        sending.send_due()
        assert len(taken_back(mailserver)) == 1
