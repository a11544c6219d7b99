"""A whole cycle of two rounds in four browsers, one of them in a classroom without a network, and killed in the middle.

Fatima guides, Amina gives the lesson, Tom observes on his phone and leads the discussion, Gijs observes as an expert.
"""

import re

import pytest
from playwright.sync_api import expect

from core.time import today
from lessonstudy.choices import State
from lessonstudy.guards import CHECKLIST
from lessonstudy.models import Cycle, Observation
from tests import cast as people

pytestmark = pytest.mark.usefixtures("browser_name", "browser_type_launch_args")
WIDE = {"width": 1320, "height": 900}


@pytest.fixture
def cast(website):
    return people.cast()


@pytest.fixture
def team(website, cast, browser, device):
    """Four browsers: {first name: page}, and the phone on which Tom observes."""
    pages = {}
    for person in (cast.fatima, cast.amina, cast.gijs):
        page = browser.new_context(viewport=WIDE, locale="nl-NL").new_page()
        website.sign_in(page, person)
        pages[person.first_name] = page
    phone = device("tom")
    phone.sign_in(cast.tom)
    pages["Tom"] = phone.page
    for page in pages.values():
        page.faults = []
        page.on("pageerror", lambda fault, page=page: page.faults.append(str(fault)))
    yield Team(website, pages, phone)
    assert [page.faults for page in pages.values() if page.faults] == []
    for name in ("Fatima", "Amina", "Gijs"):
        pages[name].context.close()


class Team:
    """What the four do, each in her own browser."""

    def __init__(self, website, pages, phone):
        self.website, self.pages, self.phone = website, pages, phone

    def open(self, name, path):
        base = self.phone.cable.url if name == "Tom" else self.website.url
        page = self.phone.page if name == "Tom" else self.pages[name]
        page.goto(f"{base}/lessonstudy/{path}", wait_until="domcontentloaded")
        return page

    def say(self, name, path, button, *, ticks=(), chooses=(), **said):
        """Fill in the form of a page and send it; `ticks` are (name, value), `chooses` options of lists."""
        page = self.open(name, path)
        form = page.locator("main form", has=page.get_by_role("button", name=button, exact=True)).first
        for field, text in said.items():
            form.locator(f'[name="{field}"]').fill(text)
        for field, value in ticks:
            form.locator(f'[name="{field}"]' + (f'[value="{value}"]' if value else "")).check(force=True)
        for field, value in chooses:
            form.locator(f'[name="{field}"]').select_option(str(value))
        return self.press(page, form.get_by_role("button", name=button, exact=True))

    def press(self, page, button):
        with page.expect_navigation(wait_until="domcontentloaded"):
            button.click()
        expect(page.locator(".notice--error, .error:visible")).to_have_count(0)
        return page

    def step(self, name, cycle, label):
        """The one strong button of the cycle's page: nothing is missing, so it asks nothing."""
        page = self.open(name, f"{cycle.pk}/")
        self.press(page, page.locator("#now-card").get_by_role("button", name=label, exact=True))
        cycle.refresh_from_db()


def begin(team, cast):
    """Fatima begins, asks all along; they agree how they work, and on what."""
    ticks = [("template", "lesson_study"), ("team", cast.amina.pk), ("team", cast.tom.pk), ("team", cast.gijs.pk)]
    team.say("Fatima", f"start/?of={cast.maths.pk}", "Beginnen", ticks=ticks, title="Breuken zien",
             question="Wat doen leerlingen als het geheel verschilt?")  # fmt: skip
    cycle = Cycle.objects.get()
    gijs = cycle.members.get(person=cast.gijs)
    team.say("Fatima", f"members/{gijs.pk}/", "Bewaren", chooses=[("role", "expert")])
    team.say("Fatima", f"{cycle.pk}/charter/", "Bewaren", text="We kijken naar leerlingen, niet naar elkaar.")
    for name in ("Amina", "Tom"):
        team.say(name, f"{cycle.pk}/charter/", "Ik ben akkoord")
    team.step("Fatima", cycle, "Beginnen")
    team.say(
        "Gijs", f"{cycle.pk}/sources/", "Toevoegen", reference="Breuken als eerlijk delen", takes="Begin met delen."
    )
    team.step("Fatima", cycle, "De les gaan ontwerpen")
    for code in "AB":
        team.say("Amina", f"{cycle.pk}/pupils/", "Toevoegen", code=code, start="Deelt in tweeën.", target="In drieën.")
    return cycle


def design(team, cycle):
    """Two write in one plan, and see each other's words appear."""
    fatima, amina = (team.open(name, f"{cycle.pk}/plan/1/") for name in ("Fatima", "Amina"))
    for page in (fatima, amina):
        expect(page.locator("plan-page.is-live")).to_be_visible()
    fatima.get_by_role("button", name="Nog een deel").click()
    fatima.keyboard.type("Afsluiten")
    expect(amina.locator('.plan-stage:visible [name="title"]').last).to_have_value("Afsluiten")
    words = {"title": "Strook verdelen", "teacher_does": "Deelt stroken uit."}
    words |= {f"{pupil.pk}/expected": f"{pupil.code} vouwt in drieën." for pupil in cycle.pupils.all()}
    for n, (name, text) in enumerate(words.items()):
        writer, reader = (fatima, amina) if n % 2 else (amina, fatima)
        part_of(writer, name).fill(text)
        expect(part_of(reader, name)).to_have_value(text)
    for page in (fatima, amina):
        expect(page.locator("plan-page[data-state=kept]")).to_be_visible()


def part_of(page, name):
    """A field of the first part of the lesson."""
    return page.locator(".plan-stage:visible").first.locator(f'[name="{name}"]')


def arrange(team, cycle, cast):
    """When, by whom, and who looks at whom: Tom at A, Gijs at B."""
    chooses = [("teacher", cast.amina.pk), ("chair", cast.tom.pk)]
    team.say("Fatima", f"{cycle.pk}/arrange/", "Bewaren", chooses=chooses, ticks=[("cover", "none")],
             held_on=today().isoformat(), starts="00:00", ends="00:45", class_label="groep 6")  # fmt: skip
    lesson = cycle.lessons.order_by("pk").last()
    a, b = cycle.pupils.all()
    ticks = [(f"pupils-{cast.tom.pk}", a.pk), (f"pupils-{cast.gijs.pk}", b.pk)]
    team.say("Fatima", f"lessons/{lesson.pk}/observers/", "Bewaren", ticks=ticks)
    return lesson


def give(team, cycle, lesson):
    """Tom is without a network and his battery gives out; Gijs writes what he sees, and neither sees the other."""
    phone = team.phone
    phone.open(lesson)
    phone.ready()
    amina = team.open("Amina", f"observe/{lesson.pk}/")
    phone.lose_network()
    amina.get_by_role("button", name="De les begint").click()
    expect(amina.locator("[data-name=time]")).to_have_text(re.compile(r"0\d:\d\d"))
    phone.write("Tom zag vouwen", code="A")
    phone.kill()
    phone.start()
    phone.lose_network()
    phone.open(lesson)
    phone.write("Tom zag meten", code="A", mark="Deels")
    gijs = team.open("Gijs", f"observe/{lesson.pk}/")
    gijs.locator(".o-pupils").get_by_text("B", exact=True).click()
    gijs.locator("[data-name=fact]").fill("Gijs zag schatten")
    gijs.get_by_role("button", name="Verwacht", exact=True).click()
    expect(gijs.locator("[data-name=kept-words]")).to_have_text("Verzonden")
    assert set(lesson.observations.values_list("fact", flat=True)) == {"Gijs zag schatten"}
    phone.find_network()
    expect(phone.page.locator("[data-name=kept-words]")).to_have_text("Verzonden", timeout=30_000)
    hear(team, cycle, lesson)
    assert "Gijs zag" not in team.open("Tom", f"lessons/{lesson.pk}/matrix/").content()
    assert "Tom zag" not in team.open("Gijs", f"lessons/{lesson.pk}/matrix/").content()
    team.step("Tom", cycle, "De nabespreking openen")
    for name, code, other in (("Tom", "B", "Gijs zag schatten"), ("Gijs", "A", "Tom zag meten")):
        line = team.open(name, f"lessons/{lesson.pk}/matrix/?view=line&pupil={code}")
        expect(line.locator("main")).to_contain_text(other)


def give_again(team, cycle, lesson):
    """The second time all goes as it should."""
    for name, code in (("Tom", "A"), ("Gijs", "B")):
        page = team.open(name, f"observe/{lesson.pk}/")
        if name == "Tom":
            page.get_by_role("button", name="De les begint").click()
        page.locator(".o-pupils").get_by_text(code, exact=True).click()
        page.locator("[data-name=fact]").fill(f"{name} zag drie gelijke stukken")
        page.get_by_role("button", name="Verwacht", exact=True).click()
        expect(page.locator("[data-name=kept-words]")).to_have_text("Verzonden")
    hear(team, cycle, lesson)
    team.step("Tom", cycle, "De nabespreking openen")


def hear(team, cycle, lesson):
    """The lesson was given, both hand in, and Amina talks with each pupil."""
    team.step("Amina", cycle, "De les is gegeven")
    for name in ("Tom", "Gijs"):
        page = team.open(name, f"observe/{lesson.pk}/")
        page.get_by_role("button", name="Inleveren").click()
        expect(page.get_by_role("button", name="Ingeleverd")).to_be_visible()
    for pupil in cycle.pupils.all():
        team.say("Amina", f"lessons/{lesson.pk}/talks/{pupil.pk}/", "Bewaren", learned="Dat ze even groot moeten zijn.")


def discuss(team, cycle, lesson):
    """Tom runs the session; what Gijs says stands there for all; findings, a thought and a change are written down."""
    tom = team.open("Tom", f"lessons/{lesson.pk}/discussion/")
    team.press(tom, tom.get_by_role("button", name="Start de nabespreking"))
    for name in ("Fatima", "Gijs"):
        team.pages[name].goto(tom.url.replace(team.phone.cable.url, team.website.url))
    gijs = team.pages["Gijs"]
    gijs.locator("#write-note-text").fill("A vouwt eerst doormidden.")
    gijs.locator("#write-note").get_by_role("button").click()
    expect(team.pages["Fatima"].get_by_text("A vouwt eerst doormidden.").first).to_be_visible()
    for pupil in cycle.pupils.all():
        page = team.open("Fatima", f"lessons/{lesson.pk}/discussion/")
        form = page.locator(f"#pupil-{pupil.code} form")
        form.locator("textarea").fill("Vouwt eerst in vieren.")
        team.press(page, form.get_by_role("button", name="Bewaren"))
    note = Observation.objects.get(fact="Tom zag vouwen")
    team.say("Gijs", f"lessons/{lesson.pk}/thoughts/add/?note={note.pk}", "Bewaren", text="Halveren is wat hij kent.")
    team.say("Amina", f"lessons/{lesson.pk}/revisions/add/?note={note.pk}", "Bewaren", becomes="Laat eerst schatten.")
    team.step("Fatima", cycle, "De les bijstellen")


def revise(team, cycle, lesson):
    """The change goes into the next plan, and both plans stand beside each other."""
    page = team.open("Amina", f"lessons/{lesson.pk}/matrix/")
    team.press(page, page.locator("#changes").get_by_role("button", name=re.compile("Zet in het plan voor")))
    plan = team.open("Fatima", f"{cycle.pk}/plan/2/")
    expect(part_of(plan, "teacher_does")).to_have_value("Laat eerst schatten.")
    both = team.open("Gijs", f"{cycle.pk}/plan/compare/").locator("main")
    expect(both).to_contain_text("Deelt stroken uit.")
    expect(both).to_contain_text("Laat eerst schatten.")


def share(team, cycle):
    """What they learned: looked through, agreed by all, and in the KennisHub."""
    team.step("Fatima", cycle, "Terugkijken op alles")
    said = {
        "pupils_learned": "Ze schatten eerst.",
        "teachers_learned": "Wij vroegen te snel.",
        "limits": "Twee leerlingen.",
    }
    team.say("Amina", f"{cycle.pk}/outcome/", "Bewaren", headline="Eerst schatten, dan vouwen", **said)
    ticks = [("lines", key) for key in CHECKLIST]
    team.say("Fatima", f"{cycle.pk}/outcome/", "Bewaar wat we nakeken", ticks=ticks)
    team.step("Fatima", cycle, "Het team om akkoord vragen")
    for name in ("Amina", "Tom"):
        page = team.open(name, f"{cycle.pk}/outcome/")
        team.press(page, page.locator(".strong").get_by_role("button").first)
    team.step("Fatima", cycle, "Het traject afronden")


@pytest.mark.timeout(600)
def test_a_team_goes_all_the_way_in_two_rounds(team, cast, signed_in):
    cycle = begin(team, cast)
    design(team, cycle)
    first = arrange(team, cycle, cast)
    team.step("Fatima", cycle, "Het plan vastzetten voor de les")
    give(team, cycle, first)
    discuss(team, cycle, first)
    revise(team, cycle, first)
    second = arrange(team, cycle, cast)
    team.step("Fatima", cycle, "Het plan vastzetten voor de volgende les")
    give_again(team, cycle, second)
    share(team, cycle)

    assert cycle.state == State.DONE
    assert not cycle.moves.exclude(reason="").exists()  # nothing was passed over
    assert [lesson.plan.number for lesson in cycle.lessons.order_by("round")] == [1, 2]
    facts = list(first.observations.order_by("sequence", "pk").values_list("fact", flat=True))
    assert sorted(facts) == ["Gijs zag schatten", "Tom zag meten", "Tom zag vouwen"]
    shared = signed_in(cast.els).get(cycle.outcome.resource.get_absolute_url())
    assert shared.status_code == 200
    assert "Eerst schatten, dan vouwen" in shared.text
    assert "groep 6" not in shared.text
