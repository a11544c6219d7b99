"""The programme: what is planned, what is released, who hears of it, and who is in the way of whom."""

import json
import re
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from activity.models import Delivery, Notification
from core.refusals import Refused
from events import ics, planning, releases, schedule
from events.actions import programme as deeds
from events.actions import releasing
from events.choices import ContributionState as C
from events.choices import State
from events.models import Event, Favourite, Release, Room, Seat, Session, Slot, Unavailable
from tests import cast as make
from tests.events import world
from tests.events.offers import a_big_programme, anew, offers, release, sits


@pytest.fixture
def event(cast):
    """With a programme that nobody knows yet."""
    return world.an_event(cast, State.CALL_CLOSED, programme=True)


@pytest.fixture
def known(cast, event):
    """The same, released once."""
    release(event, cast.noor)
    return anew(event)


def called(event, title):
    return Session.objects.select_related("slot", "room").get(event=event, title=title)


def warned(event):
    return {each.what: each.text for each in planning.warnings(event, planning.sessions_of(event))}


def told(person, kind="events.released"):
    return Notification.objects.filter(person=person, activity__kind=kind).count()


# Planning -----------------------------------------------------------------------------------------


def test_a_contribution_is_placed_and_stands_in_the_programme(cast, event, signed_in):
    row = offers(event, cast.amina, C.CONFIRMED, title="Rekenen met kralen", seats=12)
    room, slot = event.rooms.first(), event.slots.last()
    data = {"item": f"contribution-{row.pk}", "slot": slot.pk, "room": room.pk}
    assert signed_in(cast.noor).post(reverse("events:place", args=[event.pk]), data).status_code == 302
    session = called(event, "Rekenen met kralen")
    assert (session.slot, session.room, session.capacity, anew(row).state) == (slot, room, 12, C.SCHEDULED)
    with pytest.raises(Refused, match="al in het programma"):
        deeds.place(event, by=cast.noor, contribution=anew(row), slot=slot, room=room)


def test_the_planner_warns_of_all_that_cannot_be(cast, event):
    row = offers(event, cast.amina, C.SCHEDULED)
    session, other = called(event, "Breuken zien"), called(event, "Denkvragen")
    session.contribution, session.capacity = row, 25
    session.save()
    other.speakers.add(cast.amina)
    deeds.place(event, by=cast.noor, session=other, slot=session.slot, room=session.room)
    Unavailable.objects.create(event=event, person=cast.amina, slot=session.slot)
    found = warned(event)
    assert set(found) == {"room", "speaker", "absent", "small", "not_sure"}
    assert "Zaal 1 is om 14.00 dubbel bezet" in found["room"]
    assert "Amina Yildiz is om 14.00 op twee plekken" in found["speaker"]
    assert "20 stoelen" in found["small"]


def test_posters_share_a_room(cast, event):
    session = called(event, "Breuken zien")
    Session.objects.filter(event=event, slot=session.slot).update(kind="posters", room=session.room)
    assert "room" not in warned(event)


def test_a_room_with_sessions_goes_only_when_she_knows_that(cast, event, signed_in):
    room = Room.objects.get(event=event, name="Zaal 2")
    with pytest.raises(Refused, match="In deze zaal staat"):
        deeds.remove_room(room, by=cast.noor)
    page, address = signed_in(cast.noor), reverse("events:remove_room", args=[room.pk])
    assert "Denkvragen" in page.get(address).content.decode()
    page.post(address, {"agreed": "1"})
    session = called(event, "Denkvragen")
    assert session.room is None
    assert session.slot is not None  # it stays where it was, without a room


def test_a_slot_moved_under_registered_people_takes_their_places_along(cast, event):
    session = called(event, "Breuken zien")
    seat = sits(session, world.comes(event, cast.amina))
    deeds.edit_slot(session.slot, by=cast.noor, held_on=event.held_on, starts=time(14, 10), ends=time(15, 10))
    slot = anew(session.slot)
    assert (anew(seat).during.lower, anew(seat).during.upper) == (slot.starts_at, slot.ends_at)


def test_who_would_be_in_two_places_at_once_is_counted_first_and_hears_it_then(cast, event, signed_in):
    session, other = called(event, "Breuken zien"), called(event, "Soep en napraten")
    amina, tom = world.comes(event, cast.amina), world.comes(event, cast.tom)
    seat, hers = sits(session, amina), sits(session, tom)
    kept = sits(other, amina)
    page, address = signed_in(cast.noor), reverse("events:edit_slot", args=[session.slot_id])
    moved = {"held_on": event.held_on, "starts": "15:30", "ends": "16:30", "name": "", "agreed": ""}
    answer = page.post(address, moved)
    assert answer.status_code == 422
    assert "id_agreed" in answer.content.decode()
    assert anew(session.slot).starts == time(14, 0)
    assert page.post(address, moved | {"agreed": "on"}).status_code == 302
    assert [anew(row).state for row in (seat, hers, kept)] == ["left", "confirmed", "confirmed"]
    assert anew(session).taken == 1
    assert (told(cast.amina, "events.seat_lost"), told(cast.tom, "events.seat_lost")) == (1, 0)


def test_the_night_the_clocks_change_has_no_half_past_two(cast):
    event = world.an_event(
        cast, State.CALL_CLOSED, held_on=date(2027, 3, 28), last_on=date(2027, 3, 28), starts=time(0, 0)
    )
    with pytest.raises(Refused, match="bestaat niet"):
        deeds.add_slot(event, by=cast.noor, held_on=event.held_on, starts=time(2, 30), ends=time(4, 0))
    slot = anew(deeds.add_slot(event, by=cast.noor, held_on=event.held_on, starts=time(1, 30), ends=time(3, 30)))
    assert slot.ends_at - slot.starts_at == timedelta(hours=1)
    later = world.an_event(cast, State.CALL_CLOSED, held_on=date(2026, 10, 25), last_on=date(2026, 10, 25))
    with pytest.raises(Refused, match="twee keer"):
        deeds.add_slot(later, by=cast.noor, held_on=later.held_on, starts=time(2, 30), ends=time(4, 0))


def test_a_session_is_changed_on_its_page_and_what_is_wrong_is_given_back(cast, event, signed_in):
    session, page = called(event, "Breuken zien"), signed_in(cast.noor)
    address = reverse("events:edit_session", args=[session.pk])
    assert page.get(address).status_code == 200
    said = {
        "title": "Breuken horen",
        "kind": "workshop",
        "slot": session.slot_id,
        "room": session.room_id,
        "capacity": "12",
    }
    assert page.post(address, said | {"capacity": "veel"}).status_code == 422
    assert page.post(address, said).status_code == 302
    assert (anew(session).title, anew(session).capacity) == ("Breuken horen", 12)


def test_an_organiser_of_another_event_plans_nothing_here(cast, event, signed_in):
    world.an_event(cast, by=cast.fatima)
    page = signed_in(cast.fatima)
    assert page.get(reverse("events:planner", args=[event.pk])).status_code in (403, 404)
    with pytest.raises(Refused, match="Alleen wie dit organiseert"):
        deeds.add_room(event, by=cast.fatima, name="Mijn zaal")


# Releasing ----------------------------------------------------------------------------------------


def test_the_first_release_tells_who_brings_something_and_nobody_else(cast, event, commits):
    called(event, "Breuken zien").speakers.add(cast.amina)
    world.comes(event, cast.tom)
    with commits:
        release(event, cast.noor)
    assert (told(cast.amina), told(cast.tom)) == (1, 0)
    assert anew(event).released.number == 1


def test_a_next_release_tells_only_those_whom_it_concerns(cast, known, commits):
    session, other = called(known, "Breuken zien"), called(known, "Denkvragen")
    sits(session, world.comes(known, cast.amina))
    Favourite.objects.create(person=cast.tom, session=session)
    Favourite.objects.create(person=cast.els, session=other)
    deeds.place(known, by=cast.noor, session=session, slot=known.slots.last(), room=session.room)
    with commits:
        release(known, cast.noor)
    assert [told(person) for person in (cast.amina, cast.tom, cast.els)] == [1, 1, 0]
    letter = Delivery.objects.get(kind="events.released", person=cast.tom)
    found = told_lines(letter)
    assert found == [("Breuken zien", "is nu om 15.15, het was 14.00")]


def told_lines(letter):
    from events.notices.programme import news

    row = Release.objects.select_related("event").get(pk=letter.about_id)
    return [(line["title"], line["says"]) for line in news(row, letter.person, letter.facts)["lines"]]


def test_other_words_are_told_to_who_brings_it_alone(cast, known, commits):
    session = called(known, "Breuken zien")
    session.speakers.add(cast.amina)
    release(known, cast.noor)
    Notification.objects.all().delete()
    Favourite.objects.create(person=cast.tom, session=session)
    Session.objects.filter(pk=session.pk).update(summary="Anders gezegd.")
    with commits:
        release(known, cast.noor)
    assert (told(cast.amina), told(cast.tom)) == (1, 0)


def test_a_released_version_never_changes(cast, known):
    first = known.released
    was = json.dumps([first.content, first.html])
    deeds.edit_session(called(known, "Breuken zien"), by=cast.noor, title="Breuken horen")
    release(known, cast.noor)
    assert json.dumps([anew(first).content, anew(first).html]) == was
    assert Release.objects.count() == 2


def test_two_organisers_release_at_once_and_the_second_hears_who_was_first(cast, event):
    world.does(event, cast.ben)
    after, _before, _changes = releasing.draft(event)
    seen = releases.fingerprint(after)
    releasing.release(event, by=cast.noor, number=1, seen=seen)
    with pytest.raises(Refused, match="Noor Hofstra maakte net versie 1 bekend"):
        releasing.release(event, by=cast.ben, number=1, seen=seen)
    assert Release.objects.count() == 1


def test_what_changed_while_she_looked_is_not_released(cast, event, signed_in):
    page, address = signed_in(cast.noor), reverse("events:release", args=[event.pk])
    after, _before, _changes = releasing.draft(event)
    deeds.edit_session(called(event, "Breuken zien"), by=cast.noor, title="Breuken horen")
    answer = page.post(address, {"number": 1, "seen": releases.fingerprint(after), "says": "Nieuw!"})
    assert answer.status_code == 422
    assert "Nieuw!" in answer.content.decode()
    assert not Release.objects.exists()


def test_nothing_new_is_no_release(cast, known):
    with pytest.raises(Refused, match="niets sinds versie 1"):
        release(known, cast.noor)


def test_what_people_know_of_is_called_off_and_stays_to_be_seen(cast, known, signed_in, commits):
    session = called(known, "Denkvragen")
    seat = sits(session, world.comes(known, cast.amina))
    with pytest.raises(Refused, match="Mensen kennen"):
        deeds.place(known, by=cast.noor, session=session, slot=None, room=None)
    deeds.remove_session(session, by=cast.noor)
    with commits:
        release(known, cast.noor)
    assert (anew(seat).state, told(cast.amina)) == ("left", 1)
    page = signed_in(cast.tom).get(reverse("events:programme", args=[known.pk])).content.decode()
    assert "gaat niet door" in page
    unknown = deeds.add_session(known, by=cast.noor, title="Toch niet", kind="break", slot=None, room=None)
    assert deeds.remove_session(unknown, by=cast.noor) is None  # nobody heard of it, so it goes
    assert not Session.objects.filter(pk=unknown.pk).exists()


# Reading ------------------------------------------------------------------------------------------


def test_people_see_what_was_released_and_not_what_is_being_planned(cast, known, signed_in):
    session = called(known, "Breuken zien")
    Session.objects.filter(pk=session.pk).update(title="Nog geheim")
    page = signed_in(cast.amina)
    for address in (reverse("events:programme", args=[known.pk]), reverse("events:session", args=[session.pk])):
        seen = page.get(address).content.decode()
        assert "Breuken zien" in seen
        assert "geheim" not in seen


def test_she_filters_by_hour_kind_and_her_own_marks_without_a_script(cast, known, signed_in):
    page, address = signed_in(cast.amina), reverse("events:programme", args=[known.pk])
    session = called(known, "Breuken zien")
    page.post(reverse("events:favourite", args=[known.pk]), {"session": session.pk})
    both, mine = page.get(address).content.decode(), page.get(f"{address}?mine").content.decode()
    assert ("Breuken zien" in both, "Denkvragen" in both) == (True, True)
    assert ("Breuken zien" in mine, "Denkvragen" in mine) == (True, False)
    assert 'aria-pressed="true"' in mine
    late = page.get(f"{address}?slot={known.slots.last().pk}").content.decode()
    assert ("Soep en napraten" in late, "Denkvragen" in late) == (True, False)
    assert "Soep" not in page.get(f"{address}?kind=workshop").content.decode()
    page.post(reverse("events:favourite", args=[known.pk]), {"session": session.pk})
    assert not Favourite.objects.exists()


@pytest.mark.parametrize("asked", ["", "?kind=workshop", "?mine", "?slot=1"], ids=["all", "kind", "mine", "gone"])
def test_a_release_of_before_its_page_was_kept_reads_the_same(cast, known, signed_in, asked):
    page, address = signed_in(cast.amina), reverse("events:programme", args=[known.pk]) + asked
    page.post(reverse("events:favourite", args=[known.pk]), {"session": called(known, "Breuken zien").pk})

    def shown():
        text = page.get(address).content.decode()
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
        return text[text.index('<nav class="chips"') : text.index('id="programme-foot"')]

    before = shown()
    assert before.count("Breuken zien") == 2  # the title, and what its button says
    Release.objects.update(html={}, page={})
    now = shown()
    assert now == before


def test_a_programme_of_a_hundred_and_twenty_is_light_and_asks_little(cast, signed_in, django_assert_num_queries):
    event = world.an_event(cast, State.CALL_CLOSED)
    a_big_programme(event, 30)
    release(event, cast.noor)
    page, address = signed_in(cast.amina), reverse("events:programme", args=[event.pk])
    page.get(address)
    with django_assert_num_queries(QUERIES):
        page.get(address)
    slot = Slot.objects.filter(event=event).first()
    rows = [
        Session(event=event, slot=slot, title=f"Denkvragen bij rekenen in groep {n}", uid=f"x{n}") for n in range(90)
    ]
    Session.objects.bulk_create(rows)
    release(event, cast.noor)
    with django_assert_num_queries(QUERIES):
        answer = page.get(address)
    assert answer.content.count(b'<li id="s') == 120
    assert len(answer.content) < 60_000


QUERIES = 2


# Calendars and other programs -----------------------------------------------------------------------


def test_a_calendar_knows_a_session_by_its_uid_counts_what_changed_and_hears_that_it_is_off(cast, known):
    session = called(known, "Breuken zien")
    first = in_calendar(known)[session.uid]
    deeds.place(known, by=cast.noor, session=session, slot=known.slots.last(), room=session.room)
    release(known, cast.noor)
    second = in_calendar(anew(known))[session.uid]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second["dtstart"].dt > first["dtstart"].dt
    deeds.remove_session(anew(session), by=cast.noor)
    release(known, cast.noor)
    third = in_calendar(anew(known))[session.uid]
    assert (third["sequence"], third["status"]) == (2, "CANCELLED")
    assert in_calendar(anew(known))[called(known, "Welkom").uid]["sequence"] == 0


def in_calendar(event, **more):
    event = Event.objects.select_related("released").get(pk=event.pk)
    found = Calendar.from_ical(ics.programme(event, event.released, **more)).walk("VEVENT")
    return {str(each["uid"]).rpartition("@")[0]: each for each in found}


def test_her_own_calendar_has_what_she_goes_to_and_is_read_without_signing_in(cast, known, signed_in):
    sits(called(known, "Breuken zien"), world.comes(known, cast.amina))
    Favourite.objects.create(person=cast.amina, session=called(known, "Soep en napraten"))
    page = signed_in(cast.amina).get(reverse("events:my_calendar", args=[known.pk])).content.decode()
    address = page.partition('value="http')[2].partition('"')[0].partition("/events")[2]
    answer = signed_in().get(f"/events{address}")
    assert answer["Content-Type"].startswith("text/calendar")
    titles = {str(each["summary"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert titles == {"Innovatielab najaar", "Breuken zien", "Soep en napraten"}
    assert signed_in().get(f"/events{address[:-9]}x.ics").status_code == 410


def test_the_schedule_says_what_pretalx_would(cast, known, signed_in):
    answer = signed_in(cast.amina).get(reverse("events:schedule_json", args=[known.pk])).json()
    conference = answer["schedule"]["conference"]
    assert [room["name"] for room in conference["rooms"]] == ["Zaal 1", "Zaal 2"]
    day = conference["days"][0]
    talk = next(each for each in day["rooms"]["Zaal 2"] if each["title"] == "Denkvragen")
    assert (talk["start"], talk["duration"], talk["room"]) == ("14:00", "01:00", "Zaal 2")
    assert answer == schedule.export(known, known.released)


def test_a_programme_on_the_web_is_read_without_an_account(cast, signed_in):
    event = world.an_event(cast, State.CALL_CLOSED, scope="public", programme=True)
    release(event, cast.noor)
    stranger = signed_in()
    session = called(event, "Breuken zien")
    for name, row in (("programme", event), ("session", session), ("calendar", event), ("schedule_json", event)):
        assert stranger.get(reverse(f"events:{name}", args=[row.pk])).status_code == 200
    assert stranger.post(reverse("events:favourite", args=[event.pk]), {"session": session.pk}).status_code == 302
    assert not Favourite.objects.exists()


def test_a_member_of_another_network_finds_no_programme(cast, known, signed_in):
    stranger = signed_in(cast.dele)
    for name in ("programme", "calendar", "my_calendar", "schedule_json"):
        assert stranger.get(reverse(f"events:{name}", args=[known.pk])).status_code == 404


def test_a_place_is_never_worth_more_than_the_seats(cast, event):
    session = called(event, "Breuken zien")
    sits(session, world.comes(event, cast.amina))
    sits(session, world.comes(event, make.person("Rosa Maas")))
    with pytest.raises(Refused, match="hebben al een plek"):
        deeds.edit_session(anew(session), by=cast.noor, capacity=1)
    assert Seat.objects.count() == 2
