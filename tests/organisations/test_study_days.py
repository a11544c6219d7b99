"""A school's own days: entered by hand, or read from its calendar, whatever that calendar is."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.refusals import Refused
from organisations.actions import study_days as actions
from organisations.imports import study_days as reader
from organisations.models import StudyDay
from tests.cast import role

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//School//NL\r\n"


@pytest.fixture(autouse=True)
def _in_november():
    import time_machine

    with time_machine.travel("2026-11-09 10:00:00+01:00", tick=False):
        yield


def event(uid, *lines, name="Studiedag"):
    head = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260901T080000Z", f"SUMMARY:{name}"]
    return "\r\n".join([*head, *lines, "END:VEVENT"])


def calendar(*events):
    text = HEAD + "\r\n".join(events) + "\r\nEND:VCALENDAR\r\n"
    return SimpleUploadedFile("school.ics", text.encode())


def all_day(uid, first, last=None, **more):
    until = [f"DTEND;VALUE=DATE:{last}"] if last else []
    return event(uid, f"DTSTART;VALUE=DATE:{first}", *until, **more)


def found(*events):
    return [(row.first, row.last, row.name, row.takes_all_day) for row in reader.read(calendar(*events))]


# Reading ------------------------------------------------------------------------------------------


def test_whole_days_end_the_day_before_their_end():
    assert found(all_day("a", "20261204", "20261205"), all_day("b", "20270208", "20270213", name="Rapportweek")) == [
        (date(2026, 12, 4), date(2026, 12, 4), "Studiedag", True),
        (date(2027, 2, 8), date(2027, 2, 12), "Rapportweek", True),
    ]


def test_hours_are_read_in_dutch_time_and_short_ones_are_not_ticked():
    assert found(
        event("a", "DTSTART:20261203T233000Z", "DTEND:20261204T080000Z"),
        event("b", "DTSTART;TZID=Europe/Amsterdam:20261207T153000", "DTEND;TZID=Europe/Amsterdam:20261207T163000"),
        event("c", "DTSTART:20261208T083000", "DTEND:20261209T000000"),
    ) == [
        (date(2026, 12, 4), date(2026, 12, 4), "Studiedag", True),
        (date(2026, 12, 7), date(2026, 12, 7), "Studiedag", False),
        (date(2026, 12, 8), date(2026, 12, 8), "Studiedag", True),
    ]


def test_what_repeats_stands_there_each_time_within_the_school_year():
    weekly = event(
        "w", "DTSTART;VALUE=DATE:20260902", "RRULE:FREQ=WEEKLY;INTERVAL=4", "EXDATE;VALUE=DATE:20261125",
        name="Teamdag",
    )  # fmt: skip
    days = [row.first for row in reader.read(calendar(weekly))]
    assert days[:2] == [date(2026, 12, 23), date(2027, 1, 20)]
    assert days[-1] <= date(2027, 7, 31)
    assert len({row.uid for row in reader.read(calendar(weekly))}) == len(days)


def test_what_is_over_cancelled_or_of_another_school_year_is_left_out():
    with pytest.raises(Refused):
        found(
            all_day("past", "20261001"),
            event("gone", "DTSTART;VALUE=DATE:20261204", "STATUS:CANCELLED"),
            all_day("later", "20280301"),
        )


def test_in_spring_the_next_school_year_counts_too():
    assert reader.period(date(2027, 3, 1))[1] == date(2028, 7, 31)
    assert reader.period(date(2027, 2, 28))[1] == date(2027, 7, 31)
    assert reader.period(date(2026, 8, 1))[1] == date(2027, 7, 31)


def test_odd_names_become_one_short_line():
    [(_first, _last, name, _all_day)] = found(all_day("a", "20261204", name="  <b>Studie\\ndag</b>" + "x" * 300))
    assert "\n" not in name and len(name) <= 80


BOMBS = {
    "every second": event("a", "DTSTART:20261204T000000Z", "RRULE:FREQ=SECONDLY"),
    "never true": event("a", "DTSTART:20261204T000000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
    "seven against one": event("a", "DTSTART;VALUE=DATE:20261109", "RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU"),
    "daily for ever": event("a", "DTSTART;VALUE=DATE:20261109", "RRULE:FREQ=DAILY"),
    "from the year one": event("a", "DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY;COUNT=999999999"),
    "many at once": "\r\n".join(
        event(f"e{n}", "DTSTART:20261204T000000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") for n in range(500)
    ),
    "a long duration": event("a", "DTSTART;VALUE=DATE:20261109", "DURATION:P99999D"),
    "broken rule": event("a", "DTSTART;VALUE=DATE:20261204", "RRULE:FREQ=SOMETIMES"),
    "no begin": event("a", "SUMMARY:Zonder dag"),
    "a long name daily": event("a", "DTSTART;VALUE=DATE:20261109", "RRULE:FREQ=DAILY;COUNT=250", name="x" * 1_900_000),
    "a long key daily": event("x" * 1_900_000, "DTSTART;VALUE=DATE:20261109", "RRULE:FREQ=DAILY;COUNT=250"),
    "no text": event("a\0b", "DTSTART;VALUE=DATE:20261204", name="x\0y"),
    "ends before it begins": event("a", "DTSTART;VALUE=DATE:20261204", "DTEND;VALUE=DATE:20261101"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_hostile_calendar_is_refused_in_a_sentence_and_soon(bomb):
    try:
        rows = reader.read(calendar(BOMBS[bomb]))
    except Refused as refusal:
        assert str(refusal).endswith(".")
    else:
        assert len(rows) <= reader.MOST_DAYS
        assert "\0" not in "".join(row.uid + row.name for row in rows)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"naam;datum\nStudiedag;2026-12-04",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 400,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\n\xff\xfe\xfa\r\nEND:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\n" + b"x" * (reader.MOST_MB * 1024 * 1024),
    ],
)
def test_what_is_no_calendar_is_refused_in_a_sentence(content):
    with pytest.raises(Refused) as refusal:
        reader.read(SimpleUploadedFile("school.ics", content))
    assert str(refusal.value).endswith(".")


# From file to planner -----------------------------------------------------------------------------


def upload(browser, school, *events):
    return browser.post(reverse("organisations:import_study_days", args=[school.pk]), {"file": calendar(*events)})


def test_the_leader_looks_first_and_saves_what_stays_ticked(cast, signed_in):
    bram = signed_in(cast.bram)
    page = upload(bram, cast.regenboog, all_day("a", "20261204"), all_day("b", "20261211", name="Reisje groep 3"))
    assert page.status_code == 200 and "Reisje groep 3" in page.text
    assert not StudyDay.objects.exists()
    answer = bram.post(
        reverse("organisations:save_study_days", args=[cast.regenboog.pk]),
        {"packed": page.context["packed"], "take": ["0"]},
    )
    assert answer.status_code == 302
    day = StudyDay.objects.get()
    assert (day.school, day.first, day.name) == (cast.regenboog, date(2026, 12, 4), "Studiedag")
    assert day.added_by == cast.bram


def test_the_same_file_twice_changes_nothing_and_a_corrected_one_corrects(cast):
    for name, day in (("Studiedag", "20261204"), ("Studiedag", "20261204"), ("Studiedag rekenen", "20261207")):
        days = reader.read(calendar(all_day("a", day, name=name)))
        actions.save_study_days(cast.regenboog, by=cast.bram, days=days)
    assert [(row.first, row.name) for row in StudyDay.objects.all()] == [(date(2026, 12, 7), "Studiedag rekenen")]


def test_what_was_found_for_one_school_cannot_be_saved_at_another(cast, signed_in):
    ben = signed_in(cast.ben)
    packed = upload(ben, cast.regenboog, all_day("a", "20261204")).context["packed"]
    for school, text in ((cast.wissel, packed), (cast.regenboog, packed[:-3] + "xxx"), (cast.regenboog, "")):
        ben.post(reverse("organisations:save_study_days", args=[school.pk]), {"packed": text, "take": ["0"]})
    assert not StudyDay.objects.exists()


def test_a_refused_file_gives_the_form_back(cast, signed_in):
    answer = signed_in(cast.bram).post(
        reverse("organisations:import_study_days", args=[cast.regenboog.pk]),
        {"file": SimpleUploadedFile("foto.ics", b"\x89PNG")},
    )
    assert answer.status_code == 422
    assert "data-refused" in answer.text or 'class="error"' in answer.text


def by_hand(browser, school, **changes):
    data = {"name": "studiedag", "first": "2026-12-04", "last": ""} | changes
    return browser.post(reverse("organisations:study_days", args=[school.pk]), data)


def test_a_day_by_hand(cast, signed_in):
    assert by_hand(signed_in(cast.bram), cast.regenboog).status_code == 302
    day = StudyDay.objects.get()
    assert (day.first, day.last, day.uid) == (date(2026, 12, 4), date(2026, 12, 4), "")


@pytest.mark.parametrize(
    "changes",
    [
        {"first": "2026-11-01"},
        {"last": "2026-12-01"},
        {"last": "2027-12-01"},
        {"first": "2031-12-01"},
        {"first": "vrijdag"},
        {"first": ""},
        {"name": ""},
        {"name": "x" * 81},
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(cast, signed_in, changes):
    answer = by_hand(signed_in(cast.bram), cast.regenboog, **changes)
    assert answer.status_code == 422 and 'class="error"' in answer.text
    assert not StudyDay.objects.exists()


def test_the_same_day_twice_is_said(cast, signed_in):
    bram = signed_in(cast.bram)
    by_hand(bram, cast.regenboog)
    assert by_hand(bram, cast.regenboog).status_code == 422
    assert StudyDay.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "may"), [("bram", True), ("ben", True), ("paula", True), ("amina", False), ("dele", False), ("noor", False)]
)
def test_leader_planner_and_board_keep_the_days_and_everybody_sees_them(cast, signed_in, who, may):
    browser = signed_in(getattr(cast, who))
    page = browser.get(reverse("organisations:study_days", args=[cast.regenboog.pk]))
    assert page.status_code == 200 and bool(page.context["form"]) == may
    assert by_hand(browser, cast.regenboog).status_code == (302 if may else 403)
    assert browser.get(reverse("organisations:import_study_days", args=[cast.regenboog.pk])).status_code == (
        200 if may else 403
    )


def test_a_planner_of_one_school_keeps_no_days_of_another(cast, signed_in):
    role(cast.els, "planner", cast.regenboog)
    els = signed_in(cast.els)
    assert by_hand(els, cast.regenboog).status_code == 302
    assert by_hand(els, cast.wissel).status_code == 403
    other = StudyDay.objects.create(school=cast.wissel, first=date(2026, 12, 4), last=date(2026, 12, 4), name="x")
    assert els.post(reverse("organisations:remove_study_day", args=[other.pk])).status_code == 403


def test_taking_away_is_one_tap(cast, signed_in):
    bram = signed_in(cast.bram)
    by_hand(bram, cast.regenboog)
    address = reverse("organisations:remove_study_day", args=[StudyDay.objects.get().pk])
    assert bram.post(address).status_code == 302
    assert bram.post(address).status_code == 404
    assert not StudyDay.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_more_days_ask_no_more_of_the_database(cast, signed_in, count, django_assert_max_num_queries):
    for n in range(count):
        StudyDay.objects.create(
            school=cast.regenboog, first=date(2026, 12, 4 + n), last=date(2026, 12, 4 + n), name="studiedag"
        )
    bram, address = signed_in(cast.bram), reverse("organisations:study_days", args=[cast.regenboog.pk])
    bram.get(address)
    with django_assert_max_num_queries(7):
        assert bram.get(address).status_code == 200
