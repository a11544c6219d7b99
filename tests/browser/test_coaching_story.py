"""Two people on their phones, from a wish to a first talk; and an assessor who judges and never meets what they say."""

import re

import pytest
from playwright.sync_api import expect

from core.time import today
from tests import cast as make
from tests.training import world
from training.actions import assessing
from training.actions import portfolio as showing
from training.credentials.models import Credential
from training.forms.assessing import ItemForm
from training.models import Assessment, Coaching, CoachOffer, GroupMember, Outcome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_find_each_other_and_plan_a_talk(website, screen):
    cast = make.cast()
    CoachOffer.objects.create(person=cast.tom, kinds=["coaching"], themes=["maths"], capacity=2, says="Rustig.")
    amina = screen(cast.amina)
    amina.goto(f"{website.url}/training/coaching/")
    amina.get_by_role("link", name="Zoek iemand").click()
    amina.get_by_label("coaching", exact=True).check()
    amina.get_by_label("Rekenen", exact=True).check()
    amina.get_by_role("button", name="Zoeken").click()
    expect(amina.locator("#result")).to_contain_text("van een andere school")
    amina.get_by_role("link", name=re.compile("Vraag het.*Tom")).click()
    amina.get_by_label("Waar wil je hulp bij?").fill("Ik praat te veel.")
    amina.get_by_role("button", name="Vraag het").click()
    expect(amina.locator("main")).to_contain_text("Tom Hendriks heeft nog niet geantwoord")

    row = Coaching.objects.get()
    tom = screen(cast.tom)
    tom.goto(f"{website.url}{row.get_absolute_url()}")
    expect(tom.locator("main")).to_contain_text("Ik praat te veel.")
    tom.get_by_role("button", name="Dat wil ik graag").click()
    tom.get_by_role("link", name="Schrijf een doel op").first.click()
    tom.get_by_label("Wat wil je kunnen?").fill("Na een vraag wacht ik.")
    tom.get_by_label("Waaraan zie je het?").fill("Ik tel tot vijf.")
    tom.get_by_role("button", name="Bewaren").click()
    tom.get_by_role("button", name="Beginnen", exact=True).click()
    tom.get_by_role("link", name="Plannen").click()
    tom.get_by_label("Datum").fill(today().replace(year=today().year + 1).isoformat())
    tom.get_by_role("button", name="Bewaren").click()
    expect(tom.locator("main")).to_contain_text("Jullie volgende gesprek staat")
    tom.get_by_label("Jouw notitie").fill("Niet te snel.")
    tom.get_by_role("button", name="Bewaren").click()
    expect(tom.locator("main")).to_contain_text("Niet te snel.")

    amina.goto(f"{website.url}{row.get_absolute_url()}")
    expect(amina.locator("main")).to_contain_text("Na een vraag wacht ik.")
    expect(amina.locator("main")).not_to_contain_text("Niet te snel.")
    amina.get_by_role("link", name="Stop hiermee").click()
    amina.get_by_role("button", name="Stoppen").click()
    expect(amina.locator("main")).to_contain_text("Dit is voorbij")
    assert not amina.complaints
    assert not tom.complaints


def test_an_assessor_judges_by_outcome_and_the_certificate_waits_for_a_second_person(website, screen):
    cast = make.cast()
    group = world.group(cast, world.programme())
    enrolment = world.learner(cast, group)
    world.everything_done(enrolment, by=cast.dele)
    Assessment.objects.all().delete()
    outcomes = Outcome.objects.filter(version=enrolment.version_id)
    said = {"title": "Kijkkader", "text": "Zo deed ik het.", "outcomes": [row.pk for row in outcomes]}
    form = ItemForm(said, enrolment=enrolment)
    assert form.is_valid()
    showing.keep_item(form, enrolment=enrolment, by=cast.fatima)
    GroupMember.objects.create(group=group, person=cast.dele, part="assessor")

    fatima = screen(cast.fatima)
    fatima.goto(f"{website.url}/training/enrolments/{enrolment.pk}/portfolio/")
    fatima.get_by_role("link", name="Laat het beoordelen").click()
    fatima.get_by_role("button", name="Lever het in").click()
    expect(fatima.locator("main")).to_contain_text("Een beoordelaar kijkt naar je portfolio")

    row = Assessment.objects.get()
    assert row.assessor == cast.dele
    dele = screen(cast.dele)
    dele.goto(f"{website.url}/training/")
    dele.get_by_role("link", name=re.compile("Beoordeel het.*Fatima")).click()
    for outcome in outcomes:
        dele.locator(f"#id_verdict-{outcome.pk}_0").check()
    dele.get_by_label("Waar baseer je het op?").fill("Alles is te zien.")
    dele.get_by_role("button", name="Geef dit oordeel").click()
    expect(dele.get_by_role("dialog")).to_contain_text("Daarna kan het niet meer veranderen")
    dele.get_by_role("dialog").get_by_role("button", name="Geef dit oordeel").click()
    expect(dele.locator("main")).to_contain_text("Alles is te zien.")
    assert Credential.objects.get(kind="certificate").state == "eligible"
    assert assessing.state_of(enrolment) == "done"
