"""The main job on a phone: plan, answer, see it live, answer from the mail, write down who was there."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from activity import sending
from communities.meetings.models import Answer, Attendance, Meeting
from core.time import today
from tests import cast as people

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def somebody(website, browser):
    """A phone of its own for this person, signed in; for nobody where none is given."""
    open_ones = []

    def open_phone(user=None, **options):
        context = browser.new_context(viewport=PHONE, locale="nl-NL", **options)
        open_ones.append(context)
        if user:
            client = Client()
            client.force_login(user, backend="people.backends.PersonBackend")
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": website.url}])
        page = context.new_page()
        page.goto(website.url + "/")
        return page

    yield open_phone
    for context in open_ones:
        context.close()


def test_plan_answer_and_attend(website, mailserver, somebody):
    cast = people.cast()
    fatima = somebody(cast.fatima)

    # Fatima plans: first what she wishes, then the dates to look at.
    fatima.goto(website.url + reverse("meetings:plan", args=[cast.maths.pk]))
    fatima.locator("[name=count]").fill("3")
    fatima.locator("[name=cadence_weeks]").fill("1")  # so that they fit, whatever day it is
    fatima.locator("[name=first]").fill((today() + timedelta(days=10)).isoformat())
    fatima.locator("form[method=get] button[type=submit]").click()
    expect(fatima.locator("[name$=held_on]")).to_have_count(3)
    assert not Meeting.objects.exists()
    fatima.locator("form[method=post] button.btn-primary").click()
    expect(fatima).to_have_url(website.url + reverse("meetings:index", args=[cast.maths.pk]))
    meeting = Meeting.objects.upcoming().first()
    assert Meeting.objects.count() == 3

    # Fatima has the page of the first one open while Amina answers on hers.
    fatima.goto(website.url + meeting.get_absolute_url())
    amina = somebody(cast.amina)
    amina.goto(website.url + cast.maths.get_absolute_url())
    card = amina.locator(f"#meeting-{meeting.pk}")
    card.locator("button[value=room]").click()
    expect(card.locator("button[value=room]")).to_have_attribute("aria-pressed", "true")
    expect(fatima.locator("#people")).to_contain_text("Amina Yildiz")
    assert Answer.objects.get().coming == "room"

    # Tom answers from the letter, signed in nowhere.
    sending.send_due()
    Meeting.objects.filter(pk=meeting.pk).update(held_on=today(), starts="00:01", ends="23:59")
    link = signed_link(website, cast.tom, meeting)
    tom = somebody()
    tom.goto(link)
    assert Answer.objects.count() == 1
    tom.locator("[name=reason]").fill("ouderavond")
    tom.locator("button[value=absent]").click()
    expect(tom.get_by_role("status").first).to_be_visible()
    assert Answer.objects.get(person=cast.tom).reason == "ouderavond"

    # It has begun: who said yes, is there, in one tap; a correction in another.
    fatima.goto(website.url + reverse("meetings:attendance", args=[meeting.pk]))
    fatima.locator("#roll .touch button").click()
    expect(fatima.locator("#roll [aria-pressed=true]")).to_have_count(2)
    fatima.locator("#roll li", has_text="Fatima").locator("button[value='1']").click()
    expect(fatima.locator("#roll [aria-pressed=true]")).to_have_count(3)
    were = set(Attendance.objects.filter(was_there=True).values_list("person__name", flat=True))
    assert were == {"Amina Yildiz", "Fatima Aydin"}


def signed_link(website, person, meeting):
    """As the reminder carries it."""
    from core import links

    token = links.sign("meetings.answer", meeting=meeting.pk, coming="absent", person=person.pk)
    return website.url + reverse("meetings:answer_by_mail", args=[token])


def test_without_script_all_of_it_works(website, somebody):
    cast = people.cast()
    meeting = people.meeting(cast.maths)
    amina = somebody(cast.amina, java_script_enabled=False)
    amina.goto(website.url + meeting.get_absolute_url())
    amina.locator("button[value=absent]").click()
    expect(amina).to_have_url(website.url + meeting.get_absolute_url())
    amina.locator("[name=reason]").fill("zwemles")
    amina.locator(".touch--form button[type=submit]").first.click()
    expect(amina.locator("[name=reason]")).to_have_value("zwemles")
    assert Answer.objects.get().reason == "zwemles"


def test_the_month_can_be_turned(website, somebody):
    cast = people.cast()
    people.meeting(cast.maths, held_on=date(2027, 1, 14))
    amina = somebody(cast.amina)
    amina.goto(website.url + reverse("meetings:agenda") + "?month=2026-12")
    amina.locator("#month nav a").last.click()
    expect(amina).to_have_url(re.compile("month=2027-01"))
    expect(amina.locator("#month td a")).to_have_count(1)
