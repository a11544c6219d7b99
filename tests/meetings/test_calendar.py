"""Dates in one's own calendar: a feed or mails, read by parsers that did not write them."""

import io
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import dateutil.tz
import pytest
import recurring_ical_events
from django.urls import reverse
from icalendar import Calendar

from activity import sending
from communities.choices import MembershipState
from communities.meetings import actions, ics
from communities.meetings.choices import CalendarWay
from communities.meetings.models import CalendarChoice, Meeting
from communities.models import Membership
from tests.cast import meeting as make_meeting

UTC = ZoneInfo("UTC")


def unfold(content):
    """The lines of an iCalendar file, put together by hand as RFC 5545 says in 3.1."""
    text = content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").replace("\r\n\t", "").strip().split("\r\n")


def events(content):
    """The events as plain dicts; the times are read through the file's own VTIMEZONE, by dateutil."""
    zones = dateutil.tz.tzical(io.StringIO(content.decode().replace("\r\n", "\n")))
    found, event = [], None
    for line in unfold(content):
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            found.append(event)
            event = None
        elif event is not None:
            name, _, value = line.partition(":")
            name, _, parameters = name.partition(";")
            if parameters.startswith("TZID="):
                zone = zones.get(parameters.removeprefix("TZID="))
                value = datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zone)
            event[name] = value
    return found


def choose_feed(person):
    return actions.choose_calendar(person, way=CalendarWay.FEED)


def feed(client, choice, **headers):
    return client.get(reverse("meetings:feed", args=[choice.key]), headers=headers)


@pytest.fixture
def year(cast, at):
    """Dates on both sides of both changes of clocks."""
    with at("2026-09-07 10:00:00+02:00"):
        days = [date(2026, 10, 22), date(2026, 10, 29), date(2027, 3, 25), date(2027, 4, 1)]
        yield [make_meeting(cast.maths, held_on=day) for day in days]


def test_both_parsers_read_half_past_three_on_both_sides_of_the_clocks(cast, year, client):
    content = feed(client, choose_feed(cast.amina)).content
    expected = [
        datetime(2026, 10, 22, 13, 30, tzinfo=UTC),
        datetime(2026, 10, 29, 14, 30, tzinfo=UTC),
        datetime(2027, 3, 25, 14, 30, tzinfo=UTC),
        datetime(2027, 4, 1, 13, 30, tzinfo=UTC),
    ]
    assert [event["DTSTART"].astimezone(UTC) for event in events(content)] == expected
    read = recurring_ical_events.of(Calendar.from_ical(content)).between(date(2026, 9, 1), date(2027, 7, 1))
    assert sorted(event["DTSTART"].dt.astimezone(UTC) for event in read) == expected


def test_the_feed_says_what_a_calendar_needs(cast, year, client):
    response = feed(client, choose_feed(cast.amina))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = unfold(response.content)
    assert "METHOD:PUBLISH" in lines and "TZID:Europe/Amsterdam" in lines
    event = events(response.content)[0]
    assert event["UID"].startswith(str(year[0].uid))
    assert (event["SEQUENCE"], event["STATUS"]) == ("0", "CONFIRMED")
    assert event["DTSTAMP"] and event["LAST-MODIFIED"]
    assert not any(line.startswith(("ATTENDEE", "ORGANIZER")) for line in lines)
    assert "RRULE" not in event  # every date is an event of its own; only the time zone has rules


def test_a_cancelled_date_stays_in_the_feed_as_cancelled(cast, year, client):
    actions.cancel(year[0], by=cast.fatima)
    event = events(feed(client, choose_feed(cast.amina)).content)[0]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")


def test_a_feed_that_did_not_change_is_not_sent_again(cast, year, client):
    choice = choose_feed(cast.amina)
    etag = feed(client, choice).headers["ETag"]
    assert feed(client, choice, if_none_match=etag).status_code == 304
    actions.edit(year[0], by=cast.fatima, title="Iets anders")
    assert feed(client, choice, if_none_match=etag).status_code == 200


def test_only_her_own_dates_stand_in_it(cast, year, client):
    assert not events(feed(client, choose_feed(cast.dele)).content)
    choice = choose_feed(cast.amina)
    Membership.objects.filter(person=cast.amina).update(state=MembershipState.ENDED)
    assert not events(feed(client, choice).content)


def test_a_guest_has_the_dates_to_which_she_is_invited(cast, year, client, membership):
    year[1].guests.add(membership(cast.gijs))
    assert len(events(feed(client, choose_feed(cast.gijs)).content)) == 1


def test_a_new_address_closes_the_old_one(cast, year, client, signed_in):
    old = choose_feed(cast.amina)
    signed_in(cast.amina).post(reverse("meetings:renew_key"))
    new = CalendarChoice.objects.get(person=cast.amina)
    assert new.key != old.key
    assert feed(client, old).status_code == 404
    assert feed(client, new).status_code == 200


def test_leaving_the_feed_closes_its_address_and_mails_the_dates_once(cast, year, client, signed_in, mailserver):
    choice = choose_feed(cast.amina)
    signed_in(cast.amina).post(reverse("meetings:calendar_choice"), {"way": "mail"})
    assert feed(client, choice).status_code == 404
    sending.send_due()
    (letter,) = mailserver.to("amina.yildiz@school.example")
    assert len(events(calendar_of(letter))) == 4


@pytest.mark.parametrize("key", ["x", "../../etc/passwd", "a" * 500, "%00"])
def test_a_guessed_address_finds_nothing(cast, year, client, key):
    assert client.get(f"/meetings/feed/{key}.ics").status_code == 404


def calendar_of(letter):
    """The calendar file of a letter; there is exactly one."""
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    content = part.get_payload(decode=True)
    method = part.get_param("method")
    assert f"METHOD:{method}" in content.decode()
    return content if b"\r\n" in content else content.replace(b"\n", b"\r\n")


def plan(cast, *days):
    return actions.plan(
        cast.maths, by=cast.fatima, dates=[{"held_on": day} for day in days],
        starts=time(15, 30), ends=time(17, 0), cadence_weeks=3,
    )  # fmt: skip


def test_a_planned_series_is_one_mail_with_all_its_dates(cast, at, mailserver):
    with at("2026-09-07 10:00:00+02:00"):
        plan(cast, date(2026, 10, 1), date(2026, 11, 5), date(2026, 11, 26))
        sending.send_due()
        (letter,) = mailserver.to("amina.yildiz@school.example")
        assert len(events(calendar_of(letter))) == 3
        (own,) = mailserver.to("fatima.aydin@school.example")  # who planned it wants the dates too
        assert len(events(calendar_of(own))) == 3


def test_who_has_the_feed_gets_the_news_without_the_file(cast, at, mailserver):
    with at("2026-09-07 10:00:00+02:00"):
        choose_feed(cast.amina)
        plan(cast, date(2026, 10, 1))
        sending.send_due()
        (letter,) = mailserver.to("amina.yildiz@school.example")
        assert not [part for part in letter.walk() if part.get_content_type() == "text/calendar"]


def test_a_move_and_a_cancellation_reach_the_calendar(cast, at, mailserver):
    with at("2026-09-07 10:00:00+02:00"):
        series = plan(cast, date(2026, 10, 1))
        sending.send_due()
        mailserver.forget()
        meeting = Meeting.objects.get(series=series)
        actions.move(meeting, by=cast.fatima, held_on=date(2026, 10, 8), starts=meeting.starts, ends=meeting.ends)
        sending.send_due()
        (event,) = events(calendar_of(mailserver.to("amina.yildiz@school.example")[0]))
        assert (event["SEQUENCE"], event["STATUS"]) == ("1", "CONFIRMED")
        mailserver.forget()
        actions.cancel(Meeting.objects.get(), by=cast.fatima)
        sending.send_due()
        content = calendar_of(mailserver.to("amina.yildiz@school.example")[0])
        assert "METHOD:CANCEL" in content.decode()
        (event,) = events(content)
        assert (event["SEQUENCE"], event["STATUS"], event["UID"][:36]) == ("2", "CANCELLED", str(meeting.uid))


@pytest.mark.parametrize(
    "title", ['Met; punt, komma\\ en "aanhaling"', "x" * 140, "Ouder\u200bavond 🎉 שלום", "BEGIN:VEVENT"]
)
def test_a_title_cannot_break_the_file(cast, at, title):
    with at("2026-09-07 10:00:00+02:00"):
        meeting = make_meeting(cast.maths, title=title, room="a\r\nATTENDEE:mailto:x@y.z")
        meeting = Meeting.objects.select_related("community", "school").get(pk=meeting.pk)
        content = ics.publish([meeting])
        assert len(events(content)) == 1
        assert not any(line.startswith("ATTENDEE") for line in unfold(content))
        (event,) = Calendar.from_ical(content).walk("VEVENT")
        assert str(event["SUMMARY"]) == f"PLG Rekenen: {title}"


def test_the_same_dates_give_the_same_bytes(cast, year):
    meetings = list(Meeting.objects.select_related("community", "school"))
    assert ics.publish(meetings) == ics.publish(meetings)


def test_old_dates_leave_the_feed(cast, year, client, at):
    choice = choose_feed(cast.amina)
    with at("2027-03-01 10:00:00+01:00"):
        assert len(events(feed(client, choice).content)) == 4
    with at("2027-06-01 10:00:00+02:00"):
        assert len(events(feed(client, choice).content)) == 2
