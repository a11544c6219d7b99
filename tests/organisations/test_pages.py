"""Every page of organisations, by everybody: who sees it, who is told that it is not for her."""

import pytest
from allauth.socialaccount.models import SocialApp
from django.urls import reverse
from django.utils.timezone import now

from organisations.choices import PartnerKind
from organisations.models import Joining, Partner, School, SignOn
from tests import cast as make

SEES = {
    # page: (who gets it, who is told it is not for her); everybody else of the cast may see neither
    "index": ("amina bram ben noor paula dele", ""),
    "networks": ("amina bram ben noor paula dele", ""),
    "partners": ("amina bram ben noor paula dele", ""),
    "create_network": ("paula", "amina bram ben noor dele"),
    "create_partner": ("noor paula", "amina bram ben dele"),
    "people": ("bram ben noor paula", "amina dele"),
    "invitations": ("ben noor paula", "amina bram dele"),
    "invite": ("ben noor paula", "amina bram dele"),
    "platform": ("paula", "amina bram ben noor dele"),
    "staff_sample": ("amina bram ben noor paula dele", ""),
}
OF_A_PLACE = {
    ("board", "board"): ("amina bram ben noor paula dele", "", ""),
    ("edit_board", "board"): ("ben paula", "amina bram noor dele", ""),
    ("link_schools", "board"): ("ben paula", "amina bram noor dele", ""),
    ("staff_import", "board"): ("ben paula", "amina bram noor dele", ""),
    ("board_style", "board"): ("amina dele", "", ""),
    ("school", "regenboog"): ("amina bram ben noor paula dele", "", ""),
    ("edit_school", "regenboog"): ("ben paula", "amina bram noor dele", ""),
    ("network", "network"): ("amina bram ben noor paula", "", "dele"),
    ("edit_network", "network"): ("noor paula", "amina bram ben", "dele"),
    ("person", "amina"): ("bram ben paula", "amina dele", "noor"),
    ("person", "dele"): ("paula", "amina", "bram ben noor"),
    ("partner", "library"): ("amina noor paula dele", "", ""),
    ("edit_partner", "library"): ("noor paula", "amina bram ben dele", ""),
}


@pytest.mark.parametrize("name", SEES)
def test_pages_of_the_app(cast, signed_in, name):
    sees, refused = SEES[name]
    for who in sees.split():
        assert signed_in(getattr(cast, who)).get(reverse(f"organisations:{name}")).status_code == 200, who
    for who in refused.split():
        assert signed_in(getattr(cast, who)).get(reverse(f"organisations:{name}")).status_code == 403, who


@pytest.mark.parametrize(("name", "place"), OF_A_PLACE)
def test_pages_of_a_place(cast, signed_in, name, place):
    cast.library = Partner.objects.create(name="De Boekerij", kind=PartnerKind.LIBRARY)
    sees, refused, unseen = OF_A_PLACE[name, place]
    url = reverse(f"organisations:{name}", args=[getattr(cast, place).pk])
    for status, names in ((200, sees), (403, refused), (404, unseen)):
        for who in names.split():
            assert signed_in(getattr(cast, who)).get(url).status_code == status, f"{who}: {status}"


def test_the_next_page_of_a_list_keeps_what_was_asked(cast, signed_in):
    for number in range(31):
        make.school(f"’t Anker & Zo {number}", f"{number + 10}XX00")
    page = signed_in(cast.paula).get(reverse("organisations:index"), {"show": "loose", "q": "anker"}).text
    assert 'href="?page=2&amp;show=loose&amp;q=anker"' in page
    page = signed_in(cast.paula).get(reverse("organisations:link_schools", args=[cast.board.pk]), {"q": "& zo"}).text
    assert 'href="?page=2&amp;q=%26+zo"' in page


def test_a_network_counts_the_open_schools_of_its_boards(cast, signed_in):
    School.objects.filter(pk=cast.wissel.pk).update(gone_at=now())
    page = signed_in(cast.noor).get(cast.network.get_absolute_url())
    assert [board.schools_open for board in page.context["boards"]] == [1]


def test_nobody_sees_anything_without_signing_in(cast, signed_in):
    assert signed_in().get(reverse("organisations:index")).status_code == 302


def more_people(cast, count):
    for number in range(count):
        make.works(make.person(f"Iemand Nummer{number}"), cast.regenboog)


@pytest.mark.parametrize("extra", [0, 2])
@pytest.mark.parametrize(
    ("name", "place", "who", "queries"),
    [
        ("people", "", "ben", 7),  # one of them writes down who was seen
        ("index", "", "ben", 4),
        ("board", "board", "ben", 10),
        ("school", "regenboog", "ben", 8),
        ("network", "network", "noor", 7),
        ("invitations", "", "ben", 6),
    ],
)
def test_a_longer_list_asks_no_more_of_the_database(
    cast, signed_in, django_assert_num_queries, extra, name, place, who, queries
):
    from organisations.models import Invitation

    for number in range(1 + extra):
        more_people(cast, 0)
        make.works(make.person(f"Iemand Nummer{number}"), cast.regenboog)
        school = make.school(f"School {number}", f"1{number}XX00", cast.board)
        cast.network.schools.add(school)
        Invitation.objects.create(email=f"n{number}@school.example", school=cast.wissel, invited_by=cast.ben)
    browser = signed_in(getattr(cast, who))
    url = reverse(f"organisations:{name}", args=[getattr(cast, place).pk] if place else [])
    browser.get(url)
    with django_assert_num_queries(queries):
        assert browser.get(url).status_code == 200


def test_a_name_of_another_script_and_a_very_long_one(cast, signed_in):
    browser = signed_in(cast.paula)
    url = reverse("organisations:edit_board", args=[cast.board.pk])
    answer = browser.post(url, {"name": "x" * 300, "primary_colour": ""})
    assert answer.status_code == 422
    assert "x" * 300 in answer.content.decode()
    assert browser.post(url, {"name": "مؤسسة الجسر 🌉", "primary_colour": ""}).status_code == 302
    cast.board.refresh_from_db()
    assert cast.board.name == "مؤسسة الجسر 🌉"
    assert cast.board.former_names.get().name == "Stichting De Brug"


@pytest.mark.parametrize(("colour", "status"), [("#0b6e63", 302), ("#ffee00", 422), ("red", 422), ("#12", 422)])
def test_a_colour_must_carry_white_letters(cast, signed_in, colour, status):
    url = reverse("organisations:edit_board", args=[cast.board.pk])
    answer = signed_in(cast.ben).post(url, {"name": "De Brug", "primary_colour": colour})
    assert answer.status_code == status


def test_the_colour_of_the_board_reaches_the_page_of_its_people(cast, signed_in):
    cast.board.primary_colour = "#224466"
    cast.board.save()
    page = signed_in(cast.amina).get(reverse("organisations:index")).content.decode()
    style = reverse("organisations:board_style", args=[cast.board.pk])
    assert f"{style}?224466" in page
    assert b"#224466" in signed_in(cast.amina).get(style).content


def test_schools_without_a_board_are_linked_but_never_taken_away(cast, signed_in):
    college = make.school("Het Lyceum", "12LY00", None, sector="vo")
    url = reverse("organisations:link_schools", args=[cast.board.pk])
    browser = signed_in(cast.ben)
    assert "Het Lyceum" in browser.get(url, {"q": "lyceum"}).content.decode()
    browser.post(url, {"school": [college.pk]})
    signed_in(cast.paula).post(reverse("organisations:accept_joining", args=[Joining.objects.get().pk]))
    college.refresh_from_db()
    assert college.board == cast.board
    browser.post(url, {"school": [cast.waterlelie.pk]})
    cast.waterlelie.refresh_from_db()
    assert cast.waterlelie.board == cast.other_board


def test_a_school_is_found_while_typing_and_without_script(cast, signed_in):
    browser = signed_in(cast.noor)
    search = reverse("organisations:school_search")
    assert "De Wissel" in browser.get(search, {"name": "school", "school_q": "wiss"}).content.decode()
    answer = browser.get(search, {"q": "regen"}, headers={"Accept": "application/json"})
    assert answer.json()["schools"][0]["code"] == "07XY00"
    join = reverse("organisations:join_network", args=[cast.network.pk])
    assert browser.post(join, {"add_school": "1", "school_q": "de w"}).status_code == 422
    assert browser.post(join, {"add_school": "1", "school_q": "waterlelie"}).status_code == 302
    assert Joining.objects.get().school == cast.waterlelie


def test_long_lists_are_paged_and_nobody_is_left_out(cast, signed_in):
    more = range(35)
    for n in more:
        make.school(f"School {n:02}", f"20AA{n:02}", cast.board)
        make.works(make.person(f"Juf {chr(97 + n // 26)}{chr(97 + n % 26)}", f"juf{n}@school.example"), cast.wissel)
    partner = Partner.objects.create(name="Pabo")
    for n in more:
        make.works(make.person(f"Docent {n}", f"docent{n}@pabo.example"), partner)
        board = make.board(f"Bestuur {n:02}", f"5{n:04}")
        app = SocialApp.objects.create(provider="openid_connect", provider_id=f"app-{n}", name=f"{n}", client_id=f"{n}")
        SignOn.objects.create(board=board, kind="surf", app=app)
    paula = signed_in(cast.paula)
    for place, last in (
        (cast.board.get_absolute_url(), "School 34"),
        (cast.wissel.get_absolute_url(), "Tom Hendriks"),
        (partner.get_absolute_url(), "Docent 9"),
        (reverse("organisations:sign_ons"), "Bestuur 34"),
    ):
        assert last not in paula.get(place).text
        assert last in paula.get(f"{place}?page=2").text
