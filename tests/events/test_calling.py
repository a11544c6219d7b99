"""The call: a teacher offers something, readers read it, organisers choose, authors confirm."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Ask, Delivery, Notification
from core.links import sign
from core.refusals import Refused
from events import calling
from events.actions import calling as deeds
from events.actions import deciding
from events.choices import ContributionState as C
from events.choices import Part, State
from events.models import Contribution, Event, Registration, Review
from tests import cast as make
from tests.events import world
from tests.events.offers import anew, offers


@pytest.fixture
def event(cast):
    return world.an_event(cast, State.CALL_OPEN)


@pytest.fixture
def closed(cast):
    return world.an_event(cast, State.CALL_CLOSED)


def says(**more):
    return {"kind": "workshop", "title": "Breuken zien", "minutes": "45", "summary": "Stroken vouwen."} | more


def test_a_teacher_offers_a_workshop_of_her_plg_and_the_organisers_see_it(cast, event, signed_in):
    page = signed_in(cast.amina)
    answer = page.post(reverse("events:contribute", args=[event.pk]), says(community=cast.maths.pk, submit="1"))
    row = Contribution.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.state, row.community, row.submitted_at is not None) == (C.SUBMITTED, cast.maths, True)
    seen = signed_in(cast.noor).get(reverse("events:contributions", args=[event.pk])).content.decode()
    assert "Breuken zien" in seen
    assert "Amina Yildiz" in seen


def test_a_concept_is_of_its_authors_alone(cast, event, signed_in):
    row = offers(event, cast.amina, C.CONCEPT, title="Kralen rijgen")
    address = row.get_absolute_url()
    assert signed_in(cast.amina).get(address).status_code == 200
    assert signed_in(cast.noor).get(address).status_code == 404
    assert "Kralen" not in signed_in(cast.noor).get(reverse("events:contributions", args=[event.pk])).content.decode()


def test_the_organisers_own_questions_shape_the_form_and_what_must_be_answered_is_asked_at_the_end(
    cast, event, signed_in
):
    question = world.asks(event, "Mogen we filmen?", of="contribution", kind="yes", is_required=True)
    world.asks(event, "Kom je met de trein?")
    page, address = signed_in(cast.amina), reverse("events:contribute", args=[event.pk])
    form = page.get(address).content.decode()
    assert "Mogen we filmen?" in form
    assert "trein" not in form
    page.post(address, says(submit="1"))
    row = Contribution.objects.get()
    assert row.state == C.CONCEPT  # kept, and not submitted: the question is not answered
    page.post(reverse("events:edit_contribution", args=[row.pk]), says(submit="1") | {f"question_{question.pk}": "on"})
    assert anew(row).state == C.SUBMITTED


def test_from_the_last_day_on_words_and_names_stay(cast, event, signed_in):
    row = offers(event, cast.amina, C.CONCEPT, others=[cast.tom])
    Event.objects.filter(pk=event.pk).update(call_until=now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="gesloten"):
        deeds.edit(anew(row), by=cast.amina, title="Anders")
    with pytest.raises(Refused, match="gesloten"):
        deeds.add_author(anew(row), by=cast.amina, email="els.jansen@school.example")
    with pytest.raises(Refused, match="gesloten"):
        deeds.remove_author(row.authors.last(), by=cast.amina)
    with pytest.raises(Refused, match="indienen"):
        deeds.submit(row, by=cast.amina)


def test_a_colleague_is_named_by_her_address_and_who_has_no_account_by_name(cast, event):
    row = offers(event, cast.amina, C.CONCEPT)
    assert deeds.add_author(row, by=cast.amina, email="Tom.Hendriks@school.example").person == cast.tom
    with pytest.raises(Refused, match="naam"):
        deeds.add_author(row, by=cast.amina, email="eva@elders.example")
    assert deeds.add_author(row, by=cast.amina, email="eva@elders.example", name="Eva Bakker").name == "Eva Bakker"
    assert Notification.objects.filter(person=cast.tom, activity__kind="events.author_added").exists()


def test_who_is_too_near_does_not_read_it(cast, closed):
    own = offers(closed, cast.fatima, title="Van Fatima zelf")
    same_plg = offers(closed, cast.tom, title="Van Tom")  # another school, the same PLG
    same_school = offers(closed, cast.els, title="Van Els")  # the same school, no PLG
    far = offers(closed, cast.dele, title="Van Dele")
    near = calling.why_too_near([own, same_plg, same_school, far], cast.fatima)
    assert "zelf" in near[own.pk]
    assert "PLG" in near[same_plg.pk]
    assert "school" in near[same_school.pk]
    assert far.pk not in near


def test_a_reader_of_another_school_reads_by_the_rubric_and_the_reader_next_door_is_refused(cast, closed, signed_in):
    far = make.person("Rosa Maas")
    make.works(far, cast.waterlelie)
    for reader in (far, cast.fatima):
        world.does(closed, reader, Part.REVIEWER)
    row = offers(closed, cast.amina, community=cast.maths)
    address = reverse("events:review", args=[row.pk])
    scores = {"score-0": "4", "score-1": "5", "score-2": "3", "advice": "accept", "remark": "Graag."}
    assert signed_in(far).post(address, scores).status_code == 302
    assert (Review.objects.get().scores, anew(row).state) == ([4, 5, 3], C.REVIEWED)
    answer = signed_in(cast.fatima).post(address, scores)
    assert answer.status_code == 422
    assert Review.objects.count() == 1
    half = signed_in(far).post(address, scores | {"score-1": ""})
    assert half.status_code == 422
    assert "Graag." in half.content.decode()


def test_reading_begins_when_nobody_changes_anything_any_more(cast, event):
    world.does(event, cast.dele, Part.REVIEWER)
    row = offers(event, cast.amina)
    with pytest.raises(Refused, match="Lezen begint"):
        deeds.review(row, by=cast.dele, scores=[3, 3, 3])


def decide(event, by, *found):
    return deciding.prepare(
        event, by=by, decisions=[(row.pk, decision, words, row.decision) for row, decision, words in found]
    )


def test_decisions_are_prepared_in_silence_and_sent_to_all_at_once(cast, closed, commits):
    yes = offers(closed, cast.amina, others=["eva@elders.example"])
    no = offers(closed, cast.tom, title="Rekenen met kralen")
    later = offers(closed, cast.els, title="Buiten leren", kind="poster")
    decide(closed, cast.noor, (yes, "accept", "Fijn!"), (no, "reject", ""), (later, "reserve", ""))
    assert {anew(row).state for row in (yes, no, later)} == {C.SUBMITTED}
    assert not Notification.objects.exists()
    with commits:
        assert deciding.send(closed, by=cast.noor, seen=deciding.fingerprint(deciding.prepared(closed))) == 3
    assert [anew(row).state for row in (yes, no, later)] == [C.ACCEPTED, C.REJECTED, C.RESERVE]
    letters = Delivery.objects.filter(kind__startswith="events.contribution_")
    assert {(letter.kind.rpartition("_")[2], letter.person_id or letter.address) for letter in letters} == {
        ("accepted", cast.amina.pk), ("accepted", "eva@elders.example"), ("rejected", cast.tom.pk),
        ("reserve", cast.els.pk),
    }  # fmt: skip
    assert Ask.objects.open().filter(kind="events.confirm").count() == 2  # of Amina and of Eva


def test_two_organisers_decide_otherwise_and_the_second_hears_that(cast, closed):
    world.does(closed, cast.ben)
    row = offers(closed, cast.amina)
    as_both_saw_it = anew(row)
    decide(closed, cast.noor, (as_both_saw_it, "accept", ""))
    with pytest.raises(Refused, match="Noor Hofstra besliste intussen iets anders"):
        decide(closed, cast.ben, (as_both_saw_it, "reject", ""))
    assert anew(row).decision == "accept"


def test_what_is_sent_is_what_she_saw_and_is_sent_once(cast, closed):
    world.does(closed, cast.ben)
    row = offers(closed, cast.amina)
    decide(closed, cast.noor, (row, "accept", ""))
    seen = deciding.fingerprint(deciding.prepared(closed))
    decide(closed, cast.ben, (anew(row), "reject", "Vol."))
    with pytest.raises(Refused, match="Er is niets verstuurd"):
        deciding.send(closed, by=cast.noor, seen=seen)
    assert anew(row).state == C.SUBMITTED
    seen = deciding.fingerprint(deciding.prepared(closed))
    deciding.send(closed, by=cast.ben, seen=seen)
    with pytest.raises(Refused, match="al verstuurd"):
        deciding.send(closed, by=cast.noor, seen=seen)


def test_nothing_is_sent_while_the_call_is_open(cast, event):
    row = offers(event, cast.amina)
    decide(event, cast.noor, (row, "accept", ""))
    with pytest.raises(Refused, match="nog open"):
        deciding.send(event, by=cast.noor, seen=deciding.fingerprint(deciding.prepared(event)))


def test_an_organiser_does_not_choose_her_own(cast, closed):
    row = offers(closed, cast.noor)
    with pytest.raises(Refused, match="zelf"):
        decide(closed, cast.noor, (row, "accept", ""))


def test_she_confirms_from_the_letter_without_signing_in_and_comes_as_a_speaker(cast, closed, signed_in):
    row = offers(closed, cast.amina, C.ACCEPTED, others=[cast.tom])
    address = reverse("events:confirm_by_mail", args=[sign(deeds.CONFIRM, contribution=row.pk, person=cast.amina.pk)])
    page = signed_in()
    assert page.get(address).status_code == 200
    assert anew(row).state == C.ACCEPTED  # a mail scanner only looks
    assert page.post(address).status_code == 200
    assert anew(row).state == C.CONFIRMED
    comes = Registration.objects.filter(event=closed, as_what="speaker", state="confirmed")
    assert set(comes.values_list("person", flat=True)) == {cast.amina.pk, cast.tom.pk}
    assert page.post(address).status_code == 200  # twice is no error
    assert signed_in(cast.tom).get(address).status_code == 410  # not his link


def test_a_link_of_an_address_without_account_confirms_too(cast, closed, signed_in):
    row = offers(closed, cast.amina, C.ACCEPTED, others=["eva@elders.example"])
    token = sign(deeds.CONFIRM, contribution=row.pk, address="eva@elders.example")
    assert signed_in().post(reverse("events:confirm_by_mail", args=[token])).status_code == 200
    assert anew(row).state == C.CONFIRMED
    stranger = sign(deeds.CONFIRM, contribution=row.pk, address="iemand@elders.example")
    assert signed_in().post(reverse("events:confirm_by_mail", args=[stranger])).status_code == 410


def test_she_withdraws_until_it_stands_in_the_programme(cast, closed, signed_in):
    row = offers(closed, cast.amina, C.CONFIRMED)
    address = reverse("events:step_contribution", args=[row.pk])
    signed_in(cast.amina).post(address, {"verb": "withdraw", "because": "Ik ben dan op kamp."})
    assert (anew(row).state, anew(row).withdrawn_why) == (C.WITHDRAWN, "Ik ben dan op kamp.")
    assert Notification.objects.filter(person=cast.noor, activity__kind="events.contribution_withdrawn").exists()
    stands = offers(closed, cast.amina, C.SCHEDULED, title="Staat al")
    answer = signed_in(cast.amina).post(reverse("events:step_contribution", args=[stands.pk]), {"verb": "withdraw"})
    assert answer.status_code == 422
    assert anew(stands).state == C.SCHEDULED


def test_only_her_authors_take_the_steps_of_a_contribution(cast, closed):
    row = offers(closed, cast.amina, C.ACCEPTED)
    with pytest.raises(Refused):
        deeds.confirm(row, by=cast.tom)
    with pytest.raises(Refused, match="Alleen wie het brengt"):
        deeds.withdraw(row, by=cast.noor)


def test_the_list_takes_as_many_queries_for_three_as_for_one(cast, closed, signed_in, django_assert_num_queries):
    page, address = signed_in(cast.noor), reverse("events:contributions", args=[closed.pk])
    offers(closed, cast.amina)
    page.get(address)
    with django_assert_num_queries(QUERIES):
        page.get(address)
    for person in (cast.tom, cast.els):
        offers(closed, person, title="Nog een", community=cast.maths)
    with django_assert_num_queries(QUERIES):
        page.get(address)


QUERIES = 10
