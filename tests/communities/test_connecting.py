"""The connector of a network: themes and blurbs only, introductions that both sides may accept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from activity import sending
from activity.models import Activity, Ask, Notification
from communities import connecting as reading
from communities.actions import connecting as actions
from communities.choices import Listed, Role, State
from communities.models import Introduction
from core.refusals import Refused
from core.standing import forget
from organisations.choices import Function, PartnerKind, RoleKind
from organisations.models import Partner
from plg_platform.second_factor import needs_second_factor
from tests import cast as people
from tests.communities._plg import queries_of
from tests.hands import together

SECRET = "Waarom durven onze kinderen niet te rekenen?"


@pytest.fixture
def world(cast):
    """Karin connects De Waterkring; PLG Rekenen and PLG Breuken of two schools; Petra is an expert."""
    cast.karin = people.person("Karin de Groot")
    people.role(cast.karin, RoleKind.CONNECTOR, cast.network)
    cast.maths.question, cast.maths.listed = SECRET, Listed.BOARD
    cast.maths.save()
    cast.fractions = people.plg(
        cast.wissel, "PLG Breuken", question=SECRET, blurb="Breuken op de getallenlijn.", listed=Listed.OWNER
    )
    people.member(cast.fractions, cast.tom, Role.FACILITATOR)
    cast.partner = Partner.objects.create(name="Bureau Samenspraak", kind=PartnerKind.ADVISORY)
    cast.petra = people.person("Petra Lindeman")
    people.works(cast.petra, cast.partner, Function.EXPERT, title="rekenexpert")
    return cast


def url(name, pk):
    return reverse(f"communities:{name}", args=[pk])


def introduce(world, **fields):
    fields = {
        "one": world.maths.pk,
        "other": world.fractions.pk,
        "message": "Jullie kijken allebei naar breuken.",
    } | fields
    return actions.introduce(world.network, by=world.karin, **fields)


def answer(introduction, person, side, accept=True):
    return actions.answer_introduction(introduction, by=person, side=side, accept=accept)


def mine(introduction, person):
    """On which side of the introduction this person is."""
    return reading.sides(introduction, person)[0]


def asked(person):
    return Ask.objects.open().filter(person=person, kind=actions.ASKED).count()


# Who sees what -----------------------------------------------------------------------------------


def test_the_connector_sees_theme_and_blurb_and_who_else_works_on_it(world, signed_in):
    page = signed_in(world.karin).get(url("connector", world.network.pk), {"plg": world.maths.pk})
    assert page.status_code == 200
    assert "We kijken hoe kinderen breuken leren." in page.text and "Rekenen" in page.text
    (found,) = page.context["alike"]
    assert found["card"].name == "PLG Breuken" and found["words"] == ["breuken"] and found["same_theme"]


def test_a_question_a_member_or_content_stands_on_no_page_of_the_connector(world, signed_in):
    meeting = people.meeting(world.maths, title="De geheime les")
    row = introduce(world)
    browser = signed_in(world.karin)
    pages = [
        url("connector", world.network.pk),
        f"{url('connector', world.network.pk)}?plg={world.maths.pk}&q=breuken",
        url("introduce", world.network.pk),
        row.get_absolute_url(),
        reverse("organisations:network", args=[world.network.pk]),
        reverse("communities:directory"),
        reverse("home"),
    ]
    for path in pages:
        text = browser.get(path).text
        for secret in (SECRET, "De geheime les", "Fatima", "Amina", "Tom Hendriks"):
            assert secret not in text, (path, secret)
    for path in (
        world.maths.get_absolute_url(),
        url("members", world.maths.pk),
        url("home_tasks", world.maths.pk),
        reverse("meetings:index", args=[world.maths.pk]),
        reverse("meetings:dates", args=[world.maths.pk]),
        meeting.get_absolute_url(),
    ):
        assert browser.get(path).status_code == 404, path


def test_words_of_a_learning_question_find_nothing(world, signed_in):
    page = signed_in(world.karin).get(url("connector", world.network.pk), {"q": "durven"})
    assert not page.context["page"].object_list


@pytest.mark.parametrize(
    "hide",
    [{"listed": Listed.NOBODY}, {"state": State.CONCEPT}, {"state": State.CLOSED}],
    ids=["unlisted", "new", "done"],
)
def test_what_does_not_want_to_be_found_is_not(world, signed_in, hide):
    for name, value in hide.items():
        setattr(world.fractions, name, value)
    world.fractions.save()
    assert [card.name for card in reading.cards(world.network)] == ["PLG Rekenen"]
    with pytest.raises(Refused):
        introduce(world)


def test_a_plg_outside_the_network_is_out_of_reach(world):
    elsewhere = people.plg(world.waterlelie, "PLG Ver weg", listed=Listed.EVERYONE)
    people.member(elsewhere, world.dele, Role.FACILITATOR)
    assert elsewhere.name not in [card.name for card in reading.cards(world.network)]
    with pytest.raises(Refused):
        introduce(world, other=elsewhere.pk)


@pytest.mark.parametrize(
    ("who", "answer"),
    [*((who, 403) for who in ("amina", "fatima", "bram", "ben", "noor", "paula", "gijs")), ("petra", 404)],
)
def test_nobody_else_has_this_page(world, signed_in, who, answer):
    assert signed_in(getattr(world, who)).get(url("connector", world.network.pk)).status_code == answer


def test_the_network_gives_the_role_and_it_needs_no_second_step(world, signed_in):
    page = signed_in(world.noor).post(
        reverse("organisations:give_role", args=["network", world.network.pk]),
        {"email": world.els.email, "kind": "connector"},
    )
    assert page.status_code == 302
    forget(world.els)
    assert signed_in(world.els).get(url("connector", world.network.pk)).status_code == 200
    assert not needs_second_factor(world.els)
    assert (
        signed_in(world.ben)
        .post(
            reverse("organisations:give_role", args=["network", world.network.pk]),
            {"email": world.els.email, "kind": "connector"},
        )
        .status_code
        == 403
    )


# Introductions -------------------------------------------------------------------------------------


def test_names_are_shown_only_after_both_said_yes(world, signed_in, mailserver):
    signed_in(world.karin).post(
        url("introduce", world.network.pk),
        {"one": world.maths.pk, "other": f"plg-{world.fractions.pk}", "message": "Jullie kijken allebei naar breuken."},
    )
    row = Introduction.objects.get()
    fatima, tom = signed_in(world.fatima), signed_in(world.tom)
    page = fatima.get(row.get_absolute_url()).text
    assert "PLG Breuken" in page and "Tom" not in page and SECRET not in page
    assert asked(world.fatima) == asked(world.tom) == 1
    fatima.post(url("answer_introduction", row.pk), {"side": mine(row, world.fatima), "answer": "yes"})
    assert asked(world.fatima) == 0 and asked(world.tom) == 1
    assert "fatima.aydin@" not in tom.get(row.get_absolute_url()).text
    assert "tom.hendriks@" not in fatima.get(row.get_absolute_url()).text
    tom.post(url("answer_introduction", row.pk), {"side": mine(row, world.tom), "answer": "yes"})
    assert "fatima.aydin@school.example" in tom.get(row.get_absolute_url()).text
    assert "tom.hendriks@school.example" in fatima.get(row.get_absolute_url()).text
    assert "fatima.aydin@" not in signed_in(world.karin).get(row.get_absolute_url()).text
    told = Notification.objects.filter(activity__kind="communities.introduction_accepted")
    assert set(told.values_list("person__name", flat=True)) == {"Fatima Aydin", "Karin de Groot"}


def test_an_expert_has_no_name_until_she_says_yes(world, signed_in):
    row = introduce(world, other=None, expert=world.petra)
    page = signed_in(world.fatima).get(row.get_absolute_url()).text
    assert "rekenexpert" in page.lower() and "Bureau Samenspraak" in page and "Petra" not in page
    answer(row, world.fatima, "one")
    answer(row, world.petra, "other")
    assert "petra.lindeman@school.example" in signed_in(world.fatima).get(row.get_absolute_url()).text
    assert "fatima.aydin@school.example" in signed_in(world.petra).get(row.get_absolute_url()).text


def test_who_says_no_stays_unknown(world, signed_in):
    row = introduce(world)
    answer(row, world.fatima, mine(row, world.fatima))
    answer(row, world.tom, mine(row, world.tom), accept=False)
    news = Activity.objects.get(kind="communities.introduction_declined")
    assert news.by is None
    assert set(news.notifications.values_list("person__name", flat=True)) == {"Karin de Groot", "Fatima Aydin"}
    assert asked(world.tom) == 0
    page = signed_in(world.fatima).get(row.get_absolute_url()).text
    assert "Tom" not in page
    with pytest.raises(Refused):
        answer(row, world.tom, mine(row, world.tom))
    with pytest.raises(Refused):
        introduce(world)  # not again for a while


def test_withdrawn_asks_nothing_and_sends_nothing(world, signed_in, mailserver, time_machine_at):
    time_machine_at("2026-11-10 12:00")
    row = introduce(world)
    signed_in(world.karin).post(url("withdraw_introduction", row.pk))
    assert asked(world.fatima) == 0
    sending.send_due()
    assert not mailserver.to(world.fatima.email)
    with pytest.raises(Refused):
        answer(row, world.fatima, mine(row, world.fatima))


def test_the_letter_tells_the_other_side_without_names(world, mailserver, time_machine_at):
    time_machine_at("2026-11-10 12:00")
    introduce(world)
    sending.send_due()
    (letter,) = mailserver.to(world.fatima.email)
    text = letter.get_body(("plain",)).get_content() if hasattr(letter, "get_body") else str(letter)
    assert "PLG Breuken" in text and "Tom" not in text and SECRET not in text


@pytest.mark.parametrize(
    ("who", "answers"), [("amina", 404), ("els", 404), ("bram", 404), ("noor", 404), ("karin", 403)]
)
def test_only_the_two_sides_answer(world, signed_in, who, answers):
    row = introduce(world)
    data = {"side": "one", "answer": "yes"}
    assert signed_in(getattr(world, who)).post(url("answer_introduction", row.pk), data).status_code == answers


def test_a_side_cannot_answer_for_the_other(world):
    row = introduce(world)
    opposite = "other" if mine(row, world.fatima) == "one" else "one"
    with pytest.raises(PermissionDenied):
        answer(row, world.fatima, opposite)


def test_who_met_already_is_not_proposed_again(world, signed_in):
    introduce(world)
    page = signed_in(world.karin).get(url("connector", world.network.pk), {"plg": world.maths.pk})
    (found,) = page.context["alike"]
    assert found["is_known"] and "other=plg-" not in page.text


def test_turned_round_it_is_the_same_introduction(world):
    introduce(world)
    with pytest.raises(Refused):
        introduce(world, one=world.fractions.pk, other=world.maths.pk)


def test_a_connector_cannot_flood(world):
    for n in range(actions.MOST_A_DAY):
        plg = people.plg(world.wissel, f"PLG {n}", listed=Listed.BOARD)
        people.member(plg, people.person(f"Leider {n}"), Role.FACILITATOR)
        other = people.plg(world.regenboog, f"PLG Ander {n}", listed=Listed.BOARD)
        people.member(other, people.person(f"Ander {n}"), Role.FACILITATOR)
        introduce(world, one=plg.pk, other=other.pk)
    with pytest.raises(Refused, match="a day"):
        introduce(world)


def test_one_plg_is_not_asked_too_often(world):
    for n in range(actions.MOST_AT_ONE):
        plg = people.plg(world.wissel, f"PLG {n}", listed=Listed.BOARD)
        people.member(plg, people.person(f"Leider {n}"), Role.FACILITATOR)
        introduce(world, other=plg.pk)
    with pytest.raises(Refused, match="enough proposals"):
        introduce(world)


def test_a_plg_without_facilitator_and_one_with_the_same_cannot_be_introduced(world):
    world.fractions.memberships.all().delete()
    with pytest.raises(Refused):
        introduce(world)
    people.member(world.fractions, world.fatima, Role.FACILITATOR)
    with pytest.raises(Refused):
        introduce(world)


def test_who_lost_the_role_cannot_go_on(world, signed_in):
    world.karin.roles.update(ended_at=now())
    forget(world.karin)
    with pytest.raises(PermissionDenied):
        introduce(world)
    assert signed_in(world.karin).get(url("connector", world.network.pk)).status_code == 404


def test_the_page_asks_as_much_for_two_as_for_five(world, signed_in):
    browser = signed_in(world.karin)
    path = f"{url('connector', world.network.pk)}?plg={world.maths.pk}"
    introduce(world)
    few, _page = queries_of(browser, path)
    for n in range(3):
        plg = people.plg(world.wissel, f"PLG {n}", listed=Listed.BOARD)
        people.member(plg, people.person(f"Leider {n}"), Role.FACILITATOR)
        Introduction.objects.create(
            network=world.network, by=world.karin, one=world.maths, other=plg, message="x", at=now() - timedelta(days=9)
        )
    assert queries_of(browser, path)[0] == few


# Races ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_both_say_yes_at_the_same_instant_and_both_are_heard(transactional_db, world):
    row = introduce(world)
    one, other = mine(row, world.fatima), mine(row, world.tom)
    together(lambda: answer(row, world.fatima, one), lambda: answer(row, world.tom, other))
    assert Introduction.objects.get().is_accepted
    assert Activity.objects.filter(kind="communities.introduction_accepted").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(3))
def test_yes_and_no_of_one_side_at_once_have_one_outcome(transactional_db, world, _again):
    row = introduce(world)
    side = mine(row, world.fatima)
    outcomes = together(lambda: answer(row, world.fatima, side), lambda: answer(row, world.fatima, side, accept=False))
    row.refresh_from_db()
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert bool(row.declined_at) != bool(row.one_accepted_at or row.other_accepted_at)


@pytest.mark.django_db(transaction=True)
def test_the_same_proposal_twice_at_once_is_one(transactional_db, world):
    outcomes = together(lambda: introduce(world), lambda: introduce(world))
    assert Introduction.objects.count() == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
