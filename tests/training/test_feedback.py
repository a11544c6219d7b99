"""Work that is handed in, in versions; feedback on each; a fellow learner's view; and what nobody reads in time."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activity.models import Ask, Notification
from core.time import today
from tests import cast as make
from tests.training import world
from training.actions import feedback
from training.models import Assignment, Feedback, PeerFeedback, Submission

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SAID = {"feed_up": "Kijken zonder oordeel.", "feedback": "Je schrijft wat je zag.", "feedforward": "Noem de tijd."}


@pytest.fixture
def enrolment(cast):
    return world.learner(cast, world.group(cast, world.programme(), places=9))


@pytest.fixture
def submission(cast, enrolment, signed_in):
    """Begun, with nothing in it yet."""
    work = Assignment.objects.get(module__version=enrolment.version_id)
    answer = signed_in(cast.fatima).post(reverse("training:assignment", args=[enrolment.pk, work.pk]))
    row = Submission.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    return row


@pytest.fixture
def handed_in(cast, submission, signed_in):
    signed_in(cast.fatima).post(submission.get_absolute_url(), {"text": "Sem telt op zijn vingers.", "hand_in": "1"})
    submission.refresh_from_db()
    return submission


def waits_for(kind):
    return set(Ask.objects.open().filter(kind=kind).values_list("person__name", flat=True))


def give(client, row, verdict, **changes):
    path = reverse("training:give_feedback", args=[row.pk])
    return client.post(path, SAID | {"verdict": verdict, "score-0": verdict} | changes)


# Handing in ---------------------------------------------------------------------------------------


def test_a_concept_is_hers_alone_until_she_hands_it_in(cast, submission, signed_in):
    fatima, tom, path = signed_in(cast.fatima), signed_in(cast.tom), submission.get_absolute_url()
    fatima.post(path, {"text": "Sem telt op zijn vingers."})
    assert "op zijn vingers" in fatima.get(path).content.decode()
    assert "op zijn vingers" not in tom.get(path).content.decode()
    assert fatima.post(path, {"text": "Sem telt op zijn vingers.", "hand_in": "1"}).status_code == 302
    assert "op zijn vingers" in tom.get(path).content.decode()
    submission.refresh_from_db()
    assert submission.state == "submitted" and submission.due_on > today()
    assert waits_for("training.read") == {"Tom Hendriks"}  # her coach reads it first


def test_nothing_is_not_handed_in(cast, submission, signed_in):
    answer = signed_in(cast.fatima).post(submission.get_absolute_url(), {"text": " ", "hand_in": "1"})
    submission.refresh_from_db()
    assert answer.status_code == 422 and "Schrijf eerst iets" in answer.content.decode()
    assert submission.state == "concept"


def test_a_file_alone_is_work_as_well_and_read_by_who_guides_her(cast, submission, signed_in):
    file = SimpleUploadedFile("kader.pdf", PDF, "application/pdf")
    signed_in(cast.fatima).post(submission.get_absolute_url(), {"text": "", "file": file, "hand_in": "1"})
    version = submission.versions.get()
    path = reverse("training:submission_file", args=[version.pk])
    for who in (cast.fatima, cast.tom, cast.els):
        assert b"".join(signed_in(who).get(path).streaming_content) == PDF
    assert signed_in(cast.bram).get(path).status_code == 404


def test_what_is_handed_in_stays_as_it_is(cast, handed_in, signed_in):
    answer = signed_in(cast.fatima).post(handed_in.get_absolute_url(), {"text": "Iets anders.", "hand_in": "1"})
    assert answer.status_code == 422
    assert handed_in.versions.get().text == "Sem telt op zijn vingers."


# Feedback -----------------------------------------------------------------------------------------


def test_feedback_says_where_to_where_and_what_next_until_it_is_approved(cast, handed_in, signed_in):
    fatima, tom = signed_in(cast.fatima), signed_in(cast.tom)
    assert give(tom, handed_in, "insufficient").status_code == 302
    handed_in.refresh_from_db()
    assert handed_in.state == "revised" and not waits_for("training.read")
    page = fatima.get(handed_in.get_absolute_url()).content.decode()
    assert all(words in page for words in SAID.values())
    assert [version.text for version in handed_in.versions.all()] == ["Sem telt op zijn vingers."] * 2

    fatima.post(handed_in.get_absolute_url(), {"text": "Om tien uur telt Sem op zijn vingers.", "hand_in": "1"})
    handed_in.refresh_from_db()
    assert handed_in.state == "resubmitted"
    assert give(tom, handed_in, "sufficient", feedforward="").status_code == 302
    handed_in.refresh_from_db()
    assert handed_in.state == "approved" and handed_in.due_on is None
    first, second = handed_in.versions.all()
    assert first.text != second.text and first.feedback.count() == second.feedback.count() == 1
    told = Notification.objects.filter(person=cast.fatima).values_list("activity__kind", flat=True)
    assert set(told) == {"training.sent_back", "training.approved"}


def test_what_goes_back_says_how_to_go_on_and_keeps_what_was_typed(cast, handed_in, signed_in):
    answer = give(signed_in(cast.tom), handed_in, "insufficient", feedforward=" ")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Je schrijft wat je zag." in page
    assert not Feedback.objects.exists()


def test_two_who_give_feedback_at_once_give_it_once(cast, handed_in, signed_in):
    assert give(signed_in(cast.tom), handed_in, "sufficient").status_code == 302
    assert give(signed_in(cast.els), handed_in, "insufficient").status_code == 422
    handed_in.refresh_from_db()
    assert handed_in.state == "approved" and Feedback.objects.count() == 1


@pytest.mark.parametrize(("who", "answer"), [("fatima", 403), ("bram", 404), ("amina", 404), ("dele", 404)])
def test_only_who_guides_her_gives_feedback(cast, handed_in, signed_in, who, answer):
    assert give(signed_in(getattr(cast, who)), handed_in, "sufficient").status_code == answer


# When nobody reads it -----------------------------------------------------------------------------


def test_what_nobody_reads_in_time_goes_to_the_trainers_once(cast, handed_in):
    feedback.escalate()
    assert waits_for("training.read") == {"Tom Hendriks"}
    Submission.objects.update(due_on=today() - timedelta(days=1))
    feedback.escalate()
    feedback.escalate()
    assert waits_for("training.read") == {"Tom Hendriks", "Els Jansen"}
    assert Notification.objects.filter(person=cast.els, activity__kind="training.overdue").count() == 1


def test_where_only_one_guides_it_is_she_who_hears_it_again(cast, enrolment, handed_in):
    type(enrolment).objects.filter(pk=enrolment.pk).update(coach=None)
    Submission.objects.update(due_on=today() - timedelta(days=1))
    feedback.escalate()
    assert Notification.objects.filter(person=cast.els, activity__kind="training.overdue").count() == 1


# A fellow learner ---------------------------------------------------------------------------------


def test_a_fellow_learner_says_what_she_thinks_and_decides_nothing(cast, enrolment, handed_in, signed_in):
    other = world.learner(cast, enrolment.group, make.person("Lot de Wit"), coach=None)
    ask = reverse("training:ask_peer", args=[handed_in.pk])
    assert signed_in(cast.fatima).post(ask, {"asked": enrolment.pk}).status_code == 422
    assert signed_in(cast.fatima).post(ask, {"asked": other.pk}).status_code == 302
    path = reverse("training:peer", args=[PeerFeedback.objects.get().pk])
    lot = signed_in(other.person)
    assert "op zijn vingers" in lot.get(path).content.decode()
    assert signed_in(cast.amina).get(path).status_code == 404
    assert lot.get(handed_in.get_absolute_url()).status_code == 404
    assert lot.post(path, {"text": " "}).status_code == 422
    assert lot.post(path, {"text": "Ik zie Sem voor me."}).status_code == 302
    handed_in.refresh_from_db()
    assert handed_in.state == "submitted" and not waits_for("training.peer")
    assert "Ik zie Sem voor me." in signed_in(cast.fatima).get(handed_in.get_absolute_url()).content.decode()
