"""Two browsers on one plan: what one types stands with the other, also after a minute without a network."""

import pytest
from playwright.sync_api import expect

from lessonstudy import plans

PHONE, WIDE = {"width": 390, "height": 844}, {"width": 1320, "height": 900}


@pytest.fixture
def pages(website, design, browser):
    """Amina on her phone and Tom on a laptop, both with the plan open and heard by the stream."""
    opened = []
    for person, size in ((design.amina, PHONE), (design.tom, WIDE)):
        context = browser.new_context(viewport=size, locale="nl-NL")
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said, page=page: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error, page=page: page.complaints.append(str(error)))
        website.sign_in(page, person)
        page.goto(f"{website.url}/lessonstudy/{design.cycle.pk}/plan/1/")
        expect(page.locator("plan-page.is-live")).to_be_visible()
        opened.append(page)
    yield opened
    for page in opened:
        expected = ("ERR_INTERNET_DISCONNECTED", "409")  # no network, and a plan that takes nothing more
        assert [each for each in page.complaints if not any(word in each for word in expected)] == []
        page.context.close()


def field(page, stage, name):
    return page.locator(f'[data-text="{stage.uid}/{name}"]')


def test_what_one_types_stands_with_the_other(pages, design):
    amina, tom = pages
    does = field(amina, design.first, "teacher_does")
    does.focus()
    does.press("End")
    does.type(" Ook met papier.")
    expect(field(tom, design.first, "teacher_does")).to_have_value(f"{design.first.teacher_does} Ook met papier.")
    expect(tom.locator("[data-here]")).to_contain_text("Amina Yildiz")
    expect(tom.locator(f'[data-who="{design.first.uid}/teacher_does"]')).to_contain_text("Amina Yildiz")
    title = field(tom, design.first, "title")
    title.fill("Eerlijk delen <b>samen</b>")
    expect(field(amina, design.first, "title")).to_have_value("Eerlijk delen <b>samen</b>")
    expect(amina.locator("[data-saved]")).to_be_visible()


def test_the_cursor_stays_where_it_is_while_another_types_before_it(pages, design):
    amina, tom = pages
    mine = field(amina, design.first, "materials")
    mine.fill("Stroken 😀 en lijm")
    expect(field(tom, design.first, "materials")).to_have_value("Stroken 😀 en lijm")
    mine.evaluate("field => field.setSelectionRange(8, 10)")
    other = field(tom, design.first, "materials")
    other.focus()
    other.evaluate("field => field.setSelectionRange(0, 0)")
    other.type("Rode ")
    expect(mine).to_have_value("Rode Stroken 😀 en lijm")
    assert mine.evaluate("field => [field.selectionStart, field.selectionEnd]") == [13, 15]


def test_parts_are_added_moved_taken_away_and_put_back(pages, design):
    amina, tom = pages
    tom.get_by_role("button", name="Nog een deel").click()
    tom.keyboard.type("Afsluiten")
    expect(amina.locator(".plan-stage:visible")).to_have_count(4)
    expect(amina.locator('.plan-stage:visible [name="title"]').last).to_have_value("Afsluiten")
    amina.locator(".plan-stage:visible").last.get_by_role("button", name="Omhoog").click()
    expect(tom.locator('.plan-stage:visible [name="title"]').nth(2)).to_have_value("Afsluiten")
    tom.locator(".plan-stage:visible").nth(2).get_by_role("button", name="Weghalen").first.click()
    expect(amina.locator(".plan-stage:visible")).to_have_count(3)
    amina.locator("[data-gone] summary").click()
    amina.get_by_role("button", name="Terugzetten").click()
    expect(tom.locator('.plan-stage:visible [name="title"]').nth(2)).to_have_value("Afsluiten")


def test_a_minute_without_network_and_a_closed_tab_lose_nothing(pages, design, website):
    amina, tom = pages
    amina.context.set_offline(True)
    text = field(amina, design.first, "look_for")
    text.focus()
    text.press("End")
    text.type(" En wie helpt?")
    expect(amina.locator("plan-page[data-state=waiting]")).to_be_visible()
    field(tom, design.first, "look_for").fill(f"Nieuw: {design.first.look_for}")
    expect(tom.locator("plan-page[data-state=kept]")).to_be_visible()
    again = amina.context.new_page()  # the tab is closed, and opened when the network is back
    amina.close()
    again.complaints = []
    pages[0] = again
    again.context.set_offline(False)
    again.goto(f"{website.url}/lessonstudy/{design.cycle.pk}/plan/1/")
    both = f"Nieuw: {design.first.look_for} En wie helpt?"
    expect(field(again, design.first, "look_for")).to_have_value(both)
    expect(field(tom, design.first, "look_for")).to_have_value(both)
    design.first.refresh_from_db()
    assert design.first.look_for == both


def test_what_is_typed_after_fixing_is_offered_and_goes_into_the_next_version(pages, design, website):
    amina, tom = pages
    amina.context.set_offline(True)
    field(amina, design.first, "response").fill("Dit typte ik te laat.")
    plans.copy(plans.freeze(design.plan, design.fatima), 1, by=design.fatima)
    expect(field(tom, design.first, "response")).not_to_be_editable()
    amina.context.set_offline(False)
    offered = amina.locator("[data-unsent]")
    expect(offered.locator("textarea")).to_have_value("Dit typte ik te laat.")
    offered.get_by_role("button", name="Zet het in de nieuwe versie").click()
    amina.wait_for_url("**/plan/2/")
    expect(field(amina, design.first, "response")).to_have_value("Dit typte ik te laat.")
    assert design.plan.stages.get(uid=design.first.uid).response == design.first.response


def test_enter_in_a_title_moves_nothing_and_what_i_typed_can_be_taken_back(pages, design):
    amina, tom = pages
    title = field(tom, design.first, "title")
    title.fill("Iets anders")
    title.press("Enter")
    expect(field(amina, design.first, "title")).to_have_value("Iets anders")
    assert tom.locator('.plan-stage:visible [name="title"]').first.input_value() == "Iets anders"
    field(amina, design.first, "materials").fill("Van Amina")
    expect(field(tom, design.first, "materials")).to_have_value("Van Amina")
    title.press("Control+z")
    expect(title).to_have_value(design.first.title)
    expect(field(amina, design.first, "title")).to_have_value(design.first.title)
    expect(field(tom, design.first, "materials")).to_have_value("Van Amina")


def test_a_remark_stands_with_the_other_at_once(pages, design):
    amina, tom = pages
    box = amina.locator(f"#remarks-{design.first.uid}")
    box.locator("summary").click()
    box.get_by_role("link", name="Schrijf een opmerking").click()
    box.locator("textarea").fill("Is dit genoeg tijd?")
    box.get_by_role("button", name="Zeg het").click()
    expect(box.locator(".talk")).to_contain_text("Is dit genoeg tijd?")
    there = tom.locator(f"#remarks-{design.first.uid}")
    expect(there.locator("[data-count]")).to_have_text("1")
    there.locator("summary").click()
    there.get_by_role("button", name="Afgehandeld").click()
    expect(box.locator(".settled")).to_be_visible()
