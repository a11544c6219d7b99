"""A conversation on a phone: a mention, a draft that is kept, an answer that appears while one types, what was read."""

import re

import pytest
from playwright.sync_api import Page, expect

from communities.discussions import actions
from communities.discussions.models import Draft, Post, ReadState
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 780}


@pytest.fixture
def talk(website, page: Page):
    """Amina began a conversation; Tom has it open on his phone. No word of the console is a complaint."""
    cast = people.cast()
    cast.topic = actions.open_topic(cast.maths, by=cast.amina, title="Breukenstroken", text="Wie gebruikt ze?")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size(PHONE)
    website.sign_in(page, cast.tom)
    page.goto(f"{website.url}{cast.topic.get_absolute_url()}")
    yield page, cast
    assert not [text for text in said if "Content Security Policy" in text]


def test_a_mention_is_chosen_by_keyboard_and_the_draft_is_kept(talk):
    page, _cast = talk
    text = page.locator("textarea[name=text]")
    text.click()
    page.keyboard.type("Dag @ami")
    expect(page.locator(".editor-people [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("echt")
    expect(text).to_have_value("Dag @Amina Yildiz **echt**")
    expect(page.locator(".editor-state")).not_to_be_empty()
    assert Draft.objects.get().text == "Dag @Amina Yildiz **echt**"
    page.locator("[data-look]").click()
    expect(page.locator(".editor-preview strong")).to_have_text("echt")
    page.reload()
    expect(text).to_have_value("Dag @Amina Yildiz **echt**")
    page.locator("#reply button[type=submit]:not([name])").click()
    expect(page).to_have_url(re.compile("#post-2$"))
    expect(text).to_have_value("")
    expect(page.locator("#post-2 .mention")).to_have_text("@Amina Yildiz")
    assert not Draft.objects.exists()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_new_posts_appear_and_leave_what_is_typed(talk):
    page, cast = talk
    text = page.locator("textarea[name=text]")
    text.click()
    page.keyboard.type("Half een zin")
    page.wait_for_timeout(1500)  # the stream listens
    actions.reply(cast.topic, by=cast.fatima, text="Ik ook hier")
    expect(page.get_by_text("Ik ook hier")).to_be_visible()
    expect(text).to_have_value("Half een zin")
    expect(text).to_be_focused()
    actions.reply(cast.topic, by=cast.fatima, text="En nog iets")
    expect(page.locator(".post")).to_have_count(3)


def test_what_came_into_view_is_read(talk):
    page, cast = talk
    with page.expect_response(re.compile("/read/$")):
        page.locator("#post-1").scroll_into_view_if_needed()
    assert ReadState.objects.get(person=cast.tom).last_read == 1


def test_a_reaction_and_an_answer_to_somebody(talk):
    page, _cast = talk
    page.locator("#post-1 a[href$='/react/']").click()
    page.locator("#post-1 button[value=helps]").click()
    expect(page.locator("#post-1 .post-deeds .tag")).to_contain_text("1")
    page.locator("#post-1 a[data-reply]").click()
    expect(page.locator(".answering")).to_contain_text("Amina")
    page.keyboard.type("Ik!")
    page.locator("#reply button[type=submit]:not([name])").click()
    expect(page).to_have_url(re.compile("#post-2$"))
    assert Post.objects.get(number=2).parent.number == 1


def test_what_others_do_with_a_post_appears_and_nothing_open_is_closed(talk):
    page, cast = talk
    text = page.locator("textarea[name=text]")
    text.click()
    page.keyboard.type("Half een zin")
    page.wait_for_timeout(1500)  # the stream listens
    first = cast.topic.posts.get()
    actions.react(first, by=cast.fatima, kind="helps")
    expect(page.locator("#post-1 .post-deeds .tag")).to_contain_text("1")
    page.locator("#post-1 a[href$='/more/']").click()
    expect(page.locator("#post-1 .more-deeds a").first).to_be_visible()
    actions.edit_post(first, by=cast.amina, text="Wie gebruikt ze **echt**?")
    page.wait_for_timeout(800)
    expect(page.locator("#post-1 .more-deeds a").first).to_be_visible()  # it waits until that is closed
    page.locator("#post-1 a[href$='/more/']").click()
    expect(page.locator("#post-1 .prose strong")).to_have_text("echt")
    expect(page.locator("#post-1 .more-deeds")).to_have_count(0)
    actions.remove(first, by=cast.fatima)
    expect(page.locator("#post-1 .hush")).to_be_visible()
    actions.restore(first, by=cast.fatima)
    expect(page.locator("#post-1 .prose")).to_be_visible()
    expect(text).to_have_value("Half een zin")


def test_a_topic_that_closes_under_her_hands_gives_the_text_back(talk):
    page, cast = talk
    page.locator("textarea[name=text]").click()
    page.keyboard.type("Een lap tekst")
    actions.close(cast.topic, by=cast.fatima)
    page.locator("#reply button[type=submit]:not([name])").click()
    expect(page.locator("textarea[readonly]")).to_have_value("Een lap tekst")
    actions.reopen(cast.topic, by=cast.fatima)
    page.goto(page.url.split("reply")[0])
    expect(page.locator("textarea[name=text]")).to_have_value("Een lap tekst")
