"""Home tasks: set by the facilitator, handed in to the group, answered, and back on the agenda."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activity import sending
from activity.models import Ask, Delivery
from communities.actions import home_tasks as actions
from communities.choices import Kind, Role
from communities.meetings.models import AgendaItem
from communities.models import HandIn, HomeTask
from core.refusals import Refused
from core.registry import merges
from core.time import today
from tests import cast as people
from tests.communities._plg import queries_of

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def broad(cast):
    """A learning network with a facilitator, two members and an expert."""
    network = people.plg(cast.network, "Brede vorming", kind=Kind.LEARNING_NETWORK, seats_max=40)
    people.member(network, cast.fatima, Role.FACILITATOR)
    people.member(network, cast.amina)
    people.member(network, cast.tom)
    people.member(network, cast.gijs, Role.GUEST, expertise="loopbaan")
    return network


@pytest.fixture
def task(cast, broad):
    return set_task(cast, broad)


def set_task(cast, plg, days=10, **fields):
    fields = {
        "title": "Vraag drie kinderen",
        "text": "Wat zeggen ze?",
        "due_on": today() + timedelta(days=days),
    } | fields
    return actions.set_home_task(plg, by=cast.fatima, **fields)


def place(plg, person):
    return plg.memberships.select_related("person").get(person=person)


def hand_in(task, person, text="Ze telden op hun vingers.", **fields):
    return actions.hand_in(task, place(task.community, person), question="Wat weten ze al?", text=text, **fields)


def url(name, pk):
    return reverse(f"communities:{name}", args=[pk])


def asked(person, kind):
    return Ask.objects.open().filter(person=person, kind=kind).count()


def test_a_task_goes_round_from_setting_to_answering(cast, broad, signed_in, mailserver):
    fatima, amina = signed_in(cast.fatima), signed_in(cast.amina)
    assert url("set_home_task", broad.pk) in fatima.get(url("home_tasks", broad.pk)).text
    page = fatima.post(
        url("set_home_task", broad.pk),
        {"title": "Vraag drie kinderen", "text": "Wat zeggen ze?", "due_on": (today() + timedelta(days=9)).isoformat()},
    )
    task = HomeTask.objects.get()
    assert page.url == task.get_absolute_url()
    assert asked(cast.amina, actions.ASKED) == asked(cast.tom, actions.ASKED) == 1
    assert asked(cast.fatima, actions.ASKED) == asked(cast.gijs, actions.ASKED) == 0
    upload = SimpleUploadedFile("werk.pdf", PDF, "application/pdf")
    page = amina.post(
        url("hand_in", task.pk), {"question": "Wat weten ze?", "text": "Ze telden op hun vingers.", "file": upload}
    )
    assert page.status_code == 302
    row = HandIn.objects.get()
    assert (row.question, row.file_name) == ("Wat weten ze?", "werk.pdf")
    assert asked(cast.amina, actions.ASKED) == 0 and asked(cast.fatima, actions.TO_ANSWER) == 1
    assert b"".join(signed_in(cast.tom).get(url("hand_in_file", row.pk)).streaming_content) == PDF
    fatima.post(url("answer_hand_in", row.pk), {"answer": "Mooi gezien."})
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("Mooi gezien.", cast.fatima)
    assert asked(cast.fatima, actions.TO_ANSWER) == 0
    assert cast.amina.notifications.filter(activity__kind="communities.hand_in_answered").exists()
    assert "Mooi gezien." in amina.get(task.get_absolute_url()).text


def test_what_was_answered_can_no_longer_be_changed(cast, task, signed_in):
    row = hand_in(task, cast.amina)
    hand_in(task, cast.amina, text="Beter bekeken.")
    actions.answer_hand_in(row, by=cast.fatima, answer="Dank")
    with pytest.raises(Refused):
        hand_in(task, cast.amina, text="Nog anders")
    with pytest.raises(Refused):
        actions.take_back(row, by=cast.amina)
    assert HandIn.objects.get().text == "Beter bekeken."


def test_taking_it_back_asks_again(cast, task, signed_in):
    row = hand_in(task, cast.amina)
    assert signed_in(cast.tom).post(url("take_back", row.pk)).status_code == 403
    assert signed_in(cast.amina).post(url("take_back", row.pk)).status_code == 302
    assert not HandIn.objects.exists()
    assert asked(cast.amina, actions.ASKED) == 1 and asked(cast.fatima, actions.TO_ANSWER) == 0


def test_an_expert_sees_and_answers_only_what_he_was_asked_for(cast, broad, signed_in):
    other = set_task(cast, broad, title="Zonder gast")
    task = set_task(cast, broad, title="Met gast", experts=[place(broad, cast.gijs)])
    row, hidden = hand_in(task, cast.amina), hand_in(other, cast.amina)
    gijs = signed_in(cast.gijs)
    assert gijs.get(task.get_absolute_url()).status_code == 200
    assert gijs.get(other.get_absolute_url()).status_code == 404
    assert gijs.get(url("home_tasks", broad.pk)).status_code == 403
    assert gijs.post(url("answer_hand_in", row.pk), {"answer": "Kijk ook naar…"}).status_code == 302
    assert gijs.post(url("answer_hand_in", hidden.pk), {"answer": "x"}).status_code == 404
    assert gijs.get(url("hand_in", task.pk)).status_code == 403
    row.refresh_from_db()
    assert row.answered_by == cast.gijs


@pytest.mark.parametrize(
    ("who", "answer"),
    [("amina", 200), ("fatima", 200), ("bram", 404), ("ben", 404), ("noor", 404), ("paula", 404), ("dele", 404)],
)
def test_no_leader_or_administrator_reads_it(cast, task, signed_in, who, answer):
    row = hand_in(task, cast.amina, taken=None)
    browser = signed_in(getattr(cast, who))
    assert browser.get(task.get_absolute_url()).status_code == answer
    assert browser.get(url("hand_in_file", row.pk)).status_code == 404  # there is none


def test_the_reminder_goes_only_to_who_has_not_handed_in(cast, broad, mailserver, time_machine_at):
    time_machine_at("2026-11-09 10:00")
    task = set_task(cast, broad, days=10)  # Thursday 19 November; Wednesday is a working day for both
    assert Delivery.objects.filter(kind=actions.REMINDER).count() == 2
    hand_in(task, cast.amina)
    time_machine_at("2026-11-18 12:00")
    mailserver.forget()
    sending.send_due()
    sent = Delivery.objects.filter(kind=actions.REMINDER, state="sent").values_list("person__name", flat=True)
    assert list(sent) == ["Tom Hendriks"]
    assert any("Vraag drie kinderen" in letter["Subject"] for letter in mailserver.to("tom.hendriks@school.example"))


def test_another_day_is_told_and_the_old_reminder_does_not_go(cast, broad, mailserver, time_machine_at):
    time_machine_at("2026-11-09 10:00")
    task = set_task(cast, broad, days=10)
    actions.edit_home_task(task, by=cast.fatima, title=task.title, text=task.text, due_on=today() + timedelta(days=17))
    assert cast.tom.notifications.filter(activity__kind="communities.home_task_changed").exists()
    time_machine_at("2026-11-18 12:00")
    sending.send_due()
    assert not Delivery.objects.filter(kind=actions.REMINDER, state="sent").exists()


def test_it_comes_back_on_the_agenda_and_leaves_it_when_withdrawn(cast, broad):
    early, late = people.meeting(broad, 5), people.meeting(broad, 12)
    task = set_task(cast, broad, days=10)
    item = AgendaItem.objects.get()
    assert item.meeting == late != early and "Vraag drie kinderen" in item.title
    row = hand_in(task, cast.amina)
    actions.withdraw_home_task(task, by=cast.fatima)
    item.refresh_from_db()
    assert item.state == "dropped"
    assert not Ask.objects.open().filter(kind__in=[actions.ASKED, actions.TO_ANSWER]).exists()
    with pytest.raises(Refused):
        hand_in(task, cast.tom)
    assert HandIn.objects.get() == row


def test_without_a_date_it_waits_in_the_backlog(cast, broad):
    set_task(cast, broad)
    assert AgendaItem.objects.get().meeting is None


def test_who_joins_later_is_asked_too(cast, broad, task):
    actions.joined(people.member(broad, cast.els))
    assert asked(cast.els, actions.ASKED) == 1


@pytest.mark.parametrize("days", [-1, 400])
def test_an_impossible_day_is_refused(cast, broad, signed_in, days):
    data = {"title": "x", "text": "y", "due_on": (today() + timedelta(days=days)).isoformat()}
    page = signed_in(cast.fatima).post(url("set_home_task", broad.pk), data)
    assert page.status_code == 422 and 'value="x"' in page.text
    assert not HomeTask.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("x.pdf", b"MZ\x90\0 no pdf"), ("x.svg", b"<svg onload='x'/>"), ("leeg.pdf", b"")]
)
def test_a_bad_file_is_refused_and_the_words_stay(cast, task, signed_in, name, content):
    data = {"question": "", "text": "Mijn tekst blijft.", "file": SimpleUploadedFile(name, content)}
    page = signed_in(cast.amina).post(url("hand_in", task.pk), data)
    assert page.status_code == 422 and "Mijn tekst blijft." in page.text
    assert not HandIn.objects.exists()


def test_ten_thousand_characters_are_given_back(cast, task, signed_in):
    page = signed_in(cast.amina).post(url("hand_in", task.pk), {"text": "x" * 10_000})
    assert page.status_code == 422 and "x" * 10_000 in page.text


def test_the_pages_ask_as_much_for_one_as_for_three(cast, broad, signed_in):
    first = set_task(cast, broad)
    hand_in(first, cast.amina)
    browser = signed_in(cast.fatima)
    listed, _page = queries_of(browser, url("home_tasks", broad.pk))
    shown, _page = queries_of(browser, first.get_absolute_url())
    for n in range(2):
        set_task(cast, broad, title=f"Nog een {n}")
        someone = people.person(f"Nieuw {n}")
        people.works(someone, cast.wissel)
        people.member(broad, someone)
        hand_in(first, someone)
    assert queries_of(browser, url("home_tasks", broad.pk))[0] == listed
    assert queries_of(browser, first.get_absolute_url())[0] == shown


def test_a_plg_may_have_them_too(cast, signed_in):
    browser = signed_in(cast.amina)
    assert url("home_tasks", cast.maths.pk) not in browser.get(cast.maths.get_absolute_url()).text
    set_task(cast, cast.maths)
    assert url("home_tasks", cast.maths.pk) in browser.get(cast.maths.get_absolute_url()).text


def test_two_accounts_of_one_person_lose_no_work(cast, task):
    second = people.person("Amina Y.", "amina@prive.example")
    people.member(task.community, second)
    mine = hand_in(task, second, text="Thuis geschreven.")
    actions.answer_hand_in(hand_in(task, cast.tom), by=second, answer="Mooi")
    merges["communities"](cast.amina, second)
    mine.refresh_from_db()
    assert mine.membership.person == cast.amina
    assert HandIn.objects.get(answer="Mooi").answered_by == cast.amina
