"""Observing in a classroom without wifi: the network is really gone, the tab is closed, the browser is killed."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.timezone import now
from PIL import Image
from playwright.sync_api import expect

from lessonstudy.choices import State
from tests import cast as people
from tests.lessonstudy.world import a_cycle, open_discussion

pytestmark = pytest.mark.usefixtures("browser_name", "browser_type_launch_args")


@pytest.fixture
def cast(website):
    return people.cast()


@pytest.fixture
def lesson(cast):
    return a_cycle(cast, state=State.READY, days=0).lessons.get()


def kept(device):
    return device.page.locator("[data-name=kept-words]")


def facts(lesson):
    return [row.fact for row in lesson.observations.standing().in_order()]


def test_nothing_is_lost_in_a_classroom_without_wifi(cast, lesson, device):
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.open(lesson)
    phone.ready()
    phone.lose_network()

    # The lesson begins, the tab is closed and opened again, and the battery gives out.
    phone.page.reload(wait_until="domcontentloaded")
    phone.page.get_by_role("button", name="De les begint").click()
    expect(phone.page.locator("[data-name=time]")).to_have_text("00:01")
    phone.write("vouwt in vieren")
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.open(lesson)
    expect(phone.page.locator(".o-notes li")).to_have_count(1)
    phone.write("telt hardop", code="C", mark="Verwacht")
    phone.page.locator("[data-name=fact]").fill("half geschreven")
    phone.page.wait_for_timeout(500)  # what was typed in the last moment before the battery was empty, may go
    phone.kill()
    phone.start()
    phone.lose_network()
    phone.open(lesson)
    expect(phone.page.locator("[data-name=fact]")).to_have_value("half geschreven")
    expect(kept(phone)).to_have_text("Bewaard op dit apparaat · 2 nog te versturen")
    phone.page.get_by_role("button", name="Deels", exact=True).click()
    expect(kept(phone)).to_have_text("Bewaard op dit apparaat · 3 nog te versturen")
    assert not lesson.observations.exists()

    phone.find_network()
    expect(kept(phone)).to_have_text("Verzonden", timeout=30_000)
    assert facts(lesson) == ["vouwt in vieren", "telt hardop", "half geschreven"]
    lesson.refresh_from_db()
    assert now() - lesson.began_at < timedelta(minutes=5)
    assert {row.match for row in lesson.observations.all()} == {"other", "expected", "partly"}
    assert not phone.faults


def test_a_tap_before_the_page_is_awake_counts(cast, lesson, device):
    phone, held = device("tom"), []
    phone.sign_in(cast.tom)

    def hold(route):
        held.append(route)

    phone.page.route(re.compile(r"/observe-[0-9A-Z]{8}\.js"), hold)
    phone.open(lesson)
    phone.page.evaluate("document.body.dataset.same = ''")
    phone.page.get_by_role("button", name="De les begint").click()
    while not held:
        phone.page.wait_for_timeout(20)
    held[0].continue_()
    expect(phone.page.locator("[data-name=time]")).to_have_text(re.compile(r"00:0\d"))
    expect(phone.page.locator("body[data-same]")).to_be_attached()
    assert not phone.faults


def test_what_waits_is_also_sent_from_another_page(cast, lesson, device):
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.open(lesson)
    phone.ready()
    phone.lose_network()
    phone.write("meet met zijn vinger")
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.find_network()
    with phone.page.expect_response("**/send/") as answer:
        phone.page.goto(f"{phone.cable.url}/")
    assert answer.value.status == 200
    assert facts(lesson) == ["meet met zijn vinger"]


def test_a_clock_that_is_an_hour_wrong_does_no_harm(cast, lesson, device):
    """The device's clock is an hour behind, and set right while there is no network."""
    lesson.began_at = began = now() - timedelta(minutes=12)
    lesson.save()
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.context.add_init_script("const real = Date.now.bind(Date); Date.now = () => real() - 3_600_000;")
    phone.open(lesson)
    expect(phone.page.locator("[data-name=time]")).to_contain_text("12:")
    phone.write("zag dit")
    expect(kept(phone)).to_have_text("Verzonden")
    row = lesson.observations.get()
    assert 720 <= row.offset_s < 800
    assert abs(row.made_at - began - timedelta(seconds=row.offset_s)) < timedelta(seconds=2)


def test_two_observers_on_one_device_stay_apart(cast, lesson, device):
    tablet = device("tablet")
    tablet.sign_in(cast.tom)
    tablet.open(lesson)
    tablet.ready()
    tablet.lose_network()
    tablet.write("van Tom")

    # Fatima takes the tablet over: she finds nothing of his, and his note does not go as hers.
    tablet.page.goto("about:blank")
    tablet.context.clear_cookies()
    tablet.sign_in(cast.fatima)
    tablet.find_network()
    tablet.open(lesson)
    expect(tablet.page.locator("[data-name=notes-title]")).to_have_text("Hier komen jouw notities")
    tablet.write("van Fatima", code="A")
    expect(kept(tablet)).to_have_text("Verzonden")
    assert [(row.observer, row.fact) for row in lesson.observations.all()] == [(cast.fatima, "van Fatima")]
    caches = tablet.page.evaluate("caches.keys()")
    assert f"observe-page:{cast.fatima.pk}" in caches and f"observe-page:{cast.tom.pk}" not in caches

    # Tom signs in again: now it is sent, as his.
    tablet.page.goto("about:blank")
    tablet.context.clear_cookies()
    tablet.sign_in(cast.tom)
    tablet.open(lesson)
    expect(kept(tablet)).to_have_text("Verzonden")
    assert {(row.observer, row.fact) for row in lesson.observations.all()} == {
        (cast.fatima, "van Fatima"),
        (cast.tom, "van Tom"),
    }


def test_signing_out_warns_when_something_waits_and_leaves_no_page_behind(cast, lesson, device, website):
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.open(lesson)
    phone.ready()
    phone.write("nog niet weg")
    expect(kept(phone)).to_have_text("Verzonden")
    # The server takes nothing for a while: the note waits.
    phone.page.route("**/send/", lambda route: route.fulfill(status=503))
    phone.write("wacht nog")
    expect(kept(phone)).to_have_text("Bewaard op dit apparaat · 1 nog te versturen")
    phone.page.goto(f"{phone.cable.url}/")
    leave = "document.getElementById('sign-out').requestSubmit()"
    phone.page.evaluate(leave)
    dialog = phone.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Nog niet verzonden: 1.")
    dialog.get_by_role("button", name="Nee, terug").click()
    phone.page.evaluate(leave)
    phone.page.get_by_role("dialog").get_by_role("button", name="Uitloggen").click()
    expect(phone.page.locator("body[data-person]")).to_have_count(0)
    assert [name for name in phone.page.evaluate("caches.keys()") if "page" in name] == []
    assert facts(lesson) == ["nog niet weg"]
    phone.page.unroute("**/send/")
    phone.sign_in(cast.tom)
    with phone.page.expect_response("**/send/"):
        phone.page.goto(f"{phone.cable.url}/")
    assert facts(lesson) == ["nog niet weg", "wacht nog"]


def test_a_note_is_corrected_taken_back_and_put_back(cast, lesson, device):
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.open(lesson)
    phone.write("vouwt fier")
    phone.page.get_by_role("button", name="vouwt fier").click()
    expect(phone.page.get_by_text("Je verbetert je notitie")).to_be_visible()
    phone.write("vouwt vier", mark="Deels")
    phone.write("te veel", code="C")
    phone.page.locator(".o-notes li", has_text="te veel").get_by_role("button", name="Maak ongedaan").click()
    expect(kept(phone)).to_have_text("Verzonden")
    expect(phone.page.locator(".o-notes li[data-key]")).to_have_count(1)
    phone.page.get_by_role("button", name="Terugzetten").click()
    expect(phone.page.locator(".o-notes li[data-key]")).to_have_count(2)
    expect(kept(phone)).to_have_text("Verzonden")
    assert sorted(facts(lesson)) == ["te veel", "vouwt vier"]
    phone.page.locator(".o-notes li", has_text="te veel").get_by_role("button", name="Maak ongedaan").click()
    expect(kept(phone)).to_have_text("Verzonden")
    phone.page.wait_for_load_state("networkidle")
    assert facts(lesson) == ["vouwt vier"]


def test_a_photo_waits_on_the_device_and_follows_its_note(cast, lesson, device):
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.open(lesson)
    phone.ready()
    phone.lose_network()
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Toestel"
    Image.new("RGB", (2400, 1800), "#c9d6c2").save(file, "JPEG", exif=exif)
    photo = {"name": "werk.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}
    phone.page.locator("#o-photo").set_input_files(photo)
    phone.page.get_by_role("button", name="Ja, bewaren").click()
    expect(phone.page.locator("[data-name=photo-shown]")).to_be_visible()
    phone.page.get_by_role("button", name="Anders", exact=True).click()
    expect(phone.page.locator(".o-notes li img")).to_be_visible()
    phone.kill()
    phone.start()
    phone.open(lesson)
    phone.find_network()
    expect(kept(phone)).to_have_text("Verzonden", timeout=30_000)
    row = lesson.observations.get()
    with row.photo.open() as kept_file:
        picture = Image.open(kept_file)
        assert max(picture.size) == 1600 and dict(picture.getexif()) == {}


def test_who_comes_too_late_reads_why_and_loses_nothing(cast, lesson, device):
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.open(lesson)
    phone.ready()
    phone.lose_network()
    phone.write("kwam later")
    open_discussion(lesson)
    phone.find_network()
    expect(phone.page.get_by_text("Het nabespreken is begonnen")).to_be_visible(timeout=30_000)
    expect(kept(phone)).to_have_text("Verzonden")
    assert lesson.observations.get().is_late


def test_who_left_the_cycle_keeps_her_notes_and_reads_why(cast, lesson, device):
    phone = device("tom")
    phone.sign_in(cast.tom)
    phone.open(lesson)
    phone.ready()
    phone.lose_network()
    phone.write("van wie vertrok")
    lesson.cycle.members.filter(person=cast.tom).update(left_at=now())
    phone.find_network()
    told = phone.page.locator("#messages .notice")
    expect(told).to_contain_text("Je doet niet meer mee aan dit traject.", timeout=30_000)
    expect(phone.page.locator(".o-notes li", has_text="van wie vertrok")).to_be_visible()
    assert not lesson.observations.exists()
