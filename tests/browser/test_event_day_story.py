"""The day itself, on Amina's phone: the programme without internet, a workshop, the door, a table, and talking on."""

import re
from datetime import time, timedelta
from io import BytesIO

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from activity.models import Notification
from events.actions import checking
from events.choices import SeatState, State
from events.models import CheckIn, Room, Seat, Session, Slot, Wish
from tests import cast as people
from tests.events import world
from tests.events.offers import release
from tests.screens import DESKTOP, PHONE, is_narrow, seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def day(transactional_db):
    """A lab of today and tomorrow: speed-dates today, workshops tomorrow; Amina and three others come."""
    cast = people.cast()
    event = world.an_event(cast, State.RUNNING, starts=time(0, 0))
    event.last_on += timedelta(days=1)
    event.save(update_fields=["last_on"])
    hall, room = (
        Room.objects.create(event=event, name=name, seats=30, order=n) for n, name in enumerate(("Aula", "Zaal 2"))
    )
    first = Slot.objects.create(
        event=event, held_on=event.held_on, starts=time(0, 0), ends=time(23, 59), name="Ontmoeten"
    )
    choice = Slot.objects.create(
        event=event, held_on=event.last_on, starts=time(10, 0), ends=time(11, 0), is_choice=True
    )
    rows = [
        ("speed_dates", "Speeddaten", first, hall), ("workshop", "Breuken zien", choice, hall),
        ("workshop", "Denkvragen", choice, room),
    ]  # fmt: skip
    for kind, title, slot, where in rows:
        Session.objects.create(
            event=event, kind=kind, title=title, slot=slot, room=where, uid=f"{title}@plg",
            capacity=12 if kind == "workshop" else None,
        )  # fmt: skip
    release(event, cast.noor)
    others = [people.person(name) for name in ("Rosa Maas", "Karim Haddad", "Dewi Bakker")]
    coming = [world.comes(event, person, interests=["maths"]) for person in (cast.amina, *others)]
    return cast, event, coming


def of_ours(page):
    """What the browser complained of, beside that there was no internet."""
    return [text for text in page.complaints if "net::ERR_" not in text]


def test_programme_in_the_pocket_then_a_workshop(website, screen, day):
    cast, event, coming = day
    amina = screen(cast.amina)
    amina.goto(f"{website.url}/events/{event.pk}/programme/")
    expect(amina.locator("#programme-foot")).to_contain_text("Werkt ook zonder internet")
    amina.get_by_role("button", name="Bewaar Denkvragen").click()
    expect(amina.get_by_role("button", name="Bewaar Denkvragen")).to_have_attribute("aria-pressed", "true")
    expect(amina.get_by_role("link", name="Denkvragen")).to_be_visible()
    amina.reload()  # the copy on the phone is of now, with her mark
    expect(amina.locator("#programme-foot")).to_contain_text("Werkt ook zonder internet")

    # In the cellar of the building there is no internet.
    amina.context.set_offline(True)
    amina.reload()
    expect(amina.get_by_role("link", name="Denkvragen")).to_be_visible()
    amina.locator(".programme-filter a[data-mine]").click()
    expect(amina.get_by_role("link", name="Breuken zien")).to_be_hidden()
    expect(amina.get_by_role("link", name="Denkvragen")).to_be_visible()
    expect(amina.locator(".programme-day:visible")).to_have_count(1)
    seen(amina, "lab/programme-offline")
    assert is_narrow(amina)
    amina.context.set_offline(False)

    # First come: a place, and it stands in her day.
    amina.goto(f"{website.url}/events/{event.pk}/choose/")
    amina.get_by_role("button", name="Neem een plek Denkvragen").click()
    expect(amina.get_by_text("jouw plek")).to_be_visible()
    seat = Seat.objects.get()
    expect(amina.locator("main")).not_to_contain_text("hoef je geen workshops te kiezen")
    assert (seat.registration, seat.session.title, seat.state) == (coming[0], "Denkvragen", SeatState.CONFIRMED)
    seen(amina, "lab/choose-phone")
    amina.goto(f"{website.url}/events/{event.pk}/now/")
    expect(amina.locator(".day-line")).to_contain_text("Denkvragen")
    seen(amina, "lab/now-before")
    assert is_narrow(amina) and of_ours(amina) == []


def test_the_door_by_code_and_without_internet(website, screen, day):
    cast, event, coming = day
    amina, noor = screen(cast.amina), screen(cast.noor)
    amina.goto(f"{website.url}/events/{event.pk}/now/")
    amina.get_by_role("link", name="Mijn code").click()
    code = amina.locator(".day-short strong").inner_text()
    assert code == checking.short_code(coming[0])
    seen(amina, "lab/code")

    noor.goto(f"{website.url}/events/{event.pk}/check-in/")
    noor.get_by_label("Naam of code").fill(code)
    noor.get_by_label("Naam of code").press("Enter")
    expect(noor.locator(".door-said")).to_contain_text("Amina Yildiz is binnen.")
    expect(noor.locator("[data-door-count]")).to_have_text("1")

    # Without internet it goes on, and what waited is sent once.
    noor.context.set_offline(True)
    noor.get_by_role("button", name=re.compile("Binnen.*Rosa Maas")).click()
    expect(noor.locator("[data-waiting]")).to_have_text("1 nog niet verstuurd")
    seen(noor, "lab/door-offline")
    assert CheckIn.objects.count() == 1
    noor.context.set_offline(False)
    expect(noor.locator("[data-waiting]")).to_be_hidden()
    assert sorted(CheckIn.objects.values_list("registration", flat=True)) == sorted([coming[0].pk, coming[1].pk])
    assert checking.counts(event) == (2, 4)
    assert is_narrow(noor) and of_ours(noor) == []


@pytest.fixture
def camera(browser_type, browser_type_launch_args, tmp_path):
    """A browser whose camera looks at a text as a QR, a little askew."""
    opened = []

    def look_at(text):
        code = BytesIO()
        segno.make(text, error="m", micro=False).save(code, kind="png", scale=8, border=4)
        frame = Image.new("RGB", (640, 480), "gray")
        frame.paste(Image.open(code).convert("RGB").rotate(4, expand=True, fillcolor="gray"), (120, 40))
        film = tmp_path / "camera.mjpeg"
        frame.save(film, format="JPEG")
        film.write_bytes(film.read_bytes() * 10)
        more = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        args = [*browser_type_launch_args["args"], *more, f"--use-file-for-fake-video-capture={film}"]
        opened.append(browser_type.launch(**{**browser_type_launch_args, "args": args}))
        return opened[-1].new_page(viewport=PHONE, locale="nl-NL")

    yield look_at
    for each in opened:
        each.close()


def test_the_door_by_camera_in_a_browser_that_reads_no_codes_itself(website, camera, day):
    cast, event, coming = day
    noor = camera(checking.code_of(coming[1]))
    website.sign_in(noor, cast.noor)
    noor.goto(f"{website.url}/events/{event.pk}/check-in/")
    assert noor.evaluate("!('BarcodeDetector' in window)")
    noor.get_by_role("button", name="Scan een code").click()
    expect(noor.locator(".door-said")).to_contain_text("Rosa Maas is binnen.")
    expect(noor.locator("[data-door-count]")).to_have_text("1")
    seen(noor, "lab/door-camera")
    noor.get_by_role("button", name="Scan een code").click()
    expect(noor.locator("video")).to_be_hidden()
    assert is_narrow(noor)


def test_speed_dates_and_both_want_to_talk_on(website, screen, day):
    cast, event, coming = day
    session = Session.objects.get(kind="speed_dates")
    noor = screen(cast.noor, DESKTOP)
    phones = {row.pk: screen(row.person) for row in coming}
    amina = phones[coming[0].pk]
    amina.goto(f"{website.url}/events/{event.pk}/now/")

    noor.goto(f"{website.url}/events/sessions/{session.pk}/dates/")
    noor.locator("#id_rounds").fill("2")
    noor.get_by_role("button", name="Maak het plan").click()
    expect(noor.get_by_role("heading", name="Het plan is klaar")).to_be_visible()
    noor.get_by_role("button", name="Begin de eerste ronde").click()
    noor.locator("dialog[open]").get_by_role("button", name="Begin de eerste ronde").click()
    expect(noor.get_by_role("heading", name="Ronde 1 van 2")).to_be_visible()

    # The phone that lay open shows it by itself; the other one sits at the same table.
    expect(amina.locator(".day-number")).to_be_visible()
    seat = session.dates.all_rounds.get(number=1).seats.get(registration=coming[0])
    other = seat.round.seats.exclude(pk=seat.pk).get(table=seat.table).registration
    expect(amina.locator(".day-turn")).to_contain_text(f"met {other.called}")
    seen(amina, "lab/now")
    theirs = phones[other.pk]
    theirs.goto(f"{website.url}/events/{event.pk}/now/")
    amina.get_by_role("button", name="Verder praten").click()
    expect(amina.get_by_role("button", name="Verder praten")).to_have_attribute("aria-pressed", "true")
    assert not Notification.objects.filter(activity__kind="events.talk_on").exists()  # one alone is told to nobody
    theirs.get_by_role("button", name="Verder praten").click()
    expect(theirs.get_by_role("button", name="Verder praten")).to_have_attribute("aria-pressed", "true")
    assert Wish.objects.count() == 2
    told = Notification.objects.filter(activity__kind="events.talk_on").values_list("person", flat=True)
    assert set(told) == {cast.amina.pk, other.person_id}

    noor.goto(f"{website.url}/events/sessions/{session.pk}/screen/")
    expect(noor.locator(".wall-clock")).to_be_visible()
    seen(noor, "lab/wall")
    pages = [noor, amina, theirs]
    assert is_narrow(amina) and [page.complaints for page in pages] == [[], [], []]
