"""A whole incident method in three browsers: who leads it in the room, a member on a phone, a member at home."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from communities.meetings import library
from communities.meetings.actions import protocols
from communities.meetings.choices import Coming, MinutesState
from communities.meetings.models import ActionPoint, Attendance, Meeting, Minutes, Protocol
from organisations.models import Hours
from tests import cast as people
from tests.screens import BOARD, DESKTOP, PHONE, seen

STEPS = [
    "Terugblik",
    "Casussen noemen",
    "Kiezen",
    "Informatievragen",
    "Analyse zonder inbrenger",
    "Adviesronde",
    "Evaluatie en vervolg",
]


@pytest.fixture
def meeting(transactional_db):
    """A meeting that began ten minutes ago, with the incident method on its agenda; and the next one."""
    cast = people.cast()
    library.load(Protocol.objects)
    today = localtime(now())
    begins = min(max(today - timedelta(minutes=10), today.replace(hour=0, minute=1)), today.replace(hour=22, minute=0))
    meeting = people.meeting(
        cast.maths,
        held_on=today.date(),
        starts=begins.time().replace(second=0, microsecond=0),
        ends=(begins + timedelta(minutes=90)).time().replace(second=0, microsecond=0),
        place="hybrid",
        link="https://video.example/rekenen",
    )
    people.meeting(cast.maths, held_on=today.date() + timedelta(days=42))
    for who, coming in ((cast.fatima, Coming.ROOM), (cast.amina, Coming.ROOM), (cast.tom, Coming.ONLINE)):
        meeting.answers.create(person=who, coming=coming)
    protocols.use_protocol(Protocol.objects.get(code="incident", community=None), meeting, by=cast.fatima)
    return meeting, cast


def at_step(page, number):
    expect(page.locator("#run-now-title, #board-title").first).to_have_text(STEPS[number - 1])


def write(page, kind, text):
    """Write a line under this heading; on a phone the buttons stand at the foot."""
    box = page.locator(f"#capture-{kind}")
    if box.count() and box.get_attribute("open") is None:
        box.locator("summary").click()
    form = page.locator(f"#write-{kind}")
    form.locator("textarea").fill(text)
    form.locator("button[type=submit]").click()


@pytest.mark.django_db(transaction=True)
def test_a_whole_incident_method(website, screen, meeting):
    meeting, cast = meeting
    fatima, amina, tom = screen(cast.fatima, DESKTOP), screen(cast.amina, PHONE), screen(cast.tom, PHONE)

    # She starts in one tap, in the room.
    fatima.goto(f"{website.url}/meetings/{meeting.pk}/")
    fatima.get_by_role("button", name="Start bijeenkomst").click()
    at_step(fatima, 1)
    run_address = fatima.url
    code = fatima.locator(".codeline b").inner_text()
    board = fatima.context.new_page()
    board.set_viewport_size(BOARD)
    board.goto(run_address + "board/")
    expect(board.locator("body")).to_contain_text(code)

    # Amina joins with the code on her phone, Tom from the page of the meeting, at home.
    amina.goto(f"{website.url}/meetings/join/")
    amina.get_by_label("Code").fill(code)
    amina.get_by_role("button", name="Meedoen").click()
    at_step(amina, 1)
    tom.goto(f"{website.url}/meetings/{meeting.pk}/")
    tom.get_by_role("link", name="Meedoen").first.click()
    tom.get_by_role("button", name="Ik doe online mee").click()
    expect(tom.get_by_role("link", name="Naar de anderen online")).to_be_visible()
    expect(fatima.locator("#run-people")).to_contain_text("online")

    # Who brings in the case will be silent later.
    fatima.locator("#run-roles summary").click()
    roles = fatima.locator("#run-roles")
    roles.get_by_label("Casusinbrenger").select_option(label=str(cast.tom))
    roles.get_by_role("button", name="Rollen bewaren").click()
    expect(fatima.locator("#run-people")).to_contain_text("casusinbrenger")

    # With a case nothing is written down, until she says so; then two write at the same time.
    expect(amina.locator("#run-note-state")).to_contain_text("staan notities uit")
    fatima.locator("#run-notes-on").click()
    expect(amina.locator("#run-note-state")).not_to_contain_text("staan notities uit")
    write(amina, "note", "De rustige inloop werkt in groep 4.")
    write(tom, "note", "In groep 8 duurde het te lang.")
    for page in (fatima, amina, tom):
        expect(page.locator("#run-notes")).to_contain_text("De rustige inloop werkt in groep 4.")
        expect(page.locator("#run-notes")).to_contain_text("In groep 8 duurde het te lang.")
    seen(fatima, "session/1-facilitator")

    # Step by step: the same on every screen, with the same clock.
    for number in range(2, 6):
        fatima.locator("#run-next").click()
        for page in (fatima, amina, tom, board):
            at_step(page, number)
    clocks = [page.evaluate("() => document.querySelector('run-page').offset") for page in (fatima, amina, tom, board)]
    assert max(clocks) - min(clocks) < 500
    expect(tom.locator("#run-now")).to_contain_text("Jij bent nu stil")
    expect(amina.locator("#run-now")).to_contain_text("Tom is nu stil")
    seen(tom, "session/2-silent-at-home")
    seen(board, "session/3-board")

    # A pause is a pause for everybody; a minute more, too.
    fatima.locator("#run-pause").click()
    expect(amina.locator("#run-now")).to_have_attribute("data-paused", re.compile(r"\d+"))
    fatima.locator("#run-pause").click()
    expect(amina.locator("#run-now")).not_to_have_attribute("data-paused", re.compile(r"\d+"))
    fatima.locator("#run-more").click()
    expect(amina.locator("#run-now")).to_have_attribute("data-total", "660")

    # Tom's network goes for a moment: he writes on, misses a step, and nothing is lost.
    tom.context.set_offline(True)
    write(tom, "parked", "Hoe nemen we de invallers mee hierin?")
    fatima.locator("#run-next").click()
    at_step(amina, 6)
    at_step(tom, 5)
    tom.context.set_offline(False)
    at_step(tom, 6)
    expect(fatima.locator("#run-parked")).to_contain_text("Hoe nemen we de invallers mee hierin?")

    # What matters is held on to; what is only for herself, nobody else sees.
    write(amina, "insight", "Eerst zeggen wat je ziet, dan pas vragen.")
    amina.locator("#run-own, [data-run-own]").first.locator("textarea").fill("Kort vragen hoe hij erbij zit.")
    expect(fatima.locator("#run-kept")).to_contain_text("Eerst zeggen wat je ziet, dan pas vragen.")
    fatima.locator("#run-next").click()
    at_step(amina, 7)
    write(fatima, "decision", "Vandaag nemen we de casus van Tom.")
    fatima.locator("#capture-agree summary").click()
    agree = fatima.locator("[data-run-agree]")
    agree.locator("[name$=text]").fill("Een stil begin na de pauze")
    agree.get_by_label(str(cast.amina)).check()
    agree.get_by_label("probeer in je klas").check()
    agree.get_by_role("button", name="Actiepunt bewaren").click()
    expect(amina.locator("#run-kept")).to_contain_text("Een stil begin na de pauze")
    expect(tom.locator("#run-kept")).to_contain_text("Vandaag nemen we de casus van Tom.")
    seen(amina, "session/4-member-on-a-phone")
    assert "Kort vragen" not in fatima.content()

    # Round off: attendance, hours, minutes, two questions.
    fatima.locator("a#run-next").click()
    fatima.get_by_role("button", name="Ja, afronden").click()
    expect(fatima.locator("h1")).to_be_visible()
    for page in (amina, tom):
        expect(page.get_by_text("Twee vragen bij de deur")).to_be_visible()

    # The big screen says so, too; and once it has been opened again, it asks one time and rests.
    expect(board.locator("#run-now")).to_contain_text("Deze bijeenkomst is afgerond.")
    asked = []
    board.on("request", lambda request: asked.append(request.url) if "/runs/" in request.url else None)
    board.reload()
    expect(board.locator("#run-now")).to_contain_text("Deze bijeenkomst is afgerond.")
    board.wait_for_timeout(2_000)
    assert [url.partition("/runs/")[2].partition("?")[0].partition("/")[2] for url in asked] == ["board/", "state/"]
    amina.get_by_label(re.compile("^5")).check()
    amina.get_by_role("button", name="Inleveren").click()
    expect(amina.get_by_text("Jouw antwoorden")).to_be_visible()
    seen(amina, "session/5-two-questions")
    there = dict(Attendance.objects.filter(meeting=meeting).values_list("person__name", "was_there"))
    assert {name for name, was_there in there.items() if was_there} == {
        str(cast.fatima),
        str(cast.amina),
        str(cast.tom),
    }
    assert Hours.objects.filter(person=cast.tom, source__startswith="meeting:").exists()
    assert ActionPoint.objects.filter(person=cast.amina, kind="try_out", meeting=meeting).exists()

    # The draft of the minutes holds what all wrote; she proposes it, and the others say yes.
    fatima.goto(f"{website.url}/meetings/{meeting.pk}/minutes/")
    for words in ("De rustige inloop werkt", "Eerst zeggen wat je ziet", "Vandaag nemen we de casus", "Een stil begin"):
        expect(fatima.locator("main")).to_contain_text(words)
    expect(fatima.locator("main")).not_to_contain_text("Kort vragen hoe hij")
    seen(fatima, "session/6-minutes")
    fatima.get_by_role("button", name="Leg voor aan de leden").click()
    expect(fatima.locator("main")).to_contain_text("1 van de 3")
    amina.goto(f"{website.url}/meetings/{meeting.pk}/minutes/")
    amina.get_by_role("button", name=re.compile("klopt", re.IGNORECASE)).click()
    expect(amina.locator("main")).to_contain_text("2 van de 3")  # two of three: whoever proposes it says yes, too
    assert Minutes.objects.get(meeting=meeting).state == MinutesState.APPROVED
    # And the next agenda opens with how it went.
    coming = Meeting.objects.filter(community=cast.maths).upcoming().last()
    assert coming.items.order_by("order").first().kind == "actions"
    complaints = [text for page in (fatima, amina, tom) for text in page.complaints if "ERR_INTERNET" not in text]
    assert complaints == []
