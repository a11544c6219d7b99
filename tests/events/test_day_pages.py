"""The pages of choosing and of the day, as people use them."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from events.actions import checking, choosing, dates
from events.choices import Part
from events.models import CheckIn, Preference, Seat, Session, Wish
from tests.events import world


@pytest.fixture
def lab(cast):
    """An afternoon on which Amina comes, with two workshops and speed-dates."""
    event = world.an_event(cast, "running", programme="release", choice_until=now() + timedelta(hours=1))
    first, second = event.sessions.filter(kind="workshop").order_by("pk")
    table = Session.objects.create(
        event=event, slot=event.slots.last(), kind="speed_dates", title="Speeddaten", uid="dates@plg"
    )
    mine = world.comes(event, cast.amina, interests=["maths"])
    others = [world.comes(event, interests=["maths"]) for _each in range(3)]
    return type(
        "Lab", (), {"event": event, "first": first, "second": second, "table": table, "mine": mine, "others": others}
    )


def go(client, name, pk, **form):
    address = reverse(f"events:{name}", args=[pk])
    return client.post(address, form) if form else client.get(address)


def test_wishes_are_kept_and_the_same_one_twice_is_told_with_all_she_chose(cast, lab, signed_in):
    client, slot = signed_in(cast.amina), lab.first.slot_id
    assert "Breuken zien" in go(client, "choose", lab.event.pk).text
    wrong = {f"slot_{slot}": lab.first.pk, f"slot_{slot}_2": lab.first.pk}
    answer = go(client, "choose", lab.event.pk, **wrong)
    assert answer.status_code == 422
    assert f'<option value="{lab.first.pk}" selected' in answer.text
    assert go(client, "choose", lab.event.pk, **(wrong | {f"slot_{slot}_2": lab.second.pk})).status_code == 302
    assert list(Preference.objects.values_list("session", "rank")) == [(lab.first.pk, 1), (lab.second.pk, 2)]


def test_the_organiser_divides_looks_and_publishes_and_she_reads_why(cast, lab, signed_in):
    choosing.wish(lab.mine, by=cast.amina, wishes={lab.first.slot_id: [lab.first]})
    lab.event.choice_until = now() - timedelta(minutes=1)
    lab.event.save()
    noor = signed_in(cast.noor)
    assert go(noor, "allocate", lab.event.pk, do="divide").status_code == 302
    assert go(noor, "allocate", lab.event.pk).status_code == 200
    assert not Seat.objects.exists()
    go(noor, "allocate", lab.event.pk, do="publish")
    seat = Seat.objects.get()
    page = go(signed_in(cast.amina), "choose", lab.event.pk).text
    assert seat.why in page
    assert go(signed_in(cast.amina), "allocate", lab.event.pk).status_code == 403


def test_now_shows_table_and_companion_and_both_talk_on(cast, lab, signed_in):
    row = dates.set_up(lab.table, by=cast.noor, rounds=2, minutes=6)
    dates.plan(row, by=cast.noor)
    dates.start(row, by=cast.noor)
    client = signed_in(cast.amina)
    page = go(client, "now", lab.event.pk)
    assert page.status_code == 200
    assert "day-number" in page.text
    round_ = row.all_rounds.first()
    seat = round_.seats.get(registration=lab.mine)
    other = round_.seats.filter(table=seat.table).exclude(pk=seat.pk).get().registration
    assert other.called in page.text
    assert go(client, "say", round_.pk, other=other.pk, do="talk").status_code == 302
    assert Wish.objects.get().other == other
    go(client, "say", round_.pk, other=other.pk, do="absent")
    assert not row.all_rounds.last().seats.filter(registration=other).exists()
    assert "wall-clock" in go(signed_in(cast.noor), "screen", lab.table.pk).text


def test_speed_dates_are_planned_from_one_page(cast, lab, signed_in):
    client = signed_in(cast.noor)
    form = {"size": 2, "rounds": 9, "minutes": 6, "break_s": 30}
    assert go(client, "dates", lab.table.pk, **form).status_code == 422
    assert go(client, "dates", lab.table.pk, **(form | {"rounds": 3})).status_code == 302
    for do in ("start", "shift", "anew", "stop"):
        assert go(client, "step_dates", lab.table.pk, do=do).status_code == 302
    assert go(client, "dates", lab.table.pk).status_code == 200


def test_the_door_takes_each_tap_once_from_whatever_device(cast, lab, signed_in):
    helper = world.does(lab.event, cast.gijs, Part.CREW).person
    client = signed_in(helper)
    assert lab.mine.called in go(client, "check_in", lab.event.pk).text
    rows = [{"key": str(uuid4()), "code": checking.code_of(lab.mine), "direction": "in", "ago": 40}]
    address = reverse("events:send_check_ins", args=[lab.event.pk])
    for _time in range(2):
        told = client.post(address, json.dumps({"device": "a", "rows": rows}), content_type="application/json").json()
    assert told["here"] == [lab.mine.pk]
    assert CheckIn.objects.count() == 1
    assert client.post(address, "nonsense", content_type="application/json").status_code == 422
    assert signed_in(cast.amina).post(address, "{}", content_type="application/json").status_code == 403


def test_my_code_badges_and_announcements(cast, lab, signed_in):
    page = go(signed_in(cast.amina), "code", lab.event.pk).text
    assert "<svg" in page
    assert checking.short_code(lab.mine) in page
    noor = signed_in(cast.noor)
    badges = go(noor, "badges", lab.event.pk)
    assert badges.content.startswith(b"%PDF")
    assert go(noor, "announce", lab.event.pk, text="").status_code == 422
    assert go(noor, "announce", lab.event.pk, text="De soep is klaar").status_code == 302
    assert "De soep is klaar" in go(signed_in(cast.amina), "now", lab.event.pk).text


def test_whom_she_avoids_stays_secret(cast, lab, signed_in):
    client = signed_in(cast.amina)
    known = go(client, "my_dates", lab.table.pk, do="avoid", address=lab.others[0].person.email)
    unknown = go(client, "my_dates", lab.table.pk, do="avoid", address="nobody@example.com")
    assert known.status_code == unknown.status_code == 302
    assert lab.mine.blocks.count() == 1
    assert lab.others[0].person.email not in go(client, "my_dates", lab.table.pk).text
