"""The agenda of a meeting: made, put in order, proposed for, and seen by whom it concerns."""

import io
import zipfile
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from activity import sending
from activity.models import Notification
from communities.choices import MembershipState, Role
from communities.meetings import actions, agenda, carrying, reminders
from communities.meetings.choices import ItemKind, ItemState
from communities.meetings.models import AgendaItem, Meeting
from communities.models import Membership
from core.refusals import Refused
from tests import cast as people
from tests.cast import meeting as make_meeting
from tests.hands import together

SECRET = "Laat Tom niet beginnen over de toets"


def item(meeting, title="Kinderwerk bekijken", **fields):
    """An item at the end of the agenda."""
    fields = {"minutes": 10, "community_id": meeting.community_id, "order": meeting.items.count() + 1} | fields
    return AgendaItem.objects.create(meeting=meeting, title=title, **fields)


def titles(meeting):
    return [row.title for row in carrying.in_order(meeting)]


def page(meeting, name="agenda_of"):
    return reverse(f"meetings:{name}", args=[meeting.pk])


def line(title="Inchecken", **fields):
    return {"title": title, "kind": "other", "minutes": "10"} | fields


# Making it --------------------------------------------------------------------------------------


def test_fatima_writes_an_agenda_and_everybody_sees_when_what_begins(cast, thursday, signed_in):
    fatima = signed_in(cast.fatima)
    for title, minutes in [("Inchecken", "10"), ("Kinderwerk", "60")]:
        answer = fatima.post(page(thursday, "add_item"), line(title, minutes=minutes, short="1"))
        assert answer.status_code == 302
    seen = signed_in(cast.amina).get(page(thursday)).text
    assert "15.30" in seen and "15.40" in seen
    assert "Samen 70 min, de bijeenkomst duurt 90. 20 minuten zijn vrij." in seen
    assert "Inchecken" in signed_in(cast.amina).get(thursday.get_absolute_url()).text


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (70, "Samen 70 min, de bijeenkomst duurt 90. 20 minuten zijn vrij."),
        (89, "Samen 89 min, de bijeenkomst duurt 90. 1 minuut is vrij."),
        (90, "Samen 90 min: precies de tijd van de bijeenkomst."),
        (105, "Samen 105 min, de bijeenkomst duurt 90. Dat is 15 minuten te lang."),
    ],
)
def test_the_total_stands_beside_the_time_there_is(cast, thursday, minutes, sentence):
    item(thursday, minutes=minutes)
    assert agenda.items_of(thursday, cast.fatima).sentence == sentence


def test_a_refused_line_comes_back_with_what_was_typed(cast, thursday, signed_in):
    answer = signed_in(cast.fatima).post(page(thursday, "add_item"), line("Kijken", minutes="veel", short="1"))
    assert answer.status_code == 422
    assert 'value="Kijken"' in answer.text and 'value="veel"' in answer.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"title": "x" * 300}, 422),
        ({"title": "مرحبا 👩‍🏫 \u202eomgekeerd"}, 302),
        ({"title": "   "}, 422),
        ({"minutes": "-5"}, 422),
        ({"minutes": "9999"}, 422),
        ({"kind": "feest"}, 422),
        ({"instruction": "y" * 2001}, 422),
        ({"title": "<script>alert(1)</script>"}, 302),
        ({"title": "Eén\nregel\r\nX-Kop: ja"}, 302),
    ],
)
def test_odd_words_are_kept_or_refused_and_never_run(cast, thursday, signed_in, fields, status):
    fatima = signed_in(cast.fatima)
    assert fatima.post(page(thursday, "add_item"), line(**fields)).status_code == status
    seen = fatima.get(page(thursday)).text
    assert "<script>alert" not in seen
    assert all("\n" not in title for title in titles(thursday))


def test_everything_of_an_item_can_be_changed_and_taken_away_and_put_back(cast, thursday, signed_in, membership):
    row, fatima = item(thursday), signed_in(cast.fatima)
    amina = membership(cast.amina)
    form = line("Werk van kinderen", kind="design", minutes="25", presenter=amina.pk, instruction="In tweetallen.")
    assert fatima.post(page(row, "edit_item"), form | {"private_note": SECRET}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.kind, row.minutes, row.presenter) == ("Werk van kinderen", "design", 25, amina)
    answer = fatima.post(page(thursday, "change_agenda"), {"remove": row.pk})
    assert answer.url == f"{page(thursday)}?removed={row.pk}"
    assert titles(thursday) == []
    assert "Terugzetten" in fatima.get(answer.url).text
    fatima.post(page(thursday, "change_agenda"), {"restore": row.pk})
    assert titles(thursday) == ["Werk van kinderen"]


def test_what_is_put_back_stands_where_it_stood(cast, thursday):
    _first, second, _third = (item(thursday, title=title) for title in ("Een", "Twee", "Drie"))
    idea = actions.propose_item(cast.maths, by=cast.amina, meeting=thursday, title="Idee", kind="other", minutes=5)
    for row in (second, idea):
        actions.restore_item(actions.remove_item(row, by=cast.fatima), by=cast.fatima)
    assert titles(thursday) == ["Een", "Twee", "Drie"]
    idea.refresh_from_db()
    assert (idea.state, idea.meeting) == (ItemState.PROPOSED, thursday)


def test_an_item_that_was_taken_away_meanwhile_answers_with_a_sentence(cast, thursday, signed_in):
    row = item(thursday)
    gone = row.pk
    row.delete()
    answer = signed_in(cast.fatima).post(page(thursday, "change_agenda"), {"up": gone}, follow=True)
    assert "Dit staat niet meer op de agenda." in answer.text


# Order ------------------------------------------------------------------------------------------


def test_up_and_down_by_keyboard_say_where_it_stands(cast, thursday, signed_in):
    first, second, third = (item(thursday, title) for title in "abc")
    fatima = signed_in(cast.fatima, headers={"HX-Request": "true"})
    answer = fatima.post(page(thursday, "change_agenda"), {"up": third.pk})
    assert 'data-say="c staat nu op plaats 2."' in answer.text
    assert titles(thursday) == ["a", "c", "b"]
    fatima.post(page(thursday, "change_agenda"), {"down": second.pk})
    fatima.post(page(thursday, "change_agenda"), {"up": first.pk})
    assert titles(thursday) == ["a", "c", "b"]


def test_what_is_dragged_comes_after_the_one_above_it(cast, thursday, signed_in):
    rows = [item(thursday, title) for title in "abcd"]
    fatima = signed_in(cast.fatima)
    fatima.post(page(thursday, "change_agenda"), {"moved": rows[0].pk, "after": rows[2].pk})
    assert titles(thursday) == ["b", "c", "a", "d"]
    fatima.post(page(thursday, "change_agenda"), {"moved": rows[3].pk, "after": ""})
    assert titles(thursday) == ["d", "b", "c", "a"]
    fatima.post(page(thursday, "change_agenda"), {"moved": rows[3].pk, "after": "zes"})
    assert titles(thursday) == ["d", "b", "c", "a"]


def test_two_who_move_different_items_both_get_what_they_wanted(cast, thursday):
    rows = [item(thursday, title) for title in "abcd"]
    actions.move_item(rows[3], by=cast.fatima, after=None)
    actions.move_item(rows[0], by=cast.tom, after=rows[2])  # seen by Tom before Fatima moved d
    assert titles(thursday) == ["d", "b", "c", "a"]


@pytest.mark.django_db(transaction=True)
def test_ten_who_order_at_once_lose_nothing(transactional_db):
    cast = people.cast()
    meeting = make_meeting(cast.maths)
    meeting = Meeting.objects.get(pk=meeting.pk)
    rows = [item(meeting, str(n)) for n in range(10)]
    together(*(partial(actions.shift_item, row, by=cast.fatima, steps=-3) for row in rows))
    here = carrying.in_order(meeting)
    assert sorted(row.title for row in here) == [str(n) for n in range(10)]
    assert [row.order for row in here] == list(range(1, 11))


# Who sees and does what ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "reads", "orders"),
    [
        ("fatima", 200, 302), ("amina", 200, 403), ("gijs", 404, 404), ("bram", 404, 404), ("noor", 404, 404),
        ("els", 404, 404), ("dele", 404, 404),
    ],
)  # fmt: skip
def test_the_agenda_is_for_members_and_its_order_for_facilitators(cast, thursday, signed_in, who, reads, orders):
    row, somebody = item(thursday), signed_in(getattr(cast, who))
    assert somebody.get(page(thursday)).status_code == reads
    assert somebody.post(page(thursday, "change_agenda"), {"up": row.pk}).status_code == orders
    assert somebody.post(page(thursday, "add_item"), line()).status_code == orders


def test_a_guest_sees_the_agenda_of_her_meeting_and_no_proposals(cast, thursday, signed_in, membership):
    thursday.guests.add(membership(cast.gijs))
    item(thursday, "Kijken met de expert")
    item(thursday, "Nog een idee", state=ItemState.PROPOSED, proposed_by=cast.amina)
    other = make_meeting(cast.maths, days=40)
    item(other, "Zonder gasten")
    gijs = signed_in(cast.gijs)
    seen = gijs.get(page(thursday)).text
    assert "Kijken met de expert" in seen and "Nog een idee" not in seen
    assert gijs.get(page(other)).status_code == 404
    assert gijs.get(reverse("meetings:backlog", args=[cast.maths.pk])).status_code == 403


def test_who_left_and_reads_on_sees_the_agenda_but_no_case(cast, thursday, signed_in):
    cast.maths.leavers_read = True
    cast.maths.save()
    Membership.objects.filter(community=cast.maths, person=cast.tom).update(state=MembershipState.ENDED)
    item(thursday, "Inchecken")
    item(thursday, "Een kind dat boos wordt", kind=ItemKind.CASE)
    seen = signed_in(cast.tom).get(page(thursday)).text
    assert "Inchecken" in seen and "Een kind dat boos wordt" not in seen


def test_the_note_for_facilitators_leaks_nowhere(cast, thursday, signed_in, membership, mailserver, at):
    row = item(thursday, private_note=SECRET, presenter=membership(cast.amina))
    thursday.guests.add(membership(cast.gijs))
    actions.propose_item(
        cast.maths, by=cast.amina, meeting=thursday, title="Idee", kind="other", minutes=5, private_note=SECRET
    )
    people.member(people.plg(cast.wissel, "PLG Lezen"), cast.tom, Role.FACILITATOR)  # he leads, but not here
    assert SECRET in signed_in(cast.fatima).get(page(thursday)).text
    places = [page(thursday), thursday.get_absolute_url(), reverse("meetings:backlog", args=[cast.maths.pk])]
    places += [cast.maths.get_absolute_url(), reverse("home"), reverse("activity:bell")]
    for who in (cast.amina, cast.gijs, cast.tom):
        somebody = signed_in(who)
        assert all(SECRET not in somebody.get(place).text for place in places)
        assert somebody.get(page(row, "edit_item")).status_code == 403
    reminders.queue([thursday])
    with at("2026-11-25 08:30+01:00"):
        sending.send_due()
    assert mailserver.letters
    assert all(SECRET not in str(message) for message in mailserver.letters)


# Files --------------------------------------------------------------------------------------------


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(stream, "PNG")
    return stream.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_a_file_goes_along_and_only_members_open_it(cast, thursday, signed_in, membership):
    row, fatima = item(thursday), signed_in(cast.fatima)
    answer = fatima.post(page(row, "edit_item"), line("Kijken", file=upload("werk van kinderen.png", picture())))
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.attachment_name, row.attachment_type) == ("werk van kinderen.jpg", "image/jpeg")
    assert "werk" not in row.attachment.name
    served = signed_in(cast.amina).get(page(row, "item_file"))
    assert served.status_code == 200
    assert served["Content-Type"] == "image/jpeg" and served["X-Content-Type-Options"] == "nosniff"
    assert b"".join(served.streaming_content)
    for who in (cast.gijs, cast.bram, cast.noor, cast.dele):
        assert signed_in(who).get(page(row, "item_file")).status_code == 404
    thursday.guests.add(membership(cast.gijs))
    served = signed_in(cast.gijs).get(page(row, "item_file"))
    assert served.status_code == 200
    assert b"".join(served.streaming_content)


def test_a_new_file_replaces_the_old_one_and_one_can_be_taken_away(
    cast, thursday, signed_in, django_capture_on_commit_callbacks
):
    row, fatima = item(thursday), signed_in(cast.fatima)
    fatima.post(page(row, "edit_item"), line(file=upload("a.pdf", b"%PDF-1.7 a")))
    row.refresh_from_db()
    storage, first = row.attachment.storage, row.attachment.name
    with django_capture_on_commit_callbacks(execute=True):
        fatima.post(page(row, "edit_item"), line(file=upload("b.pdf", b"%PDF-1.7 b")))
    row.refresh_from_db()
    assert row.attachment_name == "b.pdf" and not storage.exists(first)
    second = row.attachment.name
    with django_capture_on_commit_callbacks(execute=True):
        fatima.post(page(row, "edit_item"), line(remove_file="on"))
    row.refresh_from_db()
    assert not row.attachment and not storage.exists(second)
    assert fatima.get(page(row, "item_file")).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("verslag.pdf", b"<html><script>alert(1)</script></html>"),
        ("les.docx", b"MZ\x90\x00" + b"\0" * 300),
        ("leeg.pdf", b""),
    ],
)
def test_a_file_that_lies_is_refused_and_the_words_stay(cast, thursday, signed_in, name, content):
    answer = signed_in(cast.fatima).post(page(thursday, "add_item"), line("Kijken", file=upload(name, content)))
    assert answer.status_code == 422
    assert 'value="Kijken"' in answer.text
    assert titles(thursday) == []


def test_a_document_is_a_download(cast, thursday, signed_in):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            parts.writestr(name, "x")
    row, fatima = item(thursday), signed_in(cast.fatima)
    fatima.post(page(row, "edit_item"), line(file=upload("lesplan.docx", stream.getvalue())))
    served = fatima.get(page(row, "item_file"))
    assert served["Content-Disposition"].startswith("attachment")
    assert b"".join(served.streaming_content)


# Proposals ----------------------------------------------------------------------------------------


def test_amina_proposes_and_hears_that_it_stands_on_the_agenda(cast, thursday, signed_in):
    amina, fatima = signed_in(cast.amina), signed_in(cast.fatima)
    address = reverse("meetings:propose_item", args=[cast.maths.pk]) + f"?meeting={thursday.pk}"
    assert amina.post(address, line("Rekenen bij de inloop", instruction="")).url == page(thursday)
    row = AgendaItem.objects.get()
    assert Notification.objects.filter(person=cast.fatima, activity__kind="meetings.item_proposed").count() == 1
    assert titles(thursday) == []
    assert "Rekenen bij de inloop" in fatima.get(page(thursday)).text
    fatima.post(page(row, "place_item"), {"meeting": thursday.pk})
    assert titles(thursday) == ["Rekenen bij de inloop"]
    bell = amina.get(reverse("activity:bell")).text
    assert "Rekenen bij de inloop" in bell and "26 november" in bell


def test_a_proposal_is_kept_for_later_or_dropped_with_a_word(cast, thursday, signed_in):
    fatima, amina = signed_in(cast.fatima), signed_in(cast.amina)
    row = actions.propose_item(cast.maths, by=cast.amina, meeting=thursday, title="Idee", kind="other", minutes=5)
    fatima.post(page(row, "keep_item"))
    assert "Idee" in amina.get(reverse("meetings:backlog", args=[cast.maths.pk])).text
    assert fatima.post(page(row, "drop_item"), {"because": "Dat deden we in mei."}).status_code == 302
    assert "Dat deden we in mei." in amina.get(reverse("activity:bell")).text
    assert "Idee" not in amina.get(reverse("meetings:backlog", args=[cast.maths.pk])).text


def test_a_case_is_called_a_case_in_bell_and_letter(cast, thursday, signed_in, mailserver, at):
    item(thursday, "Jayden slaat andere kinderen", kind=ItemKind.CASE, minutes=30)
    row = actions.propose_item(cast.maths, by=cast.amina, title="Jayden weer", kind=ItemKind.CASE, minutes=5)
    assert "Jayden" not in signed_in(cast.fatima).get(reverse("activity:bell")).text
    actions.place_item(row, by=cast.fatima, meeting=thursday)
    assert "Jayden" not in signed_in(cast.amina).get(reverse("activity:bell")).text
    actions.edit_item(row, by=cast.fatima, title="Jayden blijft weg")
    reminders.queue([thursday])
    with at("2026-11-25 08:30+01:00"):
        sending.send_due()
    letters = [str(message) for message in mailserver.letters]
    assert letters and all("Jayden" not in letter for letter in letters)


def test_the_reminder_tells_the_agenda_and_what_she_leads_herself(cast, thursday, membership):
    item(thursday, "Inchecken")
    item(thursday, "Kinderwerk", presenter=membership(cast.amina))
    told = agenda.in_letter(thursday, cast.amina)
    assert [row["title"] for row in told["items"]] == ["Inchecken", "Kinderwerk"]
    assert told["mine"] == ["Kinderwerk"]
    assert agenda.in_letter(thursday, cast.tom)["mine"] == []


def test_a_member_changes_and_withdraws_her_own_proposal_and_no_other(cast, thursday, signed_in):
    row = actions.propose_item(cast.maths, by=cast.amina, title="Idee", kind="other", minutes=5)
    assert signed_in(cast.tom).post(page(row, "edit_item"), line("Anders")).status_code == 403
    amina = signed_in(cast.amina)
    amina.post(page(row, "edit_item"), line("Beter idee", private_note=SECRET))
    row.refresh_from_db()
    assert (row.title, row.private_note) == ("Beter idee", "")
    assert amina.post(page(row, "remove_item")).status_code == 302
    row.refresh_from_db()
    assert row.state == ItemState.DROPPED


def test_a_proposal_on_an_agenda_is_no_longer_hers_to_change(cast, thursday, signed_in):
    row = actions.propose_item(cast.maths, by=cast.amina, title="Idee", kind="other", minutes=5)
    actions.place_item(row, by=cast.fatima, meeting=thursday)
    assert signed_in(cast.amina).get(page(row, "edit_item")).status_code == 403
    with pytest.raises(Refused):
        actions.place_item(row, by=cast.fatima, meeting=thursday)


def test_nothing_goes_onto_the_agenda_of_another_plg(cast, thursday, signed_in):
    other = people.plg(cast.wissel, "PLG Lezen")
    elsewhere = make_meeting(other, days=30)
    row = actions.propose_item(cast.maths, by=cast.amina, title="Idee", kind="other", minutes=5)
    signed_in(cast.fatima).post(page(row, "place_item"), {"meeting": elsewhere.pk})
    with pytest.raises(Refused):
        actions.place_item(row, by=cast.fatima, meeting=elsewhere)
    row.refresh_from_db()
    assert row.meeting is None


def test_what_is_over_stays_as_it_was_but_for_what_was_done(cast, signed_in):
    over = Meeting.objects.get(pk=make_meeting(cast.maths, days=-3).pk)
    row, fatima = item(over), signed_in(cast.fatima)
    for deed in ("up", "remove"):
        assert "voorbij" in fatima.post(page(over, "change_agenda"), {deed: row.pk}, follow=True).text
    assert "voorbij" in fatima.post(page(over, "add_item"), line(), follow=True).text
    fatima.post(page(over, "change_agenda"), {"done": row.pk})
    row.refresh_from_db()
    assert row.state == ItemState.DONE


# Many ---------------------------------------------------------------------------------------------


def test_thirty_items_ask_as_much_as_one_and_weigh_little(
    cast, thursday, signed_in, membership, django_assert_num_queries
):
    fatima, amina = signed_in(cast.fatima), signed_in(cast.amina)
    item(thursday, presenter=membership(cast.amina))
    addresses = [page(thursday), thursday.get_absolute_url()]
    asked = {}
    for somebody in (fatima, amina):
        for address in addresses:
            somebody.get(address)
    for name, somebody in (("fatima", fatima), ("amina", amina)):
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                somebody.get(address)
            asked[name, address] = len(queries)
    for n in range(29):
        item(thursday, f"Punt {n}", presenter=membership(cast.tom), instruction="Doe het zo.", private_note="Let op.")
        item(thursday, f"Idee {n}", state=ItemState.PROPOSED, proposed_by=cast.tom)
    for name, somebody in (("fatima", fatima), ("amina", amina)):
        for address in addresses:
            with django_assert_num_queries(asked[name, address]):
                answer = somebody.get(address)
            assert answer.status_code == 200
    assert max(asked.values()) <= 12
    AgendaItem.objects.filter(state=ItemState.PROPOSED).delete()
    assert len(fatima.get(page(thursday)).content) < 60_000


def test_an_agenda_can_be_full(cast, thursday):
    AgendaItem.objects.bulk_create(
        AgendaItem(community=cast.maths, meeting=thursday, title="x", order=n) for n in range(60)
    )
    with pytest.raises(Refused, match="60"):
        actions.add_item(thursday, by=cast.fatima, title="nog een", minutes=1)
