"""The page on which one searches: words in, what one may read out."""

import pytest
from django.urls import reverse

from communities import actions as leaving
from communities.actions import logbook
from communities.discussions import actions as discussing
from communities.meetings.actions import action_points, agenda
from communities.models import Community
from communities.search.models import SearchText
from core.time import today
from people.models import User
from tests import cast as people

URL = reverse("search:search")


@pytest.fixture
def strips(cast):
    return discussing.open_topic(
        cast.maths, by=cast.amina, title="Wie gebruikt breukenstroken?", text="Ik begin **maandag** in groep 7/8."
    )


def page(client, words="", **more):
    answer = client.get(URL, {"q": words, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_member_finds_a_conversation_by_other_forms_of_its_words(cast, strips, signed_in):
    tom = signed_in(cast.tom)
    for words in ("stroken", "breuk", "BREUKENSTROKEN", "gebruiken", "maandag", "7/8", "groep 7", "breukenstr"):
        html = page(tom, words)
        assert f'href="/discussions/{strips.pk}/"' in html, words
        assert "PLG Rekenen" in html
    assert "Wie gebruikt <mark>breukenstroken</mark>?" in page(tom, "strook")


@pytest.mark.parametrize("who", ["gijs", "bram", "noor", "ben", "paula", "dele", "els"])
def test_nobody_else_finds_it_whatever_her_role(cast, strips, signed_in, who):
    html = page(signed_in(getattr(cast, who)), "breukenstroken")
    assert "Wie gebruikt" not in html
    assert "gevonden in je" in html or "Niets" in html or "Nothing" in html


def test_somebody_who_is_not_signed_in_signs_in_first(client):
    assert client.get(URL, {"q": "breuk"}).status_code == 302


def test_what_was_removed_or_moved_is_found_no_more_at_once(cast, strips, finds):
    answer = discussing.reply(strips, by=cast.tom, text="Knip ze uit karton.")
    assert finds(cast.amina, "karton")
    discussing.remove(answer, by=cast.tom)
    assert not finds(cast.amina, "karton")
    other = people.plg(cast.regenboog, "PLG Lezen")
    people.member(other, cast.fatima, "facilitator")
    people.member(cast.maths, cast.els)
    assert finds(cast.els, "stroken")
    discussing.move(strips, by=cast.fatima, community=other)
    assert not finds(cast.els, "stroken")
    assert finds(cast.fatima, "stroken")


def test_a_post_reads_as_it_was_changed(cast, strips, finds):
    answer = discussing.reply(strips, by=cast.tom, text="Knip ze uit karton.")
    discussing.edit_post(answer, by=cast.tom, text="Knip ze uit papier.")
    assert not finds(cast.amina, "karton")
    assert finds(cast.amina, "papier")
    discussing.edit_topic(strips, by=cast.amina, title="Wie vouwt?", kind="idea", is_case=False)
    assert not finds(cast.amina, "breukenstroken")
    assert finds(cast.amina, "vouwen") == {("topic", strips.pk)}


def test_a_topic_stands_once_with_the_best_of_its_posts(cast, strips, signed_in):
    for n in range(3):
        discussing.reply(strips, by=cast.tom, text=f"Karton {n} is stevig.")
    html = page(signed_in(cast.amina), "karton")
    assert html.count("<mark>Karton</mark>") == 1
    assert "2 andere" in html or "2 other" in html


def test_a_logbook_is_found_by_who_wrote_it_and_shared_by_the_members(cast, signed_in, finds):
    entry = logbook.write_entry(cast.amina, happened_on=today(), words={"saw": "Ze telden kikkers."})
    assert finds(cast.amina, "kikker") == {("entry", entry.pk)}
    assert "alleen jij" in page(signed_in(cast.amina), "kikker") or "only you" in page(signed_in(cast.amina), "kikker")
    assert not finds(cast.fatima, "kikker")
    logbook.share_entry(entry, by=cast.amina, community=cast.maths)
    assert finds(cast.fatima, "kikker")
    assert not finds(cast.gijs, "kikker")
    logbook.take_back_entry(entry, by=cast.amina)
    assert not finds(cast.fatima, "kikker")
    logbook.delete_entry(entry, by=cast.amina)
    assert not finds(cast.amina, "kikker")
    assert not SearchText.objects.filter(kind="entry").exists()


def test_agenda_and_promises_are_found(cast, finds):
    meeting = people.meeting(cast.maths)
    item = agenda.add_item(meeting, by=cast.fatima, title="Kijken naar rekenmuurtjes", kind="video", minutes=10)
    holders = list(cast.maths.memberships.exclude(role="guest"))
    points = action_points.agree(cast.maths, by=cast.fatima, holders=holders, text="Kleef een getallenlijn")
    assert finds(cast.tom, "rekenmuurtje") == {("item", item.pk)}
    assert finds(cast.tom, "getallenlijn") == {("action", points[0].pk)}
    agenda.remove_item(item, by=cast.fatima)
    assert not finds(cast.tom, "rekenmuurtje")


def test_the_private_note_of_an_item_is_found_by_nobody(cast, finds):
    agenda.add_item(
        people.meeting(cast.maths), by=cast.fatima, title="Start", private_note="Let op Tomeloos", minutes=5
    )
    assert not finds(cast.fatima, "tomeloos")


def test_a_question_to_the_network_says_nowhere_who_asks(cast, signed_in, finds):
    reader = people.person("Lena Bos")
    people.works(reader, people.school("De Zwaan", "10EF00", cast.board))
    people.member(people.plg(cast.wissel, "PLG Taal"), reader)
    topic = discussing.ask_network(
        cast.maths, by=cast.amina, network=cast.network, title="Wie kent dyscalculie?", text="Wij zoeken."
    )
    assert finds(reader, "dyscalculie") == {("topic", topic.pk)}
    html = page(signed_in(reader), "dyscalculie")
    assert "Netwerk De Waterkring" in html
    assert "Rekenen" not in html
    assert "Amina" not in html
    assert not finds(reader, "dyscalculie", plg=cast.maths.pk)
    assert not finds(cast.dele, "dyscalculie")
    assert not finds(cast.noor, "dyscalculie")


def test_filters_stand_in_the_address(cast, strips, signed_in):
    action_points.agree(
        cast.maths,
        by=cast.fatima,
        holders=list(cast.maths.memberships.exclude(role="guest"))[:1],
        text="Stroken knippen",
    )
    tom = signed_in(cast.tom)
    assert "kind=action" in page(tom, "stroken")
    html = page(tom, "stroken", kind="action")
    assert "knippen" in html
    assert "Wie gebruikt" not in html
    assert "Wie gebruikt" in page(tom, "stroken", kind="topic", year="2026", plg=str(cast.maths.pk))
    assert "Wie gebruikt" not in page(tom, "stroken", year="2019")
    for odd in ({"plg": "x"}, {"plg": "9" * 30}, {"kind": "'"}, {"year": "-1"}, {"page": "99"}, {"page": "x"}):
        assert "Wie gebruikt" in page(tom, "stroken", **odd)


def test_a_mistyped_word_finds_what_was_meant_but_never_what_she_may_not_read(cast, strips, signed_in):
    html = page(signed_in(cast.tom), "breukensrtoken")
    assert "breukenstroken" in html
    assert "Wie gebruikt" in html
    html = page(signed_in(cast.dele), "breukensrtoken")
    assert "Wie gebruikt" not in html
    assert "<mark>" not in html
    assert "gevonden met ‘" not in html


@pytest.mark.parametrize("typed", ["breukem", "breukenn"])
def test_a_word_that_was_mistyped_in_its_ending_finds_what_was_meant(cast, strips, signed_in, typed):
    assert "Wie gebruikt" in page(signed_in(cast.tom), typed)


def test_some_of_the_words_are_better_than_nothing(cast, strips, signed_in):
    assert "Wie gebruikt" in page(signed_in(cast.tom), "breukenstroken olifant")


def test_while_one_types_only_what_was_found_is_drawn(cast, strips, signed_in):
    answer = signed_in(cast.tom).get(URL, {"q": "strok"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<html" not in html
    assert 'id="found"' in html
    assert "Wie gebruikt" in html


@pytest.mark.parametrize(
    "words",
    [
        "a" * 10_000, "de het een", "' OR 1=1", "(a+)+$" * 50, "\0", "stroken\0", "&|!<->:*()", "\\", "%s %(x)s {0}",
        "''", "'; DROP TABLE x; --", "1/1/1/1", "\ud800",
        "<script>alert(1)</script>", "-" * 300, "OF OF NIET", "¼½¾", "٣", "💥",
    ],
)  # fmt: skip
def test_nothing_that_is_typed_breaks_the_page(cast, strips, signed_in, words):
    html = page(signed_in(cast.tom), words.encode("utf8", "replace").decode())
    assert "<script>alert" not in html
    assert "<h1>" in html


def test_what_was_written_is_shown_as_text(cast, signed_in):
    discussing.open_topic(
        cast.maths, by=cast.amina, title="<b>Ezels</b> & zo", text="<script>ezel()</script> `<img onerror=x>` ezels"
    )
    html = page(signed_in(cast.tom), "ezels")
    assert "&lt;b&gt;<mark>Ezels</mark>&lt;/b&gt; &amp; zo" in html
    assert "<img" not in html.split('id="found"')[1]
    assert "<script>ezel" not in html


def test_many_hits_turn_over_in_pages(cast, signed_in):
    for n in range(12):
        discussing.open_topic(cast.maths, by=cast.amina, title=f"Kikkers {n}", text="Kwaak.")
    tom = signed_in(cast.tom)
    assert page(tom, "kikker").count("<mark>Kikkers</mark>") == 10
    assert page(tom, "kikker", page="2").count("<mark>Kikkers</mark>") == 2


def test_three_ask_as_much_as_one(cast, strips, signed_in, django_assert_num_queries):
    tom = signed_in(cast.tom)
    page(tom, "stroken")
    with django_assert_num_queries(QUERIES):
        page(tom, "stroken")
    for n in range(2):
        topic = discussing.open_topic(cast.maths, by=cast.tom, title=f"Stroken {n}", text="Vouwen.")
        discussing.reply(topic, by=cast.amina, text="Stroken zijn fijn.")
        discussing.reply(strips, by=cast.amina, text="Nog meer stroken.")
    with django_assert_num_queries(QUERIES):
        page(tom, "stroken")


QUERIES = 3


def test_who_searches_very_often_waits_a_minute(cast, strips, signed_in, settings):
    settings.SEARCHES_A_MINUTE = 3
    tom = signed_in(cast.tom)
    for _n in range(3):
        assert "Wie gebruikt" in page(tom, "stroken")
    html = page(tom, "stroken")
    assert "Wie gebruikt" not in html
    assert 'value="stroken"' in html


def test_what_came_of_a_case_is_not_read_on_by_who_left(cast, signed_in, finds):
    [fatimas, hers] = [cast.maths.memberships.get(person=one) for one in (cast.fatima, cast.amina)]
    usual, of_case = (
        action_points.agree(cast.maths, by=cast.fatima, holders=[fatimas], text=text, is_case=is_case)[0]
        for text, is_case in (("Knip karton", False), ("Bel over karton", True))
    )
    amina = signed_in(cast.amina)
    for point in (usual, of_case):
        assert amina.get(point.get_absolute_url()).status_code == 200
    leaving.leave(hers, by=cast.amina)
    Community.objects.update(leavers_read=True)
    assert amina.get(usual.get_absolute_url()).status_code == 200
    assert amina.get(of_case.get_absolute_url()).status_code == 404
    assert len(finds(User.objects.get(pk=cast.amina.pk), "karton")) == 1
    assert len(finds(cast.tom, "karton")) == 2
