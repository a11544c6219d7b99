"""Amina offers a workshop from her phone; Noor chooses at her desk; Amina says that she will be there."""

import pytest
from playwright.sync_api import expect

from events.choices import Capacity, ContributionState, RegistrationState, State
from events.models import Contribution, Registration
from tests import cast as people
from tests.events import world
from tests.screens import DESKTOP, is_narrow, seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_workshop_is_offered_chosen_and_confirmed(website, screen):
    cast = people.cast()
    event = world.an_event(cast, State.CALL_OPEN, capacity=10)
    amina, noor = screen(cast.amina), screen(cast.noor, DESKTOP)

    # First only for later, then handed in.
    amina.goto(f"{website.url}/events/{event.pk}/")
    amina.get_by_role("link", name="Bied iets aan").click()
    amina.locator("#id_title").fill("Rekenen met kralen")
    amina.get_by_label("Namens welke PLG").select_option(label="PLG Rekenen")
    assert is_narrow(amina)
    amina.get_by_role("button", name="Bewaren voor later").click()
    row = Contribution.objects.get()
    assert (row.state, row.community) == (ContributionState.CONCEPT, cast.maths)
    amina.get_by_role("link", name="Ga ermee verder").click()
    amina.locator("#id_summary").fill("Kinderen rijgen tientallen en zien wat ze doen.")
    seen(amina, "lab/offer-phone")
    amina.get_by_role("button", name="Indienen").click()
    expect(amina.get_by_role("heading", name="De organisatoren hebben het")).to_be_visible()
    seen(amina, "lab/offered-phone")

    # The call is closed, the choice is prepared and sent in one go.
    noor.goto(f"{website.url}/events/{event.pk}/")
    noor.get_by_role("button", name="Bijdragen sluiten").click()
    noor.get_by_role("link", name="Bijdragen", exact=True).click()
    noor.get_by_role("link", name="Kiezen").click()
    noor.locator(f"#id_row-{row.pk}-decision").select_option("accept")
    noor.locator(f"#id_row-{row.pk}-says").fill("Graag in de eerste ronde.")
    noor.get_by_role("button", name="Bewaar, en kijk wat er verstuurd wordt").click()
    expect(noor.locator("main")).to_contain_text("Graag in de eerste ronde.")
    assert Contribution.objects.get().state == ContributionState.SUBMITTED  # nobody heard anything yet
    seen(noor, "lab/send-choice")
    noor.get_by_role("button", name="Verstuur alles").click()
    expect(noor.locator("main")).to_contain_text("gekozen")

    # She reads it where she starts her day, says yes, and comes as a speaker without taking a visitor's place.
    amina.goto(f"{website.url}/")
    amina.get_by_role("link", name="Rekenen met kralen").first.click()
    expect(amina.get_by_text("Graag in de eerste ronde.")).to_be_visible()
    seen(amina, "lab/chosen-phone")
    amina.get_by_role("button", name="Ik ben er").click()
    expect(amina.get_by_role("button", name="Ik ben er")).to_be_hidden()
    registration = Registration.objects.get()
    assert (registration.person, registration.as_what) == (cast.amina, Capacity.SPEAKER)
    assert registration.state == RegistrationState.CONFIRMED
    event.refresh_from_db()
    assert event.taken == 0
    assert is_narrow(amina) and amina.complaints == noor.complaints == []
