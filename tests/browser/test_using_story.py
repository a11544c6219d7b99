"""Tom uses a lesson from his phone: saves it, takes it to his PLG, tells how it went; and asks the network."""

import pytest
from playwright.sync_api import expect

from communities.meetings.models import AgendaItem
from knowledgehub.models import DayCount, Experience, Saved
from knowledgehub.questions import actions
from tests import cast as people
from tests.screens import is_narrow, seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lesson_is_used_from_a_phone(website, screen):
    cast = people.cast()
    lesson = people.resource(cast.amina, title="Breuken vouwen")
    meeting = people.meeting(cast.maths)
    tom = screen(cast.tom)
    tom.goto(f"{website.url}{lesson.get_absolute_url()}")

    tom.get_by_role("button", name="Bewaren").click()
    expect(tom.get_by_role("button", name="Bewaard")).to_have_attribute("aria-pressed", "true")
    assert Saved.objects.get().person == cast.tom

    tom.get_by_label("Waar hebben jullie het erover?").select_option(f"meeting-{meeting.pk}")
    tom.get_by_role("button", name="Gebruik in mijn PLG").click()
    expect(tom.get_by_text("Je hebt het voorgesteld.")).to_be_visible()
    assert lesson.get_absolute_url() in AgendaItem.objects.get(title=lesson.title).instruction

    tom.goto(f"{website.url}{lesson.get_absolute_url()}")
    tom.get_by_role("link", name="Zo ging het bij mij").click()
    expect(tom.get_by_label("Wat veranderde je?")).to_be_hidden()
    tom.get_by_label("doet het weer").check()
    tom.get_by_label("21–25").check()
    tom.get_by_label("Ik veranderde iets").check()
    tom.get_by_label("Wat veranderde je?").fill("Eerst samen één strook gevouwen.")
    seen(tom, "using/tell")
    assert is_narrow(tom)
    tom.get_by_role("button", name="Bewaren").click()
    expect(tom.get_by_role("heading", name="Zo ging het bij 1 collega")).to_be_visible()
    expect(tom.get_by_text("Eerst samen één strook gevouwen.")).to_be_visible()
    seen(tom, "using/told")
    assert is_narrow(tom) and Experience.objects.get().is_adapted
    tom.wait_for_timeout(2600)  # the page says by itself that it is being read
    assert DayCount.objects.get().views >= 1
    assert tom.complaints == []


def test_all_of_it_works_without_script(website, screen):
    cast = people.cast()
    lesson = people.resource(cast.amina, title="Breuken vouwen")
    tom = screen(cast.tom, java_script_enabled=False)
    tom.goto(f"{website.url}{lesson.get_absolute_url()}")
    tom.get_by_role("button", name="Bewaren").click()
    expect(tom.get_by_role("button", name="Bewaard")).to_be_visible()
    tom.get_by_role("link", name="Zo ging het bij mij").click()
    tom.get_by_label("twijfelt nog").check()
    tom.get_by_role("button", name="Bewaren").click()
    expect(tom.get_by_role("heading", name="Zo ging het bij 1 collega")).to_be_visible()


def test_while_she_types_she_reads_what_was_asked_already(website, screen):
    cast = people.cast()
    actions.ask(by=cast.els, network=cast.network, title="Hoe begin je met breuken?", text="Zonder werkblad.")
    tom = screen(cast.tom)
    tom.goto(f"{website.url}/hub/questions/ask/")
    tom.get_by_label("Je vraag in één regel").press_sequentially("Met breuken beginnen", delay=20)
    expect(tom.get_by_role("link", name="Hoe begin je met breuken?")).to_be_visible()
    seen(tom, "using/asked-already")
    tom.get_by_role("link", name="Hoe begin je met breuken?").click()
    tom.get_by_label("Je tekst").fill("Laat ze eerst **vouwen**.")
    tom.get_by_role("button", name="Antwoorden", exact=True).click()
    expect(tom.locator("strong", has_text="vouwen")).to_be_visible()
    assert is_narrow(tom) and tom.complaints == []
