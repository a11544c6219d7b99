"""A staff list from upload to undo: nothing is saved before every question is answered."""

import io
from datetime import timedelta
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now
from openpyxl import Workbook

from activity.models import Delivery
from core.refusals import Refused
from organisations import actions
from organisations.imports.staff import judge
from organisations.models import Affiliation, Invitation, Role, StaffImport
from people.actions import owner_of
from people.models import User
from tests import cast as make
from tests.hands import together

HEAD = "naam;e-mail;school;functie;vanaf;tot\n"


def upload(text, name="personeel.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


@pytest.fixture
def read(cast):
    def read(*rows, head=HEAD):
        return actions.read_staff_list(cast.board, upload(head + "\n".join(rows)), by=cast.ben)

    return read


def only(staff_import):
    [verdict] = judge(StaffImport.objects.select_related("board").get(pk=staff_import.pk))
    return verdict


@pytest.mark.parametrize(
    ("row", "state", "question"),
    [
        ("Iris Vermeer;iris@brug.example;De Wissel;leerkracht;;", "new", ""),
        ("Iris Vermeer;iris@brug.example;08AB00;Kwaliteitscoördinator;;31-07-2030", "new", ""),
        ("Iris Vermeer;iris@brug.example;08AB;;;", "new", ""),
        ("Iris Vermeer;iris@brug.example;Bestuur;staf;;", "new", ""),
        ("Els Jansen;els.jansen@school.example;De Regenboog;leerkracht;;", "same", ""),
        ("Els Jansen;ELS.JANSEN@school.example;De Regenboog;IB'er;;", "change", ""),
        ("Els Jansen;els.jansen@school.example;De Wissel;leerkracht;;", "change", ""),
        ("Els Jansen;els.jansen@school.example;De Regenboog;leerkracht;;2030-07-31", "change", ""),
        ("Els Jansen;e.jansen@brug.example;De Wissel;leerkracht;;", "ask", "person"),
        ("Roos Timmer;roos@brug.example;07X1;leerkracht;;", "ask", "school"),
        ("Roos Timmer;roos@brug.example;De Waterlelie;leerkracht;;", "ask", "school"),
        ("Roos Timmer;roos@brug.example;;leerkracht;;", "ask", "school"),
        ("Roos Timmer;roos(at)brug;De Wissel;leerkracht;;", "ask", "email"),
        ("Roos Timmer;;De Wissel;leerkracht;;", "ask", "email"),
        (";roos@brug.example;De Wissel;leerkracht;;", "ask", "name"),
        ("42;roos@brug.example;De Wissel;leerkracht;;", "ask", "name"),
        ("R" * 300 + ";roos@brug.example;De Wissel;leerkracht;;", "ask", "name"),
        ("Roos;roos@brug.example;De Wissel;astronaut;;", "ask", "function"),
        ("Roos;roos@brug.example;De Wissel;leerkracht;;ooit", "ask", "until"),
        ("Roos;roos@brug.example;De Wissel;leerkracht;;01-01-2001", "ask", "until"),
        ("روز تيمر 🌹;roos@brug.example;De Wissel;leerkracht;;", "new", ""),
        ("=HYPERLINK(1);roos@brug.example;De Wissel;leerkracht;;", "new", ""),
    ],
)
def test_what_happens_with_a_row(read, row, state, question):
    verdict = only(read(row))
    assert (verdict.state, verdict.question) == (state, question), verdict.sentence
    assert verdict.sentence


def test_a_name_is_cleaned_as_where_people_type_their_own(read):
    assert only(read("\u202eIris Vermeer\u202c;iris@brug.example;De Wissel;;;")).name == "Iris Vermeer"


def test_a_name_in_three_columns_and_english_headings(read):
    parts = read("Joost;de;Wit;j@brug.example;De Wissel", head="Voornaam;Tussenvoegsel;Achternaam;E-mailadres;School\n")
    assert only(parts).name == "Joost de Wit"
    assert only(read("Joost,j@brug.example,De Wissel", head="Name,E-mail address,School\n")).state == "new"


def test_a_spreadsheet_with_dates_and_formulas(cast):
    book = Workbook()
    for row in (["naam", "e-mail", "school", "tot"], ["Iris", "iris@brug.example", "De Wissel", '=WEBSERVICE("x")']):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = actions.read_staff_list(cast.board, upload(out.getvalue(), "p.xlsx"), by=cast.ben)
    assert only(found).state == "new"


def test_a_list_of_an_old_computer(cast):
    text = (HEAD + "Zoë Üstün;zoe@brug.example;De Wissel;leerkracht;;").encode("cp1252")
    assert only(actions.read_staff_list(cast.board, upload(text), by=cast.ben)).name == "Zoë Üstün"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"PK\x03\x04broken",
        b"naam;e-mail\n",
        b"hond;kat\nBello;Minoes\n",
        b"\xff\xd8\xff\xe0 photo",
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(cast, signed_in, content):
    url = reverse("organisations:staff_import", args=[cast.board.pk])
    answer = signed_in(cast.ben).post(url, {"file": upload(content, "x.xlsx")})
    assert answer.status_code == 422
    assert not StaffImport.objects.exists()


def test_nothing_is_saved_while_a_row_asks(cast, read):
    found = read("Iris;iris@brug.example;De Wissel;leerkracht;;", "Roos;roos@brug.example;07X1;leerkracht;;")
    people = User.objects.count()
    with pytest.raises(Refused):
        actions.carry_out(found, by=cast.ben)
    assert User.objects.count() == people
    assert not Invitation.objects.exists()


def test_the_whole_way_in_the_browser(cast, signed_in):
    ben = signed_in(cast.ben)
    rows = (
        "Iris Vermeer;iris@brug.example;De Wissel;leerkracht;;",
        "Roos Timmer;roos@brug.example;07X1;leerkracht;;",
        "Els Jansen;e.jansen@brug.example;De Wissel;leerkracht;;",
        "Tom Hendriks;tom.hendriks@school.example;De Wissel;IB'er;;",
        "Kees Foutje;kees@brug;De Wissel;leerkracht;;",
    )
    text = HEAD + "\n".join(rows)
    url = reverse("organisations:staff_import", args=[cast.board.pk])
    check = ben.post(url, {"file": upload(text)}).headers["Location"]
    page = ben.get(check).content.decode()
    assert f'href="{url}"' in page
    assert page.count('class="ask"') == 3
    pk = StaffImport.objects.get().pk

    def answer(row, **given):
        return ben.post(reverse("organisations:answer_row", args=[pk, row]), given)

    answer(2, school=cast.wissel.pk)
    answer(3, person="other")
    assert answer(99, skip="1").status_code == 302
    answer(5, skip="1")
    assert ben.get(check).content.decode().count('class="ask"') == 0
    people = User.objects.count()
    carry_out = reverse("organisations:carry_out", args=[pk])
    assert ben.post(carry_out, {"when": "day", "day": ""}).status_code == 422
    assert ben.post(carry_out, {"when": "now"}).status_code == 302
    assert ben.post(carry_out, {"when": "now"}).status_code in (302, 200, 422)
    assert User.objects.count() == people + 3
    assert Invitation.objects.open().count() == 3
    assert Delivery.objects.filter(kind="organisations.invited").count() == 3
    assert cast.tom.affiliations.get().function == "care"
    assert cast.tom.notifications.filter(activity__kind="organisations.staff_changed").exists()
    assert User.objects.get(email="iris@brug.example").affiliations.get().school == cast.wissel
    assert ben.get(check).status_code == 200


def test_a_list_ends_no_role_that_its_sender_may_not_end(cast, read):
    found = read("Noor Hofstra;noor.hofstra@school.example;Bestuur;staf;;2030-07-31")
    with pytest.raises(Refused, match="Noor"):
        actions.carry_out(found, by=cast.ben)
    assert cast.noor.affiliations.get().until_on is None


def test_a_row_is_answered_by_htmx_too(cast, signed_in, read):
    found = read("Roos;roos@brug.example;07X1;leerkracht;;")
    url = reverse("organisations:answer_row", args=[found.pk, 1])
    answer = signed_in(cast.ben).post(url, {"school": cast.wissel.pk}, headers={"HX-Request": "true"})
    assert 'id="preview"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_same_person_with_another_address(cast, read):
    never = make.person("Kim de Boer", "kim@oud.example", joined_at=None)
    make.works(never, cast.wissel)
    found = read("Kim de Boer;kim@nieuw.example;De Wissel;leerkracht;;", "Els Jansen;els@nieuw.example;De Wissel;;;")
    actions.answer_row(found, 1, {"person": never.pk})
    actions.answer_row(found, 2, {"person": cast.els.pk})
    actions.carry_out(found, by=cast.ben)
    never.refresh_from_db()
    cast.els.refresh_from_db()
    assert never.email == "kim@nieuw.example"
    assert Invitation.objects.get().email == "kim@nieuw.example"
    assert cast.els.email == "els.jansen@school.example"
    assert not cast.els.emailaddress_set.get(email="els@nieuw.example").verified
    actions.undo(StaffImport.objects.get(pk=found.pk), by=cast.ben)
    never.refresh_from_db()
    assert never.email == "kim@oud.example"


def test_an_address_that_somebody_else_took_meanwhile_is_not_given_back(cast, read):
    never = make.person("Kim de Boer", "kim@oud.example", joined_at=None)
    never.emailaddress_set.all().delete()
    make.works(never, cast.wissel)
    found = read("Kim de Boer;kim@nieuw.example;De Wissel;leerkracht;;")
    actions.answer_row(found, 1, {"person": never.pk})
    actions.carry_out(found, by=cast.ben)
    make.person("Kim van Dam", "kim@oud.example")
    assert actions.undo(StaffImport.objects.get(pk=found.pk), by=cast.ben) == ["Kim de Boer"]
    never.refresh_from_db()
    assert never.email == "kim@nieuw.example"


def test_letters_wait_for_the_chosen_moment(cast, read):
    found = read("Iris;iris@brug.example;De Wissel;leerkracht;;")
    monday = now() + timedelta(days=3)
    actions.carry_out(found, by=cast.ben, invite_at=monday)
    assert Delivery.objects.get(address="iris@brug.example").due_at == monday
    assert Invitation.objects.get().expires_at == monday + timedelta(days=14)


def test_saved_once_however_often_it_is_asked(cast, read):
    found = read("Iris;iris@brug.example;De Wissel;leerkracht;;")
    actions.carry_out(found, by=cast.ben)
    with pytest.raises(Refused):
        actions.carry_out(found, by=cast.ben)
    assert User.objects.filter(email="iris@brug.example").count() == 1


def test_undo_takes_back_what_nobody_used(cast, read, signed_in):
    found = read(
        "Iris;iris@brug.example;De Wissel;leerkracht;;",
        "Joris;joris@brug.example;De Wissel;leerkracht;;",
        "Kiki;kiki@brug.example;De Wissel;leerkracht;;",
        "Els Jansen;els.jansen@school.example;De Regenboog;IB'er;;",
        "Tom Hendriks;tom.hendriks@school.example;De Regenboog;leerkracht;;",
    )
    actions.carry_out(found, by=cast.ben)
    joris = User.objects.get(email="joris@brug.example")
    actions.accept(Invitation.objects.get(email=joris.email), name="Joris")
    make.member(cast.maths, User.objects.get(email="kiki@brug.example"))
    ben = signed_in(cast.ben)
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE plg_app")  # the application may not touch the journal
    page = ben.post(reverse("organisations:undo", args=[found.pk]), follow=True).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert "Joris" in page
    assert "Kiki" in page
    assert not User.objects.filter(email="iris@brug.example").exists()
    assert User.objects.filter(email="joris@brug.example").exists()
    assert cast.maths.memberships.filter(person__email="kiki@brug.example").exists()
    assert cast.els.affiliations.get().function == "teacher"
    assert cast.tom.affiliations.count() == 1
    assert not Invitation.objects.open().exists()
    with pytest.raises(Refused):
        actions.undo(found, by=cast.ben)


def test_undo_leaves_what_somebody_changed_since_and_says_whose(cast, read):
    found = read(
        "Els Jansen;els.jansen@school.example;De Regenboog;IB'er;;",
        "Tom Hendriks;tom.hendriks@school.example;De Wissel;leerkracht;;2030-07-31",
    )
    actions.carry_out(found, by=cast.ben)
    actions.change_function(cast.els.affiliations.get(), "support", by=cast.ben)
    assert actions.undo(StaffImport.objects.get(pk=found.pk), by=cast.ben) == ["Els Jansen"]
    assert cast.els.affiliations.get().function == "support"
    assert cast.tom.affiliations.get().until_on is None


def test_undo_takes_no_place_away_on_which_something_was_built_since(cast, read):
    found = read("Tom Hendriks;tom.hendriks@school.example;De Regenboog;leerkracht;;")
    actions.carry_out(found, by=cast.ben)
    actions.give_role(cast.tom, "planner", cast.regenboog, by=cast.ben)
    assert actions.undo(StaffImport.objects.get(pk=found.pk), by=cast.ben) == ["Tom Hendriks"]
    assert cast.tom.affiliations.filter(school=cast.regenboog).exists()


def test_undo_works_for_seven_days_and_then_the_rows_go(cast, read):
    found = read("Iris;iris@brug.example;De Wissel;leerkracht;;")
    actions.carry_out(found, by=cast.ben)
    StaffImport.objects.update(done_at=now() - timedelta(days=8))
    with pytest.raises(Refused):
        actions.undo(found, by=cast.ben)
    assert actions.forget_staff_lists() == 1
    assert StaffImport.objects.get().rows == []


def test_the_report_is_safe_to_open_in_a_spreadsheet(cast, read, signed_in):
    found = read("=HYPERLINK(1);roos@brug.example;De Wissel;leerkracht;;")
    report = reverse("organisations:staff_report", args=[found.pk])
    before = signed_in(cast.ben).get(report).content.decode()
    assert "'=HYPERLINK" in before
    actions.carry_out(found, by=cast.ben)
    assert "'=HYPERLINK" in signed_in(cast.ben).get(report).content.decode()


def test_a_list_is_seen_by_its_own_board_only(cast, read, signed_in):
    found = read("Iris;iris@brug.example;De Wissel;leerkracht;;")
    make.role(cast.dele, "board_admin", cast.other_board)
    for who in (cast.dele, cast.noor, cast.bram, cast.amina):
        browser = signed_in(who)
        assert browser.get(reverse("organisations:staff_import_check", args=[found.pk])).status_code == 404
        assert browser.get(reverse("organisations:staff_report", args=[found.pk])).status_code == 404
        assert browser.post(reverse("organisations:carry_out", args=[found.pk])).status_code == 404
        assert browser.post(reverse("organisations:undo", args=[found.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_more_rows_ask_no_more_of_the_database(cast, read, signed_in, django_assert_num_queries, count):
    found = read(*(f"Iemand {n};iemand{n}@brug.example;De Wissel;leerkracht;;" for n in range(count)))
    browser = signed_in(cast.ben)
    url = reverse("organisations:staff_import_check", args=[found.pk])
    browser.get(url)
    with django_assert_num_queries(7):
        browser.get(url)


def test_five_hundred_rows_are_saved_in_one_go(cast, read, django_assert_max_num_queries):
    found = read(*(f"Iemand {n};iemand{n}@brug.example;De Wissel;leerkracht;;" for n in range(500)))
    with django_assert_max_num_queries(40):
        actions.carry_out(found, by=cast.ben)
    assert Affiliation.objects.filter(school=cast.wissel).count() == 502
    assert Delivery.objects.filter(kind="organisations.invited").count() == 500
    last_day = read(*(f"Iemand {n};iemand{n}@brug.example;De Wissel;IB'er;;2030-07-31" for n in range(500)))
    with django_assert_max_num_queries(40):
        actions.carry_out(last_day, by=cast.ben)
    assert Affiliation.objects.filter(until_on="2030-07-31", function="care").count() == 500
    for each in (last_day, found):
        with django_assert_max_num_queries(80):
            assert not actions.undo(StaffImport.objects.get(pk=each.pk), by=cast.ben)
    assert Affiliation.objects.filter(school=cast.wissel).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_administrators_save_the_same_list_at_once(transactional_db):
    from tests.cast import board, person, role, school, works

    own = board()
    school("De Wissel", "08AB00", own)
    ben, bea = person("Ben Kuiper"), person("Bea Kuiper")
    for admin in (ben, bea):
        works(admin, own)
        role(admin, "board_admin", own)
    found = actions.read_staff_list(own, upload(HEAD + "Iris;iris@brug.example;De Wissel;leerkracht;;"), by=ben)
    outcomes = together(*(partial(actions.carry_out, found, by=by) for by in (ben, bea)))
    assert sorted(isinstance(outcome, Refused) for outcome in outcomes) == [False, True]
    assert User.objects.filter(email="iris@brug.example").count() == 1
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("has", ["a role", "another board", "a place in a PLG"])
def test_a_board_gives_no_new_address_to_an_account_that_is_not_its_own_alone(cast, read, has):
    ilse = User.objects.create_user("ilse@brug.example", name="Ilse Groen")
    make.works(ilse, cast.regenboog)
    if has == "a role":
        Role.objects.create(person=ilse, kind="network_admin", network=cast.network)
    elif has == "another board":
        make.works(ilse, cast.waterlelie)
    else:
        make.member(cast.maths, ilse, state="invited", joined_at=None)
    found = read("Ilse Groen;van.ben@elders.example;De Regenboog;leerkracht;;")
    found = actions.answer_row(found, 1, {"person": ilse.pk})
    actions.carry_out(found, by=cast.ben)
    ilse.refresh_from_db()
    assert ilse.email == "ilse@brug.example"
    assert owner_of("van.ben@elders.example") is None
    assert not Invitation.objects.filter(email="van.ben@elders.example").exists()
