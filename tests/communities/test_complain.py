"""A complaint about a facilitator reaches the confidant, and nobody else."""

import pytest

from activity.models import Activity, Delivery
from communities import actions
from communities.models import Complaint
from core.refusals import Refused
from organisations.choices import RoleKind
from tests.cast import person, role

TEXT = "Ik word steeds onderbroken en durf niets meer te zeggen."


@pytest.fixture
def vera(cast):
    """The confidant of the board."""
    someone = person("Vera Mulder")
    role(someone, RoleKind.CONFIDANT, cast.board)
    return someone


@pytest.fixture
def complaint(cast, vera):
    return actions.complain(cast.maths, by=cast.amina, text=TEXT)


def test_from_the_form_to_the_answer(cast, vera, signed_in):
    amina = signed_in(cast.amina)
    sent = amina.post(f"/communities/{cast.maths.pk}/complain/", {"text": TEXT})
    complaint = Complaint.objects.get()
    assert sent.url == complaint.get_absolute_url()
    confidant = signed_in(vera)
    assert "PLG Rekenen" in confidant.get("/communities/complaints/").text
    assert TEXT not in confidant.get("/communities/complaints/").text
    assert TEXT in confidant.get(complaint.get_absolute_url()).text
    assert confidant.post(f"{complaint.get_absolute_url()}handle/", {"answer": ""}).status_code == 422
    assert confidant.post(f"{complaint.get_absolute_url()}handle/", {"answer": "Bel mij."}).status_code == 302
    assert "Bel mij." in amina.get(complaint.get_absolute_url()).text
    assert confidant.post(f"{complaint.get_absolute_url()}handle/", {"answer": "Nog iets"}).status_code == 422


@pytest.mark.parametrize("who", ["fatima", "tom", "gijs", "bram", "ben", "noor", "paula", "dele", "els"])
def test_nobody_else_sees_it_whatever_her_role(cast, complaint, signed_in, who):
    browser = signed_in(getattr(cast, who))
    assert browser.get(complaint.get_absolute_url()).status_code == 404
    assert browser.post(f"{complaint.get_absolute_url()}handle/", {"answer": "x"}).status_code == 404
    assert browser.get("/communities/complaints/").status_code == 404


def test_who_wrote_it_cannot_answer_it(cast, complaint, signed_in):
    assert signed_in(cast.amina).post(f"{complaint.get_absolute_url()}handle/", {"answer": "x"}).status_code == 403


def test_each_reading_by_the_confidant_is_written_down_and_the_text_never(cast, vera, complaint, signed_in):
    for _time in range(2):
        signed_in(vera).get(complaint.get_absolute_url())
    signed_in(cast.amina).get(complaint.get_absolute_url())
    assert Activity.objects.filter(kind="communities.complaint_read", by=vera).count() == 2
    assert not any(TEXT in str(facts) for facts in Activity.objects.values_list("facts", flat=True))
    assert not Activity.objects.filter(about_id=complaint.pk, community_id=cast.maths.pk).exists()
    assert not Delivery.objects.filter(community_id=cast.maths.pk, person=cast.fatima).exists()


def test_without_a_confidant_nothing_is_sent_and_the_text_stays(cast, signed_in):
    answer = signed_in(cast.amina).post(f"/communities/{cast.maths.pk}/complain/", {"text": TEXT})
    assert answer.status_code == 422
    assert TEXT in answer.text
    assert not Complaint.objects.exists()


def test_a_confidant_who_facilitates_the_plg_does_not_get_it(cast):
    role(cast.fatima, RoleKind.CONFIDANT, cast.board)
    with pytest.raises(Refused, match="confidant"):
        actions.complain(cast.maths, by=cast.amina, text=TEXT)


@pytest.mark.parametrize(("who", "answer"), [("gijs", 403), ("els", 403), ("bram", 403), ("dele", 404)])
def test_only_members_write(cast, vera, signed_in, who, answer):
    assert signed_in(getattr(cast, who)).get(f"/communities/{cast.maths.pk}/complain/").status_code == answer


def test_what_waits_for_an_answer_comes_first(cast, vera, complaint, signed_in):
    actions.handle(complaint, by=vera, answer="Bel mij.")
    waiting = actions.complain(cast.maths, by=cast.tom, text=TEXT)
    assert list(signed_in(vera).get("/communities/complaints/").context["rows"]) == [waiting, complaint]
