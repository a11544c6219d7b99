"""Being taken in widens what the taker sees: the other side says yes first."""

import pytest
import time_machine
from django.urls import reverse

from activity import sending
from activity.models import Activity, Ask
from core.refusals import Refused
from organisations import actions
from organisations.models import Joining
from organisations.rules import standing
from tests import cast as make


@pytest.fixture(autouse=True)
def _a_working_day():
    """Letters go out."""
    with time_machine.travel("2026-11-24 10:00+01:00"):
        yield


@pytest.fixture
def asked(cast):
    """Noor's network asks the other board, of which Dirk is the administrator."""
    cast.dirk = make.person("Dirk de Groot")
    make.role(cast.dirk, "board_admin", cast.other_board)
    return actions.ask_to_join(cast.network, cast.other_board, by=cast.noor)


@pytest.fixture
def lyceum(cast):
    return make.school("Het Lyceum", "12LY00", None, sector="vo")


def boards(cast):
    return set(cast.network.boards.all())


def test_a_board_is_asked_and_the_network_sees_nothing_of_it_before_it_says_yes(cast, asked):
    assert boards(cast) == {cast.board}
    assert cast.other_board.pk not in standing(cast.noor).boards_reached
    assert Ask.objects.open().get(person=cast.dirk).url == asked.get_absolute_url()
    actions.accept_joining(asked, by=cast.dirk)
    assert boards(cast) == {cast.board, cast.other_board}
    assert not Ask.objects.open().filter(person=cast.dirk).exists()


def test_both_sides_hear_of_it(cast, asked, mailserver):
    sending.send_due()
    (letter,) = mailserver.to("dirk.de.groot@school.example")
    assert asked.get_absolute_url() in letter.get_body(["html"]).get_content()
    actions.accept_joining(asked, by=cast.dirk)
    sending.send_due()
    assert "doet mee" in mailserver.to("noor.hofstra@school.example")[0]["Subject"]
    kinds = set(Activity.objects.values_list("kind", flat=True))
    assert {"organisations.joining_asked", "organisations.network_joined", "organisations.joining_accepted"} <= kinds


@pytest.mark.parametrize("way", ["decline_joining", "withdraw_joining"])
def test_a_no_changes_nothing_and_it_may_be_asked_again(cast, asked, way):
    getattr(actions, way)(asked, by=cast.dirk if way == "decline_joining" else cast.noor)
    assert boards(cast) == {cast.board}
    assert not Ask.objects.open().exists()
    with pytest.raises(Refused):
        actions.accept_joining(asked, by=cast.dirk)
    assert actions.ask_to_join(cast.network, cast.other_board, by=cast.noor)


def test_nobody_is_asked_twice(cast, asked):
    with pytest.raises(Refused, match="al gevraagd"):
        actions.ask_to_join(cast.network, cast.other_board, by=cast.noor)
    with pytest.raises(Refused, match="doet al mee"):
        actions.ask_to_join(cast.network, cast.board, by=cast.noor)


def test_who_answers_for_both_sides_need_not_ask(cast):
    make.role(cast.noor, "board_admin", cast.other_board)
    assert actions.ask_to_join(cast.network, cast.other_board, by=cast.noor) is None
    assert cast.other_board in boards(cast)


def test_what_the_platform_does_the_board_hears(cast):
    assert actions.ask_to_join(cast.network, cast.other_board, by=cast.paula) is None
    actions.leave_network(cast.network, cast.board, by=cast.paula)
    actions.ask_to_join(cast.network, cast.board, by=cast.paula)
    assert cast.ben.notifications.filter(activity__kind="organisations.network_joined").exists()


def test_where_nobody_runs_the_board_the_platform_answers(cast):
    actions.ask_to_join(cast.network, cast.other_board, by=cast.noor)
    assert set(Ask.objects.open().values_list("person", flat=True)) == {cast.paula.pk}


def test_a_single_school_is_asked_through_its_board(cast):
    make.role(cast.dele, "board_admin", cast.other_board)
    joining = actions.ask_to_join(cast.network, cast.waterlelie, by=cast.noor)
    actions.accept_joining(joining, by=cast.dele)
    assert cast.waterlelie in cast.network.schools.all()


def test_schools_without_a_board_become_a_boards_own_when_the_platform_says_so(cast, lyceum):
    joining = actions.ask_for_schools(cast.board, [lyceum], by=cast.ben)
    lyceum.refresh_from_db()
    assert lyceum.board is None
    assert set(Ask.objects.open().values_list("person", flat=True)) == {cast.paula.pk}
    actions.accept_joining(joining, by=cast.paula)
    lyceum.refresh_from_db()
    assert lyceum.board == cast.board


def test_a_school_that_went_elsewhere_meanwhile_is_not_taken_away(cast, lyceum):
    joining = actions.ask_for_schools(cast.board, [lyceum], by=cast.ben)
    actions.link_schools(cast.other_board, [lyceum], by=cast.paula)
    with pytest.raises(Refused):
        actions.accept_joining(joining, by=cast.paula)
    assert Joining.objects.open().exists()  # it can still be declined


# In the browser -----------------------------------------------------------------------------------


def test_asked_answered_and_read_on_the_pages(cast, signed_in):
    make.role(cast.dele, "board_admin", cast.other_board)
    noor, dele = signed_in(cast.noor), signed_in(cast.dele)
    join = reverse("organisations:join_network", args=[cast.network.pk])
    page = noor.post(join, {"add_board": "1", "board": "41002"}, follow=True).text
    assert "We hebben Stichting Rijnoevers gevraagd" in page and "gevraagd" in page.split("</h2>")[1]
    joining = Joining.objects.get()
    board = dele.get(cast.other_board.get_absolute_url()).text
    assert joining.get_absolute_url() in board
    assert joining.get_absolute_url() in dele.get("/").text
    page = dele.get(joining.get_absolute_url()).text
    assert "Netwerk De Waterkring" in page
    assert reverse("organisations:accept_joining", args=[joining.pk]) in page
    dele.post(reverse("organisations:accept_joining", args=[joining.pk]))
    assert cast.other_board in boards(cast)


@pytest.mark.parametrize(
    ("who", "reads", "answers"),
    [("noor", 200, 403), ("paula", 200, 302), ("dirk", 200, 302), ("ben", 404, 404), ("dele", 404, 404)],
)
def test_who_reads_and_answers(cast, asked, signed_in, who, reads, answers):
    browser = signed_in(getattr(cast, who))
    assert browser.get(asked.get_absolute_url()).status_code == reads
    assert browser.post(reverse("organisations:accept_joining", args=[asked.pk])).status_code == answers


@pytest.mark.parametrize(("who", "answer"), [("noor", 302), ("dirk", 403), ("ben", 404)])
def test_who_takes_it_back(cast, asked, signed_in, who, answer):
    browser = signed_in(getattr(cast, who))
    assert browser.post(reverse("organisations:withdraw_joining", args=[asked.pk])).status_code == answer


def test_a_board_leaves_a_network_by_itself(cast, signed_in):
    url = reverse("organisations:leave_network", args=[cast.network.pk])
    assert signed_in(cast.bram).post(url, {"board": cast.board.pk}).status_code == 403
    assert url in signed_in(cast.ben).get(cast.board.get_absolute_url()).text
    assert signed_in(cast.ben).post(url, {"board": cast.board.pk}).status_code == 302
    assert boards(cast) == set()


def test_a_list_of_schools_is_one_request(cast, signed_in, lyceum):
    other = make.school("Het College", "12LY01", None, sector="vo")
    url = reverse("organisations:link_schools", args=[cast.board.pk])
    page = signed_in(cast.ben).post(url, {"school": [lyceum.pk, other.pk]}, follow=True).text
    joining = Joining.objects.get()
    assert joining.get_absolute_url() in page
    page = signed_in(cast.paula).get(joining.get_absolute_url()).text
    assert "Het Lyceum" in page and "Het College" in page
