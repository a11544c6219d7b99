"""From the PLG letter to done in two taps, without signing in: on a phone and on a desktop."""

from datetime import timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from activity import digest, sending
from activity.journal import ask, record
from activity.models import Delivery, Notification
from communities.meetings import asking, polls, promises
from communities.meetings.models import ActionPoint, Answer, Poll, PollOption, Vote
from core.time import today
from tests import cast as people

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1320, "height": 900}}


@pytest.fixture
def letter(website, mailserver):
    """The HTML of Amina's PLG letter, as it arrived: three requests and one thing that is new."""
    cast = people.cast()
    meeting = people.meeting(cast.maths)
    point = ActionPoint.objects.create(
        community=cast.maths, person=cast.amina, by=cast.fatima, text="Vouw ¼ uit een strook", kind="try_out"
    )
    poll = Poll.objects.create(community=cast.maths, deadline=today() + timedelta(days=6), created_by=cast.fatima)
    for days in (20, 21):
        PollOption.objects.create(poll=poll, held_on=today() + timedelta(days=days), starts="15:30", ends="17:00")
    for kind, about in ((asking.KIND, meeting), (promises.KIND, point), (polls.KIND, poll)):
        ask(kind, about=about, url=about.get_absolute_url(), people=[cast.amina], community=cast.maths)
    record("communities.begun", by=cast.fatima, about=cast.maths, tell=[cast.amina], community=cast.maths)
    cast.amina.digest_next_at = now() - timedelta(minutes=1)
    cast.amina.save()
    digest.put_due()
    Delivery.objects.exclude(kind=digest.KIND).delete()
    sending.send_due()
    (message,) = mailserver.to(cast.amina.email)
    return message.get_body(("html",)).get_content().replace("http://testserver", website.url)


@pytest.fixture(params=SIZES)
def reader(request, browser: Browser):
    """Somebody who is signed in nowhere, with her mail open."""
    context = browser.new_context(viewport=SIZES[request.param], locale="nl-NL")
    yield context.new_page()
    context.close()


def tap(page: Page, letter, words):
    """Open the letter and tap one of its buttons."""
    page.set_content(letter)
    address = page.get_by_role("link", name=words, exact=True).get_attribute("href")
    page.goto(address)


def test_she_does_all_that_is_asked_from_her_mail(reader, letter):
    tap(reader, letter, "Ik kan niet")
    assert not Answer.objects.exists()
    reader.get_by_role("button", name="ik kan niet").click()
    expect(reader.locator(".notice[role=status]")).to_be_visible()
    assert Answer.objects.get().coming == "absent"

    tap(reader, letter, "Deels")
    reader.get_by_role("button", name="Deels").click()
    expect(reader.locator(".notice[role=status]")).to_be_visible()
    assert ActionPoint.objects.get().went == "partly"

    tap(reader, letter, "Geen van beide")
    expect(reader.get_by_role("radio", name="nee").first).to_be_checked()
    reader.locator(".form-foot .btn-primary").click()
    expect(reader.locator(".notice[role=status]")).to_be_visible()
    assert set(Vote.objects.values_list("fits", flat=True)) == {"no"}

    tap(reader, letter, "Markeer deze brief als gelezen")
    assert Notification.objects.unread().exists()
    reader.get_by_role("button", name="Markeer als gelezen").click()
    expect(reader.get_by_role("heading", name="Alles gelezen")).to_be_visible()
    assert not Notification.objects.unread().exists()


def test_she_stops_it_all_from_the_foot(reader, letter):
    tap(reader, letter, "Stop alle mail")
    reader.get_by_role("button", name="Stop alle mail").click()
    expect(reader.get_by_role("heading", name="Je krijgt geen mail meer")).to_be_visible()
    reader.get_by_role("button", name="wil deze mails").click()
    expect(reader.get_by_role("heading", name="Alle mail stoppen?")).to_be_visible()


def test_the_letter_fits_a_narrow_phone(browser: Browser, letter):
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.set_content(letter)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.locator(".b-main, .b-quiet, .b-paper, .b-ghost").evaluate_all(
        "all => all.filter(each => each.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
    page.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_the_letter(browser: Browser, letter, colours):
    page = browser.new_page(viewport=SIZES["phone"], color_scheme=colours)
    page.set_content(letter)
    page.evaluate(AXE_SCRIPT)
    assert [fault["id"] for fault in page.evaluate("axe.run()")["violations"]] == []
    page.close()
