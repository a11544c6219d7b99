"""Minutes against what was never meant: a case read by who left, a text made to keep the machine busy."""

import time
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from communities import actions as plg
from communities.meetings.actions import minutes as deeds
from communities.meetings.choices import LineKind
from communities.meetings.minutes import Typed, compare, mark, merge
from communities.meetings.models import Line, Meeting, Run, RunStep
from tests import cast as make

OF_A_CASE = {LineKind.DECISION: "We bellen thuis", LineKind.INSIGHT: "Hij telt op", LineKind.PARKED: "Vraag het oma"}


@pytest.fixture
def held(cast, thursday):
    return make.meeting(cast.maths, held_on=date(2026, 11, 5))


@pytest.fixture
def approved(cast, held):
    """Minutes of a session with a case of which notes were taken, and with a step that is no case."""
    run = Run.objects.create(
        community=cast.maths, about_type=ContentType.objects.get_for_model(Meeting), about_id=held.pk,
        title=held.called, state="ended", code="123456",
    )  # fmt: skip
    case = RunStep.objects.create(run=run, order=0, title="Sem rekent niet", minutes=9, was_done=True, is_case=True)
    other = RunStep.objects.create(run=run, order=1, title="Vouwen", minutes=9, was_done=True)
    for kind, text in OF_A_CASE.items():
        Line.objects.create(run=run, step=case, kind=kind, text=text, author=cast.tom, key=uuid4())
    Line.objects.create(run=run, step=other, kind=LineKind.DECISION, text="We vouwen", author=cast.tom, key=uuid4())
    minutes = deeds.grow(held, by=cast.fatima)
    deeds.propose(minutes, by=cast.fatima)
    for person in (cast.amina, cast.tom):
        deeds.approve(minutes, by=person, number=1)
    return minutes


def test_nothing_of_a_case_is_read_by_who_left(cast, held, approved, membership, signed_in):
    cast.maths.leavers_read = True
    cast.maths.save()
    plg.leave(membership(cast.amina), by=cast.amina)
    amina, tom = signed_in(cast.amina), signed_in(cast.tom)
    address = reverse("meetings:minutes", args=[held.pk])
    assert "We vouwen" in amina.get(address).text
    assert "Sem rekent niet" not in amina.get(address).text
    for secret in OF_A_CASE.values():
        assert secret not in amina.get(address).text
        assert secret in tom.get(address).text


def test_a_case_that_was_emptied_and_is_written_again_stays_a_case():
    case = {"key": "step-1", "kind": "step", "title": "Casus", "text": "Sem", "case": True}
    emptied, _none = merge([case], [Typed("step-1", mark(case), "", "")])
    written, _none = merge(emptied, [Typed("step-1", mark(emptied[0]), "Casus", "Sem telt")])
    assert written[0]["text"] == "Sem telt" and written[0]["case"]


def test_two_long_texts_of_one_word_are_compared_at_once():
    def version(first):
        return [{"key": f"k{n}", "kind": "step", "title": "", "text": first + "a\n" * 9000} for n in range(4)]

    before = time.process_time()
    found = compare(version("oud\n"), version("nieuw\n"))
    assert time.process_time() - before < 5  # it took 30 seconds
    assert all(row["changed"] for row in found)


def test_who_left_reads_neither_what_stood_there_before_nor_who_changed_it(cast, held, approved, membership, signed_in):
    section = approved.versions.get().sections[1]
    words = Typed(section["key"], mark(section), section["title"], "- We vouwen stroken")
    deeds.correct(approved, by=cast.tom, typed=[words], because="Sem hoort hier niet")
    for person in (cast.amina, cast.fatima):
        deeds.approve(approved, by=person, number=2)
    cast.maths.leavers_read = True
    cast.maths.save()
    plg.leave(membership(cast.amina), by=cast.amina)
    amina, compared = signed_in(cast.amina), reverse("meetings:compare_minutes", args=[held.pk])
    page = amina.get(reverse("meetings:minutes", args=[held.pk])).text
    assert "We vouwen stroken" in page
    assert "Sem hoort hier niet" not in page and "Tom Hendriks" not in page
    assert amina.get(compared).status_code == 403
    assert "stroken" in signed_in(cast.fatima).get(compared).text
