"""Money that somebody gave: who sees it, when it is reported on, and what there is to show."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from activity.models import Ask
from core.privacy import names_of, take_out
from core.refusals import Refused
from participation.funding import actions, evidence
from participation.funding.models import DueDate, Grant
from participation.models import Figure
from tests import cast as make


@pytest.fixture
def march():
    with time_machine.travel("2027-03-15 12:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def grant(cast, march):
    """Money for the network, for a school year, done by PLG Rekenen."""
    return actions.add(
        cast.network, by=cast.noor, name="Samen leren", source="Gemeente Amersfoort", amount="18000.00",
        starts_on=date(2026, 8, 1), ends_on=date(2027, 7, 31), conditions="Een verslag voor 1 oktober.",
        communities=[cast.maths],
    )  # fmt: skip


def seen_by(grant, person):
    return Grant.objects.for_detail(person).filter(pk=grant.pk).exists()


def test_only_who_runs_the_network_sees_it(cast, grant):
    assert seen_by(grant, cast.noor)
    for other in (cast.ben, cast.bram, cast.fatima, cast.amina, cast.paula, cast.dele):
        assert not seen_by(grant, other)


def test_money_of_a_plg_is_its_facilitators(cast, march):
    row = actions.add(
        cast.maths, by=cast.fatima, name="Stroken", source="Stichting Papier", amount="250",
        starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 1),
    )  # fmt: skip
    assert [plg.pk for plg in row.communities.all()] == [cast.maths.pk]
    assert seen_by(row, cast.fatima)
    for other in (cast.amina, cast.bram, cast.ben, cast.noor, cast.paula):
        assert not seen_by(row, other)


def test_four_weeks_before_who_runs_it_now_is_asked(cast, grant, march):
    due = actions.add_date(grant, by=cast.noor, what="Tussenverslag", due_on=date(2027, 5, 1))
    asked = Ask.objects.get(kind="funding.report", about_id=due.pk)
    assert (asked.person, asked.opens_on, asked.due_on) == (cast.noor, date(2027, 4, 3), date(2027, 5, 1))
    nieuw = make.person("Nina Bos")
    make.role(nieuw, "network_admin", cast.network)
    assert actions.ask_again() == 0, "it is not so near yet"
    march.shift(timedelta(days=30))
    assert actions.ask_again() == 1
    assert actions.ask_again() == 1
    assert set(Ask.objects.open().filter(kind="funding.report").values_list("person", flat=True)) == {
        cast.noor.pk,
        nieuw.pk,
    }
    actions.report(due, by=nieuw)
    assert not Ask.objects.open().filter(kind="funding.report").exists()
    actions.report_undone(due, by=nieuw)
    assert Ask.objects.open().filter(kind="funding.report").count() == 2


def test_what_was_reported_on_stays(cast, grant):
    due = actions.add_date(grant, by=cast.noor, what="Tussenverslag", due_on=date(2027, 5, 1))
    with pytest.raises(Refused, match="staat er al"):
        actions.add_date(grant, by=cast.noor, what="Tussenverslag", due_on=date(2027, 5, 1))
    actions.report(due, by=cast.noor)
    for deed, thing in ((actions.remove, grant), (actions.remove_date, due)):
        with pytest.raises(Refused):
            deed(thing, by=cast.noor)
    assert DueDate.objects.count() == 1


def test_evidence_is_dates_and_sums_of_whole_figures_within_the_term(cast, grant):
    make.meeting(cast.maths, held_on=date(2026, 11, 5))
    make.meeting(cast.maths, held_on=date(2025, 11, 5))
    make.meeting(cast.maths, held_on=date(2026, 12, 5), state="cancelled")
    for first, minutes in ((date(2026, 11, 1), 900), (date(2026, 7, 1), 500)):
        Figure.objects.create(
            month=first, board=cast.board, school=cast.regenboog, subject="maths", minutes=minutes, counted=minutes,
            people=6, asked=0, were=0, most=0,
        )  # fmt: skip
    found = evidence.of(grant)
    assert [row[1] for row in found.dates] == [date(2026, 11, 5)]
    assert found.sums == [(date(2026, 11, 1), 900)]
    Grant.objects.filter(pk=grant.pk).update(starts_on=date(2026, 11, 2))
    assert evidence.of(Grant.objects.get(pk=grant.pk)).sums == [], "a part of a month is no figure"


def test_files_name_nobody(cast, grant, signed_in):
    make.meeting(cast.maths, held_on=date(2026, 11, 5))
    client = signed_in(cast.noor)
    answer = client.get(reverse("funding:evidence_xlsx", args=[grant.pk]))
    cells = [str(cell) for row in load_workbook(BytesIO(answer.content)).active.values for cell in row]
    assert "PLG Rekenen" in cells
    for person in (cast.fatima, cast.amina, cast.tom):
        assert not any(person.last_name in cell for cell in cells if hasattr(person, "last_name"))
        assert not any(person.name in cell for cell in cells)
    paper = client.get(reverse("funding:evidence_pdf", args=[grant.pk]))
    assert paper.content.startswith(b"%PDF")


def test_who_is_erased_is_named_in_no_funding(cast, grant):
    Grant.objects.update(conditions=f"Verslag door {cast.amina.name}", source=f"Fonds {cast.amina.name}")
    actions.add_date(grant, by=cast.noor, what=f"Verslag van {cast.amina.name}", due_on=date(2027, 5, 1))
    take_out(cast.amina, names_of(cast.amina))
    row = Grant.objects.get()
    assert (row.conditions, row.source) == ("Verslag door oud-lid", "Fonds oud-lid")
    assert DueDate.objects.get().what == "Verslag van oud-lid"


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": "-5"}, {"amount": "0"}, {"ends_on": "2020-01-01"}, {"name": ""}, {"amount": "1e99"},
        {"ends_on": "9999-12-31"}, {"starts_on": "0001-01-01"}, {"starts_on": "1999-01-01", "ends_on": "1999-12-31"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_given_back(cast, march, signed_in, wrong):
    data = {"name": "Samen", "source": "Gemeente", "amount": "100", "starts_on": "2026-08-01", "ends_on": "2027-07-31"}
    answer = signed_in(cast.noor).post(reverse("funding:add", args=["network", cast.network.pk]), data | wrong)
    assert answer.status_code == 422
    assert not Grant.objects.exists()


def test_a_term_of_ten_years_is_shown_and_a_longer_one_not_kept(cast, march, signed_in):
    client, page = signed_in(cast.noor), reverse("funding:add", args=["network", cast.network.pk])
    data = {"name": "Lang", "source": "Fonds", "amount": "100", "starts_on": "2020-08-01"}
    assert client.post(page, data | {"ends_on": "2030-08-01"}).status_code == 422
    answer = client.post(page, data | {"ends_on": "2030-07-31"})
    assert client.get(answer["Location"]).status_code == 200


def test_days_that_no_calendar_has_are_given_back(cast, grant, signed_in):
    client, page = signed_in(cast.noor), reverse("funding:add_date", args=[grant.pk])
    for day in ("0001-01-01", "9999-12-31", "2026-02-30", "tomorrow", ""):
        assert client.post(page, {"what": "Verslag", "due_on": day}).status_code == 422
    assert not DueDate.objects.exists()


def test_the_list_asks_as_much_for_three_as_for_one(cast, grant, signed_in, django_assert_num_queries):
    client, page = signed_in(cast.noor), reverse("funding:index")
    client.get(page)
    with django_assert_num_queries(5):
        client.get(page)
    for name in ("Tweede", "Derde"):
        more = actions.add(
            cast.network, by=cast.noor, name=name, source="Fonds", amount="1", starts_on=date(2026, 8, 1),
            ends_on=date(2027, 7, 31),
        )  # fmt: skip
        actions.add_date(more, by=cast.noor, what="Verslag", due_on=date(2027, 9, 1))
    with django_assert_num_queries(5):
        assert "Derde" in client.get(page).content.decode()


def test_from_writing_it_down_to_reported(cast, march, signed_in):
    client = signed_in(cast.noor)
    data = {
        "name": "Samen leren", "source": "Gemeente", "amount": "18000", "starts_on": "2026-08-01",
        "ends_on": "2027-07-31", "conditions": "Verslag", "communities": [cast.maths.pk],
    }  # fmt: skip
    answer = client.post(reverse("funding:add", args=["network", cast.network.pk]), data)
    grant = Grant.objects.get()
    assert answer["Location"] == grant.get_absolute_url()
    client.post(reverse("funding:add_date", args=[grant.pk]), {"what": "Eindverslag", "due_on": "2027-09-30"})
    due = grant.dates.get()
    client.post(reverse("funding:report", args=[due.pk]))
    assert "Eindverslag" in client.get(grant.get_absolute_url()).content.decode()
    due.refresh_from_db()
    assert due.done_by == cast.noor
